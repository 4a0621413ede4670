import type { KeyboardEvent } from 'react'

interface Acts {
  readonly active: number
  readonly last: number
  readonly move: (index: number) => void
  readonly pick: (index: number, isRange: boolean) => void
  readonly open: (index: number) => void
  readonly clear: () => void
  readonly all: () => void
}

/** The keys of the list while it holds the focus. With Shift a move takes the rows it passes into the choice. */
export function listKeys(acts: Acts): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const act = actFor(event, acts)
    if (act === null) return
    event.preventDefault()
    act()
  }
}

function actFor(event: KeyboardEvent, { active, last, move, pick, open, clear, all }: Acts): (() => void) | null {
  if (event.ctrlKey || event.metaKey) return event.key === 'a' ? all : null
  const to = targetOf(event.key, active, last)
  if (to !== null) return event.shiftKey ? () => pick(to, true) : () => move(to)
  if (event.key === ' ') return () => pick(active, false)
  if (event.key === 'Enter') return () => open(active)
  return event.key === 'Escape' ? clear : null
}

function targetOf(key: string, active: number, last: number): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + 10,
    PageUp: active - 10,
    Home: 0,
    End: last,
  }
  const target = targets[key]
  return target === undefined ? null : Math.max(0, Math.min(last, target))
}
