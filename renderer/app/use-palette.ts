import { useHotkeys } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { isCovered } from '../ui/use-keys.ts'
import type { PaletteEntry } from './palette-entries.ts'

export interface PaletteDoor {
  readonly isOpen: boolean
  open(): void
  /** Shuts it, and does what was chosen. The focus is never left on something that has gone. */
  close(entry: PaletteEntry | null): void
}

/** Ctrl+K, also while the rep types; not over a dialog, whose text would be lost. */
export function usePalette(): PaletteDoor {
  const [isOpen, setOpen] = useState(false)
  const before = useRef<Element | null>(null)

  function open(): void {
    before.current = document.activeElement
    setOpen(true)
  }

  function close(entry: PaletteEntry | null): void {
    setOpen(false)
    focus(entry?.leads === 'to the page' ? null : before.current)
    entry?.run()
  }

  useHotkeys(
    [
      [
        'mod+k',
        () => {
          if (isOpen) close(null)
          else if (!isCovered()) open()
        },
      ],
    ],
    [],
    true,
  )
  return { isOpen, open, close }
}

/** To the page itself where nothing else is left to go back to. */
function focus(element: Element | null): void {
  const isLeft = element instanceof HTMLElement && element.isConnected && element !== document.body
  const target = isLeft ? element : document.querySelector<HTMLElement>('#main')
  target?.focus({ preventScroll: true })
}
