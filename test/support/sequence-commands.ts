/** What may happen to two campaigns of two mailboxes in a random run. */
import fc from 'fast-check'
import type { Mood } from './fake-mailbox.ts'
import { MOMENTS, type Moment } from './provider-life.ts'
import type { Answer, Delay, Pace } from './sequence-model.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const PEOPLE = 5

/** What stands in an imported file, by name; see sequence-import.ts. */
const IMPORTED = [
  'a colleague',
  'a stranger',
  'somebody known',
  'somebody known, tagged',
  'the stranger, tagged',
  'written to by hand',
  'suppressed',
  'a shared address',
  'no address',
] as const
export type Imported = (typeof IMPORTED)[number]

export type SequenceCommand =
  | { readonly do: 'run' | 'sleep'; readonly ms: number }
  | { readonly do: 'restart' }
  /** `at` null: at once, while nothing is in flight. */
  | { readonly do: 'kill'; readonly at: Moment | null; readonly hit: number }
  | { readonly do: 'begin'; readonly plan: Beginning }
  | { readonly do: 'campaign'; readonly which: number; readonly verb: 'pause' | 'resume' | 'cancel' }
  | {
      readonly do: 'people'
      readonly which: number
      readonly verb: 'pause' | 'resume' | 'remove' | 'add'
      readonly who: number
    }
  | { readonly do: 'edit'; readonly which: number; readonly delays: readonly Delay[]; readonly priority: 0 | 1 | 2 }
  | { readonly do: 'import'; readonly which: number; readonly rows: readonly Imported[] }
  | { readonly do: 'leaveOut'; readonly pick: number }
  | { readonly do: 'retry'; readonly pick: number }
  | { readonly do: 'move'; readonly pick: number; readonly aheadMs: number }
  | { readonly do: 'answer'; readonly who: number; readonly answer: Answer; readonly backInDays: number }
  | { readonly do: 'undo'; readonly pick: number }
  /** The rep writes to somebody by another program. */
  | { readonly do: 'byHand'; readonly who: number }
  | { readonly do: 'suppress'; readonly who: number; readonly by: 'address' | 'domain' }
  | { readonly do: 'companies'; readonly stopsCompany: boolean }
  | { readonly do: 'away'; readonly absence: { readonly inDays: number; readonly days: number } | null }
  | { readonly do: 'moods'; readonly moods: readonly Mood[] }
  | { readonly do: 'look'; readonly isBlind: boolean }
  /** The rep lets everything go that was missed. */
  | { readonly do: 'release' }

export interface Beginning {
  readonly delays: readonly Delay[]
  readonly priority: 0 | 1 | 2
  /** Who is in it from the start, by number. */
  readonly who: readonly number[]
  readonly missed: 'spread' | 'expire' | 'ask'
  readonly expiresAfterHours: number
}

export interface SequenceRun {
  readonly zone: string
  /** Epoch ms. */
  readonly startAt: number
  readonly seed: number
  readonly pace: Pace
  readonly companyCap: number | null
  /** The first two companies are one. */
  readonly isJoined: boolean
  readonly coolDownDays: number
  /** By person: the rep wrote to them by hand; null: never. */
  readonly touchedDaysAgo: readonly (number | null)[]
  readonly commands: readonly SequenceCommand[]
}

const who = fc.nat({ max: PEOPLE + 1 })
const which = fc.nat({ max: 1 })
const pick = fc.nat({ max: 20 })
const priority = fc.constantFrom<0 | 1 | 2>(0, 1, 1, 2)
const delay: fc.Arbitrary<Delay> = fc.record({
  days: fc.integer({ min: 0, max: 6 }),
  unit: fc.constantFrom('days', 'working_days'),
})
const delays = fc.array(delay, { minLength: 1, maxLength: 4 })

const mood = fc.constantFrom<Mood>(
  'accepts',
  'accepts but the answer is lost',
  'does not accept and the answer is lost',
  'refuses for now',
  'refuses for good',
)

