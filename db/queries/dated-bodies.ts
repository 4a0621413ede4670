import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import type { SendBody } from './sends.ts'

/** The mail as approved, with its marks, once an attempt has put another text in its place; null before. */
export function findDatedBody(db: Reader, sendId: number): SendBody | null {
  const sql = 'SELECT subject, text, html FROM dated_bodies WHERE send_id = ?'
  return statement<SendBody>(db, sql).get(sendId) ?? null
}

/** The mail as it leaves now. What was approved is kept beside it, for the next attempt. */
export function keepLeaving(tx: Writer, sendId: number, leaving: SendBody): void {
  statement(
    tx,
    `INSERT INTO dated_bodies (send_id, subject, text, html)
     SELECT send_id, subject, text, html FROM send_bodies WHERE send_id = ? ON CONFLICT DO NOTHING`,
  ).run(sendId)
  setBody(tx, sendId, leaving)
}

/** Another mail in place of the approved one, marks and all. False when somebody moved the send first: nothing was written. */
export function editBody(
  tx: Writer,
  seen: { readonly id: number; readonly revision: number },
  body: SendBody,
): boolean {
  const { changes } = statement(
    tx,
    "UPDATE sends SET is_approved_late = 0, revision = revision + 1 WHERE id = ? AND revision = ? AND status = 'pending'",
  ).run(seen.id, seen.revision)
  if (changes !== 1) return false
  amendBody(tx, seen.id, body)
  return true
}

/** The approved text with something added by the engine, where nobody has begun to send it. */
export function amendBody(tx: Writer, sendId: number, body: SendBody): void {
  statement(tx, 'DELETE FROM dated_bodies WHERE send_id = ?').run(sendId)
  setBody(tx, sendId, body)
}

function setBody(tx: Writer, sendId: number, { subject, text, html }: SendBody): void {
  const sql = 'UPDATE send_bodies SET subject = ?, text = ?, html = ? WHERE send_id = ?'
  statement(tx, sql).run(subject, text, html, sendId)
}
