import type { KeyboardEvent } from 'react'

interface Acts {
  readonly active: number
  readonly last: number
  readonly move: (index: number) => void
  readonly open: (index: number) => void
}

/** The keys of the list while it, or a row that was clicked, holds the focus. */
export function answerKeys({ active, last, move, open }: Acts): (event: KeyboardEvent) => void {
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    PageDown: () => move(active + 10),
    PageUp: () => move(active - 10),
    Home: () => move(0),
    End: () => move(last),
    Enter: () => open(active),
  }
  return (event) => {
    const act = acts[event.key]
    if (act === undefined || !isList(event) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
}

function isList({ target, currentTarget }: KeyboardEvent): boolean {
  return target === currentTarget || (target instanceof Element && target.getAttribute('role') === 'row')
}
