import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Where what had the focus went with the page before, the new page has it: a keyboard must not begin at the top again. */
export function useKeptFocus(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        const active = document.activeElement
        const isLost = active === null || active === document.body
        if (fromLocation === undefined || !pathChanged || !isLost) return
        document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true })
      }),
    [router],
  )
}
