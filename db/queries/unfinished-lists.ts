/**
 * A long list is saved in pieces, so that the app answers meanwhile. Until the last piece it is unfinished: nobody may see,
 * change or queue its leads. They are the last ones of the table, since only one list is saved at a time, so one bound
 * hides them all.
 */
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** Leads with this id or a higher one are hidden; null (nearly always) when none are. */
export function hiddenFrom(db: Pick<Reader, '$client'>): number | null {
  const sql = `SELECT min((SELECT min(l.id) FROM leads l WHERE l.list_id = lists.id AND l.removed_at IS NULL)) AS id
    FROM lists WHERE lists.saving_since IS NOT NULL`
  return statement<{ id: number | null }>(db, sql).get()?.id ?? null
}

/** Ids of the lists whose saving has not come to its end. */
export function listUnfinished(db: Pick<Reader, '$client'>): number[] {
  const rows = statement<{ id: number }>(db, 'SELECT id FROM lists WHERE saving_since IS NOT NULL').all()
  return rows.map((row) => row.id)
}

/** Removes up to `limit` leads of this list, newest first, then the list itself. True: nothing of it is left. */
export function removeUnfinished(tx: Writer, listId: number, limit: number): boolean {
  const sql = `DELETE FROM leads WHERE id IN (SELECT l.id FROM lists CROSS JOIN leads l ON l.list_id = lists.id
    WHERE lists.id = ? AND lists.saving_since IS NOT NULL AND l.removed_at IS NULL ORDER BY l.id DESC LIMIT ?)`
  if (statement(tx, sql).run(listId, limit).changes === limit) return false
  statement(tx, 'DELETE FROM lists WHERE id = ? AND saving_since IS NOT NULL').run(listId)
  return true
}
