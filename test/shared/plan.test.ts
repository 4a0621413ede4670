import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { decide, goesBefore } from '#shared/domain/decide'
import { DAY_MS, HOUR_MS } from '#shared/domain/pacing'
import { plan, type PlanInput, type PlannedSend } from '#shared/domain/plan'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'
import { GOOD_LEAD, GOOD_MAILBOX } from './gate-facts.ts'
import { expectPace, plannedOf, type Planned } from './plan-laws.ts'
import { calendarsOf, situations, START, type Situation } from './planned-sends.ts'
import { isOpenSlowly } from './slow-calendar.ts'

const MINUTE = 60_000

/** The law of hours once more, with Temporal and nothing of ours. Right where no clock changes. */
function isOpen({ policy, ownZone }: Situation, zone: string, moment: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone || ownZone)
  if (policy.daysOff.includes(local.toPlainDate().toString())) return false
  const minutes = local.hour * 60 + local.minute
  return (policy.hours[local.dayOfWeek - 1] ?? []).some((range) => minutes >= range.from && minutes < range.to)
}

function expectLeadWanted({ policy }: Situation, planned: readonly Planned[]): void {
  const coolDownMs = policy.coolDownDays * DAY_MS
  for (const [index, { send, at }] of planned.entries()) {
    expect(send.lead).toMatchObject({ review: 'approved', contact: 'none', isRemoved: false, isSuppressed: false })
    const touches = planned.slice(0, index).filter((other) => other.send.identity === send.identity)
    for (const touchedAt of [send.lead.lastTouchAt, ...touches.map((other) => other.at)]) {
      if (touchedAt !== null) expect(at - touchedAt).toBeGreaterThanOrEqual(coolDownMs)
    }
  }
}

test('every planned moment obeys every rule', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { input, campaigns } = situation
      const forecasts = plan(input)
      expect(forecasts.size).toBe(input.sends.length)
      const planned = plannedOf(input, forecasts)
      for (const { send, at } of planned) {
        expect(at).toBeGreaterThanOrEqual(Math.max(START, send.notBefore, input.mailbox.restingUntil ?? 0))
        expect(campaigns[send.campaignId - 1]).toBe('active')
        expect(isOpen(situation, send.zone, at)).toBe(true)
      }
      expectPace(input, planned)
      expectLeadWanted(situation, planned)
    }),
    { numRuns: 400 },
  )
}, 30_000)

test('nothing goes before a send of higher priority, or one due longer, that could go as well', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const planned = plannedOf(situation.input, plan(situation.input))
      for (const [index, { send, at, forecast }] of planned.entries()) {
        expect(forecast.ahead).toBe(index)
        for (const { send: later } of planned.slice(index + 1)) {
          if (later.notBefore > at || !goesBefore(later, send)) continue
          expect(isOpen(situation, later.zone, at)).toBe(false)
        }
      }
    }),
    { numRuns: 300 },
  )
}, 30_000)

/** What a sender does that asks the rules at each moment for which they told it to wait: no look ahead. */
function sendAll(input: PlanInput): Map<number, number | string> {
  const done = new Map<number, number | string>()
  const touched = new Map<string, number>()
  const times = [...input.mailbox.history.times]
  let { last } = input.mailbox.history
  let { now } = input
  for (;;) {
    const waiting = input.sends.filter((send) => !done.has(send.sendId))
    const lanes = Map.groupBy(waiting, (send) => `${send.campaignId} ${send.isFollowUp} ${send.zone} ${send.priority}`)
    const heads = [...lanes.values()].flatMap((lane) => lane.toSorted(byPlace)[0] ?? [])
    const mailbox = {
      ...input.mailbox,
      history: { times: times.filter((time) => time > now - DAY_MS), byHand: [], last, restartedAt: null },
    }
    const decision = decide(heads, { now, mailbox }, (head) => ({
      now,
      app: { isPaused: false },
      campaign: { status: input.campaignStatus(head.campaignId) },
      mailbox,
      lead: { ...head.lead, lastTouchAt: touched.get(head.identity) ?? head.lead.lastTouchAt },
      calendar: input.calendarOf(head.zone, head.isFollowUp),
      companyTimes: () => [],
      hasTextAged: null,
    }))
    if (decision.do === 'nothing') return done
    if (decision.do === 'wait') {
      if (decision.until === null) return done
      now = decision.until
      continue
    }
    done.set(decision.head.sendId, decision.do === 'send' ? now : decision.because)
    if (decision.do === 'skip') continue
    times.push(now)
    last = { at: now, sendId: decision.head.sendId }
    touched.set(decision.head.identity, now)
  }
}

const byPlace = (a: PlannedSend, b: PlannedSend): number => a.notBefore - b.notBefore || a.sendId - b.sendId

