import type { LucideIcon } from 'lucide-react'
import { createNameSearch } from '#shared/domain/name-search'

/** One line of the palette: somewhere to go, something to do, or something found. */
export interface PaletteEntry {
  /** Stays the same while the list changes around it. */
  readonly id: string
  readonly label: string
  /** What helps to recognise it. */
  readonly hint?: string
  /** Other words that a rep may type for it. */
  readonly also?: string
  /** In the notation of `Keys`. */
  readonly keys?: string
  readonly icon: LucideIcon
  /** Where the focus goes afterwards: to the page, or back to where it was. */
  readonly leads: 'to the page' | 'back'
  readonly run: () => void
}

export interface PaletteGroup {
  readonly title: string
  readonly entries: readonly PaletteEntry[]
  /** Nothing of it is shown before something was typed. */
  readonly isOnlySearched?: true
}

/** What the text leaves of the groups, the best first in each; an empty text leaves all. Groups without an entry go. */
export function narrow(groups: readonly PaletteGroup[], text: string): PaletteGroup[] {
  const search = createNameSearch(text)
  if (search.isEmpty) return text.trim() === '' ? groups.filter(({ isOnlySearched }) => isOnlySearched !== true) : []
  return groups.flatMap(({ title, entries }) => {
    const found = entries
      .flatMap((entry) => {
        const rank = search.rank([entry.label, entry.hint ?? '', entry.also ?? ''])
        return rank === null ? [] : [{ entry, rank }]
      })
      .toSorted((one, other) => one.rank - other.rank)
    return found.length === 0 ? [] : [{ title, entries: found.map(({ entry }) => entry) }]
  })
}

/** The entry that Enter takes: the one the rep moved to while it is there, else the first. */
export function currentOf(entries: readonly PaletteEntry[], chosenId: string | null): number {
  return Math.max(
    0,
    entries.findIndex(({ id }) => id === chosenId),
  )
}

/** Up and down go round. */
export function moved(entries: readonly PaletteEntry[], from: number, by: number): string | null {
  return entries[(from + by + entries.length) % entries.length]?.id ?? null
}
