import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppUpdater } from 'electron-updater'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Native } from '../platform/native.ts'

const AGAIN_MS = 24 * 3_600_000

export interface UpdatesDeps {
  readonly clock: Clock
  readonly log: Log
  readonly notify: Native['notify']
}

/**
 * May this app replace itself? Only where the system or the updater checks who signed an update: not on Linux, not in a
 * build that knows no place of updates, and on Windows not without the name of who must have signed: electron-updater
 * would take any program then.
 */
export function canUpdate(place: { readonly platform: NodeJS.Platform; readonly resources: string }): boolean {
  if (place.platform !== 'darwin' && place.platform !== 'win32') return false
  const file = join(place.resources, 'app-update.yml')
  if (!existsSync(file)) return false
  return place.platform === 'darwin' || /^publisherName:/m.test(readFileSync(file, 'utf8'))
}

/**
 * Asks once a day while it is switched on; switched off it asks nobody, and not even its code is loaded. What it has
 * fetched is installed when the app ends by itself, after the sender has stopped.
 */
export function createUpdates(deps: UpdatesDeps): Native['lookForUpdates'] {
  let updater: AppUpdater | null = null
  let looking: AbortController | null = null

  async function prepared(): Promise<AppUpdater> {
    if (updater === null) {
      const { autoUpdater } = await import('electron-updater')
      updater = prepare(autoUpdater, deps)
    }
    return updater
  }

  async function look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const ready = await prepared()
        if (signal.aborted) return
        ready.autoInstallOnAppQuit = true
        await ready.checkForUpdates()
      } catch {
        // No network, or nobody there: 'error' has told the log.
      }
      await deps.clock.sleep(AGAIN_MS, signal).catch(() => {})
    }
  }

  return (isOn) => {
    if (isOn === (looking !== null)) return
    looking?.abort()
    looking = isOn ? new AbortController() : null
    if (looking !== null) void look(looking.signal)
    else if (updater !== null) updater.autoInstallOnAppQuit = false
  }
}

function prepare(updater: AppUpdater, { log, notify }: UpdatesDeps): AppUpdater {
  updater.autoDownload = true
  updater.allowDowngrade = false
  updater.allowPrerelease = false
  updater.disableWebInstaller = true
  updater.logger = null
  updater.on('error', (error) => log.warn('no update', { reason: error.message }))
  updater.on('update-downloaded', ({ version }) => {
    log.info('an update was fetched', { version })
    const body = `Version ${version} is installed when you quit Pacemail.`
    notify({ title: 'A new Pacemail is ready', body, action: null })
  })
  return updater
}
