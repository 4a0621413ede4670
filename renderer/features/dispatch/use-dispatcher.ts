import { useRef, useState } from 'react'
import type { Order } from './order.ts'
import { useConfirmChecks } from './use-confirm-checks.tsx'
import { requestFor, type Request } from './request-key.ts'
import { useQueueCall } from './use-dispatch.ts'

/** Queues an order. Pressing again after a failure repeats the same request, so that nobody is queued twice. */
export function useDispatcher() {
  const queue = useQueueCall()
  const confirmChecks = useConfirmChecks()
  const last = useRef<Request | null>(null)
  const [isBusy, setBusy] = useState(false)

  /** Null: it was not queued, and the reason is on screen as a toast. */
  async function dispatch(order: Order) {
    const request = requestFor(last.current, order, () => window.crypto.randomUUID())
    last.current = request
    setBusy(true)
    try {
      const acceptsFailedChecks = await confirmChecks(order.mailboxId)
      if (acceptsFailedChecks === null) return null
      const answer = await queue.mutateAsync({ ...order, requestKey: request.key, acceptsFailedChecks })
      last.current = null
      return answer
    } catch {
      return null
    } finally {
      setBusy(false)
    }
  }

  return { dispatch, isBusy }
}
