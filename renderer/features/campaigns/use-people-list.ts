import { useCallback, useState } from 'react'
import type { EnrolmentStatus } from '#shared/domain/taxonomy'
import { PAGE_ROWS } from '../../api/use-pages.ts'
import { extend, NOTHING, toggle, type Chosen } from '../../ui/selection.ts'
import { usePeople } from './use-campaigns.ts'

/** The people of one status (or of all), the cursor among them, and who is chosen. */
export function usePeopleList(campaignId: number, status: EnrolmentStatus | null) {
  const [first, setFirst] = useState(0)
  const [cursor, setCursor] = useState(0)
  const [chosen, setChosen] = useState<Chosen>(NOTHING)
  // Scrolling within a page changes nothing here, so that the rows are not made anew.
  const showPageOf = useCallback((index: number) => setFirst(index - (index % PAGE_ROWS)), [])
  const pages = usePeople(campaignId, status === null ? [] : [status], first)
  const last = pages.total - 1
  const active = Math.max(0, Math.min(cursor, last))
  const idAt = useCallback((index: number) => pages.rowAt(index)?.leadId ?? null, [pages])

  const pick = useCallback(
    (index: number, isRange: boolean) => {
      const id = idAt(index)
      setCursor(index)
      if (isRange) setChosen((old) => extend(old, index, idAt))
      else if (id !== null) setChosen((old) => toggle(old, { id, index }))
    },
    [idAt],
  )

  return {
    pages,
    active,
    last,
    setFirst: showPageOf,
    move: (index: number) => setCursor(Math.max(0, Math.min(index, last))),
    chosen: chosen.ids,
    pick,
    /** Everybody whose row is in the page already. */
    chooseLoaded: () => {
      const ids = Array.from({ length: pages.total }, (_, index) => idAt(index)).filter((id) => id !== null)
      setChosen({ ids: new Set<number>(ids), anchor: null })
    },
    clear: () => setChosen(NOTHING),
  }
}

export type PeopleList = ReturnType<typeof usePeopleList>
