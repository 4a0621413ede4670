import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useApi, useCall } from '../api/hooks.ts'
import { showBrowserNote, useBrowserNotes } from '../ui/browser-notes.ts'
import type { AppStatusView } from './use-app-status.ts'

/** In a browser the page shows the notifications: it asks whether there is something, takes it and shows it. */
export function useNotesOfBrowser({ status }: AppStatusView): void {
  const router = useRouter()
  const { mutate: take } = useCall('notices.take', { quiet: true })
  const isOn = useBrowserNotes() === 'on'
  const isWanted = isOn && status?.host === 'web' && status.role === 'owner'
  const { data } = useApi('notices.due', {}, { enabled: isWanted })
  const isDue = isWanted && data?.isDue === true
  useEffect(() => {
    if (!isDue) return
    take(
      {},
      {
        onSuccess: ({ notes }) => {
          for (const { title, body, action } of notes) {
            const onPress = (): void => (action === null ? undefined : router.history.push(action.page))
            showBrowserNote({ title, body, onPress })
          }
        },
      },
    )
  }, [isDue, take, router])
}
