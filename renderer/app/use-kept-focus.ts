import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Where what had the focus has gone, something else has it: a keyboard must not begin at the top of the page again. */
export function useKeptFocus(): void {
  useFocusOfPage()
  useFocusOfRest()
}

/** What went with the page before leaves the focus to the new page. */
function useFocusOfPage(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged && isLost()) giveFocus()
      }),
    [router],
  )
}

/**
 * What goes while the page stays, such as a line that is dealt with, leaves it to what is left; what was busy and could not
 * keep it has it back. Not after a press beside everything: that takes the focus away on purpose.
 */
function useFocusOfRest(): void {
  useEffect(() => {
    let last: HTMLElement | null = null
    const remember = ({ target }: FocusEvent): void => {
      last = target instanceof HTMLElement ? target : null
    }
    const forget = (): void => {
      last = null
    }
    const guard = new MutationObserver(() => {
      if (last === null || !isLost()) return
      if (!last.isConnected) giveFocus()
      else if (!last.matches(':disabled')) last.focus({ preventScroll: true })
    })
    document.addEventListener('focusin', remember)
    document.addEventListener('pointerdown', forget, true)
    guard.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    return () => {
      document.removeEventListener('focusin', remember)
      document.removeEventListener('pointerdown', forget, true)
      guard.disconnect()
    }
  }, [])
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** To the dialog that lies over the page, or to the page. */
function giveFocus(): void {
  const dialogs = Array.from(document.querySelectorAll<HTMLElement>('[role="dialog"], [role="alertdialog"]'))
  const target = dialogs.findLast((dialog) => dialog.checkVisibility()) ?? document.querySelector<HTMLElement>('#main')
  target?.focus({ preventScroll: true })
}
