/** Incoming mail that concerned a send: what is looked up to find that send, and what a verdict changes. */
import type { DueCode, EnrolmentStatus, IncomingVerdict, LeadContact, SendOutcome } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** A mail of ours that an incoming one may belong to. */
export interface SentCandidate {
  readonly sendId: number
  readonly leadId: number
  readonly key: string
  /** With brackets; null while it is not known. */
  readonly messageId: string | null
  readonly threadId: string | null
  /** As it was sent. */
  readonly toAddress: string
  readonly toIdentity: string
  readonly subject: string
  /** Epoch ms. */
  readonly sentAt: number
}

const CANDIDATE = `SELECT sends.id AS sendId, lead_id AS leadId, key, message_id AS messageId, thread_id AS threadId,
    to_address AS toAddress, to_identity AS toIdentity, send_bodies.subject, finished_at AS sentAt
  FROM sends JOIN send_bodies ON send_bodies.send_id = sends.id WHERE sends.status = 'sent' AND `

/** What is known of an incoming mail before it is matched. Empty lists and nulls look for nothing. */
export interface Traces {
  readonly mailboxId: number
  readonly keys: readonly string[]
  /** With brackets. */
  readonly messageIds: readonly string[]
  readonly threadId: string | null
  readonly identities: readonly string[]
  readonly domains: readonly string[]
  /** Older mail of ours is not looked at, epoch ms. */
  readonly since: number
}

/** The name of the company that a lead works for; '' where it is not known. */
export function getCompanyName(db: Reader, leadId: number): string {
  return statement<{ company: string }>(db, 'SELECT company FROM leads WHERE id = ?').get(leadId)?.company ?? ''
}

/** Until when somebody has said to be away, epoch ms; null: they have not, or are back at `now`. */
export function findAwayUntil(db: Reader, leadId: number, now: number): number | null {
  const sql = `SELECT max(returns_at) FROM incoming WHERE lead_id = ? AND verdict = 'auto_replied' AND returns_at > ?
    AND undone_at IS NULL`
  return statement<number | null>(db, sql).pluck().get(leadId, now) ?? null
}

/** Everybody who is away at `now`: until when, epoch ms, by lead. */
export function listAwayUntil(db: Reader, now: number): ReadonlyMap<number, number> {
  const rows = statement<[number, number]>(
    db,
    `SELECT lead_id, max(returns_at) FROM incoming WHERE verdict = 'auto_replied' AND returns_at > ?
       AND undone_at IS NULL GROUP BY lead_id`,
  )
  return new Map(rows.raw().all(now))
}

/** Every sent mail that one of the traces leads to, newest first, at most 200. */
export function listCandidates(db: Reader, traces: Traces): SentCandidate[] {
  const sql = `${CANDIDATE} sends.id IN (
      SELECT id FROM sends WHERE key IN (SELECT value FROM json_each(?))
      UNION SELECT id FROM sends WHERE message_id IN (SELECT value FROM json_each(?))
      UNION SELECT id FROM sends WHERE mailbox_id = ? AND thread_id = ?
      UNION SELECT send_id FROM touches WHERE identity IN (SELECT value FROM json_each(?))
      UNION SELECT sends.id FROM leads JOIN sends ON sends.lead_id = leads.id
        WHERE leads.domain IN (SELECT value FROM json_each(?)))
    AND sends.mailbox_id = ? AND finished_at >= ? ORDER BY finished_at DESC LIMIT 200`
  const { keys, messageIds, mailboxId, threadId, identities, domains, since } = traces
  return statement<SentCandidate>(db, sql).all(
    JSON.stringify(keys),
    JSON.stringify(messageIds),
    mailboxId,
    threadId,
    JSON.stringify(identities),
    JSON.stringify(domains),
    mailboxId,
    since,
  )
}

/** Sent mails whose real Message-ID is not known yet, newest first, at most 1,000. */
export function listUnread(
  db: Reader,
  mailboxId: number,
  since: number,
): { sendId: number; providerMessageId: string }[] {
  return statement<{ sendId: number; providerMessageId: string }>(
    db,
    `SELECT id AS sendId, provider_message_id AS providerMessageId FROM sends
     WHERE mailbox_id = ? AND status = 'sent' AND message_id IS NULL AND provider_message_id IS NOT NULL
       AND finished_at >= ? ORDER BY finished_at DESC LIMIT 1000`,
  ).all(mailboxId, since)
}

