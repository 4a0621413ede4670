/** Does an incoming mail concern us? Asked before it is opened. */
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

export interface TracesOf {
  isOurThread(threadId: string): boolean
  /** With brackets. */
  isOurMail(messageId: string): boolean
  hasWrittenTo(identity: string): boolean
  /** Subjects of mail of ours to people of this domain, newest first, at most 200. */
  subjectsAt(domain: string): string[]
}

/** Answers for the mail that left one mailbox. */
export function tracesOf(db: Reader, mailboxId: number): TracesOf {
  const isThere = (sql: string, ...values: (string | number)[]): boolean =>
    statement<{ found: number }>(db, `SELECT EXISTS (${sql}) AS found`).get(...values)?.found === 1
  return {
    isOurThread: (threadId) =>
      isThere('SELECT 1 FROM sends WHERE mailbox_id = ? AND thread_id = ?', mailboxId, threadId),
    isOurMail: (messageId) =>
      isThere('SELECT 1 FROM sends WHERE message_id = ? AND mailbox_id = ?', messageId, mailboxId),
    hasWrittenTo: (identity) =>
      isThere(
        `SELECT 1 FROM touches JOIN sends ON sends.id = touches.send_id
         WHERE touches.identity = ? AND sends.mailbox_id = ? AND sends.status = 'sent'`,
        identity,
        mailboxId,
      ),
    subjectsAt: (domain) =>
      statement<{ subject: string }>(
        db,
        `SELECT DISTINCT send_bodies.subject FROM leads JOIN sends ON sends.lead_id = leads.id
         JOIN send_bodies ON send_bodies.send_id = sends.id
         WHERE leads.domain = ? AND sends.mailbox_id = ? AND sends.status = 'sent' ORDER BY sends.id DESC LIMIT 200`,
      )
        .all(domain, mailboxId)
        .map((row) => row.subject),
  }
}
