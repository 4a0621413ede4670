/**
 * One campaign of three mails over five weeks of autumn, as a rep lives with it: on the screens they make it, pause, resume and
 * take out, and say that they go away; meanwhile people answer, the lid is closed, and the clocks change here and over there.
 */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OFFICE_HOURS } from '#shared/domain/paces'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { headerIn } from '#test/fakes/gmail-account'
import { findBarriers } from '#test/support/axe'
import { launchBrowser } from '#test/support/browser'
import { goAway, openCampaign, openPerson, rowOf, takeOut } from '#test/support/campaign-screens'
import { answerFrom, bounceOf } from '#test/support/incoming-mail'
import { EVERYBODY, goTo } from '#test/support/journey'
import { rowsOf } from '#test/support/random-world'
import { connectGmail, momentOf, openRepDesk, REP, REP_ZONE, type RepDesk } from '#test/support/rep-desk'
import { brokenBy, datesByPerson, type LeftMail, type LedgerRules, listLeft, localOf } from '#test/support/sent-ledger'
import { SENDER } from '#test/support/stock'

const CAMPAIGN = 'Autumn'
const NEW_YORK = 'America/New_York'
const BERLINERS = ['Anna', 'Bernd', 'Clara', 'Dirk', 'Eva', 'Falk', 'Greta', 'Hanno', 'Ida', 'Jens', 'Kurt']
const NEW_YORKERS = ['Liam', 'Mona', 'Noah', 'Olive', 'Paul', 'Quinn', 'Rosa']
/** Joins when the campaign runs. */
const LATE = 'Sven'

/** A sentence of each mail that none of the others holds. */
const MARKS = ['May I ask how you plan your shifts?', 'Did my question reach you?', 'This is my last note.']

/** Whom the clock concerns is in Berlin, whoever is in New York has a wall clock of their own. */
const RULES: LedgerRules = {
  zoneOf: (to) => (NEW_YORKERS.some((name) => to === addressOf(name)) ? NEW_YORK : REP_ZONE),
  hours: OFFICE_HOURS[0] ?? [],
  leastGapMs: DEFAULT_POLICY.gapMs.min,
  hourlyCap: DEFAULT_POLICY.hourlyCap,
  delays: [0, 3, 7],
  away: { from: '2026-11-02', to: '2026-11-06' },
  asleep: { from: momentOf('2026-11-10T10:30'), to: momentOf('2026-11-13T10:30') },
}

/**
 * Summer time ends in Berlin on 25 October and in New York on 1 November. Mail 3 was due on Thursday 5 November, without the
 * week away; a week later the machine slept on that day.
 */
const THROUGH = ['2026-10-22', '2026-10-27', '2026-11-13']

/** The local days on which each person was written to, and where each of them stands in the end. */
const LEDGER: Readonly<Record<string, { readonly days: readonly string[]; readonly standing: string }>> = {
  // Answers while the machine sleeps: mail 3 is the first one that is overdue when it wakes.
  Anna: { days: ['2026-10-22', '2026-10-27'], standing: 'replied' },
  Bernd: { days: ['2026-10-22'], standing: 'replied' },
  Clara: { days: ['2026-10-22', '2026-10-27'], standing: 'replied' },
  // Out of the office until 29 October.
  Dirk: { days: ['2026-10-22', '2026-10-30', '2026-11-17'], standing: 'finished' },
  Eva: { days: ['2026-10-22', '2026-10-27'], standing: 'opted_out' },
  Falk: { days: ['2026-10-22'], standing: 'removed' },
  // Paused by hand for three days.
  Greta: { days: ['2026-10-22', '2026-10-30', '2026-11-17'], standing: 'finished' },
  Hanno: { days: ['2026-10-22'], standing: 'bounced' },
  Ida: { days: THROUGH, standing: 'finished' },
  Jens: { days: THROUGH, standing: 'finished' },
  Kurt: { days: THROUGH, standing: 'finished' },
  // Answers while the rep is away.
  Liam: { days: ['2026-10-22', '2026-10-27'], standing: 'replied' },
  // An automatic answer that names no day holds nobody.
  Mona: { days: THROUGH, standing: 'finished' },
  Noah: { days: THROUGH, standing: 'finished' },
  Olive: { days: THROUGH, standing: 'finished' },
  Paul: { days: THROUGH, standing: 'finished' },
  Quinn: { days: THROUGH, standing: 'finished' },
  Rosa: { days: THROUGH, standing: 'finished' },
  // Added on the last day before the absence, on which no first mail goes any more.
  Sven: { days: ['2026-11-09', '2026-11-13', '2026-11-24'], standing: 'finished' },
}

