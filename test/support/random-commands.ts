/** What may happen to the engine in a random run: what the rep does, what the world does, what the mail service does. */
import fc from 'fast-check'
import type { HourRange, Policy } from '#shared/domain/policy'
import type { Mood } from './fake-mailbox.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Zones that differ in when, how far and whether their clocks change. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
] as const

export const MAILBOXES = 2
export const LEADS = 16

/** Done in an instant: it may also happen in the middle of a delivery. */
export type Deed =
  | { readonly do: 'app'; readonly verb: 'pause' | 'resume' }
  | { readonly do: 'campaign'; readonly verb: 'pause' | 'resume' | 'cancel'; readonly pick: number }
  | { readonly do: 'mailbox'; readonly verb: 'pause' | 'resume'; readonly mailbox: number }
  | { readonly do: 'cancel'; readonly picks: readonly number[] }
  | { readonly do: 'prioritise'; readonly picks: readonly number[]; readonly priority: 0 | 1 | 2 }
  | { readonly do: 'retry'; readonly picks: readonly number[] }
  | { readonly do: 'settle'; readonly pick: number; readonly wasSent: boolean }
  | { readonly do: 'suppress'; readonly lead: number; readonly by: 'address' | 'domain' | 'lead' }
  | { readonly do: 'review'; readonly lead: number; readonly review: 'approved' | 'rejected' }
  | { readonly do: 'remove'; readonly lead: number }

export type Command =
  | Deed
  | {
      readonly do: 'dispatch'
      readonly leads: readonly number[]
      readonly mailbox: number
      readonly priority: 0 | 1 | 2
      readonly useLeadZone: boolean
      /** Null: as soon as the rules allow; else so many minutes ahead, said in this zone. */
      readonly ahead: { readonly minutes: number; readonly zone: string } | null
    }
  | { readonly do: 'policy'; readonly mailbox: number; readonly policy: Policy }
  | { readonly do: 'moods'; readonly moods: readonly Mood[] }
  | { readonly do: 'look'; readonly canProve: boolean; readonly isBlind: boolean }
  | { readonly do: 'run'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'jump'; readonly byMs: number }
  | { readonly do: 'travel'; readonly zone: string }
  | { readonly do: 'restart' }
  /** The deed happens while the next mail is drafted, or right before its first byte. */
  | { readonly do: 'during'; readonly at: 'draft' | 'ask'; readonly deed: Deed }

/** What a run starts from. */
export interface Beginning {
  /** Epoch ms. */
  readonly startAt: number
  readonly zone: string
  readonly seed: number
  readonly policies: readonly Policy[]
  /** By lead; '' is unknown. */
  readonly leadZones: readonly string[]
  /** Mails that went out before, by mailbox: minutes before the start. */
  readonly history: readonly (readonly number[])[]
  /** Contacts with leads before the start, also around the edge of a cool-down. */
  readonly touches: readonly { readonly lead: number; readonly minutesAgo: number }[]
}

const pick = fc.nat({ max: 30 })
const picks = fc.uniqueArray(pick, { maxLength: 4 })
const lead = fc.nat({ max: LEADS - 1 })
const mailbox = fc.nat({ max: MAILBOXES - 1 })
const priority = fc.constantFrom(0, 1, 2)
const zone = fc.constantFrom(...ZONES)

const range: fc.Arbitrary<HourRange> = fc
  .uniqueArray(fc.nat({ max: 96 }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 1]) => ({ from: Math.min(a, b) * 15, to: Math.max(a, b) * 15 }))

/** A closed day now and then; never a closed week. */
const hours = fc
  .tuple(fc.array(fc.array(range, { maxLength: 3 }), { minLength: 7, maxLength: 7 }), range)
  .map(([week, other]) => week.map((day, index) => (index % 3 === 0 && day.length === 0 ? [other] : day)))

