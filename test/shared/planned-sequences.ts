/** Random sequences of mails to plan, for tests of the forecast. */
import fc from 'fast-check'
import { isBefore, isWithin } from '#shared/domain/absences'
import { createCalendar, type Calendar } from '#shared/domain/calendar'
import type { PlanInput, PlannedSend } from '#shared/domain/plan'
import type { Policy } from '#shared/domain/policy'
import type { CampaignStatus } from '#shared/domain/taxonomy'
import { GOOD_MAILBOX } from './gate-facts.ts'
import { leads, policies, START } from './planned-sends.ts'

const DAY = 86_400_000
/** None of them changes its clocks. */
export const ZONES = ['UTC', 'Asia/Kolkata', 'Pacific/Kiritimati', 'America/Bogota'] as const

export interface SequenceSituation {
  readonly input: PlanInput
  /** A second mailbox of the rep, which sends beside the first: its policy, its history and its own mail. */
  readonly other: PlanInput
  readonly ownZone: string
  readonly absences: typeof ABSENCES
}

const ABSENCES = [{ from: '2026-01-14', to: '2026-01-20', stopBeforeDays: 2 }]

const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const delay = fc.record({
  days: fc.constantFrom(0, 1, 3, 7),
  unit: fc.constantFrom('days' as const, 'working_days' as const),
})

/** One person in one campaign, and what is left of it. */
const enrolment = fc.record({
  campaignId: fc.integer({ min: 1, max: 3 }),
  zone: fc.constantFrom('', '', 'Asia/Kolkata', 'America/Bogota'),
  priority: fc.constantFrom(0 as const, 1 as const, 2 as const),
  person: fc.integer({ min: 1, max: 12 }),
  lead: leads,
  isPaused: often(false, true),
  isListHeld: often(false, true),
  startsAt: fc.integer({ min: START - DAY, max: START + 3 * DAY }),
  done: fc.integer({ min: 0, max: 2 }),
  /** Is it written by the second mailbox? */
  isOther: fc.boolean(),
  /** Had an address of another company when its mail was queued. */
  hasMoved: fc.constantFrom(false, false, true),
  /** Where the first of it stands: in its lane, beside it, or behind a mail that is in no plan. */
  head: often('in_lane', 'person_paused', 'text_aged', 'missed', 'behind' as const),
  delays: fc.tuple(delay, delay),
})
type Enrolment = typeof enrolment extends fc.Arbitrary<infer T> ? T : never

/** Ids rise with the place in the list and the step; nobody's mail is another's. */
function sendsOf(from: Enrolment, place: number): PlannedSend[] {
  const index = place + (from.isOther ? 50 : 0)
  const idOf = (step: number): number => index * 3 + step + 1
  const steps = [0, 1, 2].slice(from.done)
  return steps.map((step) => {
    const isHead = step === from.done
    const isBehind = !isHead || from.head === 'behind'
    return {
      sendId: idOf(step),
      campaignId: from.campaignId,
      zone: from.zone,
      priority: from.priority,
      notBefore: isHead ? from.startsAt : 0,
      dueCode: step === 0 ? 'scheduled' : 'step_delay',
      isFollowUp: step > 0,
      leadId: index + 1,
      identity: `p${from.person % 3}@c${from.person % 4}.example`,
      ...(from.hasMoved ? { newIdentity: `p${from.person % 3}@c${(from.person + 1) % 4}.example` } : {}),
      lead: { ...from.lead, isPaused: from.isPaused, isListHeld: from.isListHeld, hasBegun: isHead && step > 0 },
      parked: isBehind ? 'step_before' : from.head === 'in_lane' ? null : (from.head as 'missed'),
      follows:
        !isBehind || step === 0
          ? null
          : { sendId: isHead ? 1_000 + index : idOf(step - 1), delay: from.delays[step - 1] ?? from.delays[0] },
    }
  })
}

export const sequences: fc.Arbitrary<SequenceSituation> = fc
  .record({
    policy: policies,
    domainCap: fc.constantFrom(null, null, 1, 2),
    ownZone: fc.constantFrom(...ZONES),
    otherCap: fc.constantFrom(null, null, 1, 3),
    joined: fc.constantFrom<PlanInput['joined']>(
      new Map(),
      // The second and the third of four.
      new Map([
        ['c1.example', 'c1.example'],
        ['c2.example', 'c1.example'],
      ]),
    ),
    third: fc.constantFrom<CampaignStatus>('active', 'active', 'paused'),
    isAway: fc.boolean(),
    seed: fc.integer(),
    /** Of its mails of the last day; or it has been silent for long. */
    ages: fc.oneof(
      { weight: 3, arbitrary: fc.array(fc.integer({ min: 1, max: DAY }), { maxLength: 12 }) },
      { weight: 1, arbitrary: fc.constant(20 * DAY).map((age) => [age]) },
    ),
    enrolments: fc.array(enrolment, { maxLength: 14 }),
  })
  .map(({ policy: from, domainCap, otherCap, joined, ownZone, third, isAway, seed, ages, enrolments }) => {
    const policy: Policy = { ...from, domainCap }
    const otherPolicy: Policy = { ...from, domainCap: otherCap, coolDownDays: 2 }
    const [others, own] = [true, false].map((isOther) => enrolments.filter((each) => each.isOther === isOther))
    const times = ages.map((age) => START - age).toSorted((a, b) => a - b)
    const newest = times.at(-1)
    const absences = isAway ? ABSENCES : []
    const last = newest === undefined ? null : { at: newest, sendId: 999 }
    const input: PlanInput = {
      now: START,
      isAppPaused: false,
      mailbox: { ...GOOD_MAILBOX, policy, seed, history: { times, byHand: [], last, restartedAt: null } },
      campaignStatus: (id) => (id === 3 ? third : 'active'),
      companyTimes: new Map(),
      joined,
      calendarOf: calendarsWith(policy, ownZone, absences),
      sends: (own ?? []).flatMap(sendsOf),
    }
    const history = { times: [], byHand: [], last: null, restartedAt: null }
    const other: PlanInput = {
      ...input,
      mailbox: { ...GOOD_MAILBOX, policy: otherPolicy, seed: seed + 1, history },
      sends: (others ?? []).flatMap(sendsOf),
    }
    return { input, other, ownZone, absences }
  })

/** As the app makes them: first mails stop before an absence, follow-ups do not. */
function calendarsWith(policy: Policy, ownZone: string, absences: typeof ABSENCES): PlanInput['calendarOf'] {
  const made = new Map<string, Calendar>()
  return (zone, isFollowUp) => {
    const key = `${isFollowUp} ${zone}`
    const calendar =
      made.get(key) ??
      createCalendar({
        hours: policy.hours,
        zone: zone || ownZone,
        isDayOff: (date) => policy.daysOff.includes(date),
        isAway: (date) => isWithin(absences, date),
        isClosing: (date) => !isFollowUp && isBefore(absences, date),
      })
    made.set(key, calendar)
    return calendar
  }
}
