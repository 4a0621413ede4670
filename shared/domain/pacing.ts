/**
 * How fast a mailbox may go: the gap after its last mail, and caps as sliding windows.
 */
import type { Policy } from './policy.ts'
import { seededWhole } from './seeded.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** What a mailbox has done lately. */
export interface PacingHistory {
  /** Moments (epoch ms, rising) at which its provider was asked, at least those of the last 24 hours. */
  readonly times: readonly number[]
  /** Moments (epoch ms, rising) of the last 24 hours at which the rep sent something by other means. */
  readonly byHand: readonly number[]
  /** The newest of them, with the send's id; null when it never sent. */
  readonly last: { readonly at: number; readonly sendId: number } | null
  /** When it began again after `IDLE_MS` without a mail, within the last `RESTART_MS`, epoch ms; null: it did not. */
  readonly restartedAt: number | null
}

/** A mailbox that has been silent so long starts slowly again: providers distrust a sudden burst (field.md §5, "After idle"). */
export const IDLE_MS = 14 * DAY_MS
/** What of the daily cap it may use, two days each; then all of it. */
const RESTART_SHARES = [0.25, 0.5, 0.75] as const
const RESTART_STEP_MS = 2 * DAY_MS
export const RESTART_MS = RESTART_SHARES.length * RESTART_STEP_MS
/** So many mails a day are never a burst. */
const RESTART_LEAST = 5

/** Since when a mailbox that was idle sends again, epoch ms; `now` where it would begin with this mail; null: it was not idle. */
export function restartOf({ last, restartedAt }: PacingHistory, now: number): number | null {
  if (last !== null && now - last.at >= IDLE_MS) return now
  return restartedAt !== null && now < restartedAt + RESTART_MS ? restartedAt : null
}

/** When a mailbox that was idle has room again, epoch ms; 0: at once. */
export function restartRoomAt(history: PacingHistory, policy: Policy, now: number): number {
  const since = restartOf(history, now)
  if (since === null) return 0
  const step = Math.floor((now - since) / RESTART_STEP_MS)
  const limit = Math.max(RESTART_LEAST, Math.floor(policy.dailyCap * (RESTART_SHARES[step] ?? 1)))
  if (limit >= policy.dailyCap) return 0
  const leaves = sharedRoomAt(history, limit, DAY_MS)
  return leaves <= now ? leaves : Math.min(leaves, since + (step + 1) * RESTART_STEP_MS)
}

/** The pause after a mail, ms. It depends on the mail before, so whoever comes next waits the same. */
export function gapAfter(seed: number, sendId: number, policy: Policy): number {
  return seededWhole(seed, sendId, policy.gapMs)
}

/** When the gap after the last mail is over, epoch ms; 0 when nothing was sent. */
export function gapEndsAt(history: PacingHistory, seed: number, policy: Policy): number {
  return history.last ? history.last.at + gapAfter(seed, history.last.sendId, policy) : 0
}

/**
 * When a window of `windowMs` has room for one more under `cap`, epoch ms: the moment the cap-th newest mail leaves it.
 * 0 when there is room at once.
 */
export function roomAt(times: readonly number[], cap: number, windowMs: number): number {
  const oldest = times[times.length - cap]
  return oldest === undefined ? 0 : oldest + windowMs
}

/** When a window has room for one more under `cap`, counting ours and the rep's own mail; epoch ms, 0: at once. */
export function sharedRoomAt({ times, byHand }: PacingHistory, cap: number, windowMs: number): number {
  if (byHand.length === 0) return roomAt(times, cap, windowMs)
  // Only the newest of each can be among the newest of both.
  const newest = [...times.slice(-cap), ...byHand.slice(-cap)].toSorted((a, b) => a - b)
  return roomAt(newest, cap, windowMs)
}

/**
 * When the daily cap has room, epoch ms; 0: at once. Ours and the rep's own mail count, and of the cap a reserve stays free
 * for the rep: ours + max(reserve, by hand) < cap.
 */
export function dailyRoomAt(history: PacingHistory, policy: Policy): number {
  const ours = Math.max(1, policy.dailyCap - policy.handReserve)
  return Math.max(sharedRoomAt(history, policy.dailyCap, DAY_MS), roomAt(history.times, ours, DAY_MS))
}

/** Mails that the ramp allows in 24 hours at `now`; Infinity without a ramp. */
export function rampLimit(policy: Policy, now: number): number {
  if (!policy.ramp) return Number.POSITIVE_INFINITY
  const days = Math.max(0, Math.floor((now - policy.ramp.startAt) / DAY_MS))
  return policy.ramp.first + policy.ramp.perDay * days
}

/** When the ramp has room, epoch ms: a mail leaves the window, or the ramp takes its next step. 0: at once. */
export function rampRoomAt(history: PacingHistory, policy: Policy, now: number): number {
  const limit = rampLimit(policy, now)
  if (limit >= policy.dailyCap || !policy.ramp) return 0
  const leaves = sharedRoomAt(history, limit, DAY_MS)
  if (leaves <= now || policy.ramp.perDay === 0) return leaves
  const days = Math.max(0, Math.floor((now - policy.ramp.startAt) / DAY_MS))
  return Math.min(leaves, policy.ramp.startAt + (days + 1) * DAY_MS)
}

/** What the cap and the ramp allow in 24 hours now. */
export function dailyLimit(policy: Policy, now: number): number {
  return Math.min(policy.dailyCap, rampLimit(policy, now))
}
