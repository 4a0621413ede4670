import { stat } from 'node:fs/promises'
import type { Clock } from '../platform/clock.ts'

/** Long work in pieces, between which calls, sends and wake-ups that have come up meanwhile go first. */
export interface Pieces {
  /** Does one piece of `size` rows; the sizes follow how long the pieces before took. */
  next<T>(piece: (size: number) => T): Promise<T>
  /** Goes from 1 to `last`, unless `signal` stops it: each piece is `after` (not itself) up to and including `upTo`. */
  over(span: { last: number; signal?: AbortSignal }, piece: (range: Range) => void): Promise<void>
}

export interface Range {
  readonly after: number
  readonly upTo: number
}

/** How long a piece should take: nobody notices a twentieth of a second. */
const AIM_MS = 40
const FIRST = 500
const LEAST = 100
const MOST = 2_000

export function createPieces(clock: Pick<Clock, 'monotonic'>): Pieces {
  let size = FIRST

  async function next<T>(piece: (size: number) => T): Promise<T> {
    const from = clock.monotonic()
    const result = piece(size)
    const tookMs = Math.max(clock.monotonic() - from, 1)
    // By a factor of two at most: one slow moment of the disk says little.
    const factor = Math.min(2, Math.max(0.5, AIM_MS / tookMs))
    size = Math.round(Math.min(MOST, Math.max(LEAST, size * factor)))
    // A look at the disk takes its turn in the event loop like everything else that waits there.
    await stat('.').catch(() => {})
    return result
  }

  return {
    next,
    async over({ last, signal }, piece) {
      const isStopped = () => signal?.aborted === true
      let after = 0
      while (after < last && !isStopped()) {
        const from = after
        after = await next((rows) => {
          piece({ after: from, upTo: from + rows })
          return from + rows
        })
      }
    },
  }
}
