import type { Clock, Disarm } from './clock.ts'

interface Sleeper {
  readonly at: number
  readonly order: number
  readonly wake: () => void
}

/** Time that stands still until told; sleepers wake one by one, in order, each at its own moment. */
export interface SimulatedClock extends Clock {
  /** Moves wall and monotonic time together, waking everybody on the way. `settle` runs after each wake-up. */
  advance(ms: number, settle?: () => Promise<void>): Promise<void>
  /** Moves to the next wake-up; false when nobody waits. */
  next(settle?: () => Promise<void>): Promise<boolean>
  /** The machine sleeps: wall time moves on, nobody is woken on the way, then everybody who is due at once. */
  sleepThrough(ms: number, settle?: () => Promise<void>): Promise<void>
  /** The rep sets the clock; monotonic time does not move. */
  set(wall: number): void
  travel(zone: string): void
  /** How many wait. */
  pending(): number
}

export function createSimulatedClock(start: number, startZone = 'UTC'): SimulatedClock {
  let wall = start
  let steady = 0
  let zone = startZone
  let order = 0
  const sleepers = new Set<Sleeper>()

  function earliest(): Sleeper | null {
    let first: Sleeper | null = null
    for (const sleeper of sleepers) {
      if (!first || sleeper.at < first.at || (sleeper.at === first.at && sleeper.order < first.order)) first = sleeper
    }
    return first
  }

  function at(atMs: number, wake: () => void): Disarm {
    order += 1
    const sleeper = { at: atMs, order, wake }
    sleepers.add(sleeper)
    return () => sleepers.delete(sleeper)
  }

  function moveTo(moment: number): void {
    if (moment <= wall) return
    steady += moment - wall
    wall = moment
  }

  async function wakeOne(sleeper: Sleeper, settle: () => Promise<void>): Promise<void> {
    sleepers.delete(sleeper)
    moveTo(sleeper.at)
    sleeper.wake()
    await settle()
  }

  const clock: SimulatedClock = {
    now: () => wall,
    monotonic: () => steady,
    zone: () => zone,
    at,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          disarm()
          reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
        }
        const disarm = at(wall + ms, () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        })
        if (signal?.aborted) abort()
        else signal?.addEventListener('abort', abort, { once: true })
      }),
    async advance(ms, settle = flush) {
      const until = wall + ms
      for (let next = earliest(); next && next.at <= until; next = earliest()) await wakeOne(next, settle)
      moveTo(until)
      await settle()
    },
    async next(settle = flush) {
      const first = earliest()
      if (!first) return false
      await wakeOne(first, settle)
      return true
    },
    async sleepThrough(ms, settle = flush) {
      moveTo(wall + ms)
      for (let next = earliest(); next && next.at <= wall; next = earliest()) await wakeOne(next, settle)
    },
    set: (moment) => {
      wall = moment
    },
    travel: (to) => {
      zone = to
    },
    pending: () => sleepers.size,
  }
  return clock
}

/** Lets promises that are ready run. */
async function flush(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
