import type { Timers } from '../../renderer/api/timers.ts'

export interface ManualTimers extends Timers {
  /** The delays asked for and not yet run, in order. */
  readonly pending: readonly number[]
  /** Runs the oldest timer; false when there is none. */
  runNext(): boolean
}

/** Timers that run when the test says so. */
export function manualTimers(): ManualTimers {
  const queue: { ms: number; run: () => void }[] = []
  return {
    after(ms, run) {
      const entry = { ms, run }
      queue.push(entry)
      return () => void (queue.includes(entry) && queue.splice(queue.indexOf(entry), 1))
    },
    get pending() {
      return queue.map(({ ms }) => ms)
    },
    runNext() {
      const entry = queue.shift()
      entry?.run()
      return entry !== undefined
    },
  }
}
