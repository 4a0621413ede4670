/** What the rep is told while the window is shut: which facts, when, and how many of them at once. */
import { z } from 'zod'
import { isQuiet, QuietHours, quietUntil } from './quiet-hours.ts'

export const NoticeKind = z.enum(['uncertain', 'sign_in', 'reply', 'campaign_done'])
export type NoticeKind = z.infer<typeof NoticeKind>

export const NoticeRules = z.object({
  /** Those that the rep wants to hear of. */
  kinds: z.record(NoticeKind, z.boolean()),
  quiet: QuietHours,
})
export type NoticeRules = z.infer<typeof NoticeRules>

export const DEFAULT_NOTICE_RULES: NoticeRules = {
  kinds: { uncertain: true, sign_in: true, reply: true, campaign_done: true },
  quiet: { isOn: true, fromMinute: 18 * 60, untilMinute: 8 * 60, hasWeekends: true },
}

/** Something that happened, by the number of its event. */
export interface NoticeFact {
  readonly eventId: number
  /** Epoch ms. */
  readonly at: number
  readonly kind: NoticeKind
}

/** How far a kind has been told: up to which event, and when the last time, epoch ms. */
export interface ToldMark {
  readonly eventId: number
  readonly at: number
}
export type Told = Readonly<Record<NoticeKind, ToldMark>>

/** One notification: all of one kind, or of several kinds that waited. */
export type Notice<F extends NoticeFact> = readonly { readonly kind: NoticeKind; readonly facts: readonly F[] }[]

export interface NoticePlan<F extends NoticeFact> {
  readonly tell: readonly Notice<F>[]
  /** What is told once these are. */
  readonly told: Told
  /** When to look again, epoch ms; null: not before something happens. */
  readonly nextAt: number | null
}

/** What comes in one go is told in one go. */
export const GATHER_MS = 5_000
/** No two of a kind within this time: the second tells all that came meanwhile. */
export const GAP_MS = 5 * 60_000
/** Told later than this, things are summed up in one notification. */
const LATE_MS = 30 * 60_000
/** Most of what is uncertain settles by itself while it is looked for. */
export const SETTLE_MS = 15 * 60_000

/** `facts`: those after what was told, by rising number, that still hold. */
export function planNotices<F extends NoticeFact>(asked: {
  readonly facts: readonly F[]
  readonly rules: NoticeRules
  readonly told: Told
  readonly now: number
  readonly zone: string
}): NoticePlan<F> {
  const { rules, now, zone } = asked
  const waiting = waitingOf(asked)
  const isTime = !isQuiet(now, zone, rules.quiet)
  const due = isTime ? waiting.filter((each) => each.dueAt <= now) : []
  const isLate = due.some(({ facts }) =>
    facts.some(({ kind, at }) => now - ripeAt(kind, at, now) > LATE_MS || isQuiet(at, zone, rules.quiet)),
  )
  // A summary takes along what would have followed by itself in a moment.
  const ready = isLate ? waiting.filter(({ ripe }) => ripe.length > 0) : due
  const groups = ready.map(({ kind, ripe }) => ({ kind, facts: ripe }))
  const told = toldAfter(asked.told, groups, now)
  const left = ready.length === 0 ? waiting : waitingOf({ ...asked, told })
  return {
    tell: groups.length === 0 ? [] : isLate ? [groups] : groups.map((group) => [group]),
    told,
    nextAt:
      left.length === 0
        ? null
        : Math.min(...left.map(({ dueAt }) => quietUntil(Math.max(dueAt, now), zone, rules.quiet))),
  }
}

interface Waiting<F> {
  readonly kind: NoticeKind
  readonly facts: readonly F[]
  /** Those that can be told now, without a gap. */
  readonly ripe: readonly F[]
  /** Epoch ms, quiet hours not counted. */
  readonly dueAt: number
}

function waitingOf<F extends NoticeFact>(asked: {
  readonly facts: readonly F[]
  readonly rules: NoticeRules
  readonly told: Told
  readonly now: number
}): Waiting<F>[] {
  const { rules, told, now } = asked
  return NoticeKind.options.flatMap((kind) => {
    const facts = asked.facts.filter((fact) => fact.kind === kind && fact.eventId > told[kind].eventId)
    const [first] = facts
    if (first === undefined || !rules.kinds[kind]) return []
    const unripe = facts.findIndex(({ at }) => ripeAt(kind, at, now) > now)
    return {
      kind,
      facts,
      ripe: unripe === -1 ? facts : facts.slice(0, unripe),
      dueAt: Math.max(ripeAt(kind, first.at, now) + GATHER_MS, gapUntil(told[kind], now)),
    }
  })
}

/** A moment in the future is past: the clock was set back since. */
function ripeAt(kind: NoticeKind, at: number, now: number): number {
  return at > now ? now - GATHER_MS : at + (kind === 'uncertain' ? SETTLE_MS : 0)
}

function gapUntil({ at }: ToldMark, now: number): number {
  return at > now ? now : at + GAP_MS
}

function toldAfter<F extends NoticeFact>(told: Told, groups: Notice<F>, now: number): Told {
  const next = { ...told }
  for (const { kind, facts } of groups) next[kind] = { eventId: facts.at(-1)?.eventId ?? 0, at: now }
  return next
}
