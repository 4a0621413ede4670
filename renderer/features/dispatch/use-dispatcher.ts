import { useRef, useState } from 'react'
import type { Order } from './order.ts'
import { useCallOnce } from '../../api/hooks.ts'
import { confirmChecks } from '../../ui/confirm-checks.tsx'
import { requestFor, type Request } from './request-key.ts'
import { useQueueCall } from './use-dispatch.ts'

/** Queues an order. Pressing again after a failure repeats the same request, so that nobody is queued twice. */
export function useDispatcher() {
  const queue = useQueueCall()
  const ask = useCallOnce()
  const last = useRef<Request | null>(null)
  const [isBusy, setBusy] = useState(false)

  /** Null: it was not queued, and the reason is on screen as a toast. */
  async function dispatch(order: Order) {
    const request = requestFor(last.current, order, () => window.crypto.randomUUID())
    last.current = request
    setBusy(true)
    try {
      const checked = await ask('readiness.get', { mailboxId: order.mailboxId }).catch(() => null)
      const acceptsFailedChecks = await confirmChecks(checked)
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
