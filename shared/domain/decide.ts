/**
 * What a mailbox does now: the one decision that the sender takes in its claiming transaction and that the forecast
 * repeats ahead of time.
 */
import { askGates, askPace, type GateFacts, type PaceFacts, type Verdict } from './gates.ts'
import type { DueCode, NeverCode, ParkCode, SendPriority, WaitCode } from './taxonomy.ts'

/** The first send of a lane, by `notBefore`, then `id`. */
export interface LaneHead {
  readonly sendId: number
  readonly campaignId: number
  readonly isFollowUp: boolean
  /** '' is the mailbox's zone. */
  readonly zone: string
  readonly priority: SendPriority
  /** Epoch ms. */
  readonly notBefore: number
  /** Why not before `notBefore`. */
  readonly dueCode: DueCode
}

export type Decision<H extends LaneHead> =
  | { readonly do: 'send'; readonly head: H }
  | { readonly do: 'skip'; readonly head: H; readonly because: NeverCode }
  /** It is not due before `until` (epoch ms); others may go. */
  | { readonly do: 'postpone'; readonly head: H; readonly until: number; readonly because: DueCode }
  /** It stands beside its lane until somebody lets it go on; others may go. */
  | { readonly do: 'park'; readonly head: H; readonly because: ParkCode }
  /** Nothing before `until` (epoch ms); null: nothing before the rep does something. */
  | { readonly do: 'wait'; readonly until: number | null; readonly because: WaitCode }
  | { readonly do: 'nothing' }

/**
 * Of what is due and does not wait: the highest priority, follow-ups before first mails, then the earliest, then the first
 * queued. It goes, or a rule forbids it or sets it aside. What comes after it is not asked, and nobody is while the mailbox
 * itself must wait.
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
    if (verdict.say !== 'wait') best = concluded(head, verdict)
    else if (wait === null || isSooner(verdict.until, wait.until)) wait = verdict
  }
  if (best) return best
  return wait ? { do: 'wait', until: wait.until, because: wait.because } : { do: 'nothing' }
}

function concluded<H extends LaneHead>(
  head: H,
  verdict: Exclude<Verdict, { say: 'wait' }>,
): Exclude<Decision<H>, { do: 'wait' | 'nothing' }> {
  switch (verdict.say) {
    case 'pass':
      return { do: 'send', head }
    case 'never':
      return { do: 'skip', head, because: verdict.because }
    case 'later':
      return { do: 'postpone', head, until: verdict.until, because: verdict.because }
    case 'hold':
      return { do: 'park', head, because: verdict.because }
  }
}

function notYet(head: LaneHead) {
  return { say: 'wait', until: head.notBefore, because: head.dueCode } as const
}

/** Is `a` due before `b`? */
export function goesBefore(a: LaneHead, b: LaneHead): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority
  // Otherwise a long list of first mails would keep the answers to earlier ones waiting for weeks.
  if (a.isFollowUp !== b.isFollowUp) return a.isFollowUp
  if (a.notBefore !== b.notBefore) return a.notBefore < b.notBefore
  return a.sendId < b.sendId
}

function isSooner(a: number | null, b: number | null): boolean {
  return a !== null && (b === null || a < b)
}