export function setSentAs(
  tx: Writer,
  sendId: number,
  sentAs: { readonly threadId: string | null; readonly messageId: string },
): void {
  statement(tx, 'UPDATE sends SET message_id = ?, thread_id = coalesce(?, thread_id) WHERE id = ?').run(
    sentAs.messageId,
    sentAs.threadId,
    sendId,
  )
}

/** The ids under which a sent mail was seen, where none were known. */
export function setSeenAs(
  tx: Writer,
  sendId: number,
  seen: { readonly providerMessageId: string; readonly threadId: string | null },
): void {
  const sql = `UPDATE sends SET provider_message_id = ?, thread_id = coalesce(thread_id, ?)
    WHERE id = ? AND provider_message_id IS NULL`
  statement(tx, sql).run(seen.providerMessageId, seen.threadId, sendId)
}

/** A mail that left by another program. False when it was known. */
export function insertOutsideMail(
  tx: Writer,
  mail: { readonly mailboxId: number; readonly providerMessageId: string; readonly sentAt: number },
): boolean {
  return (
    statement(
      tx,
      'INSERT INTO outside_mails (mailbox_id, provider_message_id, sent_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(mail.mailboxId, mail.providerMessageId, mail.sentAt).changes === 1
  )
}

/** It turned out not to have left. */
export function deleteOutsideMail(tx: Writer, mailboxId: number, providerMessageId: string): void {
  const sql = 'DELETE FROM outside_mails WHERE mailbox_id = ? AND provider_message_id = ?'
  statement(tx, sql).run(mailboxId, providerMessageId)
}

/** Is it the provider's id of a send of ours? */
export function isOurs(db: Reader, mailboxId: number, providerMessageId: string): boolean {
  const sql = 'SELECT 1 AS is_ours FROM sends WHERE mailbox_id = ? AND provider_message_id = ?'
  return statement<{ is_ours: number }>(db, sql).get(mailboxId, providerMessageId) !== undefined
}

/** A contact by hand with somebody who is a lead; nobody else is remembered. */
export function touchByHand(tx: Writer, identity: string, at: number): void {
  statement(
    tx,
    `INSERT INTO touches (identity, at, source) SELECT ?, ?, 'by_hand'
     WHERE EXISTS (SELECT 1 FROM leads WHERE identity = ?) ON CONFLICT DO NOTHING`,
  ).run(identity, at, identity)
}

export type BounceSeverity = 'hard' | 'soft' | 'blocked'

export interface NewIncoming {
  readonly mailboxId: number
  readonly providerMessageId: string
  /** Epoch ms. */
  readonly receivedAt: number
  readonly fromAddress: string
  readonly subject: string
  readonly verdict: IncomingVerdict
  /** Bounces only. */
  readonly severity: BounceSeverity | null
  readonly sendId: number
  readonly leadId: number
  readonly matchedBy: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly returnsAt: number | null
  readonly before: Before
  readonly now: number
}

/** What a verdict replaced. */
export interface Before {
  readonly contact: LeadContact
  readonly outcome: SendOutcome
  /** Entries that the verdict asks for: it made them, or another verdict had. */
  readonly suppressionIds: readonly number[]
  /** Sends that wait until the person is back. */
  readonly postponed: readonly Postponed[]
  /** Enrolments that it stopped or held. */
  readonly enrolments: readonly Restatus[]
  /** Waiting sends that it let go. */
  readonly skipped: readonly number[]
}

/** A mail is judged once: see `isJudged`. */
export function insertIncoming(tx: Writer, mail: NewIncoming): void {
  statement(
    tx,
    `INSERT INTO incoming (mailbox_id, provider_message_id, received_at, from_address, subject, verdict, severity, send_id,
       lead_id, matched_by, evidence, returns_at, before, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    mail.mailboxId,
    mail.providerMessageId,
    mail.receivedAt,
    mail.fromAddress,
    mail.subject,
    mail.verdict,
    mail.severity,
    mail.sendId,
    mail.leadId,
    mail.matchedBy,
    JSON.stringify(mail.evidence),
    mail.returnsAt,
    JSON.stringify(mail.before),
    mail.now,
  )
}

export function isJudged(db: Reader, mailboxId: number, providerMessageId: string): boolean {
  const sql = 'SELECT 1 AS is_judged FROM incoming WHERE mailbox_id = ? AND provider_message_id = ?'
  return statement<{ is_judged: number }>(db, sql).get(mailboxId, providerMessageId) !== undefined
}

/** Does a verdict that stands ask for this entry of the do-not-contact list, one other than `exceptId`? */
export function isAskedFor(db: Reader, suppressionId: number, exceptId = 0): boolean {
  const sql = `SELECT 1 AS found FROM incoming, json_each(before, '$.suppressionIds') AS asked
    WHERE undone_at IS NULL AND incoming.id <> ? AND asked.value = ? LIMIT 1`
  return statement<{ found: 1 }>(db, sql).get(exceptId, suppressionId) !== undefined
}

export interface IncomingRow {
  readonly id: number
  readonly mailboxId: number
  readonly receivedAt: number
  readonly fromAddress: string
  readonly subject: string
  readonly verdict: IncomingVerdict
  readonly severity: BounceSeverity | null
  readonly sendId: number
  readonly leadId: number
  readonly leadName: string
  readonly matchedBy: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly returnsAt: number | null
  readonly before: Before
  readonly undoneAt: number | null
}

const VIEW = `SELECT incoming.id, incoming.mailbox_id AS mailboxId, received_at AS receivedAt, from_address AS fromAddress,
    subject, verdict, severity, send_id AS sendId, lead_id AS leadId,
    trim(leads.first_name || ' ' || leads.last_name) AS leadName, matched_by AS matchedBy, evidence,
    returns_at AS returnsAt, before, undone_at AS undoneAt
  FROM incoming JOIN leads ON leads.id = incoming.lead_id`

/** Empty and null mean "any". */
export interface IncomingScope {
  readonly verdicts: readonly IncomingVerdict[]
  readonly mailboxId: number | null
  readonly sendId: number | null
}

/** Newest first. */
export function listIncoming(
  db: Reader,
  scope: IncomingScope,
  page: { readonly offset: number; readonly limit: number },
): { rows: IncomingRow[]; total: number } {
  const where = `WHERE (? = '[]' OR verdict IN (SELECT value FROM json_each(?)))
    AND (? IS NULL OR incoming.mailbox_id = ?) AND (? IS NULL OR send_id = ?)`
  const verdicts = JSON.stringify(scope.verdicts)
  const values = [verdicts, verdicts, scope.mailboxId, scope.mailboxId, scope.sendId, scope.sendId]
  const total = statement<{ n: number }>(db, `SELECT count(*) AS n FROM incoming ${where}`).get(...values)?.n ?? 0
  const sql = `${VIEW} ${where} ORDER BY received_at DESC, incoming.id DESC LIMIT ? OFFSET ?`
  const rows = statement<StoredIncoming>(db, sql).all(...values, page.limit, page.offset)
  return { rows: rows.map(toIncoming), total }
}

/** Null when there is none. */
export function findIncoming(db: Reader, incomingId: number): IncomingRow | null {
  const row = statement<StoredIncoming>(db, `${VIEW} WHERE incoming.id = ?`).get(incomingId)
  return row ? toIncoming(row) : null
}

type StoredIncoming = Omit<IncomingRow, 'evidence' | 'before'> & { readonly evidence: string; readonly before: string }

function toIncoming(row: StoredIncoming): IncomingRow {
  return {
    ...row,
    evidence: JSON.parse(row.evidence) as IncomingRow['evidence'],
    before: JSON.parse(row.before) as Before,
  }
}

/** The oldest later verdict that stands and stops the mail to the same person; null: none does. */
export function findLaterStop(
  db: Reader,
  { id, leadId }: { readonly id: number; readonly leadId: number },
): IncomingRow | null {
  const row = statement<StoredIncoming>(
    db,
    `${VIEW} WHERE incoming.lead_id = ? AND incoming.id > ? AND undone_at IS NULL
       AND (verdict IN ('replied', 'opted_out') OR (verdict = 'bounced' AND severity = 'hard'))
     ORDER BY incoming.id LIMIT 1`,
  ).get(leadId, id)
  return row ? toIncoming(row) : null
}

export function setBefore(tx: Writer, incomingId: number, before: Before): void {
  statement(tx, 'UPDATE incoming SET before = ? WHERE id = ?').run(JSON.stringify(before), incomingId)
}

/** What stands before a verdict changes it. */
export function standing(
  db: Reader,
  sendId: number,
): Pick<Before, 'contact' | 'outcome'> & { readonly domain: string } {
  const row = statement<{ contact: LeadContact; outcome: SendOutcome; domain: string }>(
    db,
    'SELECT leads.contact, sends.outcome, leads.domain FROM sends JOIN leads ON leads.id = sends.lead_id WHERE sends.id = ?',
  ).get(sendId)
  if (!row) throw new Error(`send ${sendId} is not there`)
  return row
}

export function setContact(tx: Writer, leadId: number, contact: LeadContact): void {
  statement(tx, 'UPDATE leads SET contact = ?, revision = revision + 1 WHERE id = ?').run(contact, leadId)
}

export function setOutcome(tx: Writer, sendId: number, outcome: SendOutcome): void {
  statement(tx, 'UPDATE sends SET outcome = ? WHERE id = ?').run(outcome, sendId)
}

/** A send that waits longer than it did. */
export interface Postponed {
  readonly sendId: number
  /** What it waited for before, epoch ms. */
  readonly notBefore: number
  readonly dueCode: DueCode
}

/** An enrolment that stands otherwise than it did. */
export interface Restatus {
  readonly enrolmentId: number
  readonly status: EnrolmentStatus
  readonly pausedAt: number | null
  readonly heldUntil: number | null
}

/** Nothing goes to this lead before `until` (epoch ms). Answers the sends that wait longer now. */
export function postponeLead(tx: Writer, leadId: number, until: number): Postponed[] {
  const postponed = statement<Postponed>(
    tx,
    `SELECT id AS sendId, not_before AS notBefore, due_code AS dueCode FROM sends
     WHERE lead_id = ? AND status = 'pending' AND not_before < ?`,
  ).all(leadId, until)
  for (const { sendId } of postponed) moveNotBefore(tx, { sendId, notBefore: until, dueCode: 'out_of_office' })
  return postponed
}

/** Back to what it waited for, where it still waits for `until` and nothing else has moved it. False when not. */
export function unpostpone(tx: Writer, before: Postponed, until: number): boolean {
  const sql = "SELECT id FROM sends WHERE id = ? AND status IN ('pending', 'skipped') AND not_before = ?"
  if (statement<{ id: number }>(tx, sql).get(before.sendId, until) === undefined) return false
  moveNotBefore(tx, before)
  return true
}

function moveNotBefore(tx: Writer, { sendId, notBefore, dueCode }: Postponed): void {
  const sql = 'UPDATE sends SET not_before = ?, due_code = ?, revision = revision + 1 WHERE id = ?'
  statement(tx, sql).run(notBefore, dueCode, sendId)
}

export function markUndone(tx: Writer, incomingId: number, now: number): void {
  statement(tx, 'UPDATE incoming SET undone_at = ? WHERE id = ?').run(now, incomingId)
}

/** What came back for one mail. */
export interface SentOutcome {
  readonly outcome: SendOutcome
  readonly severity: BounceSeverity | null
  /** 1: somebody called it spam. */
  readonly isComplaint: 0 | 1
}

/** The last `most` mails that a mailbox has sent since `since` (epoch ms), with what came back, newest first. */
export function listOutcomes(
  db: Reader,
  { mailboxId, since, most }: { readonly mailboxId: number; readonly since: number; readonly most: number },
): SentOutcome[] {
  return statement<SentOutcome>(
    db,
    `SELECT sends.outcome, (SELECT severity FROM incoming WHERE send_id = sends.id AND verdict = 'bounced' AND undone_at IS NULL
       ORDER BY received_at DESC LIMIT 1) AS severity, EXISTS (SELECT 1 FROM incoming WHERE send_id = sends.id
         AND verdict = 'opted_out' AND undone_at IS NULL AND evidence ->> 'rule' = 'complaint') AS isComplaint
     FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at >= ? AND status = 'sent' ORDER BY paced_at DESC LIMIT ?`,
  ).all(mailboxId, since, most)
}
