import { useHotkeys, type HotkeyItem } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'
import { keyName } from './key-names.ts'
import { hasSingleKeys } from './preferences.ts'

/**
 * Keyboard shortcuts of a page, in Mantine's notation (`j`, `mod+Enter`, `/`). Silent while the rep types, while a
 * dialog or menu is open, and for single keys when they are switched off in Settings.
 */
export function useKeys(items: readonly HotkeyItem[]): void {
  useHotkeys(
    items.map(([keys, run, options]): HotkeyItem => [
      keys,
      (event) => {
        if (isTyping(event.target) || isCovered() || (!keys.includes('mod') && !hasSingleKeys())) return
        event.preventDefault()
        run(event)
      },
      { preventDefault: false, ...options },
    ]),
    [],
  )
}

/**
 * Ctrl+Enter (⌘Enter) presses the one button that the page is for, from its fields too. `run` is null while that cannot be
 * pressed; a key that is held down presses it once.
 */
export function useMainKey(run: (() => void) | null): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const isMain = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
    if (run === null || !isMain || event.repeat || isCovered()) return
    event.preventDefault()
    event.stopPropagation()
    run()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => hear(event)
    // On the way down, because Enter opens a list where the focus is on one.
    document.addEventListener('keydown', listen, true)
    return () => document.removeEventListener('keydown', listen, true)
  }, [])
}

/** For the button that `useMainKey` presses. */
export const MAIN_KEY = {
  'aria-keyshortcuts': 'Control+Enter Meta+Enter',
  title: `${keyName('mod')}+Enter`,
} as const

/** A single key may act: nobody is typing, nothing lies over the page, and the rep has not switched such keys off. */
export function canTakeKey(event: KeyboardEvent): boolean {
  return hasSingleKeys() && !isTyping(event.target) && !isCovered()
}

/** A tick or a choice that was just clicked keeps the focus, but takes no letters: the keys of the page go on working. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio)$/.test(target.type)
  return target instanceof HTMLElement && (/^(TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable)
}

const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]:not([data-static])'

/** A dialog, a menu or a list lies over the page. */
export function isCovered(): boolean {
  return Array.from(document.querySelectorAll(OVERLAYS)).some((overlay) => overlay.checkVisibility())
}
