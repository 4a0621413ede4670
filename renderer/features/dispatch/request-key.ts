/** One press of the button: the order as text and the key under which the engine queues it once. */
export interface Request {
  readonly order: string
  readonly key: string
}

/**
 * The key for this press. A press after a failure repeats the key as long as the order is the same, because the first
 * one may have been queued although its answer was lost; a changed order is a new request.
 */
export function requestFor(last: Request | null, order: unknown, newKey: () => string): Request {
  const text = JSON.stringify(order)
  return last !== null && last.order === text ? last : { order: text, key: newKey() }
}
