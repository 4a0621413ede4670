import PQueue from 'p-queue'
import type { GraphServer } from './graph-call.ts'
import { unreachable } from './outlook-failure.ts'

/** Whose turn it is to ask Graph: one for all mailboxes of this process. */
export type GraphTurns = PQueue

export interface SharedGraph extends GraphServer {
  readonly turns: GraphTurns
}

/**
 * "Outlook can execute up to 4 concurrent requests … regardless of whether the requests all access the same mailbox, or access
 * different mailboxes" (learn.microsoft.com/graph/throttling-limits, "Limits per app ID"). One fewer is ours (providers.md §3.2).
 */
export const MOST_REQUESTS = 3

export function createGraphTurns(): GraphTurns {
  return new PQueue({ concurrency: MOST_REQUESTS })
}

/**
 * Asks when it is this request's turn, first come, first served; `ask` must end by itself when `signal` aborts. Waiting counts
 * for no time-out. Stopped while it waits, it was never asked.
 */
export async function inTurn<T>(turns: GraphTurns, ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const waiting = new AbortController()
  const leave = () => waiting.abort()
  if (signal.aborted) throw unreachable('stopped')
  signal.addEventListener('abort', leave, { once: true })
  const begin = () => {
    // From here on the request hears of it; its turn ends with it and not before.
    signal.removeEventListener('abort', leave)
    return ask()
  }
  try {
    return await turns.add(begin, { signal: waiting.signal })
  } catch (error) {
    throw waiting.signal.aborted ? unreachable('stopped') : error
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
