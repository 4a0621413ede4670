import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DEFAULT_NOTICE_RULES,
  GAP_MS,
  NoticeKind,
  planNotices,
  SETTLE_MS,
  type Notice,
  type NoticeFact,
  type NoticeRules,
  type Told,
} from '#shared/domain/notices'
import { isQuiet } from '#shared/domain/quiet-hours'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const MONDAY_9 = Date.UTC(2026, 2, 2, 9)
const mark = { eventId: 0, at: 0 }
const NOTHING: Told = { uncertain: mark, sign_in: mark, reply: mark, campaign_done: mark }

interface Shown {
  readonly at: number
  readonly notice: Notice<NoticeFact>
}

/** Looks when something happened and when the plan says so, as the engine does; what was told is all that is kept. */
function live(facts: readonly NoticeFact[], rules: NoticeRules, zone = 'UTC'): Shown[] {
  const shown: Shown[] = []
  const later = facts.map(({ at }) => at).toSorted((one, other) => one - other)
  let told = NOTHING
  let now = later[0] ?? 0
  for (let look = 0; look < 10_000; look += 1) {
    const known = facts.filter(({ at }) => at <= now)
    const plan = planNotices({ facts: known, rules, told, now, zone })
    for (const notice of plan.tell) shown.push({ at: now, notice })
    told = plan.told
    const next = Math.min(plan.nextAt ?? Infinity, later.find((at) => at > now) ?? Infinity)
    if (next === Infinity) return shown
    if (next <= now) throw new Error('it looks again and again')
    now = next
  }
  throw new Error('it never ends')
}

const counts = (shown: readonly Shown[]) =>
  shown.map(({ notice }) => Object.fromEntries(notice.map(({ kind, facts }) => [kind, facts.length])))
const after = (ms: number, kind: NoticeKind, eventId: number): NoticeFact => ({ eventId, at: MONDAY_9 + ms, kind })

test('replies of one read are told as one, and those of the next minutes as another', () => {
  const facts = [0, 1, 2, 60, 90].map((second, index) => after(second * SECOND, 'reply', index + 1))
  const shown = live(facts, DEFAULT_NOTICE_RULES)
  expect(counts(shown)).toEqual([{ reply: 3 }, { reply: 2 }])
  expect(shown[0]?.at).toBe(MONDAY_9 + 5 * SECOND)
  expect(shown[1]?.at).toBe(MONDAY_9 + 5 * SECOND + GAP_MS)
})

test('kinds do not wait for each other', () => {
  const facts = [after(0, 'reply', 1), after(10 * SECOND, 'sign_in', 2)]
  expect(live(facts, DEFAULT_NOTICE_RULES).map(({ at }) => at - MONDAY_9)).toEqual([5 * SECOND, 15 * SECOND])
})

test('what is uncertain is told once it has had time to settle by itself', () => {
  const [shown] = live([after(0, 'uncertain', 1)], DEFAULT_NOTICE_RULES)
  expect(shown?.at).toBe(MONDAY_9 + SETTLE_MS + 5 * SECOND)
})

test('what came in the night is told in one summary in the morning', () => {
  const facts = [after(10 * HOUR, 'reply', 1), after(11 * HOUR, 'sign_in', 2), after(20 * HOUR, 'reply', 3)]
  const shown = live(facts, DEFAULT_NOTICE_RULES)
  expect(counts(shown)).toEqual([{ sign_in: 1, reply: 2 }])
  expect(shown[0]?.at).toBe(MONDAY_9 + 23 * HOUR)
})

test('what waited because the computer was off is summed up as well', () => {
  const facts = [after(0, 'reply', 1), after(0, 'campaign_done', 2)]
  const plan = planNotices({ facts, rules: DEFAULT_NOTICE_RULES, told: NOTHING, now: MONDAY_9 + HOUR, zone: 'UTC' })
  expect(plan.tell).toHaveLength(1)
})

test('a clock that was set back holds nothing up', () => {
  const facts = [after(24 * HOUR, 'reply', 5), after(0, 'reply', 6)]
  const told = { ...NOTHING, reply: { eventId: 4, at: MONDAY_9 + 24 * HOUR } }
  const plan = planNotices({ facts, rules: DEFAULT_NOTICE_RULES, told, now: MONDAY_9 + MINUTE, zone: 'UTC' })
  expect(plan.tell.flat().flatMap((group) => group.facts)).toHaveLength(2)
})

const anyFacts = fc
  .array(fc.record({ afterMs: fc.integer({ min: 0, max: 6 * HOUR }), kind: fc.constantFrom(...NoticeKind.options) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((steps) => {
    let at = MONDAY_9
    return steps.map(({ afterMs, kind }, index): NoticeFact => {
      // Now and then many at once.
      at += afterMs % 3 === 0 ? afterMs % 1_000 : afterMs
      return { eventId: index + 1, at, kind }
    })
  })
const anyRules = fc.record({
  kinds: fc.record({
    uncertain: fc.boolean(),
    sign_in: fc.boolean(),
    reply: fc.boolean(),
    campaign_done: fc.boolean(),
  }),
  quiet: fc.record({
    isOn: fc.boolean(),
    fromMinute: fc.integer({ min: 0, max: 1439 }),
    untilMinute: fc.integer({ min: 0, max: 1439 }),
    hasWeekends: fc.boolean(),
  }),
})
const anyZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles')
const anyLife = fc.tuple(anyFacts, anyRules, anyZone)
const RUNS = { numRuns: 200, seed: 11 }

test('whatever happens, what the rep wants to hear of is told once, and nothing else', () => {
  fc.assert(
    fc.property(anyLife, ([facts, rules, zone]) => {
      const told = live(facts, rules, zone).flatMap(({ notice }) => notice.flatMap((group) => group.facts))
      const wanted = facts.filter(({ kind }) => rules.kinds[kind])
      expect(told.map(({ eventId }) => eventId).toSorted((one, other) => one - other)).toEqual(
        wanted.map(({ eventId }) => eventId),
      )
    }),
    RUNS,
  )
})

test('whatever happens, the quiet hours are quiet, and two of a kind are minutes apart unless a summary ends a wait', () => {
  fc.assert(
    fc.property(anyLife, ([facts, rules, zone]) => {
      const shown = live(facts, rules, zone)
      expect(shown.filter(({ at }) => isQuiet(at, zone, rules.quiet))).toEqual([])
      for (const kind of NoticeKind.options) {
        const times = shown.filter(({ notice }) => notice.length === 1 && notice[0]?.kind === kind).map(({ at }) => at)
        for (const [index, at] of times.slice(1).entries()) {
          expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(GAP_MS)
        }
      }
    }),
    RUNS,
  )
})
