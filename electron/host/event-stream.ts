import type { PushedEvent } from '#shared/contract/events'
import type { Push } from '#shared/contract/wire'

/** One stream of facts for all pages; each fact has a number, one higher than the one before. */
export interface EventStream {
  publish(event: PushedEvent): void
  /** Called for each fact from now on, in order. A listener must not throw. */
  subscribe(listener: (push: Push) => void): () => void
  /** The number of the last fact; 0 before the first. */
  seq(): number
}

export function createEventStream(): EventStream {
  const listeners = new Set<(push: Push) => void>()
  let seq = 0

  function publish(event: PushedEvent): void {
    seq += 1
    const push: Push = { type: 'event', seq, event }
    for (const listener of listeners) listener(push)
  }

  function subscribe(listener: (push: Push) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { publish, subscribe, seq: () => seq }
}
