/** Cancels what was armed; harmless when it has already run. */
export type Disarm = () => void

/**
 * Time, as everything in the product sees it. Nothing else reads `Date`, timers or `performance`.
 * Expect jumps: a wake-up may come late (sleep) and `now()` may go backwards (the rep sets the clock).
 */
export interface Clock {
  /** Wall clock, epoch ms. */
  now(): number
  /** A clock that only moves forward, ms since an unknown start. It may stand still while the machine sleeps. */
  monotonic(): number
  /** The machine's IANA zone now; it changes when the rep travels, so ask each time. */
  zone(): string
  /**
   * Runs `wake` once at `atMs` (epoch ms) or as soon as possible after it; a moment in the past means soon. It comes early
   * when the clock was set back: whoever waits must look again.
   */
  at(atMs: number, wake: () => void): Disarm
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