/** What the table says of a mail that did not go, by the person's standing, and what the screen says of it. */
const WHY_NOT: Readonly<Record<string, { readonly row: string; readonly words: string }>> = {
  replied: { row: 'skipped lead_replied', words: 'Skipped. This person has already answered.' },
  opted_out: { row: 'skipped lead_opted_out', words: 'Skipped. This person asked not to be written to.' },
  bounced: { row: 'skipped lead_bounced', words: 'Skipped. Mail to this address came back.' },
  removed: { row: 'cancelled', words: 'Cancelled Mon 26 Oct 16:30.' },
}

const WORDS: Readonly<Record<string, string>> = {
  replied: 'Replied',
  opted_out: 'Opted out',
  bounced: 'Bounced',
  removed: 'Taken out',
  finished: 'Finished',
}

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

test('five weeks of a campaign with answers, a week away, three days asleep and two changes of the clocks end as they should', async () => {
  await using desk = await openRepDesk(browser, { start: '2026-10-22T11:00', seed: 7 })
  await connectGmail(desk)
  await furnish(desk)
  await makeCampaign(desk.page)
  await startCampaign(desk)
  await firstMails(desk)
  await clocksChangeInBerlin(desk)
  await secondMails(desk)
  await lastDayBefore(desk)
  await weekAway(desk)
  await clocksHaveChanged(desk)
  await threeDaysAsleep(desk)
  await lastMails(desk)

  const left = await listLeft(desk.account, MARKS)
  expect(brokenBy(left, RULES)).toEqual([])
  expect(datesByPerson(left, RULES)).toEqual(mapLedger(({ days }) => days))
  expectWallClocks(left)
  expectTables(desk)
  await expectScreens(desk)
  expect(desk.problems).toEqual([])
}, 240_000)

/** What stands before a campaign can be made; other journeys do it by hand. */
async function furnish({ app }: RepDesk): Promise<void> {
  const { imports, leads, mailboxes, templates } = app.engine.rooms
  const mailboxId = mailboxes.list()[0]?.id ?? 0
  mailboxes.savePolicy(mailboxId, { ...DEFAULT_POLICY, zone: REP_ZONE })
  mailboxes.saveSender(mailboxId, SENDER)
  for (const [index, name] of ['First hello', 'Second note', 'Last word'].entries()) {
    const body = `Hello {{firstName}},\n\n${MARKS[index]}`
    templates.save(null, name, { subject: `${name}, {{firstName}}`, body, format: 'plain' })
  }
  const rows = [...BERLINERS, ...NEW_YORKERS, LATE].map((name) =>
    [addressOf(name), name, `${name} and Sons`, RULES.zoneOf(addressOf(name))].join(','),
  )
  const bytes = new TextEncoder().encode(`email,first name,company,timezone\n${rows.join('\n')}\n`)
  await imports.importWhole({ fileName: 'autumn.csv', bytes, listName: 'Autumn' })
  await leads.review({ by: 'filter', filter: EVERYBODY, except: [] }, 'approved')
}