export function policies(startAt: number): fc.Arbitrary<Policy> {
  const gap = fc.oneof(fc.integer({ min: 1_000, max: 10_000 }), fc.integer({ min: MINUTE, max: 30 * MINUTE }))
  const dayOff = fc
    .integer({ min: -1, max: 20 })
    .map((days) => new Date(startAt + days * DAY).toISOString().slice(0, 10))
  return fc.record({
    hours: fc.oneof(hours, fc.constant(Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]))),
    zone: fc.option(zone),
    holidays: fc.constantFrom(null, null, { country: 'DE', region: null }, { country: 'US', region: null }),
    daysOff: fc.uniqueArray(dayOff, { maxLength: 3 }),
    gapMs: fc.tuple(gap, gap).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
    hourlyCap: fc.integer({ min: 1, max: 6 }),
    dailyCap: fc.integer({ min: 3, max: 20 }),
    ramp: fc.option(
      fc.record({
        startAt: fc.integer({ min: -3 * DAY, max: DAY }).map((ms) => startAt + ms),
        first: fc.integer({ min: 1, max: 4 }),
        perDay: fc.integer({ min: 0, max: 3 }),
      }),
    ),
    handReserve: fc.constant(0),
    domainCap: fc.constant(null),
    coolDownDays: fc.constantFrom(0, 1, 60),
  })
}

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('app' as const), verb: fc.constantFrom('pause', 'resume', 'resume') }),
  fc.record({
    do: fc.constant('campaign' as const),
    verb: fc.constantFrom('pause', 'resume', 'resume', 'cancel'),
    pick,
  }),
  fc.record({ do: fc.constant('mailbox' as const), verb: fc.constantFrom('pause', 'resume', 'resume'), mailbox }),
  fc.record({ do: fc.constant('cancel' as const), picks }),
  fc.record({ do: fc.constant('prioritise' as const), picks, priority }),
  fc.record({ do: fc.constant('retry' as const), picks }),
  fc.record({ do: fc.constant('settle' as const), pick, wasSent: fc.boolean() }),
  fc.record({ do: fc.constant('suppress' as const), lead, by: fc.constantFrom('address', 'domain', 'lead') }),
  fc.record({ do: fc.constant('review' as const), lead, review: fc.constantFrom('approved', 'rejected') }),
  fc.record({ do: fc.constant('remove' as const), lead }),
)

const mood = fc.constantFrom<Mood>(
  'accepts',
  'accepts but the answer is lost',
  'does not accept and the answer is lost',
  'refuses for now',
  'refuses for good',
  'cannot be reached',
  'wants a sign-in',
  'breaks while drafting',
)

const dispatch = fc.record({
  do: fc.constant('dispatch' as const),
  leads: fc.uniqueArray(lead, { minLength: 1, maxLength: 10 }),
  mailbox,
  priority,
  useLeadZone: fc.boolean(),
  ahead: fc.option(fc.record({ minutes: fc.integer({ min: -10, max: 3 * 24 * 60 }), zone })),
})

function command(startAt: number): fc.Arbitrary<Command> {
  return fc.oneof(
    { weight: 4, arbitrary: dispatch },
    { weight: 6, arbitrary: deed },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('run' as const), ms: fc.integer({ min: 0, max: 12 * HOUR }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('during' as const), at: fc.constantFrom('draft', 'ask'), deed }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('moods' as const),
        moods: fc.array(mood, { minLength: 1, maxLength: 6 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('look' as const), canProve: fc.boolean(), isBlind: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('policy' as const), mailbox, policy: policies(startAt) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: HOUR, max: 3 * DAY }) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), byMs: jump }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('travel' as const), zone }) },
    { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  )
}

const jump = fc.oneof(
  fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
  fc.integer({ min: -40 * DAY, max: 40 * DAY }),
  fc.constantFrom(-3_650 * DAY, 3_650 * DAY),
)

/** Days of 2026 around which one of the zones changes its clocks, and some others. */
const startDay = fc.oneof(
  fc.constantFrom('2026-03-07', '2026-03-28', '2026-04-04', '2026-04-23', '2026-09-05', '2026-10-03', '2026-10-24'),
  fc.constantFrom('2026-01-01', '2026-02-27', '2026-10-29', '2026-10-31', '2026-12-24'),
)

export interface RandomRun {
  readonly beginning: Beginning
  readonly commands: readonly Command[]
}

export const randomRuns: fc.Arbitrary<RandomRun> = fc
  .tuple(startDay, fc.nat({ max: 48 * 60 }))
  .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE)
  .chain((startAt) =>
    fc.record({
      beginning: fc.record({
        startAt: fc.constant(startAt),
        zone,
        seed: fc.integer({ min: 1, max: 1_000_000 }),
        policies: fc.array(policies(startAt), { minLength: MAILBOXES, maxLength: MAILBOXES }),
        leadZones: fc.array(fc.constantFrom('', ...ZONES), { minLength: LEADS, maxLength: LEADS }),
        history: fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 26 * 60 }), { maxLength: 6 }), {
          minLength: MAILBOXES,
          maxLength: MAILBOXES,
        }),
        touches: fc.array(
          fc.record({
            lead,
            minutesAgo: fc.oneof(
              fc.integer({ min: 0, max: 3 * 24 * 60 }),
              fc.integer({ min: 58 * 24 * 60, max: 61 * 24 * 60 }),
            ),
          }),
          { maxLength: 5 },
        ),
      }),
      // Without mail to send nothing can go wrong.
      commands: fc
        .tuple(dispatch, dispatch, fc.array(command(startAt), { minLength: 3, maxLength: 20 }))
        .map(([first, second, others]) => [first, second, ...others]),
    }),
  )
