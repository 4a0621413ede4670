/** One person's data: shown, handed out, and erased so that nothing of it can be found any more. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Reader, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getDatabaseSize } from '#db/queries/insights'
import {
  countMentions,
  countPersonSends,
  countTouches,
  erasePerson,
  findPersonRows,
  listPersonKeys,
  listPersonPending,
  type PersonRows,
  readPerson,
  rewriteFile,
} from '#db/queries/people'
import { getSetting, setSetting } from '#db/queries/settings'
import { findSuppressionId } from '#db/queries/suppressions'
import type { PersonSummary } from '#shared/contract/people'
import { parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Erased } from './erased.ts'
import { forgetFiltersWith } from './lead-filters.ts'
import { practiceFolders } from '../folders.ts'

export interface People {
  /** Throws `lead.address_invalid`. */
  find(address: string): PersonSummary
  /** Every row that is about this person. Throws `lead.address_invalid`. */
  export(address: string): { fileName: string; text: string }
  /** Throws `person.not_confirmed`, `person.in_flight`, `import.busy`, `disk.full`; nothing was erased then. */
  erase(request: EraseRequest): Promise<Erasure>
  /** Makes up for what a crash has left undone; for the start. */
  finish(): void
}

export interface EraseRequest {
  readonly address: string
  /** The address, typed once more. */
  readonly confirmation: string
  /** Also makes a new backup and removes the older ones, which still hold the person. */
  readonly replacesBackups: boolean
}

export interface Erasure {
  readonly leads: number
  readonly mails: number
  readonly cancelled: number
  /** False: another window was reading, so traces may be left in the database's log until it is closed. */
  readonly isTraceless: boolean
  readonly hasReplacedBackups: boolean
}

export interface PeopleDeps extends Pick<EngineContext, 'db' | 'clock' | 'disk' | 'log' | 'publish' | 'dataFolder'> {
  readonly erased: Erased
  /** Cancels sends that wait. */
  readonly cancel: (sendIds: readonly number[]) => void
  /**
   * Forgets imported files that are open or still shown, and exports, and waits for a backup that is being made: it reads
   * the file. Throws `import.busy`.
   */
  readonly forgetFiles: () => Promise<void>
  /** Makes a new backup and removes all older ones. */
  readonly replaceBackups: () => Promise<void>
}

export function createPeople(deps: PeopleDeps): People {
  const { db, clock, erased } = deps

  function erase(request: EraseRequest): Promise<Erasure> {
    const identity = identityOf(request.address)
    const confirmed = parseAddress(request.confirmation)
    if (!confirmed.ok || confirmed.address.identity !== identity) {
      throw new AppError('person.not_confirmed', 'the typed address is another one')
    }
    refuseUnfinished(rowsOf(deps, identity))
    // Writing the file anew takes its size twice: the new file, and the log of writing it.
    if (deps.disk.freeBytes() < 2 * getDatabaseSize(db).bytes) throw new AppError('disk.full', 'no room to rewrite')
    return eraseNow(identity, request.replacesBackups)
  }

  async function eraseNow(identity: string, replacesBackups: boolean): Promise<Erasure> {
    await deps.forgetFiles()
    const waiting = listPersonPending(db, rowsOf(deps, identity))
    if (waiting.length > 0) deps.cancel(waiting)
    const { rows, keys } = eraseRows(identity)
    erasePracticeMail(deps, keys)
    const isTraceless = finishQuietly()
    if (replacesBackups) await deps.replaceBackups()
    for (const type of ['leads.changed', 'sends.changed', 'incoming.changed', 'suppressions.changed'] as const) {
      deps.publish({ type })
    }
    const { leadIds, sendIds } = rows
    return {
      leads: leadIds.length,
      mails: sendIds.length,
      cancelled: waiting.length,
      isTraceless,
      hasReplacedBackups: replacesBackups,
    }
  }

  /** All rows in one transaction, judged once more inside it: a mail may have begun to leave meanwhile. */
  function eraseRows(identity: string): { rows: PersonRows; keys: string[] } {
    const now = clock.now()
    return write(db, (tx) => {
      const rows = rowsOf({ db: tx }, identity)
      refuseUnfinished(rows)
      const keys = listPersonKeys(tx, rows)
      erasePerson(tx, rows, now)
      forgetFiltersWith(tx, identity)
      erased.add(tx, identity, now)
      setSetting(tx, 'isRewriteDue', true)
      const data = { leads: rows.leadIds.length, mails: rows.sendIds.length }
      insertEvent(tx, { at: now, kind: 'person_erased', data })
      return { rows, keys }
    })
  }

  function refuseUnfinished(rows: PersonRows): void {
    const counts = countPersonSends(db, rows)
    const processing = counts.get('processing') ?? 0
    const uncertain = counts.get('uncertain') ?? 0
    if (processing + uncertain === 0) return
    throw new AppError('person.in_flight', 'mail is on its way', { details: { processing, uncertain } })
  }

  /** The rows are gone by now; a file that cannot be written anew must not look as if they were not. */
  function finishQuietly(): boolean {
    try {
      return finishNow()
    } catch (error) {
      deps.log.error('the database was not written anew', error)
      return false
    }
  }

  function finishNow(): boolean {
    if (!rewriteFile(db)) return false
    write(db, (tx) => setSetting(tx, 'isRewriteDue', false))
    return true
  }

  return {
    find: (address) => summaryOf(deps, address),
    export(address) {
      const identity = identityOf(address)
      const data = { address, exportedAt: clock.now(), ...readPerson(db, rowsOf(deps, identity)) }
      return { fileName: 'pacemail-person.json', text: `${JSON.stringify(data, null, 2)}\n` }
    },
    erase: async (request) => erase(request),
    finish() {
      if (getSetting(db, 'isRewriteDue')) finishQuietly()
    },
  }
}

function identityOf(address: string): string {
  const parsed = parseAddress(address)
  if (!parsed.ok) throw new AppError('lead.address_invalid', parsed.problem, { details: { problem: parsed.problem } })
  return parsed.address.identity
}

function rowsOf({ db }: { readonly db: Reader }, identity: string): PersonRows {
  return findPersonRows(db, identity, (from) => {
    const parsed = parseAddress(from)
    return parsed.ok && parsed.address.identity === identity
  })
}

function summaryOf(deps: PeopleDeps, address: string): PersonSummary {
  const { db } = deps
  const rows = rowsOf(deps, identityOf(address))
  const counts = countPersonSends(db, rows)
  const waiting = counts.get('pending') ?? 0
  const inFlight = (counts.get('processing') ?? 0) + (counts.get('uncertain') ?? 0)
  return {
    leads: rows.leadIds.length,
    mails: rows.sendIds.length,
    waiting,
    inFlight,
    answers: rows.incomingIds.length,
    touches: countTouches(db, rows.identity),
    mentions: countMentions(db, rows),
    isSuppressed: findSuppressionId(db, 'address', rows.identity) !== null,
    isErased: deps.erased.has(rows.identity),
  }
}

/** Practice mail lies in files that are named after their send. */
function erasePracticeMail({ dataFolder }: Pick<PeopleDeps, 'dataFolder'>, keys: readonly string[]): void {
  if (keys.length === 0) return
  const folder = practiceFolders(dataFolder)
  for (const entry of entriesOf(folder)) {
    if (keys.some((key) => entry.includes(key))) rmSync(join(folder, entry), { force: true })
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    // No practice mailbox yet.
    return []
  }
}
