import { shell } from 'electron'
import type { Native } from '../platform/native.ts'

export function createDesktopNative(): Native {
  return {
    host: 'desktop',
    capabilities: { tray: true, loginItem: false, openFolder: true },
    async openFolder(path) {
      await shell.openPath(path)
    },
    async openPage(url) {
      await shell.openExternal(url)
    },
  }
}
