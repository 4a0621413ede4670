import { Notification, shell } from 'electron'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { LoginItem, Native } from '../platform/native.ts'
import { isWebPage } from '../platform/web-page.ts'
import { createUpdates } from './updates.ts'

export interface DesktopNativeDeps {
  readonly clock: Clock
  readonly log: Log
  readonly canUpdate: boolean
  readonly loginItem: LoginItem | null
}

export function createDesktopNative({ canUpdate, loginItem, ...deps }: DesktopNativeDeps): Native {
  const notify: Native['notify'] = ({ title, body }) => {
    if (Notification.isSupported()) new Notification({ title, body }).show()
  }
  return {
    host: 'desktop',
    capabilities: {
      tray: true,
      loginItem: loginItem !== null,
      openFolder: true,
      notifications: Notification.isSupported(),
      updates: canUpdate,
    },
    loginItem,
    notify,
    async openFolder(path) {
      await shell.openPath(path)
    },
    async openPage(url) {
      if (isWebPage(url)) await shell.openExternal(url)
    },
    lookForUpdates: canUpdate ? createUpdates({ ...deps, notify }) : () => {},
  }
}
