import { useState } from 'react'
import type { LeadFilter } from '#shared/contract/leads'
import type { LeadId } from '#shared/domain/ids'
import { useCallOnce } from '../../api/hooks.ts'
import { useErrorText } from '../../ui/error-text-context.ts'
import { showPlain } from './change-toast.tsx'
import type { LeadQuery } from './lead-query.ts'
import { saveText } from '../../ui/save-text.ts'

/** The most rows that one question may ask for. */
const MOST_ROWS = 500

export interface LeadReads {
  readonly isExporting: boolean
  exportCsv(filter: LeadFilter): Promise<void>
  /** The leads in these rows, wherever they are in the result. Null: they could not be asked for; the rep was told. */
  idsBetween(query: LeadQuery, first: number, last: number): Promise<readonly LeadId[] | null>
}

/** Questions asked once, when the rep wants their answer. */
export function useLeadReads(): LeadReads {
  const call = useCallOnce()
  const say = useErrorText()
  const [isExporting, setExporting] = useState(false)

  return {
    isExporting,
    async exportCsv(filter) {
      setExporting(true)
      try {
        saveText(await call('leads.export', { filter }))
      } catch (error) {
        showPlain(say(error))
      } finally {
        setExporting(false)
      }
    },
    async idsBetween({ filter, sort }, first, last) {
      const ids: LeadId[] = []
      try {
        for (let offset = first; offset <= last; offset += MOST_ROWS) {
          const limit = Math.min(MOST_ROWS, last - offset + 1)
          const { rows } = await call('leads.list', { filter, sort, offset, limit })
          ids.push(...rows.map((row) => row.id))
        }
        return ids
      } catch (error) {
        showPlain(say(error))
        return null
      }
    },
  }
}
