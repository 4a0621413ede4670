/** One lead in one campaign, and the mails that are still to come for them. */
import type { DelayUnit, EnrolmentStatus, NeverCode } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import type { IsAway } from './campaign-sends.ts'

export interface Enrolment {
  readonly id: number
  readonly campaignId: number
  readonly leadId: number
  readonly mailboxId: number
  readonly status: EnrolmentStatus
  /** Epoch ms; null while it is not paused. */
  readonly pausedAt: number | null
  /** Epoch ms; null while it is not on hold. */
  readonly heldUntil: number | null
}

const COLUMNS = `SELECT id, campaign_id AS campaignId, lead_id AS leadId, mailbox_id AS mailboxId, status,
    paused_at AS pausedAt, held_until AS heldUntil FROM enrolments`

/** Null when the lead is not in the campaign. */
export function findEnrolment(db: Reader, campaignId: number, leadId: number): Enrolment | null {
  return statement<Enrolment>(db, `${COLUMNS} WHERE campaign_id = ? AND lead_id = ?`).get(campaignId, leadId) ?? null
}

/** Every enrolment of a lead, oldest first. */
export function listEnrolmentsOf(db: Reader, leadId: number): Enrolment[] {
  return statement<Enrolment>(db, `${COLUMNS} WHERE lead_id = ? ORDER BY id`).all(leadId)
}

/** Leads in a campaign that are (or are not) queued yet, in the order in which they were added. */
export function listEnrolledLeadIds(db: Reader, campaignId: number): number[] {
  return statement<number>(db, 'SELECT lead_id FROM enrolments WHERE campaign_id = ? ORDER BY id')
    .pluck()
    .all(campaignId)
}

export function countEnrolled(db: Reader, campaignId: number): number {
  return statement<number>(db, 'SELECT count(*) FROM enrolments WHERE campaign_id = ?').pluck().get(campaignId) ?? 0
}

