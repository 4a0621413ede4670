import type { UndoKind } from '../schema/leads.ts'
import type { Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** The newest may be as large as it is; older ones are kept while they are few and small. */
const KEEP_UNDOS = 50
const KEEP_UNDO_LEADS = 300_000

/** An empty undo; the change fills it with a row for each lead, then `closeUndo` counts them. */
export function insertUndo(tx: Writer, kind: UndoKind, now: number): number {
  const sql = 'INSERT INTO undos (kind, lead_count, created_at) VALUES (?, 0, ?)'
  return Number(statement(tx, sql).run(kind, now).lastInsertRowid)
}

/** Stores how many leads it covers and forgets what is too old to be taken back. */
export function closeUndo(tx: Writer, undoId: number, leadCount: number): void {
  statement(tx, 'UPDATE undos SET lead_count = ? WHERE id = ?').run(leadCount, undoId)
  statement(
    tx,
    `DELETE FROM undos WHERE id < (SELECT min(id) FROM (
       SELECT id, row_number() OVER newest AS place, sum(lead_count) OVER newest AS leads FROM undos
       WINDOW newest AS (ORDER BY id DESC)
     ) WHERE place = 1 OR (place <= ${KEEP_UNDOS} AND leads <= ${KEEP_UNDO_LEADS}))`,
  ).run()
}

/** Null when it is too old or was used already. */
export function findUndo(tx: Writer, undoId: number): UndoKind | null {
  return statement<{ kind: UndoKind }>(tx, 'SELECT kind FROM undos WHERE id = ?').get(undoId)?.kind ?? null
}

export function deleteUndo(tx: Writer, undoId: number): void {
  statement(tx, 'DELETE FROM undos WHERE id = ?').run(undoId)
}

const OF_UNDO = 'undo.undo_id = ? AND undo.lead_id = leads.id'

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
      zone = undo.before ->> 'zone', note = undo.before ->> 'note', fields = undo.before ->> 'fields'
    FROM undo_leads undo WHERE ${OF_UNDO} AND leads.removed_at IS NULL
      AND ${IDENTITY_FREE("undo.before ->> 'identity'")}`,
  remove: `UPDATE leads SET removed_at = NULL, revision = leads.revision + 1
    FROM undo_leads undo WHERE ${OF_UNDO} AND leads.removed_at IS NOT NULL AND ${IDENTITY_FREE('leads.identity')}`,
}

/** The rows whose lead has been changed since: what is left may be restored. */
const FORGET_CHANGED = `DELETE FROM undo_leads
  WHERE undo_id = ? AND revision <> (SELECT leads.revision FROM leads WHERE leads.id = undo_leads.lead_id)`

/**
 * A restored lead is what an older change had left behind, under a new revision: the older change may be taken back too.
 */
const PASS_ON = `UPDATE undo_leads SET revision = leads.revision
  FROM undo_leads taken JOIN leads ON leads.id = taken.lead_id
  WHERE taken.undo_id = ? AND leads.revision = taken.revision + 1
    AND undo_leads.undo_id < taken.undo_id AND undo_leads.lead_id = taken.lead_id
    AND undo_leads.revision = taken.revision_before`

/** Puts back what the change replaced, where nothing else has changed the lead since. Answers how many. */
export function restoreLeads(tx: Writer, undoId: number, kind: UndoKind): number {
  statement(tx, FORGET_CHANGED).run(undoId)
  const { changes } = statement(tx, RESTORE[kind]).run(undoId)
  statement(tx, PASS_ON).run(undoId)
  return changes
}
