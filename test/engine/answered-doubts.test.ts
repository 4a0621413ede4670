/** What comes back about a mail in doubt settles the doubt: only what has left can be answered. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { join } from 'node:path'
import { openDb } from '#db/open'
import { cameBack, deliveryReport } from '#test/support/incoming-mail'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { dispatch, KINDS, SEND, sendTo, type Kind } from '#test/support/provider-scene'
import { prepareTemplate, type Template } from '#test/support/provider-template'
import { openWorld, type ProviderWorld } from '#test/support/provider-world'
import { rowsOf } from '#test/support/random-world'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'
import { queueTomorrow, type WrittenDesk, writtenDesk } from '#test/support/written-desk'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const HOUR = 60 * MINUTE

const templates = new Map<Kind, Template>()
beforeAll(async () => {
  for (const kind of KINDS) templates.set(kind, await prepareTemplate(kind))
})
afterAll(() => {
  for (const template of templates.values()) template[Symbol.dispose]()
})

/** One mail left, and nobody heard that it did. */
async function openDoubt(kind: Kind): Promise<ProviderWorld> {
  const world = await openWorld(templates.get(kind)!)
  world.place.next(SEND[kind], 'acts and drops')
  await dispatch(world, 0)
  expect([(await sendTo(world, 0)).status, world.place.left().length]).toEqual(['uncertain', 1])
  return world
}

async function comesBack(world: ProviderWorld, what: 'reply' | 'bounce'): Promise<void> {
  await world.place.receive(cameBack(what, { ...world.place.left()[0]!, at: world.clock.now() }))
  await world.app.api.mailboxes.readNow({ mailboxId: world.goods.mailboxId })
  await world.settle()
}

async function storyOf(world: ProviderWorld) {
  const { events } = await world.app.api.sends.get({ sendId: (await sendTo(world, 0)).id })
  return events.filter(({ kind }) => kind === 'send_proved_sent' || kind === 'mail_received')
}

describe.each(KINDS)('at %s', (kind) => {
  test('a reply proves that the mail left, before any look could, and stops what was to follow', async () => {
    await using world = await openDoubt(kind)
    await comesBack(world, 'reply')
    expect(await sendTo(world, 0)).toMatchObject({ status: 'sent', outcome: 'replied' })
    const how = kind === 'gmail' ? 'thread' : 'reference'
    expect((await storyOf(world)).map(({ kind: event, data }) => [event, data['answered'] ?? data['verdict']])).toEqual(
      [
        ['send_proved_sent', how],
        ['mail_received', 'replied'],
      ],
    )
    const leadId = world.goods.leadIds[0] as never
    expect((await world.app.api.leads.get({ leadId })).contact).toBe('replied')
    await world.run(HOUR)
    expect(world.place.left()).toHaveLength(1)
  })

  test('a bounce proves that it left, and counts as a bounce', async () => {
    await using world = await openDoubt(kind)
    await comesBack(world, 'bounce')
    expect(await sendTo(world, 0)).toMatchObject({ status: 'sent', outcome: 'bounced' })
    const { rows } = await world.app.api.suppressions.list({})
    expect(rows).toMatchObject([{ kind: 'address', reason: 'bounced' }])
    await world.run(HOUR)
    expect(world.place.left()).toHaveLength(1)
  })

  test('taking the verdict back does not make it unsent', async () => {
    await using world = await openDoubt(kind)
    await comesBack(world, 'reply')
    const [answer] = (await world.app.api.incoming.list({})).rows
    await world.app.api.incoming.undo({ incomingId: answer!.id })
    await world.run(HOUR)
    expect(await sendTo(world, 0)).toMatchObject({ status: 'sent', outcome: 'none' })
    expect(world.place.left()).toHaveLength(1)
  })

  test('a mail whose draft was sent by hand while it waits is known as sent by its answer', async () => {
    await using world = await openWorld(templates.get(kind)!)
    world.place.next(SEND[kind], kind === 'gmail' ? 'rate' : 'throttles for 120 s')
    await dispatch(world, 0)
    const [send] = rowsOf<{ draftId: string }>(world.file, 'SELECT draft_id AS draftId FROM sends')
    expect([(await sendTo(world, 0)).status, await world.place.byHand('sends', send!.draftId)]).toEqual([
      'pending',
      true,
    ])
    await comesBack(world, 'reply')
    expect(await sendTo(world, 0)).toMatchObject({ status: 'sent', outcome: 'replied' })
  })
})

