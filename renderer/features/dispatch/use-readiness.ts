import { useApi } from '../../api/hooks.ts'

/** The checklist of the mailbox that is chosen. */
export function useReadiness(mailboxId: number) {
  return useApi('readiness.get', { mailboxId })
}
