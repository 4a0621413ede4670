import { Notification, shell } from 'electron'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { LoginItem, Native } from '../platform/native.ts'
import { isWebPage } from '../platform/web-page.ts'
import { createNotes } from './notes.ts'
import { createUpdates } from './updates.ts'

export interface DesktopNativeDeps {
  readonly clock: Clock
  readonly log: Log
  readonly canUpdate: boolean
  readonly loginItem: LoginItem | null
  readonly platform: NodeJS.Platform
  /** Brings the window to the front with a page of the app. */
  readonly open: (page: string) => void
}

export function createDesktopNative({ canUpdate, loginItem, platform, open, ...deps }: DesktopNativeDeps): Native {
  const notify = createNotes(platform, open)
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
