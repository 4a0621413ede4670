import { useMemo } from 'react'
import { useApi } from '../../api/hooks.ts'

/** The address of each mailbox, by id. A mailbox that was removed is not among them. */
export function useMailboxNames(): ReadonlyMap<number, string> {
  const { data } = useApi('mailboxes.list', {})
  return useMemo(() => new Map((data ?? []).map(({ id, address }) => [id, address])), [data])
}
