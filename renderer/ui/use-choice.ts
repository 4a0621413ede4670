import { useState } from 'react'
import { extend, NOTHING, toggle, type Chosen } from './selection.ts'

/** A cursor among `total` rows; it stays among them when they become fewer. */
export function useCursor(total: number) {
  const [cursor, setCursor] = useState(0)
  const last = total - 1
  const within = (index: number) => Math.max(0, Math.min(index, last))
  return { active: within(cursor), last, move: (index: number) => setCursor(within(index)) }
}

/** The same, and which rows are chosen. `idAt` knows those that have arrived. */
export function useChoice(total: number, idAt: (index: number) => number | null) {
  const cursor = useCursor(total)
  const [chosen, setChosen] = useState<Chosen>(NOTHING)

  function pick(index: number, isRange: boolean): void {
    const id = idAt(index)
    cursor.move(index)
    if (isRange) setChosen((old) => extend(old, index, idAt))
    else if (id !== null) setChosen((old) => toggle(old, { id, index }))
  }

  return {
    ...cursor,
    chosen: chosen.ids,
    pick,
    choose: (ids: Iterable<number>) => setChosen({ ids: new Set(ids), anchor: null }),
    clear: () => setChosen(NOTHING),
  }
}
