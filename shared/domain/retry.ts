import { seededUnit } from './seeded.ts'

/** After this many refused attempts a send has failed. */
export const MOST_ATTEMPTS = 6

/** No pause between two attempts is longer than this. */
export const LONGEST_PAUSE_MS = 6 * 3_600_000

/**
 * When to ask again after the n-th refused attempt (n from 1): 2^n minutes, give or take a fifth, drawn by the send's own
 * seed. Epoch ms.
 */
export function nextAttemptAt(options: { now: number; attempts: number; seed: number; key: number }): number {
  const pause = 2 ** options.attempts * 60_000
  const jitter = 0.8 + 0.4 * seededUnit(options.seed ^ options.attempts, options.key)
  return options.now + Math.min(Math.round(pause * jitter), LONGEST_PAUSE_MS)
}
