import { describe, expect, test } from 'vitest'
import type { Policy } from '#shared/domain/policy'
import { policyWith } from '#test/support/start-test-engine'
import { sequenceDesk, startSequence, type SequenceDesk } from '#test/support/sequence'

const MINUTE = 60_000
const NINE_TO_FIVE = { from: 540, to: 1020 }
const WEEK = Array.from({ length: 7 }, (_, day) => (day < 5 ? [NINE_TO_FIVE] : []))

/** The moments of all waiting mails, as the queue shows them. */
async function moments({ app }: SequenceDesk): Promise<number[]> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500 })
  return rows.flatMap(({ wait }) => (wait?.at == null ? [] : [wait.at])).toSorted((a, b) => a - b)
}

function perDay(all: readonly number[]): { date: string; count: number }[] {
  const days = Map.groupBy(all, (at) => new Date(at).toISOString().slice(0, 10))
  return [...days].map(([date, of]) => ({ date, count: of.length }))
}

function figuresOf(all: readonly number[]): object {
  return { planned: all.length, firstAt: all[0], lastAt: all.at(-1), perDay: perDay(all), heldBy: null }
}

async function runningDesk(): Promise<SequenceDesk> {
  const desk = await sequenceDesk(40)
  await desk.app.api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: policyWith({ hours: WEEK }) })
  await startSequence(desk)
  return desk
}

describe('what another policy would bring', () => {
  test.each<[string, Partial<Policy>]>([
    ['a smaller cap of the day', { dailyCap: 7 }],
    ['a smaller cap of the hour', { hourlyCap: 1 }],
    ['longer pauses', { gapMs: { min: 30 * MINUTE, max: 50 * MINUTE } }],
    ['fewer hours', { hours: WEEK.map((day) => (day.length > 0 ? [{ from: 600, to: 660 }] : [])) }],
    ['a day off', { daysOff: ['2026-03-03', '2026-03-05'] }],
    ['a slow start', { ramp: { startAt: Date.UTC(2026, 2, 2, 9), first: 2, perDay: 1 } }],
  ])('%s: what is said is what the plan is after saving it', async (_, change) => {
    await using desk = await runningDesk()
    const { mailboxId } = desk.stocked
    const policy = policyWith({ hours: WEEK, ...change })
    const before = await moments(desk)
    const told = await desk.app.api.mailboxes.whatIf({ mailboxId, policy })
    expect(told.before).toEqual(figuresOf(before))
    expect(await moments(desk)).toEqual(before)

    await desk.app.api.mailboxes.savePolicy({ mailboxId, policy })
    const after = await moments(desk)
    expect(after).not.toEqual(before)
    expect(told.after).toEqual(figuresOf(after))
  })

  test('mail that is held says by what, and has no dates', async () => {
    await using desk = await runningDesk()
    const { mailboxId } = desk.stocked
    await desk.app.api.mailboxes.pause({ mailboxId })
    const { before, after } = await desk.app.api.mailboxes.whatIf({ mailboxId, policy: policyWith({}) })
    expect(before).toEqual({ planned: 0, firstAt: null, lastAt: null, perDay: [], heldBy: 'mailbox_paused' })
    expect(after).toEqual(before)
  })

  test('where nothing waits, nothing holds it either', async () => {
    await using desk = await sequenceDesk(1)
    const { mailboxId } = desk.stocked
    const { after } = await desk.app.api.mailboxes.whatIf({ mailboxId, policy: policyWith({ dailyCap: 3 }) })
    expect(after).toEqual({ planned: 0, firstAt: null, lastAt: null, perDay: [], heldBy: null })
  })

  test('what could not be saved is refused in the same words', async () => {
    await using desk = await sequenceDesk(1)
    const { mailboxId } = desk.stocked
    const ask = (change: Partial<Policy>) => desk.app.api.mailboxes.whatIf({ mailboxId, policy: policyWith(change) })
    await expect(ask({ hours: WEEK.map(() => []) })).rejects.toMatchObject({ code: 'mailbox.never_opens' })
    await expect(ask({ gapMs: { min: 2 * MINUTE, max: MINUTE } })).rejects.toMatchObject({
      code: 'mailbox.gap_reversed',
    })
  })
})
