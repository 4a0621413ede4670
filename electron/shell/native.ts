import { Notification, shell } from 'electron'
import type { Native } from '../platform/native.ts'

export function createDesktopNative(): Native {
  return {
    host: 'desktop',
    capabilities: { tray: true, loginItem: false, openFolder: true, notifications: Notification.isSupported() },
    notify({ title, body }) {
      if (Notification.isSupported()) new Notification({ title, body }).show()
    },
    async openFolder(path) {
      await shell.openPath(path)
    },
    async openPage(url) {
      await shell.openExternal(url)
    },
  }
}
