import { write } from '#db/open'
import type { Db } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { deleteSuppression, insertSuppression, listSuppressions, type NewSuppression } from '#db/queries/suppressions'
import type { Suppression } from '#shared/contract/app'
import { suppressionOf } from '#shared/domain/suppression-text'
import { utcText } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { csvText } from '../records/export-csv.ts'

export interface SuppressionsDeps extends EngineContext {
  /** Skips what waits for people who must not be written to any more; answers how many sends. */
  readonly skipSuppressed: () => number
}

/** Addresses and domains that must never be written to. */
export interface Suppressions {
  list(page: { search: string; offset: number; limit: number }): { rows: Suppression[]; total: number }
  /** All or none. Throws `suppression.invalid` with the first value that is neither address nor domain. */
  add(values: readonly string[]): { added: number; known: number; skippedSends: number }
  /** Harmless when there is none. What was skipped stays skipped. */
  remove(id: number): void
  /** A file of them was imported: so many are new. */
  imported(added: number): void
  export(): { fileName: string; text: string }
}

/** Rows are read in pieces of this many. */
const PIECE = 10_000

type Entry = Pick<NewSuppression, 'kind' | 'value' | 'typed'>

export function createSuppressions(deps: SuppressionsDeps): Suppressions {
  const { db, clock } = deps

  function add(values: readonly string[]): { added: number; known: number; skippedSends: number } {
    const entries = values.map(entryOf)
    const now = clock.now()
    const added = write(db, (tx) => {
      let count = 0
      for (const entry of entries) if (insertSuppression(tx, { ...entry, reason: 'by_hand', now })) count++
      if (count > 0) insertEvent(tx, { at: now, kind: 'lead_suppressed', data: { reason: 'by_hand', added: count } })
      return count
    })
    if (added > 0) tell()
    // Also when all were known: what waits for them must not go.
    const skippedSends = deps.skipSuppressed()
    return { added, known: entries.length - added, skippedSends }
  }

  function remove(id: number): void {
    const now = clock.now()
    const isRemoved = write(db, (tx) => {
      const removed = deleteSuppression(tx, id)
      if (removed) insertEvent(tx, { at: now, kind: 'suppression_removed', data: { suppressionId: id } })
      return removed
    })
    if (isRemoved) tell()
  }

  function imported(added: number): void {
    const data = { reason: 'imported', added }
    if (added > 0) write(db, (tx) => insertEvent(tx, { at: clock.now(), kind: 'lead_suppressed', data }))
    tell()
    deps.skipSuppressed()
  }

  function tell(): void {
    deps.publish({ type: 'suppressions.changed' })
    deps.publish({ type: 'leads.changed' })
  }

  return { list: (page) => listSuppressions(db, page), add, remove, imported, export: () => exportSuppressions(db) }
}

function entryOf(typed: string, index: number): Entry {
  const entry = suppressionOf(typed)
  if (!entry.ok) {
    const details = { value: typed.trim().slice(0, 100), line: index + 1, problem: entry.problem }
    throw new AppError('suppression.invalid', `value ${index + 1}: ${entry.problem}`, { details })
  }
  return entry
}

/** Every address and domain on the list, for a spreadsheet or another tool; an import takes it back. */
function exportSuppressions(db: Db): { fileName: string; text: string } {
  return { fileName: 'pacemail-do-not-contact.csv', text: csvText(rowsOf(db)) }
}

function* rowsOf(db: Db): Generator<string[]> {
  yield ['Address or domain', 'Kind', 'Why', 'Since']
  for (let offset = 0; ; offset += PIECE) {
    const { rows, total } = listSuppressions(db, { search: '', offset, limit: PIECE })
    for (const { value, kind, reason, createdAt } of rows) {
      // A name is no address: no other tool could take it.
      if (kind !== 'company') yield [value, kind, reason, utcText(createdAt)]
    }
    if (offset + PIECE >= total) return
  }
}
