import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDb, write } from '#db/open'
import { getTestMail, insertTestMail, updateTestMail } from '#db/queries/readiness'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox, type Mood } from '#test/support/fake-mailbox'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

async function open(mood: Mood = 'accepts') {
  const mailbox = createFakeMailbox(mood)
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const app = await startTestEngine({ mailbox })
  const goods = await stock(app, 2)
  const send = (requestKey = 'pressed once') => app.api.readiness.sendTest({ mailboxId: goods.mailboxId, requestKey })
  const newest = async () => (await app.api.readiness.get({ mailboxId: goods.mailboxId })).testMail
  const check = async () => {
    const { checks } = await app.api.readiness.get({ mailboxId: goods.mailboxId })
    const { state, reason } = checks.find(({ code }) => code === 'test_mail') ?? {}
    return [state, reason]
  }
  return { app, goods, inbox, mailbox, send, newest, check, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** Lets what is under way come to its end. */
async function settle(app: TestEngine): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await app.run(1)
}

test('it goes to the mailbox itself, as a draft first, marked as a test', async () => {
  await using desk = await open()
  expect(await desk.check()).toEqual(['failed', 'not_sent'])
  await desk.send()
  await settle(desk.app)

  expect(desk.mailbox.draftCalls).toBe(1)
  expect(desk.mailbox.sent).toMatchObject([
    { to: { address: 'you@practice.example' }, from: { address: 'you@practice.example' } },
  ])
  expect(desk.mailbox.sent[0]?.subject).toMatch(/^\[Test\] /)
  expect(await desk.newest()).toMatchObject({ status: 'accepted', isLookedFor: true })
  expect(await desk.check()).toEqual(['unknown', 'on_its_way'])
})

test('pressing twice sends one', async () => {
  await using desk = await open()
  const [first, second] = await Promise.all([desk.send(), desk.send()])
  await settle(desk.app)
  await desk.send()
  await settle(desk.app)
  expect(first.id).toBe(second.id)
  expect(desk.mailbox.sendCalls).toBe(1)
})

test('it is what a lead would get from a template that is not saved', async () => {
  await using desk = await open()
  const content = { subject: 'Hi {{firstName}}', body: 'For {{company}}', format: 'formatted' as const }
  const leadId = desk.goods.leadIds[0] as never
  const { mailboxId } = desk.goods
  await desk.app.api.readiness.sendTest({ mailboxId, content, leadId, requestKey: 'pressed once' })
  const { mail } = await desk.app.api.templates.preview({ content, leadId, mailboxId })
  await settle(desk.app)
  expect(desk.mailbox.sent).toMatchObject([{ subject: `[Test] ${mail.subject}`, text: mail.text, html: mail.html }])
})

test('received: where it was found and how long it took', async () => {
  await using desk = await open()
  await desk.send()
  await settle(desk.app)
  const [sent] = desk.mailbox.sent
  desk.inbox.own.set(sent?.key ?? '', { place: 'inbox', receivedAt: desk.app.clock.now() + 4_000 })
  await desk.app.run(10_000)
  await settle(desk.app)
  expect(await desk.newest()).toMatchObject({ place: 'inbox', isLookedFor: false })
  expect(await desk.check()).toEqual(['ok', 'received'])
  const { rows } = await desk.app.api.activity.list({ kinds: ['test_mail_received'] })
  expect(rows).toHaveLength(1)
})

test('the spam folder is no success', async () => {
  await using desk = await open()
  await desk.send()
  await settle(desk.app)
  desk.inbox.own.set(desk.mailbox.sent[0]?.key ?? '', { place: 'spam', receivedAt: desk.app.clock.now() })
  await desk.app.run(10_000)
  await settle(desk.app)
  expect(await desk.check()).toEqual(['failed', 'spam'])
})

test('after twenty minutes without a trace nobody looks any more', async () => {
  await using desk = await open()
  await desk.send()
  await settle(desk.app)
  await desk.app.run(25 * 60_000)
  expect(await desk.check()).toEqual(['failed', 'not_seen'])
  expect((await desk.newest())?.isLookedFor).toBe(false)
})

test('it counts against the limits like a mail by hand, and not when it did not leave', async () => {
  await using desk = await open()
  const budget = async () => (await desk.app.api.mailboxes.get({ mailboxId: desk.goods.mailboxId })).budget
  await desk.send()
  await settle(desk.app)
  expect(await budget()).toMatchObject({ lastDay: 1, byHand: 1 })

  desk.mailbox.mood = 'refuses for good'
  await desk.send('pressed later')
  await settle(desk.app)
  expect(await budget()).toMatchObject({ lastDay: 1 })
  expect(await desk.newest()).toMatchObject({
    status: 'failed',
    failureCode: 'mail.refused',
    providerCode: '550 5.1.1',
  })
  expect(await desk.check()).toEqual(['failed', 'refused'])
})

test('a used limit, a pause of the mailbox and a pause of everything each stop it before anything is asked', async () => {
  await using desk = await open()
  const { api } = desk.app
  const { mailboxId } = desk.goods
  await api.app.pause({})
  await expect(desk.send()).rejects.toMatchObject({ code: 'readiness.paused' })
  await api.app.resume({})
  await api.mailboxes.pause({ mailboxId })
  await expect(desk.send()).rejects.toMatchObject({ code: 'readiness.paused' })
  await api.mailboxes.resume({ mailboxId })
  const { policy } = await api.mailboxes.get({ mailboxId })
  await api.mailboxes.savePolicy({ mailboxId, policy: { ...policy, dailyCap: 1 } })
  await desk.send()
  await settle(desk.app)
  await expect(desk.send('pressed later')).rejects.toMatchObject({ code: 'readiness.limit_used' })
  expect(desk.mailbox.sendCalls).toBe(1)
})

test('a pause right before the first byte stops it', async () => {
  await using desk = await open()
  desk.mailbox.onAsk = async () => void (await desk.app.api.app.pause({}))
  await desk.send()
  await settle(desk.app)
  expect(desk.mailbox.sent).toEqual([])
  expect(await desk.newest()).toMatchObject({ status: 'failed' })
})

test('it is never beside a mail of the queue', async () => {
  await using desk = await open()
  let open_ = 0
  let most = 0
  desk.mailbox.onAsk = async () => {
    open_ += 1
    most = Math.max(most, open_)
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    open_ -= 1
  }
  await dispatchAll(desk.app, desk.goods)
  await Promise.all([desk.send('first press'), desk.send('second press'), desk.send('third press')])
  // One after the other: each comes to its turn when the one before it has ended.
  for (let turn = 0; turn < 6; turn += 1) await desk.app.run(10_000)
  expect(desk.mailbox.sendCalls).toBe(4)
  expect(most).toBe(1)
})

test('an answer that is lost is uncertain, is never asked for again, and is settled by finding it', async () => {
  await using desk = await open('accepts but the answer is lost')
  await desk.send()
  await settle(desk.app)
  expect(await desk.newest()).toMatchObject({ status: 'uncertain' })
  expect(await desk.check()).toEqual(['unknown', 'uncertain'])
  desk.inbox.own.set(desk.mailbox.sent[0]?.key ?? '', { place: 'inbox', receivedAt: desk.app.clock.now() })
  await desk.app.run(3_600_000)
  expect(await desk.newest()).toMatchObject({ status: 'accepted', place: 'inbox' })
  expect(desk.mailbox.sendCalls).toBe(1)
})

test('what a killed run left in the middle is over: nothing of it is asked for again', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-test-'))
  const first = await startTestEngine({ dataFolder })
  const { mailboxId } = await stock(first, 1)
  await first.engine.close()
  const db = openDb({ file: join(dataFolder, 'pacemail.db'), backupFolder: dataFolder, now: first.clock.now() })
  const at = first.clock.now()
  write(db, (tx) => {
    insertTestMail(tx, { mailboxId, requestKey: 'not asked yet', key: 'aaaa', createdAt: at })
    const id = insertTestMail(tx, { mailboxId, requestKey: 'asked just now', key: 'bbbb', createdAt: at })
    updateTestMail(tx, getTestMail(tx, id), { status: 'sending', askedAt: at })
  })
  db.close()

  const mailbox = createFakeMailbox()
  mailbox.drafts.set('aaaa', {} as never)
  mailbox.inbox = createFakeInbox()
  await using app = await startTestEngine({ dataFolder, mailbox })
  for (const [requestKey, status] of [
    ['not asked yet', 'failed'],
    ['asked just now', 'uncertain'],
  ] as const) {
    expect(await app.api.readiness.sendTest({ mailboxId, requestKey })).toMatchObject({ status })
  }
  await app.run(3_600_000)
  expect(mailbox.draftCalls + mailbox.sendCalls).toBe(0)
  // The draft that nobody waits for is thrown away with the next look into the mailbox.
  expect([...mailbox.drafts.keys()]).toEqual([])
  await app.engine.close()
  rmSync(dataFolder, { recursive: true, force: true })
})
