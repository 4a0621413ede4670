/** What may happen to a campaign in a random run. */
import fc from 'fast-check'
import type { Mood } from './fake-mailbox.ts'
import type { Answer, Delay } from './sequence-model.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export const PEOPLE = 4

export type SequenceCommand =
  | { readonly do: 'run' | 'sleep'; readonly ms: number }
  | { readonly do: 'restart' }
  | { readonly do: 'campaign'; readonly verb: 'pause' | 'resume' | 'cancel' }
  | { readonly do: 'people'; readonly verb: 'pause' | 'resume' | 'remove' | 'add'; readonly who: number }
  | { readonly do: 'delays'; readonly delays: readonly Delay[] }
  | { readonly do: 'leaveOut'; readonly pick: number }
  | { readonly do: 'move'; readonly pick: number; readonly aheadMs: number }
  | { readonly do: 'answer'; readonly who: number; readonly answer: Answer; readonly backInDays: number }
  | { readonly do: 'undo'; readonly pick: number }
  | { readonly do: 'away'; readonly absence: { readonly inDays: number; readonly days: number } | null }
  | { readonly do: 'moods'; readonly moods: readonly Mood[] }
  | { readonly do: 'look'; readonly isBlind: boolean }

export interface SequenceRun {
  readonly zone: string
  /** Epoch ms. */
  readonly startAt: number
  readonly seed: number
  readonly delays: readonly Delay[]
  /** Who is in it from the start, by number. */
  readonly first: readonly number[]
  readonly commands: readonly SequenceCommand[]
}

const who = fc.nat({ max: PEOPLE - 1 })
const pick = fc.nat({ max: 20 })
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

const is = <T extends string>(name: T) => fc.constant(name)

const command: fc.Arbitrary<SequenceCommand> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('run'), ms: fc.integer({ min: 0, max: 4 * DAY }) }) },
  { weight: 2, arbitrary: fc.record({ do: is('sleep'), ms: fc.integer({ min: HOUR, max: 5 * DAY }) }) },
  { weight: 1, arbitrary: fc.record({ do: is('restart') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: is('campaign'), verb: fc.constantFrom('pause', 'resume', 'resume') }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('campaign'), verb: is('cancel') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: is('people'),
      verb: fc.constantFrom('pause', 'pause', 'resume', 'resume', 'remove', 'add', 'add'),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('delays'), delays }) },
  { weight: 2, arbitrary: fc.record({ do: is('leaveOut'), pick }) },
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
)

/** The first days of March 2026 and the days around which clocks change in Berlin and New York. */
const startAt = fc
  .tuple(fc.constantFrom('2026-03-02', '2026-03-05', '2026-03-26', '2026-10-22'), fc.nat({ max: 48 }))
  .map(([day, halfHours]) => Date.parse(`${day}T00:00:00Z`) + (halfHours * HOUR) / 2)

export const sequenceRuns: fc.Arbitrary<SequenceRun> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
  startAt,
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  delays,
  first: fc.uniqueArray(who, { minLength: 1, maxLength: PEOPLE }),
  commands: fc.array(command, { minLength: 2, maxLength: 14 }),
})
