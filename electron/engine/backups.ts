import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { backupTo } from '#db/backup'
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getSetting, setSetting } from '#db/queries/settings'
import { DAY_MS } from '#shared/domain/pacing'
import type { Disarm } from '../platform/clock.ts'
import type { EngineContext } from './context.ts'

/** The last seven daily copies are kept. */
const MOST_KEPT = 7
/** The first copy of a run is not made while the window is still opening, ms. */
const AFTER_START_MS = 10 * 60_000

/** One verified copy of the database a day, while the app runs. */
export interface Backups {
  start(): void
  close(): void
  /** Makes one now; returns its file. Throws what the disk says; older copies are kept then. */
  make(): string
}

export function createBackups(deps: Pick<EngineContext, 'db' | 'clock' | 'log' | 'dataFolder'>): Backups {
  const folder = join(deps.dataFolder, 'backups')
  let disarm: Disarm = () => {}

  function make(): string {
    const now = deps.clock.now()
    const file = join(folder, `daily-${now}.db`)
    backupTo(deps.db.$client, file)
    write(deps.db, (tx) => {
      setSetting(tx, 'lastBackupAt', now)
      insertEvent(tx, { at: now, kind: 'backup_made' })
    })
    for (const old of listDaily(folder).slice(0, -MOST_KEPT)) rmSync(join(folder, old), { force: true })
    return file
  }

  function arm(): void {
    const due = getSetting(deps.db, 'lastBackupAt') + DAY_MS
    disarm = deps.clock.at(Math.max(due, deps.clock.now() + AFTER_START_MS), makeQuietly)
  }

  function makeQuietly(): void {
    try {
      make()
    } catch (error) {
      deps.log.error('no backup today', error)
    }
    arm()
  }

  return { start: arm, close: () => disarm(), make }
}

/** Oldest first: the names hold the moment. */
function listDaily(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^daily-\d+\.db$/.test(name))
    .sort()
}
