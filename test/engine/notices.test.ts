import { expect, test } from 'vitest'
import { noteOf } from '#electron/engine/records/notice-text'
import type { NoticeRow } from '#db/queries/notices'
import type { Note } from '#shared/contract/notices'
import { DEFAULT_NOTICE_RULES } from '#shared/domain/notices'
import { createFakeInbox, type FakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox, type FakeMailbox } from '#test/support/fake-mailbox'
import { MONDAY_9, startTestEngine, type TestEngine, type TestEngineOptions } from '#test/support/start-test-engine'
import { dispatchAll, type Stock, stock } from '#test/support/stock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Desk extends AsyncDisposable {
  readonly app: TestEngine
  readonly notes: Note[]
  readonly mailbox: FakeMailbox
  readonly inbox: FakeInbox
  readonly stocked: Stock
}

/** Three people were written to, on a host that shows notifications; the digest is not in the way. */
async function desk(more: TestEngineOptions = {}): Promise<Desk> {
  const notes: Note[] = []
  const mailbox = more.mailbox ?? createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const app = await startTestEngine({ notify: (note) => void notes.push(note), ...more, mailbox })
  await app.api.digest.saveRules({ isOn: false, minuteOfDay: 480, mailboxId: null })
  const stocked = await stock(app, 3, { coolDownDays: 0 })
  await dispatchAll(app, stocked)
  await app.runOut()
  return { app, notes, mailbox, inbox, stocked, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

async function answerFrom(
  { app, inbox, mailbox, stocked }: Omit<Desk, 'notes'>,
  ...people: readonly number[]
): Promise<void> {
  for (const number of people) {
    inbox.receive({
      from: `p${number}@company${number}.example`,
      at: app.clock.now(),
      inReplyTo: `<${mailbox.sent[number - 1]!.key}@pacemail.example>`,
      body: 'The price is 4711 Euro.',
    })
  }
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
}

test('a reply is told with its name and where it is, and nothing of what it says', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  at.notes.length = 0
  await answerFrom(at, 1)
  await at.app.run(MINUTE)
  expect(at.notes).toEqual([
    {
      title: 'Person1 Last1 replied',
      body: expect.stringMatching(/^To “.*”\. Nothing more goes to them by itself\.$/) as string,
      action: { label: 'Open the answer', page: expect.stringMatching(/^\/answers\?send=\d+$/) as string },
    },
  ])
  expect(JSON.stringify(at.notes)).not.toContain('4711')
})

test('a notice of absence is no reply', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  at.notes.length = 0
  const inReplyTo = `<${at.mailbox.sent[0]!.key}@pacemail.example>`
  const headers = ['Auto-Submitted: auto-replied']
  at.inbox.receive({ from: 'p1@company1.example', at: at.app.clock.now(), inReplyTo, headers })
  await answerFrom(at, 2)
  await at.app.run(HOUR)
  expect((await at.app.api.incoming.list({})).rows).toHaveLength(2)
  expect(at.notes).toMatchObject([{ title: 'Person2 Last2 replied' }])
})

test('several at once are one notification', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  at.notes.length = 0
  await answerFrom(at, 1, 2, 3)
  await at.app.run(HOUR)
  expect(at.notes).toMatchObject([
    { title: '3 replies came', body: 'From Person1 Last1, Person2 Last2 and Person3 Last3.' },
  ])
})

test('a campaign that is done, with what came of it', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  expect(at.notes).toMatchObject([
    { title: expect.stringContaining('is done') as string, body: '3 mails sent, 0 answered so far.' },
  ])
})

test('a mailbox that is signed in again before anybody was told is no news', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  at.notes.length = 0
  const { mailboxes } = at.app.engine.rooms
  mailboxes.troubled(at.stocked.mailboxId, { type: 'needs', need: 'sign_in' })
  await at.app.run(MINUTE)
  expect(at.notes).toMatchObject([
    {
      title: expect.stringContaining('needs you to sign in') as string,
      action: { label: 'Sign in', page: `/mailboxes?again=${at.stocked.mailboxId}` },
    },
  ])
  mailboxes.resume(at.stocked.mailboxId)
  mailboxes.troubled(at.stocked.mailboxId, { type: 'needs', need: 'sign_in' })
  mailboxes.resume(at.stocked.mailboxId)
  await at.app.run(HOUR)
  expect(at.notes).toHaveLength(1)
})

