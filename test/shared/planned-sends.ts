/** Random mailboxes with something to plan, for tests of the forecast. */
import fc from 'fast-check'
import { createCalendar, type Calendar } from '#shared/domain/calendar'
import type { PlanInput, PlannedSend } from '#shared/domain/plan'
import { OFFICE_HOURS } from '#shared/domain/paces'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'
import type { CampaignStatus } from '#shared/domain/taxonomy'
import { GOOD_LEAD, GOOD_MAILBOX } from './gate-facts.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Monday 5 January 2026, 08:00 UTC. No clock changes for the next eleven weeks in the zones below. */
export const START = Date.UTC(2026, 0, 5, 8)
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Kiritimati', 'America/Bogota'] as const

export interface Situation {
  readonly input: PlanInput
  readonly policy: Policy
  readonly ownZone: string
  readonly campaigns: readonly CampaignStatus[]
}

const range = fc
  .tuple(fc.nat(1380), fc.integer({ min: 30, max: 900 }))
  .map(([from, more]) => ({ from, to: Math.min(1440, from + more) }))
const week = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.array(range, { maxLength: 2 }), { minLength: 7, maxLength: 7 }) },
  { weight: 2, arbitrary: fc.constant(OFFICE_HOURS) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }])) },
)

export const policies: fc.Arbitrary<Policy> = fc
  .record({
    hours: week,
    daysOff: fc.subarray(['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-12']),
    gap: fc.tuple(fc.integer({ min: 1_000, max: 40 * 60_000 }), fc.nat(20 * 60_000)),
    hourlyCap: fc.integer({ min: 1, max: 6 }),
    dailyCap: fc.integer({ min: 4, max: 15 }),
    ramp: fc.option(
      fc.record({
        startAt: fc.integer({ min: START - 3 * DAY, max: START }),
        first: fc.integer({ min: 3, max: 6 }),
        perDay: fc.nat(4),
      }),
    ),
    coolDownDays: fc.constantFrom(0, 1, 3, 60),
  })
  .map(({ gap: [min, more], ...policy }) => ({ ...DEFAULT_POLICY, ...policy, gapMs: { min, max: min + more } }))

export const leads = fc
  .record({
    review: fc.constantFrom('approved' as const, 'approved' as const, 'approved' as const, 'rejected' as const),
    contact: fc.constantFrom('none' as const, 'none' as const, 'none' as const, 'replied' as const),
    lastTouchAt: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(5 * DAY) }),
  })
  .map(({ lastTouchAt, ...lead }) => ({
    ...GOOD_LEAD,
    ...lead,
    lastTouchAt: lastTouchAt === null ? null : START - lastTouchAt,
  }))

const sends: fc.Arbitrary<PlannedSend[]> = fc.uniqueArray(
  fc.record({
    sendId: fc.integer({ min: 1, max: 500 }),
    campaignId: fc.integer({ min: 1, max: 3 }),
    zone: fc.constantFrom('', '', 'Asia/Kolkata', 'America/Bogota'),
    priority: fc.constantFrom(0 as const, 1 as const, 2 as const),
    notBefore: fc.oneof(
      fc.integer({ min: START - DAY, max: START }),
      fc.constant(START - HOUR),
      fc.integer({ min: START, max: START + 3 * DAY }),
    ),
    dueCode: fc.constantFrom('scheduled' as const, 'retry' as const),
    isFollowUp: fc.constant(false),
    leadId: fc.integer({ min: 1, max: 1_000_000 }),
    parked: fc.constant(null),
    follows: fc.constant(null),
    identity: fc.integer({ min: 1, max: 40 }).map((person) => `person${person}`),
    lead: leads,
  }),
  { selector: (send) => send.sendId, maxLength: 30 },
)

export const situations: fc.Arbitrary<Situation> = fc
  .record({
    policy: policies,
    ownZone: fc.constantFrom(...ZONES),
    campaigns: fc.tuple(
      fc.constant('active' as const),
      fc.constant('active' as const),
      fc.constantFrom('active' as const, 'paused' as const),
    ),
    seed: fc.integer(),
    ages: fc.array(fc.integer({ min: 1, max: DAY }), { maxLength: 12 }),
    rest: fc.constantFrom(null, START + 5 * HOUR),
    sends,
  })
  .map(({ policy, ownZone, campaigns, seed, ages, rest, sends: waiting }) => {
    const times = ages.map((age) => START - age).toSorted((a, b) => a - b)
    const newest = times.at(-1)
    const input: PlanInput = {
      now: START,
      isAppPaused: false,
      mailbox: {
        ...GOOD_MAILBOX,
        status: rest === null ? 'ready' : 'resting',
        restingUntil: rest,
        policy,
        seed,
        history: {
          times,
          byHand: [],
          last: newest === undefined ? null : { at: newest, sendId: 999 },
          restartedAt: null,
        },
      },
      campaignStatus: (id) => campaigns[id - 1] ?? 'active',
      companyTimes: new Map(),
      joined: new Map(),
      calendarOf: calendarsOf(policy, ownZone),
      sends: waiting,
    }
    return { input, policy, ownZone, campaigns }
  })

/** One calendar a zone; '' is the mailbox's own. */
export function calendarsOf(policy: Policy, ownZone: string): (zone: string, isFollowUp: boolean) => Calendar {
  const made = new Map<string, Calendar>()
  return (zone) => {
    const known = made.get(zone)
    if (known) return known
    const calendar = createCalendar({
      hours: policy.hours,
      zone: zone || ownZone,
      isDayOff: (date) => policy.daysOff.includes(date),
    })
    made.set(zone, calendar)
    return calendar
  }
}
