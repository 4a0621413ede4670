import { join } from 'node:path'
import { openDb } from '#db/open'
import { AppError } from '#shared/errors'
import { describe, expect, test } from 'vitest'
import { dispatchAll } from '#test/support/stock'
import { deliveryReport } from '#test/support/incoming-mail'
import { queueTomorrow, type WrittenDesk, writtenDesk } from '#test/support/written-desk'

const MINUTE = 60_000
const DAY = 86_400_000

async function readNow({ app, stocked }: WrittenDesk): Promise<void> {
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
}

const waiting = async ({ app }: WrittenDesk) => (await app.api.sends.list({ status: ['pending'] })).rows
const answers = async ({ app }: WrittenDesk) => (await app.api.incoming.list({})).rows
const lead = async ({ app, stocked }: WrittenDesk) => app.api.leads.get({ leadId: stocked.leadIds[0] as never })

describe('an answer', () => {
  test('ends the mail to whoever wrote it, and says by which rule it was found', async () => {
    await using desk = await writtenDesk(1)
    await queueTomorrow(desk)
    desk.inbox.receive({ from: 'p1@company1.example', at: desk.app.clock.now(), inReplyTo: messageId(desk) })

    await readNow(desk)
    expect(await answers(desk)).toMatchObject([
      { verdict: 'replied', matchedBy: 'reference', from: 'p1@company1.example' },
    ])
    expect((await lead(desk)).contact).toBe('replied')

    await desk.app.run(2 * DAY)
    expect(desk.mailbox.sent).toHaveLength(1)
    const { rows } = await desk.app.api.sends.list({ status: ['skipped'] })
    expect(rows.map((send) => send.skipped)).toEqual(['lead_replied'])
  })

  test('is judged once, however often it is listed', async () => {
    await using desk = await writtenDesk(1)
    desk.inbox.receive({ from: 'p1@company1.example', at: desk.app.clock.now(), inReplyTo: messageId(desk) })
    await readNow(desk)
    desk.inbox.hasForgotten = true
    await readNow(desk)

    expect(await answers(desk)).toHaveLength(1)
  })

  test('of somebody we never wrote to is none of our business', async () => {
    await using desk = await writtenDesk(1)
    desk.inbox.receive({ from: 'stranger@elsewhere.example', at: desk.app.clock.now(), subject: 'Lunch?' })
    await readNow(desk)

    expect(await answers(desk)).toEqual([])
  })

  test('stops the whole company where the rep wants it', async () => {
    await using desk = await writtenDesk(1)
    await desk.app.api.incoming.saveRules({ stopsCompany: true })
    desk.inbox.receive({ from: 'p1@company1.example', at: desk.app.clock.now(), inReplyTo: messageId(desk) })
    await readNow(desk)

    const { rows } = await desk.app.api.suppressions.list({})
    expect(rows).toMatchObject([
      { kind: 'company', value: 'company 1', reason: 'company_stop' },
      { kind: 'domain', value: 'company1.example', reason: 'company_stop' },
    ])
  })

  test('can be taken back: what it changed is as before', async () => {
    await using desk = await writtenDesk(1)
    await desk.app.api.incoming.saveRules({ stopsCompany: true })
    await queueTomorrow(desk)
    desk.inbox.receive({ from: 'p1@company1.example', at: desk.app.clock.now(), inReplyTo: messageId(desk) })
    await readNow(desk)
    const [answer] = await answers(desk)

    const undone = await desk.app.api.incoming.undo({ incomingId: answer!.id })
    expect(undone.undoneAt).not.toBe(null)
    expect((await lead(desk)).contact).toBe('none')
    expect((await desk.app.api.suppressions.list({})).rows).toEqual([])
    await desk.app.run(2 * DAY)
    expect(desk.mailbox.sent).toHaveLength(2)
  })
})

test('an automatic answer holds the next mail until the person is back, and counts as no answer', async () => {
  await using desk = await writtenDesk(1)
  await queueTomorrow(desk)
  desk.inbox.receive({
    from: 'p1@company1.example',
    at: desk.app.clock.now(),
    inReplyTo: messageId(desk),
    headers: ['Auto-Submitted: auto-replied', 'Content-Type: text/plain'],
    body: 'I am out of the office until 9 March 2026.',
  })
  await readNow(desk)

  expect(await answers(desk)).toMatchObject([{ verdict: 'auto_replied', returnsAt: Date.UTC(2026, 2, 10) }])
  expect((await lead(desk)).contact).toBe('none')
  const [send] = await waiting(desk)
  expect(send?.wait?.at).toBeGreaterThanOrEqual(Date.UTC(2026, 2, 10))
  await desk.app.run(6 * DAY)
  expect(desk.mailbox.sent).toHaveLength(1)
  await desk.app.run(4 * DAY)
  expect(desk.mailbox.sent).toHaveLength(2)
})

