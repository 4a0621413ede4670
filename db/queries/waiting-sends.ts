/** What is changed about a send while it waits: its time, its priority, its place beside the lane. */
import { LONGEST_PAUSE_MS } from '#shared/domain/retry'
import type { DueCode, ParkCode, SendPriority } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import { domainOf, suppressedElsewhere } from './same-person.ts'

/** This send alone is not due before `until` (epoch ms). False when it is not pending any more. */
export function postponeSend(
  tx: Writer,
  sendId: number,
  { until, because }: { readonly until: number; readonly because: DueCode },
): boolean {
  const sql =
    "UPDATE sends SET not_before = ?, due_code = ?, revision = revision + 1 WHERE id = ? AND status = 'pending'"
  return statement(tx, sql).run(until, because, sendId).changes === 1
}

/** Stands beside its lane from now on; null puts it back. False when it is not pending any more. */
export function parkSend(tx: Writer, sendId: number, because: ParkCode | null): boolean {
  const sql = "UPDATE sends SET parked = ?, revision = revision + 1 WHERE id = ? AND status = 'pending'"
  return statement(tx, sql).run(because, sendId).changes === 1
}

/** Its time passed while the machine slept. What waits for the mail before it, or stands aside already, keeps to that. */
export function parkMissed(tx: Writer, sendId: number): boolean {
  const sql = `UPDATE sends SET parked = 'missed', revision = revision + 1
    WHERE id = ? AND status = 'pending' AND parked IS NULL`
  return statement(tx, sql).run(sendId).changes === 1
}

/** Beside its lane as long as a mail before it is still to go, whatever else lets it go on. */
const BEHIND = `iif(EXISTS (SELECT 1 FROM sends AS before INDEXED BY sends_lead WHERE before.lead_id = sends.lead_id
    AND before.campaign_id = sends.campaign_id AND before.step < sends.step
    AND before.status IN ('pending', 'processing', 'uncertain', 'failed')), 'step_before', NULL)`

/**
 * After a backup was restored: what waits in mailboxes that cannot be read may have left already. What waits for the mail
 * before it stays there, and is parked when its turn comes. Answers which.
 */
export function parkRestored(tx: Writer): number[] {
  return statement<number>(
    tx,
    `UPDATE sends SET parked = 'restored', revision = revision + 1
     WHERE status = 'pending' AND (parked IS NULL OR parked NOT IN ('step_before', 'restored'))
       AND mailbox_id IN (SELECT id FROM mailboxes WHERE may_read = 0) RETURNING id`,
  )
    .pluck()
    .all()
}

/** The rep's own date for a pending send, missed or not; what waits for the mail before it keeps waiting for that as well. */
export function rescheduleSend(tx: Writer, sendId: number, at: number): boolean {
  const sql = `UPDATE sends SET not_before = ?, scheduled_at = ?, due_code = 'scheduled',
      parked = iif(parked = 'missed', ${BEHIND}, parked), revision = revision + 1
    WHERE id = ? AND status = 'pending'`
  return statement(tx, sql).run(at, at, sendId).changes === 1
}

/** The rep's own date of a mail; null: it has none. */
export interface OwnDate {
  /** Epoch ms. */
  readonly at: number
  /** It was set when the mail before had gone: the days do not count any more. */
  readonly isInstead: 0 | 1
}

export function findOwnDate(db: Reader, sendId: number): OwnDate | null {
  const sql = `SELECT scheduled_at AS at, coalesce(
      (SELECT max(id) FROM events WHERE send_id = sends.id AND kind = 'send_moved')
        > (SELECT max(id) FROM events WHERE send_id = sends.id AND kind = 'send_released'), 0) AS isInstead
    FROM sends WHERE id = ? AND scheduled_at IS NOT NULL`
  return statement<OwnDate>(db, sql).get(sendId) ?? null
}

/** Goes on, although its text has aged, its time was missed or it may have left before. A text that has aged goes as it is. */
export function releaseSend(tx: Writer, sendId: number): boolean {
  const sql = `UPDATE sends SET parked = ${BEHIND}, is_approved_late = iif(parked = 'text_aged', 1, is_approved_late),
      revision = revision + 1
    WHERE id = ? AND status = 'pending' AND parked IN ('text_aged', 'missed', 'restored')`
  return statement(tx, sql).run(sendId).changes === 1
}

