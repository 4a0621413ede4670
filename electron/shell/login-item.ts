import { app } from 'electron'
import type { LoginItem } from '../platform/native.ts'

const HIDDEN = '--hidden'

/** Null where the app cannot say so: Linux has no one place for it, and a checkout is no installed app. */
export function createLoginItem(platform: NodeJS.Platform, isInstalled: boolean): LoginItem | null {
  if (!isInstalled || (platform !== 'darwin' && platform !== 'win32')) return null
  // Windows finds the entry by its arguments, so they are asked for as they are set.
  const entry = platform === 'win32' ? { args: [HIDDEN] } : {}
  return {
    isOn: () => app.getLoginItemSettings(entry).openAtLogin,
    set: (isOn) => app.setLoginItemSettings({ openAtLogin: isOn, ...entry }),
  }
}

/** The computer has started it, nobody wants to see it: it sends from the tray. */
export function isHiddenStart(args: readonly string[]): boolean {
  return args.includes(HIDDEN) || app.getLoginItemSettings().wasOpenedAtLogin
}
