import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

async function statuses(app: Awaited<ReturnType<typeof startTestEngine>>): Promise<string[]> {
  const { rows } = await app.api.sends.list({ limit: 500 })
  return rows.map((send) => send.status).sort()
}

test('a mail whose answer was lost is looked up and found sent, never sent again', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('accepts but the answer is lost')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))

  await app.runOut()

  expect(await statuses(app)).toEqual(['sent'])
  expect(mailbox.sendCalls).toBe(1)
  expect(mailbox.sent).toHaveLength(1)
})

test('a mail that was proved unsent goes once', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('does not accept and the answer is lost')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))

  await app.runOut()

  expect(await statuses(app)).toEqual(['sent'])
  expect(mailbox.sent).toHaveLength(1)
})

test('where nothing can be proved the mail stays uncertain, and nobody sends it again but the rep', async () => {
  const mailbox = createFakeMailbox()
  mailbox.canProve = false
  mailbox.next.push('does not accept and the answer is lost')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))

  await app.run(7 * 86_400_000)
  expect(await statuses(app)).toEqual(['uncertain'])
  expect(mailbox.sendCalls).toBe(1)

  const { rows } = await app.api.sends.list({})
  await app.api.sends.settle({ sendId: rows[0]!.id, wasSent: false })
  await app.runOut()

  expect(await statuses(app)).toEqual(['sent'])
  expect(mailbox.sent).toHaveLength(1)
})

test('the word of the rep that an uncertain mail was sent ends it without asking the provider', async () => {
  const mailbox = createFakeMailbox()
  mailbox.canProve = false
  mailbox.next.push('accepts but the answer is lost')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))
  await app.run(60_000)

  const { rows } = await app.api.sends.list({})
  await app.api.sends.settle({ sendId: rows[0]!.id, wasSent: true })
  await app.run(7 * 86_400_000)

  expect(await statuses(app)).toEqual(['sent'])
  expect(mailbox.sendCalls).toBe(1)
})

test('a look-up that fails proves nothing: the send stays uncertain until a look succeeds', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('does not accept and the answer is lost')
  mailbox.isBlind = true
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))

  await app.run(10 * 60_000)
  expect(await statuses(app)).toEqual(['uncertain'])
  expect(mailbox.sendCalls).toBe(1)

  mailbox.isBlind = false
  await app.run(2 * 60_000)
  await app.runOut()
  expect(await statuses(app)).toEqual(['sent'])
  expect(mailbox.sent).toHaveLength(1)
})

test('pressing the button twice queues once', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 3)

  const first = await dispatchAll(app, goods, { key: 'the same press' })
  const second = await dispatchAll(app, goods, { key: 'the same press' })
  await app.runOut()

  expect(second).toBe(first)
  expect(app.mailbox.sent).toHaveLength(3)
})

test('a second campaign to the same people is refused while the first one waits, and skipped after it was sent', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 2)
  await dispatchAll(app, goods, { key: 'press number one' })

  await expect(dispatchAll(app, goods, { key: 'press number two' })).rejects.toMatchObject({
    code: 'dispatch.nothing_to_queue',
  })
  await app.runOut()
  const again = { selection: { by: 'ids', ids: goods.leadIds as never }, ...goods, at: null } as const
  const { obstacles } = await app.api.dispatch.check(again)

  expect(obstacles.map((obstacle) => obstacle.reason)).toEqual(['cool_down', 'cool_down'])
  expect(app.mailbox.sent).toHaveLength(2)
})

test('every mail goes to one address, with the words that were approved', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 2))
  await app.runOut()

  expect(app.mailbox.sent.map((mail) => [mail.to.address, mail.subject, mail.text])).toEqual([
    ['p1@company1.example', 'Hello Person1', 'Hi Person1,\n\nhow is Company 1?'],
    ['p2@company2.example', 'Hello Person2', 'Hi Person2,\n\nhow is Company 2?'],
  ])
})

test.each(['refuses for now', 'does not accept and the answer is lost', 'cannot be reached'] as const)(
  'a mailbox that %s: the draft of the first attempt is the one that is sent, a second is never made',
  async (mood) => {
    const mailbox = createFakeMailbox()
    mailbox.next.push(mood)
    await using app = await startTestEngine({ mailbox })
    await dispatchAll(app, await stock(app, 1))

    await app.runOut()

    expect(await statuses(app)).toEqual(['sent'])
    expect([mailbox.sendCalls, mailbox.draftCalls]).toEqual([2, 1])
  },
)

test('a provider that takes a mail and asks to be left alone is left alone', async () => {
  const mailbox = createFakeMailbox()
  const { sendDraft } = mailbox.provider
  const asked: number[] = []
  const app = await startTestEngine({ mailbox })
  Object.assign(mailbox.provider, {
    sendDraft: async (...args: Parameters<typeof sendDraft>) => {
      asked.push(app.clock.now())
      return { ...(await sendDraft(...args)), restMs: 40 * 60_000 }
    },
  })
  await using ending = app
  await dispatchAll(ending, await stock(ending, 2))

  await ending.runOut()

  expect(await statuses(ending)).toEqual(['sent', 'sent'])
  expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(40 * 60_000)
})

test.each([true, false])(
  'a mail offers the unsubscribe button exactly where it is heard: answers are read %s',
  async (mayRead) => {
    await using app = await startTestEngine()
    const stocked = await stock(app, 1)
    app.engine.rooms.mailboxes.signedIn(stocked.mailboxId, { mayRead })
    await dispatchAll(app, stocked)
    await app.runOut()

    expect(app.mailbox.sent.map((mail) => mail.hasUnsubscribe)).toEqual([mayRead])
  },
)
