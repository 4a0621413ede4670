import { randomId } from '@mantine/hooks'
import { notifications, notificationsStore, type NotificationData } from '@mantine/notifications'
import type { ReactNode } from 'react'

interface Note extends Omit<NotificationData, 'id'> {
  readonly message: ReactNode
}

/**
 * A place that holds one note: the newest takes it, however fast the rep works. It is a note of its own each time, so that
 * it is read out and stays for its whole time; changing the old one in place would do neither.
 */
export function showIn(place: string, note: Note): void {
  clear(place)
  notifications.show({ ...note, id: randomId(`${place}-`) })
}

export function clear(place: string): void {
  const { notifications: shown, queue } = notificationsStore.getState()
  for (const { id } of [...shown, ...queue]) {
    if (id?.startsWith(`${place}-`) === true) notifications.hide(id)
  }
}

/** Says that something was done, or what came of it. */
export function showNote(message: ReactNode, more: Omit<Note, 'message'> = {}): void {
  showIn('note', { ...more, message })
}
