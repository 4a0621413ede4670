import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digestMail } from '#electron/engine/records/digest-text'
import { openDb, write } from '#db/open'
import { findDigestMail, insertTestMail, updateTestMail } from '#db/queries/readiness'
import { AppError } from '#shared/errors'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox, type FakeMailbox, type Mood } from '#test/support/fake-mailbox'
import { createMemorySecrets } from '#test/support/memory-secrets'
import { MONDAY_9, startTestEngine, type TestEngine, type TestEngineOptions } from '#test/support/start-test-engine'
import { stock } from '#test/support/stock'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Sunday 20:00. */
const EVENING = MONDAY_9 - 13 * HOUR
const SUBJECT = 'Your day in Pacemail, Monday, 2 March 2026'

async function desk(mood: Mood = 'accepts') {
  const mailbox = createFakeMailbox(mood)
  mailbox.inbox = createFakeInbox()
  const app = await startTestEngine({ mailbox, start: EVENING })
  const goods = await stock(app, 2)
  await app.api.digest.saveRules({ isOn: true, minuteOfDay: 480, mailboxId: goods.mailboxId })
  return { app, goods, mailbox, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** How today's stands on the screen. */
async function shown(app: TestEngine): Promise<[string, string | null] | null> {
  const { mail } = await app.api.digest.get({})
  return mail && [mail.status, mail.code]
}

function subjects({ sent }: FakeMailbox): string[] {
  return sent.map(({ subject }) => subject)
}

test('off by default, it goes once a day at its time to the mailbox’s own address', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox, start: EVENING })
  const { mailboxId } = await stock(app, 1)
  await app.run(2 * DAY)
  expect(mailbox.draftCalls).toBe(0)
  expect(await shown(app)).toBeNull()

  await app.api.digest.saveRules({ isOn: true, minuteOfDay: 480, mailboxId })
  await app.run(11.9 * HOUR)
  expect(subjects(mailbox)).toEqual([])
  expect(await shown(app)).toEqual(['preparing', null])
  await app.run(12 * HOUR)
  expect(mailbox.sent).toMatchObject([
    {
      subject: 'Your day in Pacemail, Wednesday, 4 March 2026',
      from: { address: 'you@practice.example' },
      to: { address: 'you@practice.example' },
      hasUnsubscribe: false,
    },
  ])
  await app.run(3 * DAY)
  expect(mailbox.sendCalls).toBe(4)
  expect(app.errors).toEqual([])
})

test('it counts in the budget, is no mail to a lead, is told in Activity, and is counted once where Sent is read', async () => {
  await using on = await desk()
  const { app, goods, mailbox } = on
  await app.run(12.1 * HOUR)
  const [mail] = mailbox.sent
  mailbox.inbox?.sent.push({
    providerMessageId: 'as the provider calls it',
    threadId: null,
    sentAt: app.clock.now(),
    to: [mail!.to.address],
    key: mail!.key,
  })
  await app.run(HOUR)
  await app.api.mailboxes.readNow({ mailboxId: goods.mailboxId })
  const { budget } = await app.api.mailboxes.get({ mailboxId: goods.mailboxId })
  expect(budget).toMatchObject({ lastDay: 1, byHand: 1 })
  expect((await app.api.digest.get({})).today.sent).toBe(0)
  const { rows } = await app.api.activity.list({ kinds: ['digest_mailed', 'test_mail_asked', 'test_mail_settled'] })
  expect(rows.map(({ kind, data }) => [kind, data.status])).toEqual([['digest_mailed', 'accepted']])
  expect((await app.api.readiness.get({ mailboxId: goods.mailboxId })).testMail).toBeNull()
})

test('asked for after the time of the day, the first one is tomorrow’s', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox })
  const { mailboxId } = await stock(app, 1)
  await app.api.digest.saveRules({ isOn: true, minuteOfDay: 480, mailboxId })
  await app.run(12 * HOUR)
  expect(mailbox.draftCalls).toBe(0)
  await app.run(12 * HOUR)
  expect(mailbox.sendCalls).toBe(1)
})

test('while the mailbox needs a sign-in none goes and the screen says why; after it, it goes on the same day', async () => {
  await using on = await desk('wants a sign-in')
  const { app, goods, mailbox } = on
  await app.run(13 * HOUR)
  expect(await shown(app)).toEqual(['failed', 'mail.signed_out'])
  await app.run(DAY)
  expect(await shown(app)).toEqual(['preparing', 'mail.signed_out'])
  expect([mailbox.draftCalls, mailbox.sendCalls]).toEqual([1, 1])
  mailbox.mood = 'accepts'
  await app.api.mailboxes.resume({ mailboxId: goods.mailboxId })
  await app.run(HOUR)
  expect(subjects(mailbox)).toEqual(['Your day in Pacemail, Tuesday, 3 March 2026'])
})