/** Puts back what stands beside its lane for this reason; of one campaign, one person, or (nulls) all. */
export function unparkSends(
  tx: Writer,
  because: ParkCode,
  { campaignId, leadId }: { readonly campaignId: number | null; readonly leadId: number | null },
): number {
  return statement(
    tx,
    `UPDATE sends SET parked = NULL, revision = revision + 1 WHERE status = 'pending' AND parked = ?
       AND (? IS NULL OR campaign_id = ?) AND (? IS NULL OR lead_id = ?)`,
  ).run(because, campaignId, campaignId, leadId, leadId).changes
}

/**
 * After the clock was set back: what was to wait for a moment that seemed near (queued for now, tried again soon) does not
 * wait for it to come round again. A date of the rep is kept. Returns how many were set back.
 */
export function pullBackWaiting(tx: Writer, now: number): number {
  return statement(
    tx,
    `UPDATE sends SET not_before = max(?, coalesce(scheduled_at, 0))
     WHERE status = 'pending' AND not_before > max(? + iif(attempts > 0, ?, 0), coalesce(scheduled_at, 0))
       AND due_code IN ('scheduled', 'retry') AND parked IS NOT 'step_before'`,
  ).run(now, now, LONGEST_PAUSE_MS).changes
}

/** Pending sends only; returns how many changed. */
export function setPriority(tx: Writer, ids: readonly number[], priority: SendPriority): number {
  return statement(
    tx,
    `UPDATE sends SET priority = ?, revision = revision + 1
     WHERE status = 'pending' AND priority <> ? AND id IN (SELECT value FROM json_each(?))`,
  ).run(priority, priority, JSON.stringify(ids)).changes
}

/** For which moment a mail was written. */
export interface Approval {
  /** Epoch ms: the rep's date; of a follow-up the day on which it is due; else when it was queued. */
  readonly meantFor: number
  /** When the mail before it left, epoch ms; null: it is the first. */
  readonly previousAt: number | null
  /** The rep lets it go as it is. */
  readonly isApprovedLate: 0 | 1
  /** It goes into the thread of the mail before, and has that one's subject. */
  readonly isAnswer: 0 | 1
}

/** Null when there is no such send. */
export function findApproval(db: Reader, sendId: number): Approval | null {
  return (
    statement<Approval>(
      db,
      `SELECT coalesce(scheduled_at, iif(step > 0, not_before, created_at)) AS meantFor, is_approved_late AS isApprovedLate,
         (SELECT max(finished_at) FROM sends AS before INDEXED BY sends_sent WHERE before.lead_id = sends.lead_id
           AND before.status = 'sent' AND before.campaign_id = sends.campaign_id AND before.step < sends.step) AS previousAt,
         EXISTS (SELECT 1 FROM campaign_steps WHERE campaign_steps.campaign_id = sends.campaign_id
           AND campaign_steps.step = sends.step AND campaign_steps.step > 0 AND threading = 'reply') AS isAnswer
       FROM sends WHERE id = ?`,
    ).get(sendId) ?? null
  )
}

/**
 * Pending sends whose lead's address or domain is suppressed. Not those of a company that is left alone because somebody
 * answered: that verdict may be taken back, and the gate holds them until their turn comes.
 */
export function listSuppressedPending(db: Reader): number[] {
  return statement<{ id: number }>(
    db,
    `SELECT sends.id FROM sends JOIN leads ON leads.id = sends.lead_id
     WHERE sends.status = 'pending' AND (
       EXISTS (SELECT 1 FROM suppressions WHERE kind = 'address' AND value = leads.identity)
       OR EXISTS (SELECT 1 FROM suppressions WHERE kind = 'domain' AND value = leads.domain AND reason <> 'company_stop')
       OR ${suppressedElsewhere('leads.identity', "suppressions.reason <> 'company_stop'")}
       OR sends.to_identity <> leads.identity AND (EXISTS (SELECT 1 FROM suppressions WHERE
         kind = 'address' AND value = sends.to_identity
         OR kind = 'domain' AND value = ${domainOf('sends.to_identity')})
         OR ${suppressedElsewhere('sends.to_identity')}))`,
  )
    .all()
    .map((row) => row.id)
}
