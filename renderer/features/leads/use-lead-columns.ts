import { useCallback, useState } from 'react'
import { leadColumns, setLeadColumns } from '../../ui/preferences.ts'
import { readColumns, type ColumnId } from './columns.ts'

export interface LeadColumns {
  readonly chosen: readonly ColumnId[]
  choose(columns: readonly ColumnId[]): void
}

/** Kept on this screen. */
export function useLeadColumns(): LeadColumns {
  const [chosen, setChosen] = useState(() => readColumns(leadColumns()))
  const choose = useCallback((columns: readonly ColumnId[]) => {
    setLeadColumns(columns)
    setChosen(columns)
  }, [])
  return { chosen, choose }
}
