import open from 'open'
import type { Native } from './native.ts'
import { isWebPage } from './web-page.ts'

/** A page in a browser on this machine: no tray, no login item, but a file manager where there is a desktop. */
export function createWebNative(): Native {
  const hasDesktop = process.platform !== 'linux' || hasDisplay()
  return {
    host: 'web',
    capabilities: { tray: false, loginItem: false, openFolder: hasDesktop, notifications: false, updates: false },
    loginItem: null,
    // The page shows what there is to tell.
    notify() {},
    async openFolder(path) {
      if (hasDesktop) await openQuietly(path)
    },
    async openPage(url) {
      if (hasDesktop && isWebPage(url)) await openQuietly(url)
    },
    // Who started it from a folder brings a newer one there.
    lookForUpdates() {},
  }
}

/** A session with a screen; on Linux only. */
export function hasDisplay(): boolean {
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

/** Opens a folder or an address with what the rep uses for it; where there is nothing, nothing happens. */
export async function openQuietly(target: string): Promise<void> {
  try {
    const opener = await open(target)
    opener.on('error', () => {})
  } catch {
    // No browser, no file manager: the address is on the screen, the folder's path in the page.
  }
}