test('the forecast is what a sender then does', () => {
  fc.assert(
    fc.property(situations, ({ input }) => {
      const forecasts = plan(input)
      const done = sendAll(input)
      for (const { sendId } of input.sends) {
        const forecast = forecasts.get(sendId)
        const outcome = done.get(sendId)
        if (typeof outcome === 'number') expect(forecast).toMatchObject({ at: outcome, skip: null })
        if (typeof outcome === 'string') expect(forecast).toMatchObject({ at: null, skip: outcome })
        if (outcome === undefined) expect(forecast?.at).toBeNull()
      }
    }),
    { numRuns: 400 },
  )
}, 30_000)

test('the same input gives the same plan, in whatever order the sends are named', () => {
  fc.assert(
    fc.property(situations, ({ input }) => {
      const forecasts = plan(input)
      expect(plan(input)).toEqual(forecasts)
      const turned = plan({ ...input, sends: input.sends.toReversed() })
      for (const { sendId } of input.sends) {
        expect(turned.get(sendId)).toMatchObject({
          at: forecasts.get(sendId)?.at,
          skip: forecasts.get(sendId)?.skip,
        })
      }
    }),
    { numRuns: 100 },
  )
}, 30_000)

test('on the nights when clocks change, every planned moment is inside the hours', () => {
  const nights = fc.constantFrom(
    ['Europe/Berlin', '2026-03-28T20:00Z'] as const,
    ['Europe/Berlin', '2026-10-24T20:00Z'] as const,
    ['America/New_York', '2026-03-08T02:00Z'] as const,
    ['Australia/Lord_Howe', '2026-10-03T11:00Z'] as const,
  )
  const range = fc
    .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 90 }))
    .map(([from, more]) => ({ from, to: from + more }))
  fc.assert(
    fc.property(nights, fc.array(range, { minLength: 1, maxLength: 3 }), ([zone, start], ranges) => {
      const policy: Policy = { ...QUICK, hours: Array.from({ length: 7 }, () => ranges) }
      const sends = Array.from({ length: 12 }, (_, index) => sendOf(index + 1))
      const input = inputOf(policy, sends, { now: Date.parse(start), zone })
      const planned = plannedOf(input, plan(input)).filter(({ at }) => at < input.now + 2 * DAY_MS)
      for (const { at } of planned) expect(isOpenSlowly({ hours: policy.hours, zone, daysOff: [] }, at)).toBe(true)
    }),
    { numRuns: 60 },
  )
}, 30_000)

const QUICK: Policy = { ...DEFAULT_POLICY, gapMs: { min: 5 * MINUTE, max: 9 * MINUTE }, hourlyCap: 50, dailyCap: 500 }

function sendOf(sendId: number, change: Partial<PlannedSend> = {}): PlannedSend {
  return {
    sendId,
    campaignId: 1,
    zone: '',
    priority: 1,
    notBefore: 0,
    isFollowUp: false,
    leadId: sendId,
    dueCode: 'scheduled',
    parked: null,
    follows: null,
    identity: `person${sendId}`,
    lead: GOOD_LEAD,
    ...change,
  }
}

function inputOf(
  policy: Policy,
  sends: readonly PlannedSend[],
  { now = START + HOUR_MS, zone = 'UTC' }: { now?: number; zone?: string } = {},
): PlanInput {
  return {
    now,
    isAppPaused: false,
    mailbox: { ...GOOD_MAILBOX, policy },
    campaignStatus: () => 'active',
    companyTimes: new Map(),
    joined: new Map(),
    calendarOf: calendarsOf(policy, zone),
    sends,
  }
}

test('of two sends to one person the second is skipped by the cool-down', () => {
  const forecasts = plan(inputOf(QUICK, [sendOf(1, { identity: 'ann' }), sendOf(2, { identity: 'ann' }), sendOf(3)]))
  expect(forecasts.get(1)).toMatchObject({ at: START + HOUR_MS, ahead: 0 })
  expect(forecasts.get(2)).toEqual({ at: null, because: 'turn', ahead: 1, skip: 'cool_down' })
  expect(forecasts.get(3)).toMatchObject({ because: 'gap', ahead: 1 })
})

test('without a cool-down both go', () => {
  const policy = { ...QUICK, coolDownDays: 0 }
  const forecasts = plan(inputOf(policy, [sendOf(1, { identity: 'ann' }), sendOf(2, { identity: 'ann' })]))
  expect(forecasts.get(2)?.at).not.toBeNull()
})

test('while the app is paused nothing has a moment, and the pause is the reason', () => {
  const sends = [sendOf(1), sendOf(2, { notBefore: START + DAY_MS }), sendOf(3, { campaignId: 2, priority: 0 })]
  const forecasts = plan({ ...inputOf(QUICK, sends), isAppPaused: true })
  expect([...forecasts.values()].map(({ at, because, skip }) => ({ at, because, skip }))).toEqual(
    sends.map(() => ({ at: null, because: 'app_paused', skip: null })),
  )
})

