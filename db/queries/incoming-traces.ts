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

/**
 * A mail that may have left: its provider was asked and gave no answer, or holds it until its time, or its draft lies where the
 * rep can send it by hand.
 */
export interface DoubtedSend {
  readonly sendId: number
  readonly key: string
  readonly draftId: string | null
  readonly to: string
  readonly toIdentity: string
  readonly subject: string
  /** When its provider was asked, or is to send it, epoch ms. */
  readonly askedAt: number
}

export function listDoubted(db: Reader, mailboxId: number): DoubtedSend[] {
  const sql = `SELECT sends.id AS sendId, key, draft_id AS draftId, to_address AS "to", to_identity AS toIdentity,
      send_bodies.subject, coalesce(started_at, created_at) AS askedAt
    FROM sends JOIN send_bodies ON send_bodies.send_id = sends.id WHERE sends.id IN (
      SELECT id FROM sends WHERE mailbox_id = ? AND status = 'uncertain'
      UNION ALL SELECT id FROM sends INDEXED BY sends_in_flight WHERE mailbox_id = ? AND status = 'processing'
        AND stage = 'handed_over'
      UNION ALL SELECT id FROM sends INDEXED BY sends_pending WHERE mailbox_id = ? AND status = 'pending'
        AND draft_id IS NOT NULL)
    ORDER BY sends.id`
  return statement<DoubtedSend>(db, sql).all(mailboxId, mailboxId, mailboxId)
}
