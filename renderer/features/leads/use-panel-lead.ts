import { useState } from 'react'
import type { Lead } from '#shared/contract/leads'
import type { LeadId } from '#shared/domain/ids'
import { useApi } from '../../api/hooks.ts'
import type { LeadWindow } from './lead-window.ts'
import type { LeadsDesk } from './use-leads-desk.ts'

export interface PanelLead {
  /** Null: closed, or nobody to show. */
  readonly lead: Lead | null
  /** The rep moved on while this lead has changes that are not saved. */
  readonly isLeftBehind: boolean
  /** Keeps a lead in the panel wherever the cursor goes; null: follows the cursor again. */
  readonly hold: (id: LeadId | null) => void
}

/** Never read; stands in where there is nobody to ask for. */
const NOBODY = 1 as LeadId

/** Whose details are shown: the lead under the cursor, unless another one has changes that are not saved. */
export function usePanelLead({ board, window }: LeadsDesk, isOpen: boolean): PanelLead {
  const [heldId, hold] = useState<LeadId | null>(null)
  const id = heldId ?? board.cursor.id
  const row = id === null ? undefined : rowOf(window, id)
  const asked = useApi('leads.get', { leadId: id ?? NOBODY }, { enabled: isOpen && id !== null && row === undefined })
  return {
    lead: isOpen && id !== null ? (row ?? asked.data ?? null) : null,
    isLeftBehind: heldId !== null && heldId !== board.cursor.id,
    hold,
  }
}

function rowOf(window: LeadWindow, id: LeadId): Lead | undefined {
  for (const rows of window.pages.values()) {
    const row = rows.find((lead) => lead.id === id)
    if (row !== undefined) return row
  }
  return undefined
}
