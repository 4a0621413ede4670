import type { Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** Remembers that a mail to this person is leaving; a later attempt of the same send moves the moment. */
export function touchBySend(tx: Writer, sendId: number, at: number): void {
  statement(
    tx,
    `INSERT INTO touches (identity, at, source, send_id)
     SELECT iif(to_identity = '', leads.identity, to_identity), ?, 'sent', sends.id
     FROM sends JOIN leads ON leads.id = sends.lead_id WHERE sends.id = ?
     ON CONFLICT (send_id) DO UPDATE SET at = excluded.at`,
  ).run(at, sendId)
}

/** After the clock was set back: a contact that seems to lie in the future was just now. Of several one is enough. */
export function pullBackTouches(tx: Writer, now: number): void {
  statement(tx, 'UPDATE OR REPLACE touches SET at = ? WHERE at > ?').run(now, now)
}

/** Forgets it again: the mail surely did not leave. */
export function untouchBySend(tx: Writer, sendId: number): void {
  statement(tx, 'DELETE FROM touches WHERE send_id = ?').run(sendId)
}
