import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import type { EngineContext } from '../context.ts'

/** Notices that the machine slept, that its clock was set, or that it travelled. */
export interface TimeWatch {
  /** Compares with the last look; writes an event for what has changed. */
  look(): void
}

/** Wall and steady clock may drift apart this far before it counts as a jump, ms. */
const JUMP_MS = 2 * 60_000

/**
 * Suspend and resume events are unreliable, so wall and monotonic clock are compared at every wake-up of the sender; the
 * system's zone is read anew each time.
 */
export function createTimeWatch(
  deps: Pick<EngineContext, 'db' | 'clock' | 'publish'> & {
    readonly changed: () => void
    /** The clock was set back: moments that seemed near are far again. */
    readonly wentBack: () => void
  },
): TimeWatch {
  const { clock } = deps
  let last = { wall: clock.now(), steady: clock.monotonic(), zone: clock.zone() }

  return {
    look() {
      const seen = { wall: clock.now(), steady: clock.monotonic(), zone: clock.zone() }
      const jumpedMs = seen.wall - last.wall - (seen.steady - last.steady)
      const hasJumped = Math.abs(jumpedMs) > JUMP_MS
      const hasTravelled = seen.zone !== last.zone
      const { zone: from } = last
      if (!hasJumped && !hasTravelled) {
        last = seen
        return
      }
      write(deps.db, (tx) => {
        if (hasJumped) insertEvent(tx, { at: seen.wall, kind: 'clock_jumped', data: { byMs: Math.round(jumpedMs) } })
        if (hasTravelled) insertEvent(tx, { at: seen.wall, kind: 'zone_changed', data: { from, zone: seen.zone } })
      })
      if (jumpedMs < -JUMP_MS) deps.wentBack()
      // Not before: what a full disk refused is noticed again.
      last = seen
      deps.changed()
      deps.publish({ type: 'sends.changed' })
      deps.publish({ type: 'app.changed' })
    },
  }
}