/** False when the lead is in the campaign already: nothing was written. */
export function insertEnrolment(
  tx: Writer,
  enrolment: { readonly campaignId: number; readonly leadId: number; readonly mailboxId: number; readonly now: number },
): boolean {
  return (
    statement(
      tx,
      'INSERT INTO enrolments (campaign_id, lead_id, mailbox_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(enrolment.campaignId, enrolment.leadId, enrolment.mailboxId, enrolment.now).changes === 1
  )
}

/** Takes leads out of a campaign that has not begun. */
export function deleteEnrolments(tx: Writer, campaignId: number, leadIds: readonly number[]): number {
  return statement(
    tx,
    'DELETE FROM enrolments WHERE campaign_id = ? AND lead_id IN (SELECT value FROM json_each(?))',
  ).run(campaignId, JSON.stringify(leadIds)).changes
}

/** `until` epoch ms: when the pause began, or when the hold ends. */
export function setEnrolment(
  tx: Writer,
  enrolmentId: number,
  to: { readonly status: EnrolmentStatus; readonly pausedAt?: number; readonly heldUntil?: number },
): void {
  statement(tx, 'UPDATE enrolments SET status = ?, paused_at = ?, held_until = ? WHERE id = ?').run(
    to.status,
    to.pausedAt ?? null,
    to.heldUntil ?? null,
    enrolmentId,
  )
}

/** A lead whose last mail of a campaign has ended is finished. False when something is still to come, or it ended before. */
export function finishEnrolment(tx: Writer, campaignId: number, leadId: number): boolean {
  return (
    statement(
      tx,
      `UPDATE enrolments SET status = 'finished', paused_at = NULL, held_until = NULL
       WHERE campaign_id = ? AND lead_id = ? AND status IN ('active', 'paused', 'on_hold')
         AND NOT EXISTS (SELECT 1 FROM sends INDEXED BY sends_lead WHERE sends.lead_id = enrolments.lead_id
           AND sends.campaign_id = enrolments.campaign_id AND sends.status IN ('pending', 'processing', 'uncertain'))`,
    ).run(campaignId, leadId).changes === 1
  )
}

/** A send of the same enrolment. */
export interface Sibling {
  readonly id: number
  readonly step: number
  readonly skippedCode: NeverCode | null
}

/** The later mails of an enrolment that are pending, or were skipped, in their order. */
export function listLater(
  db: Reader,
  { campaignId, leadId, step }: { readonly campaignId: number; readonly leadId: number; readonly step: number },
  status: 'pending' | 'skipped',
): Sibling[] {
  return statement<Sibling>(
    db,
    `SELECT id, step, skipped_code AS skippedCode FROM sends INDEXED BY sends_lead
     WHERE lead_id = ? AND campaign_id = ? AND step > ? AND status = '${status}' ORDER BY step`,
  ).all(leadId, campaignId, step)
}

/** Pending mails to a lead in every campaign. */
export function listPendingOf(db: Reader, leadId: number): number[] {
  return statement<number>(
    db,
    "SELECT id FROM sends INDEXED BY sends_lead WHERE lead_id = ? AND status = 'pending' ORDER BY id",
  )
    .pluck()
    .all(leadId)
}

/**
 * The mail before it went, or never will: it is due at `notBefore` (epoch ms), or later where it was put off. One that was
 * queued before a backup was restored may have left already: see `parkRestored`.
 */
export function releaseStep(tx: Writer, sendId: number, notBefore: number): boolean {
  return (
    statement(
      tx,
      `UPDATE sends SET not_before = max(not_before, ?), due_code = iif(not_before > ?, due_code, 'step_delay'),
         parked = iif(created_at <= (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'restoredAt')
           AND mailbox_id IN (SELECT id FROM mailboxes WHERE may_read = 0), 'restored', NULL),
         revision = revision + 1
       WHERE id = ? AND status = 'pending' AND parked = 'step_before'`,
    ).run(notBefore, notBefore, sendId).changes === 1
  )
}

/** A pending send whose days were counted when a pause began. */
export interface StoppedDelay {
  readonly id: number
  readonly mailboxId: number
  readonly zone: string
  /** When it is due, epoch ms. */
  readonly notBefore: number
  /** When the mail before it left or was left out, epoch ms; null: there is none, and no day was counted. */
  readonly beforeEndedAt: number | null
  readonly days: number
  readonly unit: DelayUnit
  readonly isAway: IsAway
  /** Until when this pause alone stopped it, epoch ms: another one that holds it still began then. */
  readonly stoppedUntil: number
}

/** Those that stood still since `since` until `now` (epoch ms). A date that the rep has set stays. */
export function listStoppedDelays(
  tx: Writer,
  { campaignId, leadId, since, now }: { campaignId: number; leadId: number | null; since: number; now: number },
): StoppedDelay[] {
  return statement<StoppedDelay>(
    tx,
    `SELECT sends.id, mailbox_id AS mailboxId, zone, not_before AS notBefore, delay_days AS days, delay_unit AS unit,
       due_code = 'out_of_office' AS isAway, ${LAST_BEFORE} AS beforeEndedAt,
       min(?, coalesce((SELECT paused_at FROM campaigns WHERE campaigns.id = sends.campaign_id), ?),
         coalesce((SELECT paused_at FROM enrolments WHERE enrolments.campaign_id = sends.campaign_id
           AND enrolments.lead_id = sends.lead_id), ?)) AS stoppedUntil
     FROM sends INDEXED BY sends_campaign
     JOIN campaign_steps ON campaign_steps.campaign_id = sends.campaign_id AND campaign_steps.step = sends.step
     WHERE sends.campaign_id = ? AND (? IS NULL OR lead_id = ?) AND status = 'pending' AND parked IS NOT 'step_before'
       AND due_code IN ('step_delay', 'out_of_office') AND not_before > ?`,
  ).all(now, now, now, campaignId, leadId, leadId, since)
}

/** When the last mail before it went, or was left out. */
const LAST_BEFORE = `(SELECT max(finished_at) FROM sends AS before INDEXED BY sends_lead WHERE before.lead_id = sends.lead_id
    AND before.campaign_id = sends.campaign_id AND before.step < sends.step
    AND (before.status = 'sent' OR before.skipped_code IN ('left_out', 'expired')))`

/** When the last mail before this one went or was left out, epoch ms; null: none did. */
export function lastBefore(db: Reader, { id }: { readonly id: number }): number | null {
  return statement<number | null>(db, `SELECT ${LAST_BEFORE} FROM sends WHERE id = ?`).pluck().get(id) ?? null
}

export interface EnrolmentRow extends Enrolment {
  readonly leadName: string
  readonly email: string
  readonly company: string
  readonly createdAt: number
}

/** A page of a campaign's people, in the order in which they were added. Empty `statuses` means any. */
export function listEnrolments(
  db: Reader,
  scope: { readonly campaignId: number; readonly statuses: readonly EnrolmentStatus[] },
  page: { readonly offset: number; readonly limit: number },
): { rows: EnrolmentRow[]; total: number } {
  const where = `WHERE enrolments.campaign_id = ? AND (? = '[]' OR status IN (SELECT value FROM json_each(?)))`
  const statuses = JSON.stringify(scope.statuses)
  const values = [scope.campaignId, statuses, statuses]
  const total =
    statement<number>(db, `SELECT count(*) FROM enrolments ${where}`)
      .pluck()
      .get(...values) ?? 0
  const rows = statement<EnrolmentRow>(
    db,
    `SELECT enrolments.id, enrolments.campaign_id AS campaignId, lead_id AS leadId, enrolments.mailbox_id AS mailboxId, status,
       paused_at AS pausedAt, held_until AS heldUntil, enrolments.created_at AS createdAt,
       trim(first_name || ' ' || last_name) AS leadName, email, company
     FROM enrolments JOIN leads ON leads.id = lead_id ${where} ORDER BY enrolments.id LIMIT ? OFFSET ?`,
  ).all(...values, page.limit, page.offset)
  return { rows, total }
}

/** Enrolments of a campaign by status. */
export function countEnrolments(db: Reader, campaignId: number): Map<EnrolmentStatus, number> {
  const rows = statement<{ status: EnrolmentStatus; n: number }>(
    db,
    'SELECT status, count(*) AS n FROM enrolments WHERE campaign_id = ? GROUP BY status',
  ).all(campaignId)
  return new Map(rows.map((row) => [row.status, row.n]))
}

/** The mailbox that wrote to each of these leads first, by lead. */
export function listFirstMailboxes(db: Reader, leadIds: readonly number[]): Map<number, number> {
  const rows = statement<{ leadId: number; mailboxId: number }>(
    db,
    `SELECT lead_id AS leadId, mailbox_id AS mailboxId, min(id) AS first FROM sends INDEXED BY sends_sent
     WHERE lead_id IN (SELECT value FROM json_each(?)) AND status = 'sent' GROUP BY lead_id`,
  ).all(JSON.stringify(leadIds))
  return new Map(rows.map(({ leadId, mailboxId }) => [leadId, mailboxId]))
}

/** How those of these leads who are in a campaign stand there, by lead. */
export function listStandings(
  db: Reader,
  campaignId: number,
  leadIds: readonly number[],
): Map<number, EnrolmentStatus> {
  const sql = `SELECT lead_id AS leadId, status FROM enrolments
    WHERE campaign_id = ? AND lead_id IN (SELECT value FROM json_each(?))`
  const rows = statement<{ leadId: number; status: EnrolmentStatus }>(db, sql).all(campaignId, JSON.stringify(leadIds))
  return new Map(rows.map(({ leadId, status }) => [leadId, status]))
}

/** Of these leads those to whom some mail is still to go, in whichever campaign; one in doubt may be. */
export function listUnderWay(db: Reader, leadIds: readonly number[]): Set<number> {
  const sql = `SELECT DISTINCT lead_id FROM sends INDEXED BY sends_lead
    WHERE lead_id IN (SELECT value FROM json_each(?)) AND status IN ('pending', 'processing', 'uncertain')`
  return new Set(statement<number>(db, sql).pluck().all(JSON.stringify(leadIds)))
}

/** Is it the first mail that this enrolment brings somebody? Those before it, if any, were left out or dropped. */
export function isFirstContact(
  db: Reader,
  { campaignId, leadId, step }: { readonly campaignId: number; readonly leadId: number; readonly step: number },
): boolean {
  if (step === 0) return true
  const sql = `SELECT 1 AS found FROM sends INDEXED BY sends_lead WHERE lead_id = ? AND campaign_id = ? AND step < ?
    AND status NOT IN ('skipped', 'cancelled')`
  return statement<{ found: 1 }>(db, sql).get(leadId, campaignId, step) === undefined
}

/** Has an earlier mail of the same enrolment still to go, or failed? */
export function hasUnsentBefore(
  db: Reader,
  { campaignId, leadId, step }: { readonly campaignId: number; readonly leadId: number; readonly step: number },
): boolean {
  const sql = `SELECT 1 AS found FROM sends INDEXED BY sends_lead WHERE lead_id = ? AND campaign_id = ? AND step < ?
    AND status IN ('pending', 'processing', 'uncertain', 'failed')`
  return statement<{ found: 1 }>(db, sql).get(leadId, campaignId, step) !== undefined
}
