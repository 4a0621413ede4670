import { Notification } from 'electron'
import type { Note } from '#shared/contract/notices'

/** Notifications that the system still shows; older ones are let go. */
const MOST_SHOWN = 20

/**
 * Shows notifications of the system. macOS draws a button for what one opens; everywhere a press on it does the same.
 * They are held on to: one that the garbage collector takes hears no press any more.
 */
export function createNotes(platform: NodeJS.Platform, open: (page: string) => void): (note: Note) => void {
  const shown = new Set<Notification>()

  return ({ title, body, action }) => {
    if (!Notification.isSupported()) return
    const actions = action !== null && platform === 'darwin' ? [{ type: 'button' as const, text: action.label }] : []
    const notification = new Notification({ title, body, actions })
    const press = (): void => {
      shown.delete(notification)
      if (action !== null) open(action.page)
    }
    notification.on('click', press)
    notification.on('action', press)
    notification.on('close', () => shown.delete(notification))
    shown.add(notification)
    const [oldest] = shown
    if (shown.size > MOST_SHOWN && oldest !== undefined) shown.delete(oldest)
    notification.show()
  }
}
