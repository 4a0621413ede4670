import { useCallback, useState } from 'react'
import { PAGE_ROWS, usePages } from '../../api/use-pages.ts'
import type { QueueSearch } from './queue-search.ts'
import { extend, NOTHING, toggle, type Chosen } from '../../ui/selection.ts'
import { listInput, useAllIds } from './use-queue.ts'

/** The rows of one tab, the cursor in them, and what is chosen. */
export function useList(view: QueueSearch) {
  const [first, setFirst] = useState(0)
  const [cursor, setCursor] = useState(0)
  const [chosen, setChosen] = useState<Chosen>(NOTHING)
  const [isGathering, setGathering] = useState(false)
  const allIds = useAllIds()
  // Scrolling within a page changes nothing here, so that the rows are not made anew.
  const showPageOf = useCallback((index: number) => setFirst(index - (index % PAGE_ROWS)), [])
  const input = listInput(view)
  const pages = usePages('sends.list', input, { first })
  const last = pages.total - 1
  const active = Math.max(0, Math.min(cursor, last))
  const idAt = useCallback((index: number) => pages.rowAt(index)?.id ?? null, [pages])

  const pick = useCallback(
    (index: number, isRange: boolean) => {
      const id = idAt(index)
      setCursor(index)
      if (isRange) setChosen((old) => extend(old, index, idAt))
      else if (id !== null) setChosen((old) => toggle(old, { id, index }))
    },
    [idAt],
  )

  async function chooseAll(): Promise<void> {
    setGathering(true)
    try {
      setChosen({ ids: new Set(await allIds(input)), anchor: null })
    } finally {
      setGathering(false)
    }
  }

  return {
    pages,
    active,
    setFirst: showPageOf,
    move: (index: number) => setCursor(Math.max(0, Math.min(index, last))),
    chosen,
    pick,
    chooseAll,
    isGathering,
    clear: () => setChosen(NOTHING),
    /** A chosen mail whose row is in the page stands aside: its text has aged or its time was missed. */
    hasParked: (): boolean =>
      Array.from({ length: pages.total }, (_, index) => pages.rowAt(index)).some(
        (send) =>
          send !== undefined &&
          chosen.ids.has(send.id) &&
          (send.wait?.code === 'text_aged' || send.wait?.code === 'missed'),
      ),
    /** What a command means: the choice, or the row under the cursor when nothing is chosen. */
    targets: (): number[] => {
      const here = idAt(active)
      return chosen.ids.size > 0 ? [...chosen.ids] : here === null ? [] : [here]
    },
  }
}

export type List = ReturnType<typeof useList>
