/** Chosen rows by id, and the row where a Shift-click or Shift-arrow range began. */
export interface Chosen {
  readonly ids: ReadonlySet<number>
  readonly anchor: number | null
}

export const NOTHING: Chosen = { ids: new Set(), anchor: null }

/** One row on or off; it becomes the anchor. */
export function toggle(chosen: Chosen, row: { id: number; index: number }): Chosen {
  const ids = new Set(chosen.ids)
  if (!ids.delete(row.id)) ids.add(row.id)
  return { ids, anchor: row.index }
}

/** Everything between the anchor and `index`, both included, joins what is chosen. Rows not loaded yet stay out. */
export function extend(chosen: Chosen, index: number, idAt: (index: number) => number | null): Chosen {
  const from = Math.min(chosen.anchor ?? index, index)
  const to = Math.max(chosen.anchor ?? index, index)
  const ids = new Set(chosen.ids)
  for (let row = from; row <= to; row += 1) {
    const id = idAt(row)
    if (id !== null) ids.add(id)
  }
  return { ids, anchor: chosen.anchor ?? index }
}
