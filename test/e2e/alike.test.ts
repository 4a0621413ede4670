import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import {
  approveFirst,
  asTestEngine,
  browserOfFile,
  EVERYBODY,
  goTo,
  startWithSamples,
  visit,
} from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { ALWAYS, policyWith } from '#test/support/start-test-engine'
import { dispatchAll } from '#test/support/stock'

const HOUR = 3_600_000

const open = browserOfFile()

test('what of a list is shown is chosen by the same tabs on every page, and its keys stand below it', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await dispatchTo(app, 4)
  await app.run(2 * HOUR)
  await app.engine.rooms.answers.invent(1, 'replied')
  await app.run(HOUR)

  const look = await lookOf(page.getByRole('group', { name: 'Review state' }))
  // What has just been pressed may still be drawn as pressed.
  const looksSo = async (tabs: Locator): Promise<void> => {
    await expect.poll(() => lookOf(tabs)).toBe(look)
  }
  await keysAreBelow(page, 'Leads')
  await goTo(page, 'Answers')
  const kinds = page.getByRole('group', { name: 'Show' })
  await kinds.getByRole('button', { name: 'Bounced' }).press('Enter')
  await page.getByText('Nothing of this kind yet').waitFor()
  await kinds.getByRole('button', { name: 'Everything' }).press('Enter')
  await keysAreBelow(page, 'Answers')
  await looksSo(kinds)
  await goTo(page, 'Activity')
  await looksSo(page.getByRole('group', { name: 'Show' }))
  await visit(page, 'campaigns/1')
  await page
    .getByRole('group', { name: 'Where they stand' })
    .getByRole('button', { name: /^Replied/ })
    .click()
  await page.getByRole('grid', { name: 'People' }).getByRole('row').nth(1).waitFor()
  await keysAreBelow(page, 'People')
  await looksSo(page.getByRole('group', { name: 'Where they stand' }))
  await goTo(page, 'Campaigns')
  await looksSo(page.getByRole('group', { name: 'Which campaigns' }))
  await goTo(page, 'Queue')
  await page.getByRole('tab', { name: /^Sent/ }).click()
  await keysAreBelow(page, 'Sent')
  expect(problems).toEqual([])
  await page.context().close()
})

test('the way back is one link above the title, wherever a page lies within another', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await dispatchTo(app, 1)
  for (const [address, link, title] of [
    ['campaigns/1', 'All campaigns', 'Campaigns'],
    ['leads/import', 'All leads', 'Leads'],
    ['leads/import?for=history', 'Moving in', 'Moving in'],
    ['leads/moving-in', 'All leads', 'Leads'],
    ['leads/find', 'All leads', 'Leads'],
    ['leads/add', 'All leads', 'Leads'],
  ] as const) {
    await visit(page, address)
    const back = page.getByRole('main').getByRole('link', { name: link, exact: true })
    const isAbove = await back.evaluate((one) => {
      const heading = document.querySelector('h1')?.getBoundingClientRect()
      return heading !== undefined && one.getBoundingClientRect().bottom <= heading.top
    })
    expect(`${address} ${isAbove}`).toBe(`${address} true`)
    await back.press('Enter')
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  expect(problems).toEqual([])
  await page.context().close()
})

test('a queue without mail draws no days, and the activity tells each sent mail once', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await goTo(page, 'Queue')
  await page.getByText('Nothing is waiting').waitFor()
  expect(await page.getByRole('list', { name: 'Today and the coming days' }).count()).toBe(0)
  expect(await page.getByRole('region', { name: /, by mailbox$/ }).count()).toBe(0)

  await dispatchTo(app, 2)
  await page.getByRole('list', { name: 'Today and the coming days' }).waitFor()
  await page.getByRole('region', { name: 'Today, by mailbox' }).waitFor()
  await app.run(2 * HOUR)
  await goTo(page, 'Activity')
  await page
    .getByText(/^The mail to .* was sent\.$/)
    .first()
    .waitFor()
  expect(await page.getByText(/ was sent\.$/).count()).toBe(2)
  expect(
    await page
      .getByText(/ had its turn\.$/)
      .filter({ visible: true })
      .count(),
  ).toBe(0)
  await page.getByText('3 steps before it').first().press('Enter')
  await page
    .getByText(/ had its turn\.$/)
    .filter({ visible: true })
    .waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

/** The first sample leads, at once. */
async function dispatchTo(app: ServedApp, count: number): Promise<void> {
  const { leads, mailboxDesk } = app.engine.rooms
  mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS }))
  await approveFirst(app, count)
  const { rows } = leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: count })
  const leadIds = rows.map(({ id }) => id)
  await dispatchAll(asTestEngine(app), { leadIds, templateId: 1, mailboxId: 1 })
}

/** What its tabs look like, chosen and not. */
async function lookOf(tabs: Locator): Promise<string> {
  await tabs.waitFor()
  return tabs.evaluate((group) => {
    const styles = ['padding', 'borderRadius', 'fontSize', 'backgroundColor', 'fontWeight'] as const
    const chosen = group.querySelector('[aria-pressed=true]')
    const other = group.querySelector('[aria-pressed=false]')
    return JSON.stringify(
      [group, chosen, other].map((each) =>
        each === null ? null : styles.map((style) => getComputedStyle(each)[style]),
      ),
    )
  })
}

async function keysAreBelow(page: Page, list: string): Promise<void> {
  const hint = page.getByRole('main').locator('kbd').first()
  await hint.waitFor()
  const [keys, table] = await Promise.all([hint.boundingBox(), page.getByRole('grid', { name: list }).boundingBox()])
  expect(keys?.y).toBeGreaterThanOrEqual((table?.y ?? Infinity) + (table?.height ?? 0))
}
