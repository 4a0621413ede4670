/**
 * Beside the database lies a small file that tells how far sending had come. A database that is older was restored from a
 * backup: mail that waits in it may have left since. Where a mailbox can be read that is looked up; elsewhere the rep is asked.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { write } from '#db/open'
import { insertEvent, lastEventId } from '#db/queries/events'
import { getSetting, setSetting } from '#db/queries/settings'
import { parkRestored } from '#db/queries/waiting-sends'
import { replaceFile } from '../../platform/secret-file.ts'
import type { EngineContext } from '../context.ts'
import type { Ownership } from '../owner.ts'

export interface SentMark {
  /** Is the database older than the mark? To be asked before a new owner writes its first event. */
  isOlder(): boolean
  /** A new owner begins. Parks what may have left already, where the database is older. */
  begin(isOlder: boolean): void
  /** Before a mail leaves a mailbox that cannot be read. Throws what the disk says: then it must not leave. */
  note(): void
}

export interface SentMarkDeps extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'dataFolder'> {
  readonly ownership: Pick<Ownership, 'epoch'>
}

const Mark = z.object({
  /** Under which owners this database was written last: a copy of it may have had others. */
  owners: z.array(z.string()),
  /** The newest event when a mail left last. */
  event: z.int(),
})
type Mark = z.infer<typeof Mark>

export function createSentMark(deps: SentMarkDeps): SentMark {
  const { db, clock } = deps
  const file = join(deps.dataFolder, 'last-sent.json')
  let owners: readonly string[] = []

  function isOlder(): boolean {
    const mark = readMark(file)
    const last = getSetting(db, 'lastOwner')
    // A new database has nothing that could have left.
    if (mark === null || last === '') return false
    return !mark.owners.includes(last) || mark.event > lastEventId(db)
  }

  function begin(wasOlder: boolean): void {
    if (wasOlder) park()
    const last = getSetting(db, 'lastOwner')
    const now = clock.now()
    const owner = `${deps.ownership.epoch()}-${now}`
    owners = [last, owner].filter((each) => each !== '')
    try {
      keep({ owners: [...owners], event: lastEventId(db) })
      write(db, (tx) => setSetting(tx, 'lastOwner', owner))
    } catch (error) {
      deps.log.error('how far sending has come cannot be noted', error)
    }
  }

  function park(): void {
    const now = clock.now()
    write(db, (tx) => {
      setSetting(tx, 'restoredAt', now)
      const parked = parkRestored(tx)
      insertEvent(tx, { at: now, kind: 'database_restored', data: { waiting: parked.length } })
      for (const sendId of parked) {
        insertEvent(tx, { at: now, kind: 'send_parked', sendId, data: { because: 'restored' } })
      }
    })
  }

  const keep = (mark: Mark): void => replaceFile(file, JSON.stringify(mark))

  return { isOlder, begin, note: () => keep({ owners: [...owners], event: lastEventId(db) }) }
}

/** Null: there is none yet. One that cannot be read fits no database. */
function readMark(file: string): Mark | null {
  if (!existsSync(file)) return null
  try {
    return Mark.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { owners: [], event: 0 }
  }
}