/** A mail in doubt that no look finds, in a mailbox whose answers a test writes. */
async function blindDoubt() {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  mailbox.isBlind = true
  const app = await startTestEngine({ mailbox })
  await app.run(0)
  mailbox.next.push('accepts but the answer is lost')
  const stocked = await stock(app, 1, { coolDownDays: 0 })
  await dispatchAll(app, stocked)
  await app.run(0)
  const send = async () => (await app.api.sends.list({})).rows.find(({ step }) => step === 0)
  expect((await send())?.status).toBe('uncertain')
  const read = () => app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
  const keyOf = () => mailbox.sent[0]!.key
  return { app, mailbox, inbox, stocked, send, read, keyOf, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('an answer that names it settles it also where looking found nothing for hours', async () => {
  await using desk = await blindDoubt()
  await desk.app.run(5 * HOUR)
  expect((await desk.send())?.status).toBe('uncertain')
  const at = desk.app.clock.now()
  desk.inbox.receive({ from: 'p1@company1.example', at, inReplyTo: `<${desk.keyOf()}@pacemail.example>` })
  await desk.read()
  expect(await desk.send()).toMatchObject({ status: 'sent', outcome: 'replied' })
})

test('a report that a mail is late proves that it left, and nothing more', async () => {
  await using desk = await blindDoubt()
  const { headers, body } = lateReport(desk.keyOf())
  desk.inbox.receive({
    from: 'mailer-daemon@corp.example',
    at: desk.app.clock.now(),
    subject: 'Delayed',
    headers,
    body,
  })
  await desk.read()
  expect(await desk.send()).toMatchObject({ status: 'sent', outcome: 'none' })
})

test('a mail of the same person that names nothing proves nothing', async () => {
  await using desk = await blindDoubt()
  desk.inbox.receive({ from: 'p1@company1.example', at: desk.app.clock.now(), subject: 'Re: Hello' })
  await desk.read()
  expect((await desk.send())?.status).toBe('uncertain')
})

test.each([
  ['that was there before proves nothing of a later mail in it', 'thread', 'uncertain'],
  ['that only this mail can have begun proves that it left', 'another thread', 'sent'],
])('an answer in a thread %s', async (_what, ofDoubt, expected) => {
  await using desk = await writtenDesk(1)
  const { app, mailbox, inbox } = desk
  await app.run(0)
  setThread(desk, 'thread')
  mailbox.isBlind = true
  mailbox.next.push('accepts but the answer is lost')
  await queueTomorrow(desk)
  await app.run(2 * DAY)
  Object.assign(inbox.reader, { tracesOf: () => ({ providerMessageId: null, messageId: null, threadId: ofDoubt }) })
  inbox.receive({ from: 'anybody@elsewhere.example', at: app.clock.now(), threadId: ofDoubt })
  await app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
  const statuses = rowsOf<{ status: string; outcome: string }>(
    fileOf(app),
    'SELECT status, outcome FROM sends ORDER BY id',
  )
  const [first, second] = statuses
  expect([first, second?.status]).toEqual([
    { status: 'sent', outcome: expected === 'sent' ? 'none' : 'replied' },
    expected,
  ])
})

test('the ids of a mail that is sent on the word of the rep are learned once Sent shows it, for what follows it', async () => {
  await using desk = await blindDoubt()
  await desk.app.api.sends.settle({ sendId: (await desk.send())!.id, wasSent: true })
  const sentAt = desk.app.clock.now()
  desk.inbox.sent.push({ providerMessageId: 'real', threadId: 'thread', sentAt, to: [], key: desk.keyOf() })
  await desk.app.run(20 * MINUTE)
  await desk.read()
  const sql = 'SELECT provider_message_id AS id, thread_id AS thread FROM sends'
  expect(rowsOf(fileOf(desk.app), sql)).toEqual([{ id: 'real', thread: 'thread' }])
})

test('what left without this database is known before its answer is read', async () => {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  await using app = await startTestEngine({ mailbox })
  await app.run(0)
  await app.api.app.pause({})
  const stocked = await stock(app, 1, { coolDownDays: 0 })
  await dispatchAll(app, stocked)
  await app.run(20 * MINUTE)
  const [send] = rowsOf<{ key: string }>(fileOf(app), 'SELECT key FROM sends')
  const sentAt = app.clock.now() - MINUTE
  inbox.sent.push({ providerMessageId: 'real', threadId: null, sentAt, to: [], key: send!.key })
  inbox.receive({ from: 'p1@company1.example', at: app.clock.now(), subject: 'Re: Hello' })
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
  const { rows } = await app.api.sends.list({})
  expect(rows).toMatchObject([{ status: 'sent', outcome: 'replied' }])
})

test('what was sent anew while its answer was read is another mail: the answer proves nothing of that one', async () => {
  await using desk = await blindDoubt()
  const { reader } = desk.inbox
  const { readMail } = reader
  const sendId = (await desk.send())!.id
  Object.assign(reader, {
    async readMail(...args: Parameters<typeof readMail>) {
      await desk.app.api.app.pause({})
      await desk.app.api.sends.settle({ sendId, wasSent: false })
      return readMail(...args)
    },
  })
  const at = desk.app.clock.now()
  desk.inbox.receive({ from: 'p1@company1.example', at, inReplyTo: `<${desk.keyOf()}@pacemail.example>` })
  await desk.read()
  // It stops the new mail all the same.
  expect((await desk.send())?.status).toBe('skipped')
})

const fileOf = ({ dataFolder }: TestEngine): string => join(dataFolder, 'pacemail.db')

/** The thread in which everything went that has left so far. */
function setThread({ app }: WrittenDesk, threadId: string): void {
  const db = openDb({ file: fileOf(app), backupFolder: app.dataFolder, now: 0 })
  db.$client.prepare('UPDATE sends SET thread_id = ?').run(threadId)
  db.close()
}

/** What a server writes when it could not deliver yet (RFC 3464), with the headers of our mail. */
function lateReport(key: string): { headers: string[]; body: string } {
  const { headers, body } = deliveryReport('p1@company1.example', { status: '4.4.1' })
  const copy = ['--edge', 'Content-Type: text/rfc822-headers', '', `X-Pacemail-Key: ${key}`, '', '--edge--'].join(
    '\r\n',
  )
  return { headers, body: body.replace('Action: failed', 'Action: delayed').replace(/--edge--$/, copy) }
}
