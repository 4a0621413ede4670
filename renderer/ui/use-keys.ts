import { useHotkeys, type HotkeyItem } from '@mantine/hooks'
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
