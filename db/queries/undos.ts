import type { UndoKind } from '../schema/leads.ts'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** The newest may be as large as it is; older ones are kept while they are few and small. */
const KEEP_UNDOS = 50
const KEEP_UNDO_LEADS = 300_000

/** An empty undo that nobody can use yet; the change fills it with a row for each lead, then `openUndo` offers it. */
export function insertUndo(tx: Writer, kind: UndoKind, now: number): number {
  const sql = 'INSERT INTO undos (kind, lead_count, created_at) VALUES (?, 0, ?)'
  return Number(statement(tx, sql).run(kind, now).lastInsertRowid)
}

/** Offers it from now on, and shuts what is too old to be taken back. */
export function openUndo(tx: Writer, undoId: number, leadCount: number): void {
  statement(tx, "UPDATE undos SET lead_count = ?, state = 'open' WHERE id = ?").run(leadCount, undoId)
  statement(
    tx,
    `UPDATE undos SET state = 'shut' WHERE state = 'open' AND id < (SELECT min(id) FROM (
       SELECT id, row_number() OVER newest AS place, sum(lead_count) OVER newest AS leads FROM undos WHERE state = 'open'
       WINDOW newest AS (ORDER BY id DESC)
     ) WHERE place = 1 OR (place <= ${KEEP_UNDOS} AND leads <= ${KEEP_UNDO_LEADS}))`,
  ).run()
}

/** Null when it is too old or was used already. */
export function findUndo(tx: Writer, undoId: number): UndoKind | null {
  const sql = "SELECT kind FROM undos WHERE id = ? AND state = 'open'"
  return statement<{ kind: UndoKind }>(tx, sql).get(undoId)?.kind ?? null
}

/** Nobody can use it any more; `forgetShut` removes it. */
export function shutUndo(tx: Writer, undoId: number): void {
  statement(tx, "UPDATE undos SET state = 'shut' WHERE id = ?").run(undoId)
}

/** It is being used from now on, by nobody else, and also by the next start if this process dies over it. */
export function useUndo(tx: Writer, undoId: number): void {
  statement(tx, "UPDATE undos SET state = 'returning' WHERE id = ?").run(undoId)
}

/** Using it failed half way: the rest may still be taken back. */
export function reopenUndo(tx: Writer, undoId: number): void {
  statement(tx, "UPDATE undos SET state = 'open' WHERE id = ?").run(undoId)
}

/** Changes that were being made, or taken back, when the process ended; the newest first, as they lie upon each other. */
export function listHalfDone(db: Pick<Reader, '$client'>): HalfDone[] {
  const sql = "SELECT id, kind, state FROM undos WHERE state = 'making' OR state = 'returning' ORDER BY id DESC"
  return statement<HalfDone>(db, sql).all()
}

export interface HalfDone {
  readonly id: number
  readonly kind: UndoKind
  readonly state: 'making' | 'returning'
}

export function hasShutUndo(db: Pick<Reader, '$client'>): boolean {
  return statement<{ n: number }>(db, "SELECT EXISTS (SELECT 1 FROM undos WHERE state = 'shut') AS n").get()?.n === 1
}

/** Removes up to `limit` rows of undos that are shut, then the undos. True: none is left. */
export function forgetShut(tx: Writer, limit: number): boolean {
  const { changes } = statement(
    tx,
    `DELETE FROM undo_leads WHERE (undo_id, lead_id) IN (
       SELECT r.undo_id, r.lead_id FROM undos CROSS JOIN undo_leads r ON r.undo_id = undos.id
       WHERE undos.state = 'shut' LIMIT ?)`,
  ).run(limit)
  if (changes === limit) return false
  statement(tx, "DELETE FROM undos WHERE state = 'shut'").run()
  return true
}