test('a mail whose fate stays unknown is told after it had time to settle', async () => {
  const mailbox = createFakeMailbox()
  mailbox.canProve = false
  await using at = await desk({ mailbox })
  await at.app.run(HOUR)
  at.notes.length = 0
  mailbox.next.push('accepts but the answer is lost')
  await dispatchAll(at.app, at.stocked, { key: 'pressed again' })
  await at.app.run(10 * MINUTE)
  expect(at.notes).toEqual([])
  await at.app.run(10 * MINUTE)
  expect(at.notes[0]).toMatchObject({
    title: '1 mail may or may not have been sent',
    action: { page: '/queue?status=uncertain' },
  })
})

test('after a restart nothing is told twice, and what came just before is not missed', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  await answerFrom(at, 1)
  await at.app.run(MINUTE)
  const before = at.notes.length
  await answerFrom(at, 2)
  await at.app.engine.close()
  expect(at.notes).toHaveLength(before)
  const notes: Note[] = []
  await using again = await startTestEngine({
    dataFolder: at.app.dataFolder,
    secrets: at.app.secrets,
    mailbox: at.mailbox,
    start: at.app.clock.now() + 10 * MINUTE,
    notify: (note) => void notes.push(note),
  })
  await again.run(HOUR)
  expect(notes.filter(({ title }) => title.includes('replied'))).toMatchObject([{ title: 'Person2 Last2 replied' }])
})

test('in quiet hours nothing is shown, and one summary when they end', async () => {
  await using at = await desk()
  await at.app.run(MONDAY_9 + 12 * HOUR - at.app.clock.now())
  at.notes.length = 0
  await answerFrom(at, 1, 2)
  at.app.engine.rooms.mailboxes.troubled(at.stocked.mailboxId, { type: 'needs', need: 'sign_in' })
  await at.app.run(10 * HOUR)
  expect(at.notes).toEqual([])
  await at.app.run(2 * HOUR)
  expect(at.notes).toEqual([
    {
      title: 'While Pacemail was quiet',
      body: '1 mailbox needs you to sign in, 2 replies came.',
      action: { label: 'See what happened', page: '/activity' },
    },
  ])
})

test('a kind that is switched off is not told, nor what it would have told once it is on again', async () => {
  await using at = await desk()
  await at.app.run(HOUR)
  at.notes.length = 0
  const { kinds } = DEFAULT_NOTICE_RULES
  await at.app.api.notices.saveRules({ ...DEFAULT_NOTICE_RULES, kinds: { ...kinds, reply: false } })
  await answerFrom(at, 1)
  await at.app.run(HOUR)
  await at.app.api.notices.saveRules(DEFAULT_NOTICE_RULES)
  await at.app.run(HOUR)
  expect(at.notes).toEqual([])
  await answerFrom(at, 2)
  await at.app.run(HOUR)
  expect(at.notes).toMatchObject([{ title: 'Person2 Last2 replied' }])
})

test('where the host shows nothing, a page that asks is told when there is something, and the first to take it has it', async () => {
  const inbox = createFakeInbox()
  const mailbox = createFakeMailbox()
  mailbox.inbox = inbox
  await using app = await startTestEngine({ mailbox })
  const stocked = await stock(app, 3, { coolDownDays: 0 })
  await dispatchAll(app, stocked)
  await app.runOut()
  await app.run(HOUR)
  const heard = () => app.pushed.filter(({ type }) => type === 'notices.due').length
  expect(heard()).toBe(0)
  await app.api.notices.take({})
  expect(await app.api.notices.due({})).toEqual({ isDue: false })
  await answerFrom({ app, inbox, mailbox, stocked, [Symbol.asyncDispose]: async () => {} }, 1)
  await app.run(MINUTE)
  expect(heard()).toBe(1)
  expect(await app.api.notices.due({})).toEqual({ isDue: true })
  const { notes } = await app.api.notices.take({})
  expect(notes).toMatchObject([{ title: 'Person1 Last1 replied' }])
  expect(await app.api.notices.take({})).toEqual({ notes: [] })
})

test('many names are counted, and long ones cut', () => {
  const row = (eventId: number): NoticeRow => ({
    eventId,
    at: 0,
    kind: 'reply',
    subjectId: eventId,
    leadName: eventId === 1 ? 'N'.repeat(500) : `Person ${eventId}`,
    to: 'p@corp.example',
    campaignName: 'Spring',
    mailboxAddress: 'me@corp.example',
    sent: 0,
    replied: 0,
  })
  const { body } = noteOf([{ kind: 'reply', facts: [1, 2, 3, 4, 5].map(row) }])
  expect(body).toMatch(/^From N{59}…, Person 2 and 3 more\.$/)
})
