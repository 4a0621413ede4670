import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { canTakeKey, useKeys } from '../ui/use-keys.ts'
import { PLACES } from './navigation.ts'
import type { AppStatusView } from './use-app-status.ts'

/** How long `g` waits for the key that says where to go. */
const SEQUENCE_MS = 1_500

/** Keys that work on every page: `g` and a letter goes somewhere, Shift+P pauses or resumes, `?` lists all keys. */
export function useAppKeys(view: AppStatusView, showKeys: () => void): void {
  useGoKeys()
  useKeys([
    ['shift+p', () => toggle(view)],
    ['shift+?', showKeys],
  ])
}

/** Heard on the way down, because the second letter of a pair may mean something else to the page. */
function useGoKeys(): void {
  const navigate = useNavigate()
  const armedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (!canTakeKey(event) || event.ctrlKey || event.metaKey || event.altKey) return
      const isSecond = event.timeStamp - armedAt.current <= SEQUENCE_MS
      armedAt.current = !isSecond && event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      const place = isSecond ? PLACES.find(({ key }) => key === event.key) : undefined
      if (place === undefined) return
      event.preventDefault()
      event.stopPropagation()
      void navigate({ to: place.to })
    }
    document.addEventListener('keydown', hear, true)
    return () => document.removeEventListener('keydown', hear, true)
  }, [navigate])
}

function toggle(view: AppStatusView): void {
  if (view.status?.role !== 'owner' || view.isChanging) return
  if (view.status.isPaused) view.resume()
  else view.pause()
}
