import type { Lead } from '#shared/contract/leads'
import { useCall } from '../../api/hooks.ts'
import { showPlain } from './change-toast.tsx'

export function useDoNotContact(): (lead: Lead) => void {
  const call = useCall('leads.doNotContact')
  return (lead) =>
    call.mutate(
      { leadId: lead.id },
      { onSuccess: () => showPlain(`${lead.email} is on your do-not-contact list now.`) },
    )
}