async function makeCampaign(page: Page): Promise<void> {
  await goTo(page, 'Campaigns')
  await page.getByRole('link', { name: 'New campaign' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill(CAMPAIGN)
  for (const [index, name] of ['First hello', 'Second note', 'Last word'].entries()) {
    const mail = page.getByRole('group', { name: new RegExp(`^Mail ${index + 1}`) })
    await mail.getByLabel('Template').first().click()
    await page.getByRole('option', { name }).click()
  }
  await page.getByText('7 working days after mail 2, as an answer in the same thread').waitFor()
  await page.getByRole('checkbox', { name: 'Use each lead’s own time zone' }).check()
  await page.getByRole('button', { name: 'Save and add people' }).click()
  const adding = page.getByRole('dialog', { name: 'Add people' })
  await adding.getByText('19 people can be written to.').waitFor()
  await adding.getByRole('button', { name: 'Add 19 people' }).click()
  await page.getByRole('tab', { name: 'People 19' }).waitFor()
  await takeOut(page, LATE)
  await page.getByRole('tab', { name: 'People 18' }).waitFor()
}

async function startCampaign(desk: RepDesk): Promise<void> {
  const { page } = desk
  await desk.until('2026-10-22T11:30')
  const start = page.getByRole('region', { name: 'Start' })
  await start.getByRole('region', { name: 'Plan' }).getByText('Thu 5 Nov', { exact: true }).waitFor()
  await start.getByRole('button', { name: 'Start with 18 people' }).click()
  // No test mail was sent from here.
  await page.getByRole('button', { name: 'I know, queue them all the same' }).click()
  await page.getByText(/of 54 mails sent/).waitFor()
}

/** Thursday: Berlin through lunch, then New York. One address does not exist, and two people are not in. */
async function firstMails(desk: RepDesk): Promise<void> {
  const { account, app } = desk
  await desk.until('2026-10-22T15:00')
  account.receive({ from: '', subject: '', raw: bounceOf(addressOf('Hanno'), { to: REP, at: app.clock.now() }) })
  hear(desk, 'Dirk', 'I am out of the office until 29 October 2026.')
  await desk.until('2026-10-22T18:00')
  hear(desk, 'Mona', 'Thank you for your mail. I read it as soon as I can.')
  await desk.until('2026-10-22T18:30')
  await desk.asleepUntil('2026-10-23T13:30')
  hear(desk, 'Bernd', 'Yes, let us speak.')
  await desk.until('2026-10-23T13:40')
  await openCampaign(desk.page, CAMPAIGN)
  await rowOf(desk.page, 'Bernd').getByText('Replied').first().waitFor()
  await rowOf(desk.page, 'Hanno').getByText('Bounced').first().waitFor()
  await rowOf(desk.page, 'Dirk').getByText('Away until Fri 30 Oct').waitFor()
  await rowOf(desk.page, 'Mona').getByText('In it').waitFor()
}

/** On Friday mail 2 stands at the same time of day on Tuesday, beyond the change. The machine is awake when it comes. */
async function clocksChangeInBerlin(desk: RepDesk): Promise<void> {
  const { page } = desk
  await rowOf(page, 'Anna').getByText('Tue 11:30').waitFor()
  await desk.asleepUntil('2026-10-25T01:00')
  await desk.until('2026-10-25T04:00')
  await desk.asleepUntil('2026-10-26T16:30')
  await openCampaign(page, CAMPAIGN)
  await openPerson(page, 'Greta')
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
  await page.getByText('1 person paused.').waitFor()
  await page.keyboard.press('Escape')
  await rowOf(page, 'Greta').getByText('Paused', { exact: true }).waitFor()
  await takeOut(page, 'Falk')
  await rowOf(page, 'Falk').getByText('Taken out').waitFor()
}

async function secondMails(desk: RepDesk): Promise<void> {
  const { page } = desk
  await desk.until('2026-10-26T17:00')
  await desk.asleepUntil('2026-10-27T11:00')
  await desk.until('2026-10-27T17:30')
  await desk.asleepUntil('2026-10-28T15:00')
  hear(desk, 'Clara', 'No need, we have somebody.')
  hear(desk, 'Eva', 'Please remove me from your list.')
  await desk.until('2026-10-28T15:10')
  await openCampaign(page, CAMPAIGN)
  await rowOf(page, 'Anna').getByText('Thu 5 Nov 11:30').waitFor()
  await goAway(page, { first: '2 November 2026', last: '6 November 2026', stopBefore: 3 })
  await page.getByText('No first mails from Fri 30 Oct on, 3 days before.').waitFor()
  await openCampaign(page, CAMPAIGN)
  // Five working days later: what counts already stands still as well.
  await rowOf(page, 'Anna').getByText('Thu 12 Nov 11:30').waitFor()
  await desk.asleepUntil('2026-10-29T16:30')
  await openCampaign(page, CAMPAIGN)
  await openPerson(page, 'Greta')
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await page.getByText('1 person resumed.').waitFor()
  await page.keyboard.press('Escape')
}

/** On Friday only what follows an earlier mail goes; whoever is added now is first written to after the absence. */
async function lastDayBefore(desk: RepDesk): Promise<void> {
  const { page } = desk
  await desk.asleepUntil('2026-10-30T08:50')
  await openCampaign(page, CAMPAIGN)
  await page.getByRole('button', { name: 'Add people' }).click()
  const adding = page.getByRole('dialog', { name: 'Add people' })
  await adding.getByRole('textbox', { name: 'Search approved leads' }).fill('Sven')
  await adding.getByRole('button', { name: 'Add 1 person' }).click()
  await page.getByText('1 person added.').waitFor()
  await desk.until('2026-10-30T16:50')
  await goTo(page, 'Queue')
  const waiting = page.getByRole('grid', { name: 'Waiting' })
  await waiting.getByRole('row').filter({ hasText: 'Sven' }).getByText('Before your absence').waitFor()
}

/** The machine is awake in the hours of both zones. */
async function weekAway(desk: RepDesk): Promise<void> {
  const before = desk.account.left.length
  for (const day of ['02', '03', '04', '05', '06']) {
    await desk.asleepUntil(`2026-11-${day}T15:00`)
    if (day === '04') hear(desk, 'Liam', 'Thank you, please call me next week.')
    await desk.until(`2026-11-${day}T16:30`)
  }
  expect(desk.account.left.length).toBe(before)
  await goTo(desk.page, 'Settings')
  await desk.page.getByText('You are away. Mail goes on after Fri 6 Nov.').waitFor()
}

async function clocksHaveChanged(desk: RepDesk): Promise<void> {
  // In the afternoon: on Thursday Anna’s mail 3 is due before Sven’s mail 2.
  await desk.asleepUntil('2026-11-09T13:30')
  await desk.until('2026-11-09T14:00')
  await openCampaign(desk.page, CAMPAIGN)
  await rowOf(desk.page, 'Anna').waitFor()
  await desk.page.getByRole('grid', { name: 'People' }).press('End')
  await rowOf(desk.page, LATE).getByTitle('Sent 13:30.').waitFor()
}

/** Everybody else's mail 3 becomes overdue meanwhile, and one of them answers. */
async function threeDaysAsleep(desk: RepDesk): Promise<void> {
  await desk.asleepUntil('2026-11-10T10:00')
  await desk.until('2026-11-10T10:30')
  await desk.asleepUntil('2026-11-13T10:30', {
    '2026-11-12T21:00': () => hear(desk, 'Anna', 'Sorry for the wait. Let us speak.'),
  })
  await goTo(desk.page, 'Activity')
  await desk.page.getByText('This computer slept for 72 h').waitFor()
  await openCampaign(desk.page, CAMPAIGN)
  await rowOf(desk.page, 'Anna').getByText('Replied').first().waitFor()
  await desk.until('2026-11-13T18:30')
}

async function lastMails(desk: RepDesk): Promise<void> {
  await desk.asleepUntil('2026-11-17T08:50')
  await desk.until('2026-11-17T17:00')
  await desk.asleepUntil('2026-11-24T09:00')
  await goTo(desk.page, 'Campaigns')
  const card = desk.page.getByRole('listitem', { name: CAMPAIGN })
  await card.getByText('Running', { exact: true }).waitFor()
  await desk.until('2026-11-24T17:00')
  await card.getByText('Completed', { exact: true }).waitFor()
}

/** The same wall clock on both sides of both changes. */
function expectWallClocks(left: readonly LeftMail[]): void {
  const toAnna = left.filter(({ to }) => to === addressOf('Anna'))
  expect(toAnna.map(({ at }) => localOf(at, 'UTC').toPlainDateTime().toString({ smallestUnit: 'minute' }))).toEqual([
    '2026-10-22T09:30',
    '2026-10-27T10:30',
  ])
  // Nine o’clock in New York: for a week Berlin has changed its clocks and New York has not.
  const overThere = left.filter(({ to }) => RULES.zoneOf(to) === NEW_YORK)
  const first = MARKS.map((_, step) => overThere.find((mail) => mail.step === step)?.at ?? 0)
  expect(first.map((at) => localOf(at, NEW_YORK).hour)).toEqual([9, 9, 9])
  expect(first.map((at) => localOf(at, REP_ZONE).hour)).toEqual([15, 14, 15])
}

/** What the database says of every mail, every person and every address that is left alone. */
function expectTables({ app }: RepDesk): void {
  const file = join(app.dataFolder, 'pacemail.db')
  const rows = rowsOf<{ to: string; story: string }>(
    file,
    `SELECT to_address AS "to", trim(status || ' ' || coalesce(skipped_code, '')) AS story FROM sends ORDER BY to_address, step`,
  )
  const told = Object.groupBy(rows, ({ to }) => to)
  expect(Object.fromEntries(Object.entries(told).map(([to, of]) => [to, of?.map(({ story }) => story)]))).toEqual(
    mapLedger(({ days, standing }) => MARKS.map((_, step) => (step < days.length ? 'sent' : WHY_NOT[standing]?.row))),
  )
  const standings = rowsOf<{ email: string; status: string }>(
    file,
    'SELECT email, status FROM enrolments JOIN leads ON leads.id = lead_id',
  )
  const stood = Object.fromEntries(standings.map(({ email, status }) => [email, status]))
  expect(stood).toEqual(mapLedger(({ standing }) => standing))
  const blocked = rowsOf<{ value: string; reason: string }>(file, 'SELECT value, reason FROM suppressions ORDER BY id')
  expect(blocked).toEqual([
    { value: addressOf('Hanno'), reason: 'bounced' },
    { value: addressOf('Eva'), reason: 'opted_out' },
  ])
}

/** The same, as the rep sees it. */
async function expectScreens({ page }: RepDesk): Promise<void> {
  await openCampaign(page, CAMPAIGN)
  await page.getByText('47 of 57 mails sent (82 %) · 8 skipped · 2 cancelled').waitFor()
  await page.getByText('What came back: 4 replied · 1 bounced · 1 opted out').waitFor()
  for (const [name, { days, standing }] of Object.entries(LEDGER)) {
    await rowOf(page, name)
      .getByRole('gridcell')
      .last()
      .getByText(WORDS[standing] ?? '?', { exact: true })
      .waitFor()
    if (days.length < MARKS.length) await expectReason(page, { name, standing, missing: MARKS.length - days.length })
  }
  expect(await findBarriers(page)).toEqual([])
  await openPerson(page, 'Greta')
  await page.getByRole('dialog').getByRole('link', { name: 'See this lead' }).click()
  const contacts = page.getByRole('region', { name: 'Contacts so far' })
  await contacts.getByText(`Written to Fri 30 Oct by Pacemail from ${REP}`).waitFor()
  expect(await contacts.getByRole('listitem').count()).toBe(3)
  expect(await findBarriers(page)).toEqual([])
  await goTo(page, 'Queue')
  await page.getByText('Nothing is waiting').waitFor()
  await goTo(page, 'Activity')
  await page.getByText('The campaign “Autumn” is complete.').waitFor()
  expect(await findBarriers(page)).toEqual([])
}

/** Whoever got less than everything has the reason beside each mail that did not go. */
async function expectReason(
  page: Page,
  { name, standing, missing }: { name: string; standing: string; missing: number },
): Promise<void> {
  await openPerson(page, name)
  const drawer = page.getByRole('dialog')
  const words = drawer.getByText(WHY_NOT[standing]?.words ?? '?', { exact: true })
  await words.first().waitFor()
  expect(await words.count()).toBe(missing)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
}

/** Something comes in from this person, as an answer to the latest mail to them. */
function hear({ account, app }: RepDesk, name: string, text: string): void {
  const to = addressOf(name)
  const latest = account.left.findLast((mail) => mail.to.includes(to))
  if (latest === undefined) throw new Error(`nothing has left to ${name}`)
  const isAutomatic = name === 'Dirk' || name === 'Mona'
  const raw = answerFrom(to, {
    to: REP,
    text,
    at: app.clock.now(),
    inReplyTo: headerIn(latest.raw, 'Message-ID'),
    ...(isAutomatic && { headers: ['Auto-Submitted: auto-replied'] }),
  })
  account.receive({ from: '', subject: '', raw })
}

function addressOf(name: string): string {
  return `${name.toLowerCase()}@${name.toLowerCase()}-and-sons.example`
}

/** By address. */
function mapLedger<T>(of: (entry: { days: readonly string[]; standing: string }) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(LEDGER).map(([name, entry]) => [addressOf(name), of(entry)]))
}
