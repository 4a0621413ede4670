import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** A mail that another one answers, as it left. */
export interface MailBefore {
  readonly providerMessageId: string
  readonly threadId: string | null
  /** With brackets; null while it is not known. */
  readonly messageId: string | null
}

/** Whether a mail of a campaign has gone to somebody. */
export function hasGot(
  db: Reader,
  { campaignId, leadId }: { readonly campaignId: number; readonly leadId: number },
): boolean {
  const sql = `SELECT 1 AS found FROM sends INDEXED BY sends_sent WHERE lead_id = ? AND status = 'sent' AND campaign_id = ?`
  return statement<{ found: 1 }>(db, sql).get(leadId, campaignId) !== undefined
}

/** The sent mails of the thread that a step answers in, oldest first. Empty: it begins one, or nothing of it has left. */
export function listThread(
  db: Reader,
  { campaignId, leadId, step }: { readonly campaignId: number; readonly leadId: number; readonly step: number },
): MailBefore[] {
  return statement<MailBefore>(
    db,
    `SELECT provider_message_id AS providerMessageId, thread_id AS threadId, message_id AS messageId
     FROM sends INDEXED BY sends_sent WHERE lead_id = ? AND status = 'sent' AND campaign_id = ? AND step < ?
       AND provider_message_id IS NOT NULL
       AND step >= (SELECT max(step) FROM campaign_steps WHERE campaign_id = ? AND step <= ? AND threading = 'new')
     ORDER BY step`,
  ).all(leadId, campaignId, step, campaignId, step)
}

/** The subject with which a mail left, or is to leave. */
export function getSubject(db: Reader, sendId: number): string {
  return statement<string>(db, 'SELECT subject FROM send_bodies WHERE send_id = ?').pluck().get(sendId) ?? ''
}

export function setSubject(tx: Writer, sendId: number, subject: string): void {
  statement(tx, 'UPDATE send_bodies SET subject = ? WHERE send_id = ?').run(subject, sendId)
}