test('an absence that is taken back lets the mail go when it was to go', async () => {
  await using desk = await writtenDesk(1)
  await queueTomorrow(desk)
  const [before] = await waiting(desk)
  desk.inbox.receive({
    from: 'p1@company1.example',
    at: desk.app.clock.now(),
    inReplyTo: messageId(desk),
    headers: ['Auto-Submitted: auto-replied', 'Content-Type: text/plain'],
    body: 'I am out of the office until 9 March 2026.',
  })
  await readNow(desk)
  const [answer] = await answers(desk)
  expect((await waiting(desk))[0]?.wait?.at).not.toBe(before?.wait?.at)

  await desk.app.api.incoming.undo({ incomingId: answer!.id })
  expect((await waiting(desk))[0]?.wait?.at).toBe(before?.wait?.at)
})

test('who asks not to be written to is not, in any campaign', async () => {
  await using desk = await writtenDesk(1)
  await queueTomorrow(desk)
  desk.inbox.receive({
    from: 'p1@company1.example',
    at: desk.app.clock.now(),
    inReplyTo: messageId(desk),
    body: 'Please remove me.',
  })
  await readNow(desk)

  expect(await answers(desk)).toMatchObject([{ verdict: 'opted_out' }])
  expect((await desk.app.api.suppressions.list({})).rows).toMatchObject([
    { value: 'p1@company1.example', reason: 'opted_out' },
  ])
  expect((await desk.app.api.sends.list({ status: ['skipped'] })).total).toBe(1)
})

