/** What may happen in a random run at a real mailbox: what the provider does, what the rep does here and there, what dies. */
import fc from 'fast-check'
import { GMAIL_MOODS, GMAIL_OPERATIONS, GOOGLE_TOKEN_MOODS } from './provider-gmail.ts'
import { MICROSOFT_TOKEN_MOODS } from './provider-outlook.ts'
import type { HandDeed, ProviderPlace } from './provider-place.ts'
import type { CameBack } from './incoming-mail.ts'
import { MOMENTS, type Moment } from './provider-life.ts'
import { LEADS } from './provider-template.ts'
import type { HoldDeed } from './provider-world.ts'
import { MOODS, OPERATIONS, TOKEN_REFUSALS } from '#test/fakes/graph-moods'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

export type Command =
  | { readonly do: 'dispatch'; readonly leads: readonly number[] }
  | { readonly do: 'moods'; readonly operation: string; readonly moods: readonly string[] }
  | { readonly do: 'holds'; readonly deeds: readonly HoldDeed[] }
  | { readonly do: 'die'; readonly at: Moment; readonly hit: number }
  | { readonly do: 'run'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'kill' }
  | { readonly do: 'restart' }
  | { readonly do: 'app'; readonly verb: 'pause' | 'resume' }
  | { readonly do: 'mailbox'; readonly verb: 'pause' | 'resume' }
  | { readonly do: 'campaign'; readonly verb: 'pause' | 'resume' | 'cancel'; readonly pick: number }
  | { readonly do: 'cancel' | 'retry'; readonly pick: number }
  | { readonly do: 'settle'; readonly pick: number; readonly wasSent: boolean }
  | { readonly do: 'hand'; readonly deed: HandDeed; readonly pick: number }
  | { readonly do: 'expire tokens' }
  | { readonly do: 'revoke' }
  | { readonly do: 'sign in' }
  | { readonly do: 'quirk'; readonly name: string }
  | { readonly do: 'limits'; readonly are: LimitsName }
  | { readonly do: 'hand over'; readonly by: 'button' | 'lid'; readonly count: number }
  /** The step of a mail gets another text. */
  | { readonly do: 'edit'; readonly pick: number }
  /** Something comes back for a mail that left; several hard bounces would stop a list. */
  | { readonly do: 'answer'; readonly what: CameBack; readonly pick: number }

export type LimitsName = 'usual' | 'slow' | 'tight' | 'closed'

export interface ProviderRun {
  readonly seed: number
  readonly isAsDocumented: boolean
  readonly mayRead: boolean
  readonly commands: readonly Command[]
}

const pick = fc.nat({ max: 12 })

/** Later than this the second look may have proved "not sent": the waiting times of providers.md §5. */
const LATEST = { gmail: 115 * SECOND, outlook: 175 * SECOND }

function holds(kind: ProviderPlace['kind']): fc.Arbitrary<Command> {
  const deed: fc.Arbitrary<HoldDeed> = fc.oneof(
    fc.constantFrom<HoldDeed>(
      { do: 'let go' },
      { do: 'lose patience' },
      { do: 'kill' },
      { do: 'close' },
      { do: 'pause' },
    ),
    fc.record({ do: fc.constant('accept late' as const), afterMs: fc.integer({ min: SECOND, max: LATEST[kind] }) }),
  )
  return fc.record({
    do: fc.constant('holds' as const),
    deeds: fc.array(deed, { minLength: 1, maxLength: 3, size: 'max' }),
  })
}

/** Most trouble is where it matters: drafts, sends and look-ups. */
function moods(kind: ProviderPlace['kind']): fc.Arbitrary<Command> {
  const isGmail = kind === 'gmail'
  const hot = isGmail ? ['drafts.create', 'drafts.send', 'drafts.send', 'drafts.get'] : ['draft', 'send', 'send', 'get']
  const all: readonly string[] = isGmail ? GMAIL_OPERATIONS : OPERATIONS
  const names = Object.keys(isGmail ? GMAIL_MOODS : MOODS)
  const lossy = names.filter((name) => /^(?:acts|drops|is silent|is slow)/.test(name))
  const silent = names.filter((name) => /^(?:is silent|acts when|acts and is silent|is slow)/.test(name))
  const tokens: readonly string[] = isGmail ? Object.keys(GOOGLE_TOKEN_MOODS) : MICROSOFT_TOKEN_MOODS
  return fc
    .oneof({ weight: 2, arbitrary: fc.constantFrom(...hot) }, { weight: 1, arbitrary: fc.constantFrom(...all) })
    .chain((operation) => {
      const known =
        operation === 'token'
          ? fc.constantFrom(...tokens)
          : fc.oneof(fc.constantFrom(...names), fc.constantFrom(...lossy), fc.constantFrom(...silent))
      return fc.record({
        do: fc.constant('moods' as const),
        operation: fc.constant(operation),
        moods: fc.array(known, { minLength: 1, maxLength: 3, size: 'max' }),
      })
    })
}

function quirks(kind: ProviderPlace['kind']): readonly string[] {
  if (kind === 'gmail') return ['forgets its history']
  const own = ['shows lists late', 'catches up', 'sends slowly', 'sends quickly']
  return [
    ...own,
    'sends what was deleted',
    'sends late what it holds',
    'forgets when to send',
    ...Object.keys(TOKEN_REFUSALS),
  ]
}

