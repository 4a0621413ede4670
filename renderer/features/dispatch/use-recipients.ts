import { useCallback, useMemo } from 'react'
import type { Lead } from '#shared/contract/leads'
import { PAGE_ROWS, useFirst, usePages } from '../../api/use-pages.ts'
import type { Selection } from './dispatch-search.ts'
import { useStates } from './use-dispatch.ts'

/** One line of the table of recipients. `lead` is undefined while it is on its way, and for leads known by id only. */
export interface Recipient {
  readonly leadId: number | null
  readonly lead: Lead | undefined
}

/** The leads of a selection, row by row, after those queued from this page a moment ago. */
export function useRecipients(selection: Selection, justQueued: readonly Lead[]) {
  const { first, setFirst } = useFirst()
  const isFilter = selection.by === 'filter'
  const filter = isFilter ? selection.filter : {}
  const pages = usePages('leads.list', { filter, sort: 'name' }, { first, enabled: isFilter })
  const listed = isFilter ? pages.total : selection.ids.length
  const total = justQueued.length + listed

  const at = useCallback(
    (index: number): Recipient => {
      const pinned = justQueued[index]
      if (pinned !== undefined) return { leadId: pinned.id, lead: pinned }
      const row = index - justQueued.length
      if (selection.by === 'ids') return { leadId: selection.ids[row] ?? null, lead: undefined }
      const lead = pages.rowAt(row)
      return { leadId: lead?.id ?? null, lead }
    },
    [justQueued, selection, pages],
  )

  const start = Math.floor(first / PAGE_ROWS) * PAGE_ROWS
  const visible = useMemo(() => {
    const ids = Array.from({ length: 2 * PAGE_ROWS }, (_, row) => at(start + row).leadId)
    return [...new Set([...justQueued.map((lead) => lead.id), ...ids.filter((id) => id !== null)])]
  }, [at, start, justQueued])

  return {
    total,
    listed,
    at,
    setFirst,
    states: useStates(visible),
    isPending: isFilter && pages.isPending,
    error: isFilter ? pages.error : null,
    refetch: pages.refetch,
  }
}

export type Recipients = ReturnType<typeof useRecipients>
