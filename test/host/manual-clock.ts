import type { Clock } from '#electron/platform/clock'

export interface ManualClock extends Clock {
  /** Moves both clocks and wakes who is due. */
  advance(ms: number): void
  /** Waits that nobody has ended. */
  pending(): number
}

/** Time that stands still until it is moved. */
export function createManualClock(): ManualClock {
  let now = 1_800_000_000_000
  const waits = new Set<{ readonly at: number; readonly wake: () => void }>()

  function at(atMs: number, wake: () => void): () => void {
    const wait = { at: atMs, wake }
    waits.add(wait)
    return () => waits.delete(wait)
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const disarm = at(now + ms, resolve)
      signal?.addEventListener('abort', () => {
        disarm()
        reject(signal.reason)
      })
    })
  }

  function advance(ms: number): void {
    now += ms
    for (const wait of [...waits].filter((candidate) => candidate.at <= now)) {
      waits.delete(wait)
      wait.wake()
    }
  }

  return { now: () => now, monotonic: () => now, zone: () => 'Etc/UTC', at, sleep, advance, pending: () => waits.size }
}
