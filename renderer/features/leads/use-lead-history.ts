import type { LeadId } from '#shared/domain/ids'
import { useApi, useCall } from '../../api/hooks.ts'

/** The contacts with one lead, and the word that one more mail may go. */
export function useLeadHistory(leadId: LeadId, limit: number) {
  const { data } = useApi('history.ofLead', { leadId, limit })
  const allow = useCall('history.allowAgain')
  const withdraw = useCall('history.withdraw')
  return {
    history: data,
    isBusy: allow.isPending || withdraw.isPending,
    allow: () => allow.mutate({ leadId }),
    withdraw: () => withdraw.mutate({ leadId }),
  }
}