test.for([
  ['a pause of everything', (app: TestEngine) => app.api.app.pause({}), 'readiness.paused'],
  [
    'a paused mailbox',
    (app: TestEngine, mailboxId: never) => app.api.mailboxes.pause({ mailboxId }),
    'readiness.paused',
  ],
] as const)('%s holds it for the day, and no other day’s is made up for', async ([, stop, code]) => {
  await using on = await desk()
  const { app, goods, mailbox } = on
  await stop(app, goods.mailboxId as never)
  await app.run(13 * HOUR)
  expect(await shown(app)).toEqual(['preparing', code])
  await app.run(DAY)
  await app.api.app.resume({})
  await app.api.mailboxes.resume({ mailboxId: goods.mailboxId })
  await app.run(HOUR)
  expect(subjects(mailbox)).toEqual(['Your day in Pacemail, Tuesday, 3 March 2026'])
})

test('a used limit holds it', async () => {
  await using on = await desk()
  const { app, goods, mailbox } = on
  const { policy } = await app.api.mailboxes.get({ mailboxId: goods.mailboxId })
  await app.api.mailboxes.savePolicy({ mailboxId: goods.mailboxId, policy: { ...policy, dailyCap: 1 } })
  await app.api.readiness.sendTest({ mailboxId: goods.mailboxId, requestKey: 'pressed once' })
  await app.run(12.5 * HOUR)
  expect(await shown(app)).toEqual(['preparing', 'readiness.limit_used'])
  expect(mailbox.sendCalls).toBe(1)
})

test('what fails before it is asked for is tried again that day, when the mailbox has rested', async () => {
  await using on = await desk()
  const { app, mailbox } = on
  mailbox.next.push('breaks while drafting')
  await app.run(12 * HOUR + 60_000)
  expect(await shown(app)).toEqual(['preparing', 'readiness.paused'])
  await app.run(HOUR)
  expect(await shown(app)).toEqual(['accepted', null])
  expect(subjects(mailbox)).toEqual([SUBJECT])
})

test.for([
  ['accepts but the answer is lost', 'uncertain'],
  ['does not accept and the answer is lost', 'uncertain'],
  ['refuses for good', 'failed'],
  ['cannot be reached', 'failed'],
] as const)('a provider that %s is not asked again that day', async ([mood, status]) => {
  await using on = await desk(mood)
  const { app, mailbox } = on
  await app.run(13 * HOUR)
  expect((await shown(app))?.[0]).toBe(status)
  await app.run(10 * HOUR)
  expect(mailbox.sendCalls).toBe(1)
  mailbox.mood = 'accepts'
  await app.run(DAY)
  expect(mailbox.sendCalls).toBe(2)
})

test('one whose answer was lost is proved by finding it', async () => {
  await using on = await desk('accepts but the answer is lost')
  const { app, mailbox } = on
  await app.run(12.01 * HOUR)
  mailbox.inbox?.own.set(mailbox.sent[0]?.key ?? '', { place: 'inbox', receivedAt: app.clock.now() })
  await app.run(HOUR)
  expect(await shown(app)).toEqual(['accepted', null])
  expect(mailbox.sendCalls).toBe(1)
})

/** A run that ended on Monday at 07:00, before the digest was due. */
async function endedBefore(mailbox: FakeMailbox) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-test-'))
  const secrets = createMemorySecrets()
  const options: TestEngineOptions = { mailbox, dataFolder, secrets }
  const app = await startTestEngine({ ...options, start: EVENING })
  const { mailboxId } = await stock(app, 1)
  await app.api.digest.saveRules({ isOn: true, minuteOfDay: 480, mailboxId })
  await app.run(11 * HOUR)
  await app.engine.close()
  const file = join(dataFolder, 'pacemail.db')
  return {
    file,
    mailboxId,
    again: (start: number) => startTestEngine({ ...options, start }),
    edit: (change: (tx: Parameters<typeof insertTestMail>[0]) => void) => {
      const db = openDb({ file, backupFolder: dataFolder, now: MONDAY_9 })
      write(db, change)
      db.close()
    },
    [Symbol.dispose]: () => rmSync(dataFolder, { recursive: true, force: true }),
  }
}

