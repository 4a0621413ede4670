import type { KeyboardEvent } from 'react'

interface Moves {
  readonly active: number
  readonly last: number
  readonly move: (index: number) => void
  /** Space. */
  readonly tick?: () => void
}

/** The keys of a table whose box holds the focus: arrows, Page, Home, End, Space. */
export function tableKeys({ active, last, move, tick }: Moves): (event: KeyboardEvent) => void {
  const acts: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    PageDown: () => move(active + 10),
    PageUp: () => move(active - 10),
    Home: () => move(0),
    End: () => move(last),
    ' ': tick,
  }
  return (event) => {
    const act = acts[event.key]
    if (act === undefined || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
      return
    event.preventDefault()
    act()
  }
}
