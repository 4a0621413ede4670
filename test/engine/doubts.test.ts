import { expect, test } from 'vitest'
import { createFakeMailbox, type FakeMailbox, type Mood } from '#test/support/fake-mailbox'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** A provider that shows late what became of a mail. */
const SLOW = {
  firstLookMs: MINUTE,
  draftAgeMs: 2 * MINUTE,
  draftLooks: 2,
  betweenLooksMs: MINUTE,
  giveUpMs: 10 * MINUTE,
}

/** One mail whose answer was lost; `looks` counts how often its fate was asked for. */
async function inDoubt(mood: Mood) {
  const mailbox = createFakeMailbox()
  mailbox.proofTimes = SLOW
  mailbox.next.push(mood)
  const looks = countLooks(mailbox)
  const app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))
  await app.run(0)
  const status = async () => (await app.api.sends.list({})).rows[0]?.status
  return { app, mailbox, looks, status, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

function countLooks(mailbox: FakeMailbox): { count: number } {
  const looks = { count: 0 }
  const { findDraft } = mailbox.provider
  Object.assign(mailbox.provider, {
    findDraft: (...args: Parameters<typeof findDraft>) => {
      looks.count += 1
      return findDraft(...args)
    },
  })
  return looks
}

test('a mail in doubt is not looked at before its provider can know', async () => {
  await using doubt = await inDoubt('accepts but the answer is lost')
  await doubt.app.run(59 * SECOND)
  expect([doubt.looks.count, await doubt.status()]).toEqual([0, 'uncertain'])
  await doubt.app.run(2 * SECOND)
  expect([doubt.looks.count, await doubt.status()]).toEqual([1, 'sent'])
})

test('a draft proves "not sent" only after two looks that agree and enough time', async () => {
  await using doubt = await inDoubt('does not accept and the answer is lost')
  await doubt.app.run(90 * SECOND)
  expect([doubt.looks.count, await doubt.status()]).toEqual([1, 'uncertain'])
  await doubt.app.run(2 * MINUTE)
  expect(doubt.looks.count).toBe(2)
  await doubt.app.runOut()
  expect(doubt.mailbox.sent).toHaveLength(1)
  expect(doubt.mailbox.sendCalls).toBe(2)
})

test('a look that fails proves nothing: it is repeated, and nothing is sent again', async () => {
  await using doubt = await inDoubt('accepts but the answer is lost')
  doubt.mailbox.isBlind = true
  await doubt.app.run(30 * MINUTE)
  expect(doubt.looks.count).toBeGreaterThan(5)
  expect(await doubt.status()).toBe('uncertain')
  doubt.mailbox.isBlind = false
  await doubt.app.run(2 * MINUTE)
  expect(await doubt.status()).toBe('sent')
  expect(doubt.mailbox.sendCalls).toBe(1)
})

test('without a trace it is looked for until the time is up, then it is the rep’s to decide', async () => {
  await using doubt = await inDoubt('accepts but the answer is lost')
  const find = doubt.mailbox.provider.findDraft
  Object.assign(doubt.mailbox.provider, {
    findDraft: async (...args: Parameters<typeof find>) => {
      await find(...args)
      return { fate: 'unknown' }
    },
  })
  await doubt.app.run(12 * MINUTE)
  const { count } = doubt.looks
  expect(count).toBeGreaterThanOrEqual(9)
  await doubt.app.run(60 * MINUTE)
  expect(doubt.looks.count).toBe(count)
  expect(await doubt.status()).toBe('uncertain')
  expect(doubt.mailbox.sendCalls).toBe(1)
})

test('after a sleep one look without a trace is not enough: a list that lags is looked at again', async () => {
  await using doubt = await inDoubt('accepts but the answer is lost')
  const find = doubt.mailbox.provider.findDraft
  let isLate = true
  Object.assign(doubt.mailbox.provider, {
    findDraft: async (...args: Parameters<typeof find>) => {
      const fate = await find(...args)
      return isLate ? { fate: 'unknown' } : fate
    },
  })
  doubt.app.clock.set(doubt.app.clock.now() + 60 * MINUTE)
  doubt.app.engine.clockMayHaveJumped()
  await doubt.app.run(1 * SECOND)
  expect([doubt.looks.count, await doubt.status()]).toEqual([1, 'uncertain'])

  isLate = false
  await doubt.app.run(2 * MINUTE)
  expect(await doubt.status()).toBe('sent')
  expect(doubt.mailbox.sendCalls).toBe(1)
})
