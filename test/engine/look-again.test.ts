/** The rep asks for a look, and decides by what the looks found. */
import { expect, test } from 'vitest'
import type { DraftFate } from '#electron/mailbox/mail-provider'
import { AppError } from '#shared/errors'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const MINUTE = 60_000
const SLOW = { firstLookMs: MINUTE, draftAgeMs: 0, draftLooks: 1, betweenLooksMs: MINUTE, giveUpMs: 5 * MINUTE }

/** One mail whose answer was lost. `finds` is what the next looks find; afterwards the truth. */
async function inDoubt() {
  const mailbox = createFakeMailbox()
  mailbox.proofTimes = SLOW
  mailbox.next.push('accepts but the answer is lost')
  const finds: (DraftFate | AppError)[] = []
  const find = mailbox.provider.findDraft
  Object.assign(mailbox.provider, {
    findDraft: async (...args: Parameters<typeof find>) => {
      const next = finds.shift()
      if (next instanceof AppError) throw next
      return next ?? find(...args)
    },
  })
  const app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))
  await app.run(0)
  const sendId = (await app.api.sends.list({})).rows[0]!.id
  const looks = async () => (await app.api.sends.looks({ sendIds: [sendId] }))[0]!.looks
  const status = async () => (await app.api.sends.list({})).rows[0]!.status
  return { app, mailbox, finds, sendId, looks, status, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

const unreachable = () => new AppError('mail.unreachable', 'no connection', { details: { reason: 'no_connection' } })
const NOTHING: DraftFate = { fate: 'unknown' }

test('a look on the rep’s word settles at once what was given up, and says so', async () => {
  await using doubt = await inDoubt()
  const { app, sendId, finds } = doubt
  finds.push(...Array.from({ length: 30 }, () => NOTHING))
  await app.run(20 * MINUTE)
  expect(await doubt.status()).toBe('uncertain')
  const left = finds.length
  await app.run(60 * MINUTE)
  expect(finds.length).toBe(left)

  finds.length = 0
  expect(await app.api.sends.lookAgain({ sendId })).toMatchObject({
    found: 'sent',
    code: null,
    nextLookAt: null,
    send: { status: 'sent' },
  })
  expect(doubt.mailbox.sendCalls).toBe(1)
})

test('the evidence says when and where it was looked, and a look that failed is not told as "not there"', async () => {
  await using doubt = await inDoubt()
  const { app, finds } = doubt
  finds.push(NOTHING, unreachable(), NOTHING)
  const start = app.clock.now()
  await app.run(3.5 * MINUTE)

  expect(await doubt.looks()).toEqual([
    { at: start + MINUTE, found: 'nothing', code: null, places: ['sent'], times: 1, byRep: false },
    { at: start + 2 * MINUTE, found: 'no_answer', code: 'mail.unreachable', places: [], times: 1, byRep: false },
    { at: start + 3 * MINUTE, found: 'nothing', code: null, places: ['sent'], times: 1, byRep: false },
  ])
})

test('a mailbox that is silent for days leaves a handful of events, not thousands', async () => {
  await using doubt = await inDoubt()
  doubt.mailbox.isBlind = true
  await doubt.app.run(24 * 60 * MINUTE)
  const { events } = await doubt.app.api.sends.get({ sendId: doubt.sendId })

  const looks = events.filter(({ kind }) => kind === 'send_looked_up')
  expect(looks.length).toBeGreaterThan(5)
  expect(looks.length).toBeLessThan(15)
  expect(await doubt.looks()).toHaveLength(6)
})

test('each look of the rep is kept, also one that finds the same as before', async () => {
  await using doubt = await inDoubt()
  const { app, sendId, finds } = doubt
  await app.run(30_000)
  expect(await app.api.sends.lookAgain({ sendId })).toMatchObject({
    found: 'too_early',
    nextLookAt: app.clock.now() + 30_000,
  })
  expect(await doubt.looks()).toEqual([])

  finds.push(...Array.from({ length: 40 }, () => NOTHING))
  await app.run(20 * MINUTE)
  const before = (await doubt.looks()).length
  for (let press = 0; press < 3; press += 1) {
    expect(await app.api.sends.lookAgain({ sendId })).toMatchObject({ found: 'nothing', send: { status: 'uncertain' } })
  }
  const looks = await doubt.looks()
  expect(looks.length).toBe(Math.min(6, before + 3))
  expect(looks.slice(-3).map(({ byRep }) => byRep)).toEqual([true, true, true])
})

test('a mailbox that cannot be looked at says so, and a mail that is settled is no doubt any more', async () => {
  await using doubt = await inDoubt()
  doubt.mailbox.canProve = false
  await doubt.app.run(2 * MINUTE)
  expect(await doubt.app.api.sends.lookAgain({ sendId: doubt.sendId })).toMatchObject({ found: 'never' })

  await doubt.app.api.sends.settle({ sendId: doubt.sendId, wasSent: true })
  await expect(doubt.app.api.sends.lookAgain({ sendId: doubt.sendId })).rejects.toMatchObject({
    code: 'send.not_uncertain',
  })
})
