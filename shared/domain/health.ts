/** How well a mailbox's mail is received, from what came back for the last of it (DESIGN §6). */

/** What counts of one send's fate; `fine`: nothing came back, or a person answered. */
export type HealthOutcome = 'fine' | 'hard_bounce' | 'soft_bounce' | 'blocked' | 'opted_out' | 'complaint'

export interface HealthReason {
  readonly outcome: Exclude<HealthOutcome, 'fine'>
  readonly count: number
  /** What it takes off the score. */
  readonly points: number
}

export interface Health {
  /** 0–100. Below `SLOW_BELOW` send slowly; below `LEAST_HEALTH` (gates.ts) not at all. */
  readonly score: number
  /** What takes most off first; empty at 100. */
  readonly reasons: readonly HealthReason[]
}

/** How many of the latest sends are looked at. */
export const HEALTH_SENDS = 50
/** Below this a mailbox slows down. */
export const SLOW_BELOW = 60

/**
 * Points per occurrence. Counts, not percentages: with twelve mails sent, five bounces are as bad as with fifty.
 * - `hard_bounce` 15: three leave 55 (slow), five leave 25 (stop), as DESIGN §6 asks.
 * - `blocked` 24: a server judged the sender, not the address. Two leave 52 (slow), three leave 28 (stop).
 * - `complaint` 24: somebody called it spam, which providers count like a block.
 * - `opted_out` 4: everybody's right, and better than a complaint. Eleven of fifty leave 56 (slow): the list is wrong.
 * - `soft_bounce` 2: a full mailbox says little about the sender; twenty-one of fifty leave 58 (slow).
 */
const POINTS: Readonly<Record<HealthReason['outcome'], number>> = {
  hard_bounce: 15,
  blocked: 24,
  complaint: 24,
  opted_out: 4,
  soft_bounce: 2,
}

/** How many of one kind, with nothing else, bring a mailbox below a score. */
export function occurrencesBelow(outcome: HealthReason['outcome'], score: number): number {
  return Math.floor((100 - score) / POINTS[outcome]) + 1
}

/** `recent`: the outcomes of a mailbox's sends, newest first. What concerns the account (limits) is no outcome: it rests. */
export function healthOf(recent: readonly HealthOutcome[]): Health {
  const latest = recent.slice(0, HEALTH_SENDS)
  const reasons = (Object.keys(POINTS) as HealthReason['outcome'][])
    .map((outcome) => {
      const count = latest.filter((each) => each === outcome).length
      return { outcome, count, points: count * POINTS[outcome] }
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.points - a.points)
  const lost = reasons.reduce((sum, { points }) => sum + points, 0)
  return { score: Math.max(0, 100 - lost), reasons }
}
