/** How the first mails to a list fared, and whether the rest of it is held. */
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** The list that a lead came with. */
export function listOf(db: Reader, leadId: number): number | null {
  return statement<number>(db, 'SELECT list_id FROM leads WHERE id = ?').pluck().get(leadId) ?? null
}

/** Of the first `first` mails that were sent to a list: how many came back for good. Undone verdicts do not count. */
export function countEarlyBounces(db: Reader, listId: number, first: number): number {
  const row = statement<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM (
       SELECT sends.id FROM leads JOIN sends INDEXED BY sends_sent ON sends.lead_id = leads.id AND sends.status = 'sent'
       WHERE leads.list_id = ? ORDER BY sends.finished_at, sends.id LIMIT ?) AS early
     WHERE EXISTS (SELECT 1 FROM incoming WHERE incoming.send_id = early.id AND verdict = 'bounced' AND severity = 'hard'
       AND undone_at IS NULL)`,
  ).get(listId, first)
  return row?.n ?? 0
}

/** False when it stood so already. `heldAt` epoch ms; null lets it go on. */
export function holdList(tx: Writer, listId: number, heldAt: number | null): boolean {
  const sql = 'UPDATE lists SET held_at = ? WHERE id = ? AND (held_at IS NULL) = (? IS NOT NULL)'
  return statement(tx, sql).run(heldAt, listId, heldAt).changes === 1
}

/** May this list be held again? The rep's word stands. */
export function isListTrusted(db: Reader, listId: number): boolean {
  return statement<number>(db, 'SELECT is_trusted FROM lists WHERE id = ?').pluck().get(listId) === 1
}

export function trustList(tx: Writer, listId: number): void {
  statement(tx, 'UPDATE lists SET is_trusted = 1 WHERE id = ?').run(listId)
}

/** What stands aside because its list was held goes back into its lane. */
export function unparkList(tx: Writer, listId: number): number {
  return statement(
    tx,
    `UPDATE sends SET parked = NULL, revision = revision + 1 WHERE status = 'pending' AND parked = 'list_held'
       AND lead_id IN (SELECT id FROM leads WHERE list_id = ?)`,
  ).run(listId).changes
}

export interface HeldList {
  readonly id: number
  readonly name: string
  /** Epoch ms. */
  readonly heldAt: number
  /** Mails that wait for it. */
  readonly waiting: number
}

export function listHeld(db: Reader): HeldList[] {
  return statement<HeldList>(
    db,
    `SELECT id, name, held_at AS heldAt, (SELECT count(*) FROM leads JOIN sends INDEXED BY sends_lead ON sends.lead_id = leads.id
       AND sends.status = 'pending' WHERE leads.list_id = lists.id) AS waiting
     FROM lists INDEXED BY lists_held WHERE held_at IS NOT NULL ORDER BY id`,
  ).all()
}