const time = fc.oneof(
  fc.record({ do: fc.constant('run' as const), ms: fc.integer({ min: SECOND, max: 6 * MINUTE }) }),
  fc.record({ do: fc.constant('run' as const), ms: fc.integer({ min: SECOND, max: MINUTE }) }),
  fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: MINUTE, max: 3 * HOUR }) }),
)

const deaths = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      at: fc.constantFrom<Moment>(...MOMENTS, 'before taking back', 'after taking back'),
      hit: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      at: fc.constant('a commit' as const),
      hit: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
)

const rep = fc.oneof(
  fc.record({ do: fc.constant('app' as const), verb: fc.constantFrom('pause', 'resume', 'resume') }),
  fc.record({ do: fc.constant('mailbox' as const), verb: fc.constantFrom('pause', 'resume', 'resume') }),
  fc.record({
    do: fc.constant('campaign' as const),
    verb: fc.constantFrom('pause', 'resume', 'resume', 'cancel'),
    pick,
  }),
  fc.record({ do: fc.constantFrom('cancel', 'retry', 'edit'), pick }),
  fc.record({ do: fc.constant('settle' as const), pick, wasSent: fc.boolean() }),
  fc.constantFrom({ do: 'expire tokens' as const }, { do: 'revoke' as const }, { do: 'sign in' as const }),
)

const hand = fc.record({
  do: fc.constant('hand' as const),
  deed: fc.constantFrom('deletes', 'sends', 'edits', 'edits and sends'),
  pick,
})

const answer = fc.record({ do: fc.constant('answer' as const), what: fc.constantFrom('reply', 'soft bounce'), pick })

const dispatch = fc.record({
  do: fc.constant('dispatch' as const),
  leads: fc.uniqueArray(fc.nat({ max: LEADS - 1 }), { minLength: 1, maxLength: LEADS }),
})

/** Whatever stopped it before: the rep gets it going again. */
const GOING: readonly Command[] = [{ do: 'app', verb: 'resume' }, { do: 'sign in' }, { do: 'mailbox', verb: 'resume' }]

function roundsOf(kind: ProviderPlace['kind']): fc.Arbitrary<Command[]> {
  if (kind === 'gmail') return rounds(kind)
  return fc.oneof({ weight: 3, arbitrary: rounds(kind) }, { weight: 2, arbitrary: handovers(kind) })
}

/** Trouble that waits, mail that runs into it, time that goes by, and a rep who does not. */
function rounds(kind: ProviderPlace['kind']): fc.Arbitrary<Command[]> {
  const quirk = fc.record({ do: fc.constant('quirk' as const), name: fc.constantFrom(...quirks(kind)) })
  const now = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 2 })
  return fc
    .tuple(
      fc.constantFrom<readonly Command[]>([], GOING, GOING),
      fc.array(moods(kind), { minLength: 1, maxLength: 3, size: 'max' }),
      now(holds(kind)),
      now(deaths),
      dispatch,
      fc.option(quirk, { freq: 4 }),
      time,
      now(rep),
      fc.option(hand, { freq: 3 }),
      fc.option(answer, { freq: 3 }),
      now(deaths),
      now(time),
    )
    .map(([going, trouble, ...rest]) => [...going, ...trouble, ...rest.flatMap((command) => command ?? [])])
}

/** What may be said, changed or come back while Exchange holds mail. */
const meanwhile: fc.Arbitrary<Command> = fc.oneof(
  rep,
  answer,
  fc.record({ do: fc.constant('edit' as const), pick }),
  fc.record({ do: fc.constant('cancel' as const), pick }),
  fc.record({ do: fc.constant('limits' as const), are: fc.constantFrom('usual', 'slow', 'tight', 'closed') }),
)

/** Mail that is handed to Exchange before the machine sleeps past its time, and what happens meanwhile. */
function handovers(kind: ProviderPlace['kind']): fc.Arbitrary<Command[]> {
  const now = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 1 })
  const handOver = fc.record({
    do: fc.constant('hand over' as const),
    by: fc.constantFrom('button', 'lid'),
    count: fc.integer({ min: 1, max: 4 }),
  })
  return fc
    .tuple(
      dispatch,
      now(moods(kind)),
      now(holds(kind)),
      now(deaths),
      handOver,
      now(deaths),
      meanwhile,
      now(moods(kind)),
      time,
      now(meanwhile),
      now(deaths),
      time,
    )
    .map((rest) => [...GOING, { do: 'limits', are: 'slow' }, ...rest.flatMap((command) => command ?? [])])
}

/** Runs of one provider. */
export function providerRuns(kind: ProviderPlace['kind']): fc.Arbitrary<ProviderRun> {
  return fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    isAsDocumented: fc.boolean(),
    mayRead: kind === 'outlook' ? fc.constant(true) : fc.constantFrom(true, true, true, false),
    commands: fc.array(roundsOf(kind), { minLength: 1, maxLength: 4, size: 'max' }).map((each) => each.flat()),
  })
}