test('who calls a mail spam is never written to again, and it counts against the health as a complaint', async () => {
  await using desk = await writtenDesk(1)
  await queueTomorrow(desk)
  desk.inbox.receive({
    from: 'abusedesk@provider.example',
    at: desk.app.clock.now(),
    subject: 'FW: Hello',
    headers: ['Content-Type: multipart/report; report-type=feedback-report; boundary="b"'],
    body: [
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      'Version: 1',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: ${messageId(desk)}`,
      '',
      'Hi',
      '--b--',
    ].join('\r\n'),
  })
  await readNow(desk)

  expect(await answers(desk)).toMatchObject([{ verdict: 'opted_out', evidence: { rule: 'complaint' } }])
  expect((await lead(desk)).contact).toBe('opted_out')
  expect((await desk.app.api.suppressions.list({})).rows).toMatchObject([{ value: 'p1@company1.example' }])
  expect((await desk.app.api.sends.list({ status: ['skipped'] })).total).toBe(1)
  const { health, healthReasons } = await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })
  expect({ health, healthReasons }).toEqual({ health: 76, healthReasons: [{ outcome: 'complaint', count: 1 }] })

  const [answer] = await answers(desk)
  await desk.app.api.incoming.undo({ incomingId: answer!.id })
  expect((await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })).health).toBe(100)
})

test('a dead address is not written to again, and five of them stop the mailbox until the rep resumes it', async () => {
  await using desk = await writtenDesk(5)
  await queueTomorrow(desk)
  for (let number = 1; number <= 5; number += 1) desk.inbox.receive(bounceOf(desk, number))
  await readNow(desk)

  expect(await answers(desk)).toHaveLength(5)
  expect((await answers(desk))[0]).toMatchObject({ verdict: 'bounced', severity: 'hard' })
  expect((await desk.app.api.suppressions.list({})).total).toBe(5)
  const { health } = await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })
  expect(health).toBeLessThan(30)

  const resumed = await desk.app.api.mailboxes.resume({ mailboxId: desk.stocked.mailboxId })
  expect(resumed.health).toBe(100)
})

describe('before anything is sent', () => {
  test('after a sleep incoming mail is read first: who answered meanwhile is not written to', async () => {
    await using desk = await writtenDesk(1)
    await queueTomorrow(desk)
    desk.inbox.receive({ from: 'p1@company1.example', at: desk.app.clock.now() + DAY, inReplyTo: messageId(desk) })
    desk.inbox.reads = 0
    desk.app.engine.rooms.inbox.raise(desk.stocked.mailboxId)

    desk.app.clock.set(desk.app.clock.now() + 2 * DAY)
    desk.app.engine.clockMayHaveJumped()
    await desk.app.run(2 * DAY)

    expect(desk.inbox.reads).toBeGreaterThan(0)
    expect(desk.mailbox.sent).toHaveLength(1)
  })

  test('a mailbox that cannot be read rests and sends nothing until it can', async () => {
    await using desk = await writtenDesk(1)
    await queueTomorrow(desk)
    desk.inbox.failure = new AppError('mail.unreachable', 'no connection', { details: { reason: 'no_connection' } })
    desk.app.engine.rooms.inbox.raise(desk.stocked.mailboxId)
    await desk.app.run(3 * DAY)
    expect(desk.mailbox.sent).toHaveLength(1)
    expect(await waiting(desk)).toMatchObject([{ wait: { code: 'mailbox_resting' } }])

    desk.inbox.failure = null
    await desk.app.run(2 * DAY)
    expect(desk.mailbox.sent).toHaveLength(2)
  })

  test('what the rep sent by hand counts against the cap', async () => {
    await using desk = await writtenDesk(1)
    await desk.app.api.mailboxes.savePolicy({
      mailboxId: desk.stocked.mailboxId,
      policy: { ...(await policyOf(desk)), dailyCap: 3 },
    })
    const at = desk.app.clock.now()
    const hand = (n: number) => ({
      providerMessageId: `hand-${n}`,
      threadId: null,
      sentAt: at - n * MINUTE,
      to: [],
      key: null,
    })
    desk.inbox.sent.push(hand(1), hand(2))
    await desk.app.run(11 * MINUTE)
    desk.app.engine.rooms.inbox.raise(desk.stocked.mailboxId)
    await readNow(desk)
    const { budget } = await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })
    expect(budget).toMatchObject({ byHand: 2, lastDay: 3 })

    await dispatchAll(desk.app, desk.stocked, { key: 'pressed again' })
    await desk.app.run(DAY - 60 * MINUTE)
    expect(desk.mailbox.sent).toHaveLength(1)
    await desk.app.run(DAY)
    expect(desk.mailbox.sent).toHaveLength(2)
  })
})

test('a database restored from before a mail was sent finds it in the mailbox, and does not send it again', async () => {
  await using desk = await writtenDesk(2)
  const db = openDb({ file: join(desk.app.dataFolder, 'pacemail.db'), backupFolder: desk.app.dataFolder, now: 0 })
  const { key } = db.$client.prepare('SELECT key FROM sends ORDER BY id LIMIT 1').get() as { key: string }
  db.close()
  await queueTomorrow(desk)
  const next = openDb({ file: join(desk.app.dataFolder, 'pacemail.db'), backupFolder: desk.app.dataFolder, now: 0 })
  const waits = next.$client
    .prepare("SELECT id, key FROM sends WHERE status = 'pending' ORDER BY id LIMIT 1")
    .get() as {
    id: number
    key: string
  }
  next.close()
  expect(waits.key).not.toBe(key)
  desk.inbox.sent.push({
    providerMessageId: 'found',
    threadId: null,
    sentAt: desk.app.clock.now() - MINUTE,
    to: ['p1@company1.example'],
    key: waits.key,
  })

  await desk.app.run(11 * MINUTE)
  desk.app.engine.rooms.inbox.raise(desk.stocked.mailboxId)
  await readNow(desk)
  await desk.app.run(3 * DAY)

  expect(desk.mailbox.sent).toHaveLength(3)
  expect(desk.mailbox.sent.map((mail) => mail.key)).not.toContain(waits.key)
  const { send } = await desk.app.api.sends.get({ sendId: waits.id })
  expect(send.status).toBe('sent')
})

test('a draft that nothing waits for is thrown away; one of another install stays', async () => {
  await using desk = await writtenDesk(1)
  const [first] = desk.mailbox.sent
  desk.mailbox.drafts.set(first!.key, first!)
  desk.mailbox.drafts.set('somebody-elses', first!)

  await desk.app.run(DAY + MINUTE)
  await readNow(desk)

  expect([...desk.mailbox.drafts.keys()]).toEqual(['somebody-elses'])
})

describe('where incoming mail cannot be read', () => {
  async function sendOnly(): Promise<WrittenDesk & AsyncDisposable> {
    const desk = await writtenDesk(1)
    desk.mailbox.inbox = null
    desk.app.engine.rooms.mailboxes.signedIn(desk.stocked.mailboxId, { mayRead: false })
    const [first] = desk.mailbox.sent
    desk.mailbox.drafts.set(first!.key, first!)
    return desk
  }

  test('a draft that nothing waits for is thrown away all the same', async () => {
    await using desk = await sendOnly()
    await desk.app.run(DAY + MINUTE)
    expect([...desk.mailbox.drafts.keys()]).toEqual([])
  })

  test('drafts that cannot be listed keep no mail from going', async () => {
    await using desk = await sendOnly()
    await queueTomorrow(desk)
    let looks = 0
    desk.mailbox.provider.strayDrafts = () => {
      looks += 1
      return Promise.reject(new AppError('mail.refused', 'no', { details: { scope: 'message', isFinal: false } }))
    }
    await desk.app.run(3 * DAY)
    expect(desk.mailbox.sent).toHaveLength(2)
    expect(looks).toBe(3)
  })
})

function messageId({ mailbox }: WrittenDesk): string {
  return `<${mailbox.sent[0]!.key}@pacemail.example>`
}

async function policyOf({ app, stocked }: WrittenDesk) {
  return (await app.api.mailboxes.get({ mailboxId: stocked.mailboxId })).policy
}

function bounceOf({ app, mailbox }: WrittenDesk, number: number) {
  const { address } = mailbox.sent[number - 1]!.to
  return { from: 'mailer-daemon@corp.example', at: app.clock.now(), ...deliveryReport(address) }
}
