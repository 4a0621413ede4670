import { useCallback, useMemo, useState } from 'react'
import type { ApiError } from './api-error.ts'
import { useApi } from './hooks.ts'
import type { InputAt, OutputAt } from './paths.ts'

/** The long lists that are asked for piece by piece. */
type ListPath = 'leads.list' | 'sends.list' | 'incoming.list' | 'campaigns.people'
type RowOf<P extends ListPath> = OutputAt<P>['rows'][number]

export const PAGE_ROWS = 100

/** The part of a long list that is in the page. */
export interface Pages<Row> {
  readonly total: number
  /** Undefined: not there yet, or beyond the end. */
  readonly rowAt: (index: number) => Row | undefined
  /** The first answer is still on its way. */
  readonly isPending: boolean
  readonly error: ApiError | null
  readonly refetch: () => void
}

/** Which part of a long list is on screen. Scrolling within a page changes nothing here, so that the rows are not made anew. */
export function useFirst() {
  const [first, setFirst] = useState(0)
  return { first, setFirst: useCallback((index: number) => setFirst(index - (index % PAGE_ROWS)), []) }
}

interface View {
  /** The first row on screen. */
  readonly first: number
  readonly enabled?: boolean
}

/** The page around row `first` and its neighbours; four questions at most, asked again when a fact makes them old. */
export function usePages<P extends ListPath>(
  path: P,
  input: InputAt<P>,
  { first, enabled = true }: View,
): Pages<RowOf<P>> {
  const page = Math.max(0, Math.floor(first / PAGE_ROWS))
  const at = (number: number): InputAt<P> => ({ ...input, offset: Math.max(0, number) * PAGE_ROWS, limit: PAGE_ROWS })
  const top = useApi(path, at(0), { enabled })
  const before = useApi(path, at(page - 1), { enabled })
  const here = useApi(path, at(page), { enabled })
  const total = here.data?.total ?? before.data?.total ?? top.data?.total ?? 0
  const after = useApi(path, at(page + 1), { enabled: enabled && (page + 1) * PAGE_ROWS < total })

  const { refetch } = here
  return useMemo(() => {
    const pages = new Map<number, readonly RowOf<P>[]>()
    const known = [
      [0, top.data],
      [page - 1, before.data],
      [page, here.data],
      [page + 1, after.data],
    ] as const
    for (const [number, answer] of known) if (number >= 0 && answer !== undefined) pages.set(number, answer.rows)
    return {
      total,
      rowAt: (index) => (index < total ? pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS] : undefined),
      isPending: top.data === undefined && here.data === undefined && here.error === null,
      error: here.data === undefined ? here.error : null,
      refetch: () => void refetch(),
    }
  }, [page, total, top.data, before.data, here.data, here.error, after.data, refetch])
}
