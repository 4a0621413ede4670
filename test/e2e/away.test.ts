import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, browserOfFile, goTo, startWithSamples } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { ALWAYS, createTestRandom, policyWith } from '#test/support/start-test-engine'

const MINUTE = 60_000

const open = browserOfFile()

test.for(['light', 'dark'] as const)('the rep says when they are away, by the keyboard alone, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)
  await goTo(page, 'Settings')
  const section = page.getByRole('region', { name: 'When you are away' })
  await section.getByText('No days away yet').waitFor()
  await press(page, 'Add')
  await section.getByText('Choose your first day away.').waitFor()

  await choose(page, 'Last day away', '9 March 2026')
  await choose(page, 'First day away', '11 March 2026')
  await press(page, 'Add')
  await section.getByText('This is before your first day away').waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(app.engine.rooms.away.list()).toEqual([])

  await choose(page, 'Last day away', '13 March 2026')
  await press(page, 'Add')
  await section.getByText('No first mails from Mon 9 Mar on, 2 days before.').waitFor()
  expect(app.engine.rooms.away.list()).toEqual([{ from: '2026-03-11', to: '2026-03-13', stopBeforeDays: 2 }])
  expect(await findBarriers(page)).toEqual([])

  await section.getByRole('button', { name: 'Remove Wed 11 Mar to Fri 13 Mar' }).press('Enter')
  await section.getByText('No days away yet').waitFor()
  expect(app.engine.rooms.away.list()).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

test.for(['light', 'dark'] as const)('what being away would move is said before it is saved, %s', async (scheme) => {
  // The last mail goes about midnight: which day that is depends on the pauses.
  await using app = await serveForTest({ random: createTestRandom(7) })
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)
  await queueForDays(app, page)
  await goTo(page, 'Settings')
  const section = page.getByRole('region', { name: 'When you are away' })
  await choose(page, 'First day away', '3 March 2026')
  await choose(page, 'Last day away', '6 March 2026')
  await section.getByText('With this: last mail on Tue 10 Mar instead of Thu 5 Mar.').waitFor()
  const rows = section.getByRole('table', { name: 'The plan now and with these changes' }).getByRole('row')
  expect(await rows.filter({ hasText: 'Mails with a date' }).innerText()).toMatch(/7\s+7$/)
  expect(await findBarriers(page)).toEqual([])
  expect(app.engine.rooms.away.list()).toEqual([])
  await press(page, 'Add')
  await section.getByText('With this').first().waitFor({ state: 'detached' })
  expect(problems).toEqual([])
  await page.context().close()
})

test.for(['light', 'dark'] as const)(
  'a list whose first mails came back is told on every page, and goes on when the rep says so, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme, isStill: true })
    await startWithSamples(page)
    await holdSamples(app, page)

    const banner = page.getByText('too many came back, so the 2 mails still planned for it wait.')
    await banner.waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('link', { name: 'Look at the list' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor()
    expect(await page.getByRole('combobox', { name: 'List' }).inputValue()).toMatch(/^Held: Sample leads/)
    await banner.waitFor()
    expect(await findBarriers(page)).toEqual([])

    await page.getByRole('button', { name: 'Let it go on' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 mails to it go on at the usual pace.').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.locator('[role=dialog]:focus-within').waitFor()
    await dialog.getByRole('button', { name: 'Let it go on' }).press('Enter')
    await banner.waitFor({ state: 'detached' })
    expect(app.engine.rooms.listCanary.held()).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  },
)

/** Four mails are queued, two leave, and both come back. */
async function holdSamples(app: ServedApp, page: Page): Promise<void> {
  const { mailboxDesk, answers } = app.engine.rooms
  mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS, gapMs: { min: 10 * MINUTE, max: 10 * MINUTE } }))
  await approveFirst(app, 4)
  await goTo(page, 'Dispatch')
  await page.getByRole('button', { name: 'Dispatch all (4)' }).click()
  await page.getByText('Queued (1/4 sent)').first().waitFor()
  await app.run(15 * MINUTE)
  for (const sendId of [1, 2]) {
    await answers.invent(sendId, 'bounced')
    await app.run(MINUTE)
  }
}

/** Eight mails, two a day; the first leaves at once. */
async function queueForDays(app: ServedApp, page: Page): Promise<void> {
  app.engine.rooms.mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS, dailyCap: 2 }))
  await approveFirst(app, 8)
  await goTo(page, 'Dispatch')
  await page.getByRole('button', { name: 'Dispatch all (8)' }).click()
  await page.getByText('Queued (1/8 sent)').first().waitFor()
}

async function choose(page: Page, picker: string, day: string): Promise<void> {
  await page.getByRole('button', { name: picker }).press('Enter')
  await page.getByRole('button', { name: day, exact: true }).press('Enter')
  await page.getByRole('button', { name: day, exact: true }).waitFor({ state: 'detached' })
}

async function press(page: Page, button: string): Promise<void> {
  await page
    .getByRole('region', { name: 'When you are away' })
    .getByRole('button', { name: button, exact: true })
    .press('Enter')
}