test('a machine that slept over the time mails it when it wakes, and after a restart not again', async () => {
  const mailbox = createFakeMailbox()
  using ended = await endedBefore(mailbox)
  for (const start of [MONDAY_9, MONDAY_9 + HOUR, MONDAY_9 + 2 * HOUR]) {
    const app = await ended.again(start)
    await app.run(60_000)
    await app.engine.close()
  }
  expect(subjects(mailbox)).toEqual([SUBJECT])
})

test('killed after it was asked for: it is not asked for again, whether it left or not', async () => {
  const mailbox = createFakeMailbox()
  using ended = await endedBefore(mailbox)
  ended.edit((tx) => {
    const { mailboxId } = ended
    const row = { mailboxId, requestKey: 'digest 2026-03-02', key: 'aaaa', digestDate: '2026-03-02', createdAt: 1 }
    insertTestMail(tx, row)
    updateTestMail(tx, findDigestMail(tx, '2026-03-02')!, { status: 'sending', askedAt: MONDAY_9 - HOUR })
  })
  await using app = await ended.again(MONDAY_9)
  await app.run(12 * HOUR)
  expect(await shown(app)).toEqual(['uncertain', 'app.closing'])
  expect(mailbox.draftCalls + mailbox.sendCalls).toBe(0)
  await app.engine.close()
})

test('killed while it was drafted: nothing was asked, so it goes, once', async () => {
  const mailbox = createFakeMailbox()
  using ended = await endedBefore(mailbox)
  mailbox.drafts.set('aaaa', {} as never)
  ended.edit((tx) => {
    const { mailboxId } = ended
    const row = { mailboxId, requestKey: 'digest 2026-03-02', key: 'aaaa', digestDate: '2026-03-02', createdAt: 1 }
    insertTestMail(tx, row)
  })
  await using app = await ended.again(MONDAY_9)
  await app.run(12 * HOUR)
  expect(subjects(mailbox)).toEqual([SUBJECT])
  await app.engine.close()
})

test('a database restored from before it left does not mail it again', async () => {
  const mailbox = createFakeMailbox()
  using ended = await endedBefore(mailbox)
  const backup = `${ended.file}.copy`
  copyFileSync(ended.file, backup)
  const first = await ended.again(MONDAY_9)
  await first.run(60_000)
  await first.engine.close()
  for (const end of ['-wal', '-shm']) rmSync(ended.file + end, { force: true })
  copyFileSync(backup, ended.file)
  await using app = await ended.again(MONDAY_9 + HOUR)
  await app.run(HOUR)
  expect(await shown(app)).toEqual(['accepted', null])
  expect(mailbox.sendCalls).toBe(1)
  await app.engine.close()
})

test('a clock that is set back brings no second one', async () => {
  const mailbox = createFakeMailbox()
  using ended = await endedBefore(mailbox)
  const first = await ended.again(MONDAY_9 + DAY)
  await first.run(60_000)
  await first.engine.close()
  await using app = await ended.again(MONDAY_9)
  await app.run(12 * HOUR)
  expect(mailbox.sendCalls).toBe(1)
  await app.engine.close()
})

test('a mailbox that is not there cannot be chosen', async () => {
  await using app = await startTestEngine()
  const rules = { isOn: true, minuteOfDay: 480, mailboxId: 7 as never }
  const refused = await app.api.digest.saveRules(rules).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AppError)
  expect(refused).toMatchObject({ code: 'mailbox.not_found' })
})

test('its words', () => {
  const none = { sent: 0, failed: 0, replied: 0, bounced: 0, optedOut: 0 }
  const figures = {
    yesterday: { ...none, sent: 23, replied: 1, bounced: 2 },
    today: none,
    planned: { today: 40, tomorrow: 0 },
    needsYou: { uncertain: 1, mailboxes: ['me@corp.example'] },
  }
  expect(digestMail(figures, '2026-03-02')).toEqual({
    subject: SUBJECT,
    text: [
      'Yesterday: 23 mails sent, 1 answer, 2 came back.',
      'Today so far: 0 mails sent, 0 answers.',
      'Planned: 40 mails today, 0 mails tomorrow.',
      'Uncertain whether they arrived, so you decide: 1 mail.',
      'Mailboxes that need you: me@corp.example.',
      '',
      'Pacemail on your computer wrote this to you alone. It stops when you switch it off in Settings.',
      '',
    ].join('\n'),
  })
})