/** Most kills come where a mail is lost or doubled most easily. */
const moment = fc.constantFrom(null, ...MOMENTS, ...Array<Moment>(4).fill('after the answer'), 'first byte allowed')

const is = <T extends string>(name: T) => fc.constant(name)

const begin = fc.record({
  do: is('begin'),
  plan: fc.record({
    delays,
    priority,
    who: fc.uniqueArray(who, { minLength: 2, maxLength: PEOPLE, size: 'max' }),
    missed: fc.constantFrom('spread', 'expire', 'ask'),
    expiresAfterHours: fc.constantFrom(1, 8, 24, 48),
  }),
})

const command: fc.Arbitrary<SequenceCommand> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: is('run'),
      ms: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 * DAY }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * DAY }) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('sleep'), ms: fc.integer({ min: HOUR, max: 5 * DAY }) }) },
  { weight: 1, arbitrary: fc.record({ do: is('restart') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: is('kill'),
      at: moment,
      hit: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: begin },
  {
    weight: 4,
    arbitrary: fc.record({
      do: is('campaign'),
      which,
      verb: fc.constantFrom('pause', 'pause', 'pause', 'resume', 'resume', 'resume', 'resume', 'cancel'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: is('people'),
      which,
      verb: fc.constantFrom('pause', 'pause', 'resume', 'resume', 'remove', 'add', 'add', 'add'),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('edit'), which, delays, priority }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: is('import'),
      which,
      rows: fc.array(fc.constantFrom(...IMPORTED), { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('leaveOut'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: is('retry'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: is('move'), pick, aheadMs: fc.integer({ min: HOUR, max: 9 * DAY }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: is('answer'),
      who,
      answer: fc.constantFrom<Answer>('replied', 'opted_out', 'bounced', 'auto_replied'),
      backInDays: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('undo'), pick }) },
  { weight: 3, arbitrary: fc.record({ do: is('byHand'), who }) },
  { weight: 1, arbitrary: fc.record({ do: is('suppress'), who, by: fc.constantFrom('address', 'domain') }) },
  { weight: 1, arbitrary: fc.record({ do: is('companies'), stopsCompany: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('away'),
      absence: fc.option(fc.record({ inDays: fc.integer({ min: 0, max: 6 }), days: fc.integer({ min: 1, max: 6 }) })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: is('moods'), moods: fc.array(mood, { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('look'), isBlind: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: is('release') }) },
)

/** The first days of March 2026 and the days around which clocks change in Berlin and New York. */
const startAt = fc
  .tuple(fc.constantFrom('2026-03-02', '2026-03-05', '2026-03-26', '2026-10-22'), fc.nat({ max: 48 }))
  .map(([day, halfHours]) => Date.parse(`${day}T00:00:00Z`) + (halfHours * HOUR) / 2)

const pace: fc.Arbitrary<Pace> = fc.record({
  gapMs: fc.constantFrom({ min: MINUTE, max: 5 * MINUTE }, { min: 6 * MINUTE, max: 16 * MINUTE }),
  hourlyCap: fc.constantFrom(1, 2, 10, 50),
  dailyCap: fc.constantFrom(2, 4, 40, 500),
})

export const sequenceRuns: fc.Arbitrary<SequenceRun> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
  startAt,
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  pace,
  companyCap: fc.constantFrom(null, null, 1, 2),
  isJoined: fc.boolean(),
  coolDownDays: fc.constantFrom(0, 3, 60, 60),
  touchedDaysAgo: fc.array(fc.option(fc.integer({ min: 0, max: 61 }), { freq: 2 }), { maxLength: PEOPLE }),
  // Without mail to send nothing can go wrong.
  commands: fc
    .tuple(begin, fc.array(command, { minLength: 8, maxLength: 20, size: 'max' }))
    .map(([first, others]) => [first, ...others]),
})