/** The lead at which a piece of up to `size` rows after the lead `after` ends; null when there is no row left. */
export function undoPieceEnd(
  tx: Writer,
  undoId: number,
  { after, size }: { after: number; size: number },
): number | null {
  const sql = `SELECT max(lead_id) AS id FROM (SELECT lead_id FROM undo_leads WHERE undo_id = ? AND lead_id > ?
    ORDER BY lead_id LIMIT ?)`
  return statement<{ id: number | null }>(tx, sql).get(undoId, after, size)?.id ?? null
}

const OF_UNDO = 'undo.undo_id = ? AND undo.lead_id > ? AND undo.lead_id <= ? AND undo.lead_id = leads.id'

/** An address or person that is live again by now must not become two: such a lead is left alone. */
const IDENTITY_FREE = (identity: string) =>
  `NOT EXISTS (SELECT 1 FROM leads other WHERE other.identity = ${identity}
     AND other.removed_at IS NULL AND other.id <> leads.id)`

const RESTORE: Record<UndoKind, string> = {
  review: `UPDATE leads SET review = undo.before, revision = leads.revision + 1
    FROM undo_leads undo WHERE ${OF_UNDO} AND leads.removed_at IS NULL`,
  tag: `UPDATE leads SET tags = undo.before, revision = leads.revision + 1
    FROM undo_leads undo WHERE ${OF_UNDO} AND leads.removed_at IS NULL`,
  edit: `UPDATE leads SET revision = leads.revision + 1,
      email = undo.before ->> 'email', identity = undo.before ->> 'identity', domain = undo.before ->> 'domain',
      is_role = undo.before ->> 'is_role', first_name = undo.before ->> 'first_name',
      last_name = undo.before ->> 'last_name', company = undo.before ->> 'company', title = undo.before ->> 'title',
      website = undo.before ->> 'website', phone = undo.before ->> 'phone', country = undo.before ->> 'country',
      zone = undo.before ->> 'zone', note = undo.before ->> 'note', fields = undo.before ->> 'fields',
      source = undo.before ->> 'source', basis = undo.before ->> 'basis',
      basis_at = undo.before ->> 'basis_at', basis_note = undo.before ->> 'basis_note'
    FROM undo_leads undo WHERE ${OF_UNDO} AND leads.removed_at IS NULL
      AND ${IDENTITY_FREE("undo.before ->> 'identity'")}`,
  remove: `UPDATE leads SET removed_at = NULL, revision = leads.revision + 1
    FROM undo_leads undo WHERE ${OF_UNDO} AND leads.removed_at IS NOT NULL AND ${IDENTITY_FREE('leads.identity')}`,
}

/** The rows whose lead has been changed since: what is left may be restored. */
const FORGET_CHANGED = `DELETE FROM undo_leads
  WHERE undo_id = ? AND lead_id > ? AND lead_id <= ? AND revision <> (SELECT leads.revision FROM leads WHERE leads.id = undo_leads.lead_id)`

/**
 * A restored lead is what an older change had left behind, under a new revision: the older change may be taken back too.
 */
const PASS_ON = `UPDATE undo_leads SET revision = leads.revision
  FROM undo_leads taken JOIN leads ON leads.id = taken.lead_id
  WHERE taken.undo_id = ? AND taken.lead_id > ? AND taken.lead_id <= ? AND leads.revision = taken.revision + 1
    AND undo_leads.undo_id < taken.undo_id AND undo_leads.lead_id = taken.lead_id
    AND undo_leads.revision = taken.revision_before`

export interface UndoPiece {
  readonly undoId: number
  readonly kind: UndoKind
  /** Leads after this one … */
  readonly after: number
  /** … up to and including this one. */
  readonly upTo: number
}

/** Puts back what the change replaced, where nothing else has changed the lead since. Answers how many. */
export function restoreLeads(tx: Writer, { undoId, kind, after, upTo }: UndoPiece): number {
  statement(tx, FORGET_CHANGED).run(undoId, after, upTo)
  const { changes } = statement(tx, RESTORE[kind]).run(undoId, after, upTo)
  statement(tx, PASS_ON).run(undoId, after, upTo)
  return changes
}
