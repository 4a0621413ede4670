import { useMemo, useState } from 'react'
import { useApi } from '../../api/hooks.ts'
import type { ApiError } from '../../api/api-error.ts'
import { keyOf, type LeadQuery } from './lead-query.ts'
import { PAGE_ROWS, type LeadWindow } from './lead-window.ts'

export interface AnsweredQuery {
  /** The question whose answer is on screen: the newest one that has been answered. */
  readonly shown: LeadQuery
  /** No question has been answered yet. */
  readonly isFirst: boolean
  /** Leads that `shown` finds. */
  readonly total: number
  readonly error: ApiError | null
  retry(): void
}

/** Keeps the last answer on screen until the next one is there, so that typing in the search does not flicker. */
export function useAnsweredQuery(wanted: LeadQuery): AnsweredQuery {
  const [shown, setShown] = useState(wanted)
  const next = useApi('leads.list', pageInput(wanted, 0))
  const now = useApi('leads.list', pageInput(shown, 0))
  const isNew = keyOf(shown) !== keyOf(wanted)
  if (isNew && next.data !== undefined) setShown(wanted)
  return {
    shown,
    isFirst: now.data === undefined,
    total: now.data?.total ?? 0,
    error: next.error,
    retry: () => void next.refetch(),
  }
}

/** The page of rows in view and its neighbours; three questions at most, asked again when a fact makes them old. */
export function useLeadWindow(query: LeadQuery, page: number): LeadWindow {
  const top = useApi('leads.list', pageInput(query, 0))
  const before = useApi('leads.list', pageInput(query, page - 1))
  const here = useApi('leads.list', pageInput(query, page))
  const total = here.data?.total ?? before.data?.total ?? top.data?.total ?? 0
  const hasNext = (page + 1) * PAGE_ROWS < total
  const after = useApi('leads.list', pageInput(query, page + 1), { enabled: hasNext })
  const isSettled = ![top, before, here, after].some((result) => result.isFetching)

  return useMemo(() => {
    const pages = new Map([
      [0, top.data?.rows ?? []],
      [Math.max(0, page - 1), before.data?.rows ?? []],
      [page, here.data?.rows ?? []],
      ...(hasNext ? [[page + 1, after.data?.rows ?? []] as const] : []),
    ])
    return { total, pages, isSettled }
  }, [page, total, isSettled, hasNext, top.data, before.data, here.data, after.data])
}

function pageInput(query: LeadQuery, page: number) {
  return { filter: query.filter, sort: query.sort, offset: Math.max(0, page) * PAGE_ROWS, limit: PAGE_ROWS }
}
