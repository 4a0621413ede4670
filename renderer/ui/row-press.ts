import type { MouseEvent } from 'react'

export interface RowPress {
  readonly index: number
  /** On the box, or with Ctrl. */
  readonly isToggle: boolean
  /** With Shift. */
  readonly isRange: boolean
}

/**
 * A grid hears the presses on its rows, as it hears their keys; rows carry only their `aria-rowindex`, which counts the
 * head as 1. Null on the head, on a heading between rows and on a button of its own.
 */
export function rowPressOf(event: MouseEvent<HTMLElement>): RowPress | null {
  const { target } = event
  if (!(target instanceof Element) || target.closest('button, a') !== null) return null
  const row = target.closest('[role="row"]')
  const index = Number(row?.getAttribute('aria-rowindex') ?? 0) - 2
  if (index < 0) return null
  const isOnBox = target.closest('[data-tick]') !== null
  return { index, isToggle: event.ctrlKey || event.metaKey || isOnBox, isRange: event.shiftKey }
}
