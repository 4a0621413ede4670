/** Waiting, as a value: tests pass their own. */
export interface Timers {
  /** Runs once after `ms`. The returned function forgets it. */
  after(ms: number, run: () => void): () => void
}

export const browserTimers: Timers = {
  after(ms, run) {
    const id = window.setTimeout(run, ms)
    return () => window.clearTimeout(id)
  },
}
