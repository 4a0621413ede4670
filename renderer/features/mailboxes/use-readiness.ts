import { useEffect, useRef } from 'react'
import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { useNow } from '../../ui/use-now.ts'

export type Readiness = OutputAt<'readiness.get'>

/** What the name servers said is looked up again after this long, ms. */
const STALE_MS = 24 * 60 * 60_000

export function useReadiness(mailboxId: number) {
  return useApi('readiness.get', { mailboxId })
}

/** The checks of a mailbox; its domain is looked up by itself when that was long ago. */
export function useLiveChecks(mailboxId: number) {
  const { data, error, refetch } = useReadiness(mailboxId)
  const checkDomain = useCall('readiness.checkDomain', { quiet: true })
  const tryPause = useCall('readiness.tryPause')
  const now = useNow()
  const hasAsked = useRef(false)
  const { mutate } = checkDomain
  const isStale =
    data !== undefined &&
    data.checks.some(({ code, reason }) => code === 'spf' && reason !== 'free_mail') &&
    (data.domainCheckedAt ?? 0) < now - STALE_MS
  useEffect(() => {
    if (!isStale || hasAsked.current) return
    hasAsked.current = true
    mutate({ mailboxId })
  }, [isStale, mutate, mailboxId])
  return {
    data,
    error,
    refetch,
    isLookingUp: checkDomain.isPending,
    lookUp: () => mutate({ mailboxId }),
    isTrying: tryPause.isPending,
    tryPause: () => tryPause.mutate({ mailboxId }),
  }
}

/** Sends a test mail; a second click while the first is being answered is the same request. */
export function useSendTest() {
  const send = useCall('readiness.sendTest')
  const key = useRef<string | null>(null)
  return {
    isPending: send.isPending,
    send(mailboxId: number) {
      key.current ??= window.crypto.randomUUID()
      send.mutate({ mailboxId, requestKey: key.current }, { onSettled: () => (key.current = null) })
    },
  }
}
