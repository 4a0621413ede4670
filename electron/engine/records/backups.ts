import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getSetting, setSetting } from '#db/queries/settings'
import { DAY_MS } from '#shared/domain/pacing'
import type { Disarm } from '../../platform/clock.ts'
import { type BackupThread, startBackupThread } from './backup-thread.ts'
import type { EngineContext } from '../context.ts'

/** The last seven daily copies are kept. */
const MOST_KEPT = 7
/** The first copy of a run is not made while the window is still opening, ms. */
const AFTER_START_MS = 10 * 60_000

/** One verified copy of the database a day, while the app runs. */
export interface Backups {
  start(): void
  /** Waits for what is being copied and takes nothing more; half a copy is never taken for one. */
  close(): Promise<void>
  /** Makes one now, in a thread of its own; resolves to its file. Rejects with what the disk says; older copies are kept then. */
  make(): Promise<string>
  /** Makes one and removes all older copies, also those from before a migration; none is removed when it fails. */
  replaceAll(): Promise<void>
  /** Resolves when none is being made. */
  idle(): Promise<void>
}

export interface BackupsDeps extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'dataFolder'> {
  /** The script of the thread; bundles and sources have it in different places. */
  readonly backupWorker: URL
}

export function createBackups(deps: BackupsDeps): Backups {
  const folder = join(deps.dataFolder, 'backups')
  let disarm: Disarm = () => {}
  let thread: BackupThread | null = null
  let isClosed = false
  let last: Promise<void> = Promise.resolve()

  /** One after the other: two at once would write the same unfinished file. */
  function make(): Promise<string> {
    const made = last.then(makeNow)
    last = made.then(
      () => {},
      () => {},
    )
    return made
  }

  async function makeNow(): Promise<string> {
    if (isClosed) throw new Error('the app is closing')
    const now = deps.clock.now()
    const file = join(folder, `daily-${now}.db`)
    // Under its own name only once it is whole and checked.
    const part = join(folder, 'unfinished.part')
    thread = startBackupThread(deps.backupWorker, { from: deps.db.$client.name, to: part })
    try {
      await thread.done
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    } finally {
      thread = null
    }
    if (isClosed) {
      rmSync(part, { force: true })
      throw new Error('the app is closing')
    }
    renameSync(part, file)
    write(deps.db, (tx) => {
      setSetting(tx, 'lastBackupAt', now)
      insertEvent(tx, { at: now, kind: 'backup_made' })
    })
    for (const old of listDaily(folder).slice(0, -MOST_KEPT)) rmSync(join(folder, old), { force: true })
    return file
  }

  function arm(): void {
    const due = getSetting(deps.db, 'lastBackupAt') + DAY_MS
    disarm = deps.clock.at(Math.max(due, deps.clock.now() + AFTER_START_MS), () => void makeQuietly())
  }

  async function makeQuietly(): Promise<void> {
    try {
      await make()
    } catch (error) {
      if (!isClosed) deps.log.error('no backup today', error)
    }
    if (!isClosed) arm()
  }

  async function replaceAll(): Promise<void> {
    const kept = basename(await make())
    for (const name of readdirSync(folder)) if (name !== kept) rmSync(join(folder, name), { force: true })
  }

  async function close(): Promise<void> {
    isClosed = true
    disarm()
    await thread?.end()
    await last
  }

  return { start: arm, close, make, replaceAll, idle: () => last }
}

/** Oldest first: the names hold the moment. */
function listDaily(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^daily-\d+\.db$/.test(name))
    .sort()
}
