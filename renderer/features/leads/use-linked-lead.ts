import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { LeadId } from '#shared/domain/ids'
import { useApi } from '../../api/hooks.ts'

export interface LinkedLead {
  /** The lead that another page has led to, in the address of this one; null: none. */
  readonly leadId: LeadId | null
  /** The table is not narrowed to them yet. */
  readonly isFinding: boolean
}

/** Never read; stands in where there is nobody to ask for. */
const NOBODY = 1 as LeadId

/** Narrows the table to the lead in the address, so that the cursor stands on whoever the details are about. */
export function useLinkedLead(): LinkedLead {
  const { lead, q }: { readonly lead?: number; readonly q?: string } = useSearch({ strict: false })
  const navigate = useNavigate()
  const leadId = lead === undefined ? null : (lead as LeadId)
  const isFinding = leadId !== null && q === undefined
  const { data, error } = useApi('leads.get', { leadId: leadId ?? NOBODY }, { enabled: isFinding })
  const found = data?.email

  useEffect(() => {
    if (!isFinding) return
    if (found !== undefined) void navigate({ to: '/leads', search: { lead: leadId, q: found }, replace: true })
    else if (error !== null) void navigate({ to: '/leads', search: {}, replace: true })
  }, [isFinding, leadId, found, error, navigate])

  return { leadId, isFinding }
}