test('a paused campaign waits for the rep while the others go on', () => {
  const sends = [
    sendOf(1, { campaignId: 2 }),
    sendOf(2),
    sendOf(3, { campaignId: 2, lead: { ...GOOD_LEAD, contact: 'replied' } }),
  ]
  const input = inputOf(QUICK, sends)
  const forecasts = plan({ ...input, campaignStatus: (id) => (id === 2 ? 'paused' : 'active') })
  expect(forecasts.get(1)).toMatchObject({ at: null, because: 'campaign_paused', skip: null })
  expect(forecasts.get(2)?.at).toBe(input.now)
  expect(forecasts.get(3)).toMatchObject({ at: null, because: 'campaign_paused' })
})

test('what can go at once goes now; its turn is all it waits for', () => {
  const input = inputOf(QUICK, [sendOf(1, { notBefore: START + HOUR_MS })])
  expect(plan(input).get(1)).toEqual({ at: input.now, because: 'turn', ahead: 0, skip: null })
})

test.each<[string, { policy?: Partial<Policy>; send?: Partial<PlannedSend> }, string, number]>([
  ['the rep’s own date', { send: { notBefore: START + 6 * HOUR_MS } }, 'scheduled', START + 6 * HOUR_MS],
  ['the next attempt', { send: { notBefore: START + 6 * HOUR_MS, dueCode: 'retry' } }, 'retry', START + 6 * HOUR_MS],
  [
    'the hours',
    { policy: { hours: [[{ from: 600, to: 700 }], [], [], [], [], [], []] } },
    'hours',
    START + 2 * HOUR_MS,
  ],
  [
    'somebody who is back in the night',
    { send: { notBefore: START + 16 * HOUR_MS, dueCode: 'out_of_office' } },
    'out_of_office',
    START + 25 * HOUR_MS,
  ],
  ['a day off', { policy: { daysOff: ['2026-01-05'] } }, 'day_off', START + 25 * HOUR_MS],
])('a send that waits for %s says so', (_name, { policy, send }, because, at) => {
  expect(plan(inputOf({ ...QUICK, ...policy }, [sendOf(1, send)])).get(1)).toMatchObject({ at, because })
})

test('each send of a full day says what it waits for', () => {
  const policy: Policy = { ...QUICK, hourlyCap: 2, dailyCap: 4 }
  const forecasts = plan(
    inputOf(
      policy,
      [1, 2, 3, 4, 5].map((id) => sendOf(id)),
    ),
  )
  expect([...forecasts.values()].map(({ because }) => because)).toEqual([
    'turn',
    'gap',
    'hourly_cap',
    'hourly_cap',
    'daily_cap',
  ])
})

test('a mailbox that was silent for weeks starts slowly', () => {
  const input = inputOf(
    { ...QUICK, dailyCap: 24 },
    Array.from({ length: 12 }, (_, index) => sendOf(index + 1)),
  )
  const last = { at: input.now - 20 * DAY_MS, sendId: 99 }
  const history = { times: [], byHand: [], last, restartedAt: null }
  const forecasts = plan({ ...input, mailbox: { ...input.mailbox, history } })
  const first = [...forecasts.values()].filter(({ at }) => at !== null && at < input.now + DAY_MS)
  expect(first).toHaveLength(6)
  expect(forecasts.get(7)).toMatchObject({ because: 'ramp' })
})

test('a schedule that never opens holds everything', () => {
  const policy: Policy = { ...QUICK, hours: Array.from({ length: 7 }, () => []) }
  const forecasts = plan(inputOf(policy, [sendOf(1), sendOf(2)]))
  expect([...forecasts.values()]).toEqual(
    [1, 2].map(() => ({ at: null, because: 'never_opens', ahead: 0, skip: null })),
  )
})

test.each<[string, Policy, number]>([
  ['in one lane', DEFAULT_POLICY, 1],
  ['in sixty lanes', DEFAULT_POLICY, 60],
  ['that never go', { ...QUICK, hours: Array.from({ length: 7 }, () => []) }, 3],
])('ten thousand sends %s are planned', (_name, policy, lanes) => {
  const sends = Array.from({ length: 10_000 }, (_, index) => sendOf(index + 1, { campaignId: index % lanes }))
  const forecasts = plan(inputOf(policy, sends))
  expect(forecasts.size).toBe(10_000)
  expect(new Set([...forecasts.values()].map(({ ahead }) => ahead)).size).toBe(policy === DEFAULT_POLICY ? 10_000 : 1)
})
