import { useEffect, useRef } from 'react'
import type { LeadId } from '#shared/domain/ids'
import { useApi } from '../../api/hooks.ts'
import { useErrorText } from '../../ui/error-text-context.ts'
import { showPlain } from './change-toast.tsx'
import type { LeadsDesk } from './use-leads-desk.ts'

interface Called {
  /** The lead that the address names; null: none. */
  readonly leadId: LeadId | null
  readonly onOpen: () => void
}

/** Never asked for; stands in where the address names nobody. */
const NOBODY = 1 as LeadId

/** Puts the cursor on the lead that the address names and opens its details, once: the rep may move on from there. */
export function useCalledLead({ board, window }: LeadsDesk, { leadId, onOpen }: Called): void {
  const { data, error } = useApi('leads.place', { leadId: leadId ?? NOBODY }, { enabled: leadId !== null })
  const say = useErrorText()
  const answered = useRef<LeadId | null>(null)
  useEffect(() => {
    if (leadId === null) {
      answered.current = null
      return
    }
    if (answered.current === leadId) return
    if (error !== null) showPlain(say(error))
    else if (data === undefined || window.total === 0) return
    else {
      board.moveTo(data.offset)
      onOpen()
    }
    answered.current = leadId
  }, [leadId, data, error, say, board, window.total, onOpen])
}
