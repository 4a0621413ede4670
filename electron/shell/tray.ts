import { join } from 'node:path'
import { Menu, Tray } from 'electron'

/** What the tray shows; the engine's own figures. */
export interface TraySummary {
  readonly isPaused: boolean
  readonly today: { readonly sent: number; readonly planned: number }
  readonly waiting: number
  /** Epoch ms; null: nothing planned. */
  readonly nextSendAt: number | null
}

export interface TrayActions {
  readonly open: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly quit: () => void
}

export interface TrayIcon {
  show(summary: TraySummary): void
  close(): void
}

/** Null where the desktop has no tray; then the window is all there is. */
export function createTrayIcon(iconFolder: string, platform: NodeJS.Platform, actions: TrayActions): TrayIcon | null {
  try {
    const tray = new Tray(join(iconFolder, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'))
    tray.on('click', actions.open)
    return { show: (summary) => show(tray, summary, actions), close: () => tray.destroy() }
  } catch {
    return null
  }
}

/** Linux shows a menu only after it was set anew, so it is built from scratch each time. */
function show(tray: Tray, summary: TraySummary, actions: TrayActions): void {
  const pauseOrResume = summary.isPaused
    ? { label: 'Resume sending', click: actions.resume }
    : { label: 'Pause sending', click: actions.pause }
  tray.setToolTip(`Pacemail: ${todayText(summary)}`)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: todayText(summary), enabled: false },
      { label: waitingText(summary), enabled: false },
      { type: 'separator' },
      pauseOrResume,
      { label: 'Open Pacemail', click: actions.open },
      { type: 'separator' },
      { label: 'Quit Pacemail', click: actions.quit },
    ]),
  )
}

export function todayText({ today }: TraySummary): string {
  return today.planned === 0 ? `${today.sent} sent today` : `${today.sent} sent today, ${today.planned} to come`
}

export function waitingText({ isPaused, waiting }: TraySummary): string {
  const queue = waiting === 0 ? 'Nothing waits' : `${waiting} waiting`
  return isPaused ? `${queue}, sending is paused` : queue
}
