import { app, type BrowserWindow } from 'electron'
import type { TraySummary } from './tray.ts'

/** How far today is, along the icon in the dock or taskbar, and a number on it for what needs the rep. Nothing where there is neither. */
export function showOnDock(window: Pick<BrowserWindow, 'setProgressBar' | 'isDestroyed'>, summary: TraySummary): void {
  const { needs, today, isPaused } = summary
  app.setBadgeCount(needs.uncertain + needs.signedOut + (needs.isDiskFull ? 1 : 0))
  if (window.isDestroyed()) return
  const all = today.sent + today.planned
  // Below 0 takes the bar away; a day that is over has none.
  window.setProgressBar(today.planned === 0 ? -1 : today.sent / all, { mode: isPaused ? 'paused' : 'normal' })
}
