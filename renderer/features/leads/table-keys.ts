/**
 * What a key means while the table has the focus. The letters (J, K, A, R …) work on the whole page and are not here.
 */
export type TableCommand =
  | { readonly do: 'move'; readonly by: number; readonly isExtending: boolean }
  | { readonly do: 'first' | 'last' | 'pageUp' | 'pageDown' | 'toggle' | 'chooseAll' | 'open' | 'escape' }

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const COMMANDS: Readonly<Record<string, TableCommand>> = {
  Home: { do: 'first' },
  End: { do: 'last' },
  PageUp: { do: 'pageUp' },
  PageDown: { do: 'pageDown' },
  ' ': { do: 'toggle' },
  Enter: { do: 'open' },
  Escape: { do: 'escape' },
}

export function tableCommandOf(pressed: Pressed): TableCommand | null {
  const { key, shiftKey } = pressed
  if (pressed.altKey) return null
  if (pressed.ctrlKey || pressed.metaKey) return key.toLowerCase() === 'a' && !shiftKey ? { do: 'chooseAll' } : null
  if (key === 'ArrowDown') return { do: 'move', by: 1, isExtending: shiftKey }
  if (key === 'ArrowUp') return { do: 'move', by: -1, isExtending: shiftKey }
  return Object.hasOwn(COMMANDS, key) ? (COMMANDS[key] ?? null) : null
}
