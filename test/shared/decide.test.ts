import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide, goesBefore, type Decision, type LaneHead } from '#shared/domain/decide'
import type { GateFacts } from '#shared/domain/gates'
import { gapEndsAt } from '#shared/domain/pacing'
import { fixedCalendar, GOOD_FACTS, GOOD_LEAD, GOOD_MAILBOX, MONDAY_9 as NOW } from './gate-facts.ts'

const head = (sendId: number, change: Partial<LaneHead> = {}): LaneHead => ({
  sendId,
  campaignId: 1,
  zone: '',
  priority: 1,
  notBefore: NOW - 1_000,
  isFollowUp: false,
  dueCode: 'scheduled',
  ...change,
})

const closedUntil = (opensAt: number): Partial<GateFacts> => ({
  calendar: fixedCalendar({ isOpen: false, opensAt, because: 'hours' }),
})
const campaignPaused: Partial<GateFacts> = { campaign: { status: 'paused' } }
const suppressed: Partial<GateFacts> = { lead: { ...GOOD_LEAD, isSuppressed: true } }

/** Decides among heads with what stands in the way of each, by send id. */
function decideWith(heads: readonly LaneHead[], inTheWay: Readonly<Record<number, Partial<GateFacts>>> = {}) {
  return decide(heads, GOOD_FACTS, ({ sendId }) => ({ ...GOOD_FACTS, ...inTheWay[sendId] }))
}

const sendId = (decision: Decision<LaneHead>): number | null => ('head' in decision ? decision.head.sendId : null)

test('where nothing is queued there is nothing to do', () => {
  expect(decideWith([])).toEqual({ do: 'nothing' })
  const mailbox = {
    ...GOOD_MAILBOX,
    history: { times: [NOW], byHand: [], last: { at: NOW, sendId: 9 }, restartedAt: null },
  }
  expect(decide([], { now: NOW, mailbox }, () => GOOD_FACTS)).toEqual({ do: 'nothing' })
})

test.each<[string, LaneHead[], number]>([
  ['the higher priority goes first', [head(1), head(2, { priority: 0 }), head(3, { priority: 2 })], 2],
  ['priority counts more than time', [head(1, { notBefore: NOW - 9_000 }), head(2, { priority: 0 })], 2],
  ['the one due longer goes first', [head(1), head(2, { notBefore: NOW - 2_000 })], 2],
  ['of two due at once the one queued first goes', [head(2), head(1)], 1],
  ['due at this very moment is due', [head(1, { notBefore: NOW })], 1],
  ['priority does not bring forward what is not due', [head(1), head(2, { priority: 0, notBefore: NOW + 1 })], 1],
])('%s', (_name, heads, goes) => {
  expect(decideWith(heads)).toMatchObject({ do: 'send', head: { sendId: goes } })
})

test('what must wait lets the next one go', () => {
  const decision = decideWith([head(1, { priority: 0 }), head(2), head(3, { priority: 2 })], {
    1: closedUntil(NOW + 5),
    2: campaignPaused,
  })
  expect(decision).toMatchObject({ do: 'send', head: { sendId: 3 } })
})

test('what a rule forbids is skipped when its turn comes', () => {
  expect(decideWith([head(1), head(2)], { 1: suppressed })).toEqual({
    do: 'skip',
    head: head(1),
    because: 'suppressed',
  })
  expect(decideWith([head(1), head(2)], { 2: suppressed })).toMatchObject({ do: 'send', head: { sendId: 1 } })
})

test('while the mailbox itself must wait, nobody is asked', () => {
  const mailbox = {
    ...GOOD_MAILBOX,
    history: { times: [NOW], byHand: [], last: { at: NOW, sendId: 9 }, restartedAt: null },
  }
  const decision = decide([head(1), head(2, { notBefore: NOW + 1 })], { now: NOW, mailbox }, () => {
    throw new Error('asked')
  })
  expect(decision).toEqual({
    do: 'wait',
    until: gapEndsAt(mailbox.history, mailbox.seed, mailbox.policy),
    because: 'gap',
  })
})

test('what is not due is not asked whether a rule forbids it', () => {
  expect(decideWith([head(1, { notBefore: NOW + 1 })], { 1: suppressed })).toEqual({
    do: 'wait',
    until: NOW + 1,
    because: 'scheduled',
  })
})

test('a send that was tried before waits for its next attempt', () => {
  expect(decideWith([head(1, { notBefore: NOW + 9, dueCode: 'retry' })])).toEqual({
    do: 'wait',
    until: NOW + 9,
    because: 'retry',
  })
})

test('when all must wait, the soonest end counts', () => {
  const heads = [head(1), head(2), head(3, { notBefore: NOW + 20 })]
  const decision = decideWith(heads, { 1: closedUntil(NOW + 30), 2: closedUntil(NOW + 10) })
  expect(decision).toEqual({ do: 'wait', until: NOW + 10, because: 'hours' })
})

test('any moment is sooner than waiting for the rep', () => {
  const decision = decideWith([head(1), head(2)], { 1: campaignPaused, 2: closedUntil(NOW + 10) })
  expect(decision).toEqual({ do: 'wait', until: NOW + 10, because: 'hours' })
})

test('when all wait for the rep, there is no moment', () => {
  expect(decideWith([head(1), head(2)], { 1: campaignPaused, 2: campaignPaused })).toEqual({
    do: 'wait',
    until: null,
    because: 'campaign_paused',
  })
})

const heads = fc
  .uniqueArray(
    fc.record({
      sendId: fc.integer({ min: 1, max: 40 }),
      campaignId: fc.constant(1),
      zone: fc.constant(''),
      priority: fc.constantFrom(0, 1, 2),
      notBefore: fc.integer({ min: NOW - 3, max: NOW + 3 }),
      isFollowUp: fc.boolean(),
      dueCode: fc.constantFrom('scheduled', 'retry'),
    }),
    { selector: ({ sendId: id }) => id, maxLength: 12 },
  )
  .map((all): LaneHead[] => all as LaneHead[])

const obstacle = fc.constantFrom({}, {}, suppressed, campaignPaused, closedUntil(NOW + 5), closedUntil(NOW + 6))

test('the order in which lanes are looked at changes nothing', () => {
  fc.assert(
    fc.property(heads, fc.array(obstacle, { minLength: 41, maxLength: 41 }), (all, obstacles) => {
      const forwards = decideWith(all, obstacles)
      const backwards = decideWith(all.toReversed(), obstacles)
      expect(backwards.do).toBe(forwards.do)
      expect(sendId(backwards)).toBe(sendId(forwards))
      if (forwards.do === 'wait') expect(backwards).toMatchObject({ until: forwards.until })
    }),
    { numRuns: 500 },
  )
})

test('nothing that is due and free goes before the chosen one', () => {
  fc.assert(
    fc.property(heads, fc.array(obstacle, { minLength: 41, maxLength: 41 }), (all, obstacles) => {
      const decision = decideWith(all, obstacles)
      const free = all.filter(
        ({ notBefore, sendId: id }) => notBefore <= NOW && !obstacles[id]?.campaign && !obstacles[id]?.calendar,
      )
      if (free.length === 0) {
        expect(['wait', 'nothing']).toContain(decision.do)
        return
      }
      const chosen = free.find(({ sendId: id }) => id === sendId(decision))
      expect(chosen).toBeDefined()
      for (const other of free) if (other !== chosen) expect(chosen && goesBefore(chosen, other)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
