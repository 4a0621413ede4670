import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, asTestEngine, browserOfFile, EVERYBODY, goTo, startWithSamples } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()
const HOUR = 3_600_000

/** The queue after two hours of a Monday with thirty mails: some have gone, the others are planned for today and tomorrow. */
async function showMonday(app: ServedApp, page: Page): Promise<void> {
  await startWithSamples(page)
  await approveFirst(app, 30)
  const filter = { ...EVERYBODY, review: 'approved' as const }
  const { rows } = app.engine.rooms.leads.list({ filter, sort: 'oldest', offset: 0, limit: 30 })
  const selection = { by: 'ids' as const, ids: rows.map(({ id }) => id) }
  await asTestEngine(app).api.dispatch.queue({
    selection,
    templateId: 1,
    mailboxId: 1,
    at: null,
    priority: 1,
    useLeadZone: false,
    edits: [],
    name: 'Monday',
    requestKey: 'pressed-once',
    acceptsFailedChecks: false,
  })
  await app.run(2 * HOUR)
  await page.clock.setFixedTime(app.clock.now())
  await goTo(page, 'Queue')
}

/** Whole minutes after midnight UTC of the rep's date for a send; null: none. */
function dateOf(app: ServedApp, sendId: number): number | null {
  const at = app.engine.rooms.sendList.one(sendId).scheduledAt
  return at === null ? null : Math.round((at % (24 * HOUR)) / 60_000)
}

/** The mail that so many are planned before, and its mark. */
async function planned(app: ServedApp, page: Page, before: number) {
  const ids = app.engine.rooms.forecasts.order()
  const sendId = ids[before] ?? 0
  const name = app.engine.rooms.sendList.one(sendId).toName
  return {
    sendId,
    mark: page.getByRole('group', { name: /limit 40 a day/ }).getByRole('button', { name: new RegExp(`^${name}`) }),
  }
}

test.for(['light', 'dark'] as const)(
  'a day is drawn by mailbox, its mails say why they go when they go, and one is moved by hand and by key, %s',
  { timeout: 120_000 },
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme, isStill: true })
    await showMonday(app, page)
    const day = page.getByRole('region', { name: 'Today, by mailbox' })
    await day.getByRole('button').nth(20).waitFor()
    expect(await findBarriers(page)).toEqual([])

    // The reason, on hover and on focus.
    const { sendId, mark } = await planned(app, page, 8)
    await mark.hover()
    await day.getByText(/: goes .*the pause between two mails|hour’s limit|other mail/).waitFor()
    await mark.focus()

    // By key: a quarter of an hour at a time, told where to, and nothing before Enter.
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await day
      .getByRole('status')
      .getByText(/^To \d/)
      .waitFor()
    expect(dateOf(app, sendId)).toBeNull()
    await page.keyboard.press('Escape')
    await expect.poll(() => day.getByRole('status').textContent()).toBe('')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByText(/^Moved\. It goes |^Not before .*, so it goes /).waitFor()
    const byKey = dateOf(app, sendId)
    expect(byKey).not.toBeNull()

    // By hand, along the line to about three o'clock.
    const pulled = await planned(app, page, 0)
    const line = await pulled.mark.locator('..').boundingBox()
    const box = await pulled.mark.boundingBox()
    if (line === null || box === null) throw new Error('nothing is drawn')
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width / 2, y)
    await page.mouse.down()
    await page.mouse.move(line.x + line.width * 0.7, y, { steps: 5 })
    await day
      .getByRole('status')
      .getByText(/^To \d/)
      .waitFor()
    await page.mouse.up()
    await expect.poll(() => dateOf(app, pulled.sendId)).not.toBeNull()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await findBarriers(page)).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  },
)

test('a place that the rules refuse leaves the mail where it is and says why; a press opens its story', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await showMonday(app, page)
  const day = page.getByRole('region', { name: 'Today, by mailbox' })
  await day.getByRole('button').nth(20).waitFor()
  const { sendId, mark } = await planned(app, page, 1)
  const line = await mark.locator('..').boundingBox()
  const box = await mark.boundingBox()
  if (line === null || box === null) throw new Error('nothing is drawn')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(line.x + 3, box.y + box.height / 2, { steps: 5 })
  await page.mouse.up()
  await page
    .getByRole('alert')
    .getByText(/is over, so it stays where it is/)
    .waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(dateOf(app, sendId)).toBeNull()
  expect(await page.getByRole('dialog').count()).toBe(0)

  await mark.press('Enter')
  await page.getByRole('dialog').getByText('Why then?').first().waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

test('another day is shown on a press, and a pause turns what is planned into what is held', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await showMonday(app, page)
  await page.getByRole('button', { name: /Tue 3/ }).click()
  await page.getByRole('region', { name: 'Tomorrow, by mailbox' }).waitFor()
  await page.getByRole('button', { name: /Today.*planned/ }).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page
    .getByRole('region', { name: 'Today, by mailbox' })
    .getByText(/\d+ held: Paused/)
    .waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})
