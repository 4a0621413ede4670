/**
 * What a mailbox does now: the one decision that the sender takes in its claiming transaction and that the forecast
 * repeats ahead of time.
 */
import { askGates, askPace, type GateFacts, type PaceFacts } from './gates.ts'
import type { NeverCode, SendPriority, WaitCode } from './taxonomy.ts'

/** The first send of a lane, by `notBefore`, then `id`. */
export interface LaneHead {
  readonly sendId: number
  readonly campaignId: number
  /** '' is the mailbox's zone. */
  readonly zone: string
  readonly priority: SendPriority
  /** Epoch ms. */
  readonly notBefore: number
  /** It was tried before: its `notBefore` is the next attempt, not the rep's date. */
  readonly isRetry: boolean
}

export type Decision<H extends LaneHead> =
  | { readonly do: 'send'; readonly head: H }
  | { readonly do: 'skip'; readonly head: H; readonly because: NeverCode }
  /** Nothing before `until` (epoch ms); null: nothing before the rep does something. */
  | { readonly do: 'wait'; readonly until: number | null; readonly because: WaitCode }
  | { readonly do: 'nothing' }

/**
 * Of what is due and does not wait: the highest priority, then the earliest, then the first queued. It goes, or a rule
 * forbids it. What comes after it is not asked, and nobody is while the mailbox itself must wait.
 */
export function decide<H extends LaneHead>(
  heads: readonly H[],
  { now, mailbox }: PaceFacts,
  factsOf: (head: H) => GateFacts,
): Decision<H> {
  if (heads.length === 0) return { do: 'nothing' }
  const pace = askPace({ now, mailbox })
  if (pace.say === 'wait') return { do: 'wait', until: pace.until, because: pace.because }
  let best: Exclude<Decision<H>, { do: 'wait' | 'nothing' }> | null = null
  let wait: { until: number | null; because: WaitCode } | null = null
  for (const head of heads) {
    if (best !== null && !goesBefore(head, best.head)) continue
    const verdict = head.notBefore > now ? notYet(head) : askGates(factsOf(head))
    if (verdict.say === 'pass') best = { do: 'send', head }
    else if (verdict.say === 'never') best = { do: 'skip', head, because: verdict.because }
    else if (wait === null || isSooner(verdict.until, wait.until)) wait = verdict
  }
  if (best) return best
  return wait ? { do: 'wait', until: wait.until, because: wait.because } : { do: 'nothing' }
}

function notYet(head: LaneHead) {
  return { say: 'wait', until: head.notBefore, because: head.isRetry ? 'retry' : 'scheduled' } as const
}

/** Is `a` due before `b`? */
export function goesBefore(a: LaneHead, b: LaneHead): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority
  if (a.notBefore !== b.notBefore) return a.notBefore < b.notBefore
  return a.sendId < b.sendId
}

function isSooner(a: number | null, b: number | null): boolean {
  return a !== null && (b === null || a < b)
}
