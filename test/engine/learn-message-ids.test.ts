/** Under which Message-ID a mail really left is looked for, but not for ever. */
import { expect, test } from 'vitest'
import { MOST_LOOKS_IN_VAIN } from '#electron/engine/inbox/reading'
import { AppError } from '#shared/errors'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** `count` mails that left, none of whose Message-IDs is known. `tell` is what a look answers. */
async function sentBlindly(count: number) {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const looks = new Map<string, number>()
  const tell = { messageId: null as string | null, failure: null as AppError | null }
  Object.assign(inbox.reader, {
    readSent: async (id: string) => {
      await Promise.resolve()
      looks.set(id, (looks.get(id) ?? 0) + 1)
      if (tell.failure) throw tell.failure
      return tell.messageId === null ? null : { providerMessageId: id, threadId: null, messageId: tell.messageId }
    },
  })
  const { sendDraft } = mailbox.provider
  Object.assign(mailbox.provider, {
    sendDraft: async (...args: Parameters<typeof sendDraft>) => ({ ...(await sendDraft(...args)), messageId: null }),
  })
  const app = await startTestEngine({ mailbox })
  const { mailboxId } = await stock(app, count).then(async (goods) => {
    await dispatchAll(app, goods)
    return goods
  })
  await app.runOut()
  const read = () => app.api.mailboxes.readNow({ mailboxId })
  return { app, looks, tell, read, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('a mail that never shows is given up after the documented number of looks', async () => {
  await using desk = await sentBlindly(1)
  for (let time = 0; time < 3 * MOST_LOOKS_IN_VAIN; time += 1) await desk.read()
  expect([...desk.looks.values()]).toEqual([MOST_LOOKS_IN_VAIN])
})

test('one that shows in time is learned, and not looked for again', async () => {
  await using desk = await sentBlindly(1)
  for (let time = 0; time < 5; time += 1) await desk.read()
  const before = [...desk.looks.values()][0]!
  desk.tell.messageId = '<real@pacemail.example>'
  for (let time = 0; time < 5; time += 1) await desk.read()
  expect([...desk.looks.values()]).toEqual([before + 1])
})

test('a look that fails does not count as one in vain', async () => {
  await using desk = await sentBlindly(1)
  desk.tell.failure = new AppError('mail.unreachable', 'no connection')
  for (let time = 0; time < 30; time += 1) await desk.read().catch(() => {})
  const failed = [...desk.looks.values()][0] ?? 0
  expect(failed).toBeGreaterThan(MOST_LOOKS_IN_VAIN)
  desk.tell.failure = null
  desk.tell.messageId = '<real@pacemail.example>'
  await desk.read()
  await desk.read()
  expect([...desk.looks.values()]).toEqual([failed + 1])
})

test('a look that is refused for this one mail is one in vain, and fails no reading', async () => {
  await using desk = await sentBlindly(1)
  desk.tell.failure = new AppError('mail.refused', 'no', { details: { scope: 'message', isFinal: false } })
  for (let time = 0; time < 2 * MOST_LOOKS_IN_VAIN; time += 1) await desk.read()
  expect([...desk.looks.values()]).toEqual([MOST_LOOKS_IN_VAIN])
})

test('a mail that left two weeks ago is not looked for at all', async () => {
  await using desk = await sentBlindly(1)
  const before = [...desk.looks.values()][0] ?? 0
  expect(before).toBeLessThan(MOST_LOOKS_IN_VAIN)
  desk.app.clock.set(desk.app.clock.now() + 15 * DAY)
  await desk.read()
  expect([...desk.looks.values()]).toEqual(before === 0 ? [] : [before])
})
