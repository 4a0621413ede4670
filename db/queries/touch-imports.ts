/** Earlier contacts on their way into the history, and out again. */
import type { HistoryFindings } from '#shared/contract/history'
import type { TouchImportStage } from '#shared/domain/taxonomy'
import type { ErrorCode } from '#shared/errors'
import type { Db, Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import { withStaging } from './import-save.ts'
import { identityAt, SAME_COMPANY, domainOf } from './same-person.ts'

export interface TouchImport {
  readonly id: number
  readonly kind: 'file' | 'mailbox'
  readonly name: string
  readonly mailboxId: number | null
  readonly stage: TouchImportStage
  /** Epoch ms, all of them. */
  readonly sinceAt: number
  readonly untilAt: number
  readonly readAt: number
  readonly mails: number
  readonly failureCode: ErrorCode | null
  readonly kept: number
  readonly createdAt: number
}

const COLUMNS = `id, kind, name, mailbox_id AS mailboxId, stage, since_at AS sinceAt, until_at AS untilAt,
  read_at AS readAt, mails, failure_code AS failureCode, kept, created_at AS createdAt`

/** Newest first. */
export function listTouchImports(db: Reader): TouchImport[] {
  return statement<TouchImport>(db, `SELECT ${COLUMNS} FROM touch_imports ORDER BY id DESC`).all()
}

/** Null when there is none (any more). */
export function findTouchImport(db: Reader, id: number): TouchImport | null {
  return statement<TouchImport>(db, `SELECT ${COLUMNS} FROM touch_imports WHERE id = ?`).get(id) ?? null
}

export type NewTouchImport = Pick<TouchImport, 'kind' | 'name' | 'mailboxId' | 'stage' | 'createdAt'> & {
  readonly sinceAt: number
}

/** A mailbox is read from now down to `sinceAt`. Answers its id. */
export function insertTouchImport(tx: Writer, one: NewTouchImport): number {
  const sql = `INSERT INTO touch_imports (kind, name, mailbox_id, stage, since_at, until_at, read_at, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
  const { kind, name, mailboxId, stage, sinceAt, createdAt } = one
  const { lastInsertRowid } = statement(tx, sql).run(
    kind,
    name,
    mailboxId,
    stage,
    sinceAt,
    createdAt,
    createdAt,
    createdAt,
  )
  return Number(lastInsertRowid)
}

export function setTouchImportStage(
  tx: Writer,
  id: number,
  to: { readonly stage: TouchImportStage; readonly failureCode?: ErrorCode },
): void {
  const sql = 'UPDATE touch_imports SET stage = ?, failure_code = ? WHERE id = ?'
  statement(tx, sql).run(to.stage, to.failureCode ?? null, id)
}

/** With everything that it found. */
export function deleteTouchImport(tx: Writer, id: number): void {
  statement(tx, 'DELETE FROM touch_imports WHERE id = ?').run(id)
}

export interface FoundPiece {
  /** Mails that were looked at. */
  readonly mails: number
  readonly contacts: readonly { readonly identity: string; readonly at: number }[]
  /** Everything after this moment has been read, epoch ms. */
  readonly readAt: number
}

/** What a stretch of a mailbox holds, and how far it was read: both or none. */
export function addFound(tx: Writer, id: number, piece: FoundPiece): void {
  const insert = statement(
    tx,
    "INSERT INTO found_touches (import_id, identity, at, note) VALUES (?, ?, ?, '') ON CONFLICT DO NOTHING",
  )
  for (const { identity, at } of piece.contacts) insert.run(id, identity, at)
  const sql = 'UPDATE touch_imports SET mails = mails + ?, read_at = ? WHERE id = ?'
  statement(tx, sql).run(piece.mails, piece.readAt, id)
}

/** The readable rows of a checked file, lines after `after` up to `upTo`. */
export function addFoundRows(
  db: Db,
  file: string,
  to: { readonly id: number; readonly after: number; readonly upTo: number },
): void {
  withStaging(db, file, (tx) => {
    tx.$client
      .prepare(
        `INSERT INTO main.found_touches (import_id, identity, at, note)
         SELECT ?, r.identity, r.at, r.note FROM staging.rows r
         WHERE r.verdict = 'new' AND r.line > ? AND r.line <= ? ON CONFLICT DO NOTHING`,
      )
      .run(to.id, to.after, to.upTo)
  })
}

export function countFound(db: Reader, id: number): number {
  const sql = 'SELECT count(*) AS n FROM found_touches WHERE import_id = ?'
  return statement<{ n: number }>(db, sql).get(id)?.n ?? 0
}

export function countKept(db: Reader, id: number): number {
  return statement<{ n: number }>(db, 'SELECT count(*) AS n FROM touches WHERE import_id = ?').get(id)?.n ?? 0
}

/**
 * Adds up to `limit` of what was found to the history and forgets that it was found. What is there already, from whatever
 * source, is not added again. True: nothing is left.
 */
export function keepFound(tx: Writer, id: number, limit: number): boolean {
  const piece = 'SELECT identity, at FROM found_touches WHERE import_id = ? ORDER BY identity, at LIMIT ?'
  const { changes: added } = statement(
    tx,
    `INSERT INTO touches (identity, at, source, import_id, note)
     SELECT identity, at, 'imported', import_id, note FROM found_touches
     WHERE import_id = ? ORDER BY identity, at LIMIT ? ON CONFLICT DO NOTHING`,
  ).run(id, limit)
  const { changes: taken } = statement(
    tx,
    `DELETE FROM found_touches WHERE import_id = ? AND (identity, at) IN (${piece})`,
  ).run(id, id, limit)
  statement(tx, 'UPDATE touch_imports SET kept = kept + ? WHERE id = ?').run(added, id)
  return taken < limit
}

/** Takes up to `limit` contacts that it added out of the history. True: none is left. */
export function removeKept(tx: Writer, id: number, limit: number): boolean {
  const { changes } = statement(
    tx,
    'DELETE FROM touches WHERE id IN (SELECT id FROM touches WHERE import_id = ? LIMIT ?)',
  ).run(id, limit)
  return changes < limit
}

const PEOPLE = `WITH person AS (
    SELECT identity, max(at) AS at FROM found_touches WHERE import_id = ? GROUP BY identity),
  everywhere AS (
    SELECT identity, at FROM person
    UNION ALL SELECT ${identityAt('person.identity', 'other.domain')}, person.at
      FROM person CROSS JOIN ${SAME_COMPANY} WHERE mine.domain = ${domainOf('person.identity')}),
  met AS (
    SELECT leads.id, max(everywhere.at) AS at,
      coalesce((SELECT max(t.at) FROM touches t WHERE t.identity = leads.identity), 0) AS before
    FROM everywhere CROSS JOIN leads ON leads.identity = everywhere.identity AND leads.removed_at IS NULL
    GROUP BY leads.id)`

/** What keeping it would do. `coolAfter`, epoch ms: who was written to after that is left alone. */
export function findingsOf(db: Reader, id: number, coolAfter: number): HistoryFindings {
  const contacts = statement<Pick<HistoryFindings, 'contacts' | 'people' | 'oldestAt' | 'newestAt' | 'known'>>(
    db,
    `SELECT count(*) AS contacts, count(DISTINCT identity) AS people, min(at) AS oldestAt, max(at) AS newestAt,
       coalesce(sum(EXISTS (SELECT 1 FROM touches t WHERE t.identity = f.identity AND t.at = f.at AND t.send_id IS NULL)), 0) AS known
     FROM found_touches f WHERE import_id = ?`,
  ).get(id)
  const people = statement<Pick<HistoryFindings, 'leads' | 'coolingLeads' | 'waitingMails'>>(
    db,
    `${PEOPLE} SELECT count(*) AS leads,
       count(*) FILTER (WHERE at > ? AND before <= ?) AS coolingLeads,
       coalesce(sum((SELECT count(*) FROM sends WHERE sends.lead_id = met.id AND sends.status = 'pending'))
         FILTER (WHERE at > ? AND before <= ?), 0) AS waitingMails
     FROM met`,
  ).get(id, coolAfter, coolAfter, coolAfter, coolAfter)
  if (!contacts || !people) throw new Error('an aggregate answers one row')
  return { ...contacts, ...people }
}
