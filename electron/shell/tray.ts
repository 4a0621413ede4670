import { join } from 'node:path'
import { Menu, Tray } from 'electron'

/** What the tray shows; the engine's own figures. */
export interface TraySummary {
  readonly isPaused: boolean
  /** When the pause ends by itself, epoch ms; null: it does not. */
  readonly pausedUntil: number | null
  readonly today: { readonly sent: number; readonly planned: number }
  readonly waiting: number
  /** Epoch ms; null: nothing planned. */
  readonly nextSendAt: number | null
  /** The machine's IANA zone. */
  readonly zone: string
  /** What only the rep can put right. */
  readonly needs: { readonly uncertain: number; readonly signedOut: number; readonly isDiskFull: boolean }
}

export interface TrayActions {
  readonly open: () => void
  readonly pause: (until: 'resumed' | 'in_an_hour' | 'tomorrow') => void
  readonly resume: () => void
  readonly quit: () => void
}

export interface TrayIcon {
  show(summary: TraySummary): void
  close(): void
}

/** Null where the desktop has no tray; then the window is all there is. */
export function createTrayIcon(iconFolder: string, platform: NodeJS.Platform, actions: TrayActions): TrayIcon | null {
  const iconOf = (look: string): string => join(iconFolder, `tray${look}${platform === 'darwin' ? 'Template' : ''}.png`)
  try {
    const tray = new Tray(iconOf(''))
    tray.on('click', actions.open)
    return {
      show(summary) {
        tray.setImage(iconOf(lookOf(summary)))
        show(tray, summary, actions)
      },
      close: () => tray.destroy(),
    }
  } catch {
    return null
  }
}

/** What needs the rep is seen first, also while everything is paused. */
function lookOf(summary: TraySummary): '' | 'Paused' | 'Attention' {
  return needsText(summary).length > 0 ? 'Attention' : summary.isPaused ? 'Paused' : ''
}

/** Linux shows a menu only after it was set anew, so it is built from scratch each time. */
function show(tray: Tray, summary: TraySummary, actions: TrayActions): void {
  const needs = needsText(summary)
  const pauses = [
    { label: 'Pause for an hour', click: () => actions.pause('in_an_hour') },
    { label: 'Pause until tomorrow', click: () => actions.pause('tomorrow') },
    { label: 'Pause until I resume', click: () => actions.pause('resumed') },
  ]
  tray.setToolTip(['Pacemail', ...needs, todayText(summary), whenText(summary)].join('\n'))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      ...needs.map((label) => ({ label, click: actions.open })),
      { label: todayText(summary), enabled: false },
      { label: waitingText(summary), enabled: false },
      { label: whenText(summary), enabled: false },
      { type: 'separator' },
      ...(summary.isPaused ? [{ label: 'Resume sending', click: actions.resume }] : pauses),
      { type: 'separator' },
      { label: 'Open Pacemail', click: actions.open },
      { label: 'Quit Pacemail', click: actions.quit },
    ]),
  )
}

function needsText({ needs }: TraySummary): string[] {
  const { uncertain, signedOut, isDiskFull } = needs
  return [
    uncertain === 0 ? '' : uncertain === 1 ? '1 mail needs your decision' : `${uncertain} mails need your decision`,
    signedOut === 0 ? '' : signedOut === 1 ? 'A mailbox is signed out' : `${signedOut} mailboxes are signed out`,
    isDiskFull ? 'The disk is full' : '',
  ].filter((text) => text !== '')
}

function todayText({ today }: TraySummary): string {
  return today.planned === 0 ? `${today.sent} sent today` : `${today.sent} sent today, ${today.planned} to come`
}

function waitingText({ waiting }: TraySummary): string {
  return waiting === 0 ? 'Nothing waits' : `${waiting} waiting`
}

/** The one thing a glance is for. */
function whenText({ isPaused, pausedUntil, nextSendAt, zone }: TraySummary): string {
  if (isPaused) return pausedUntil === null ? 'Paused' : `Paused until ${timeText(pausedUntil, zone)}`
  return nextSendAt === null ? 'Nothing planned' : `Next one ${timeText(nextSendAt, zone)}`
}

function timeText(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(at)
}
