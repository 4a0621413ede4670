/** The waiting mail of a campaign, where the campaign is changed. */
import type { DelayUnit, NeverCode, SendPriority, SendStatus } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import type { SendBody } from './sends.ts'

/** A pending send, with what a new text is made from. */
export interface ChangingSend {
  readonly id: number
  readonly step: number
  readonly variant: number
  readonly leadId: number
  readonly mailboxId: number
  /** The subject of the thread that it would answer in; null: it begins one. */
  readonly threadSubject: string | null
  /** The rep has written it over since it was queued. */
  readonly isByHand: 0 | 1
}

/** The subject of the newest earlier mail that begins a thread. */
const THREAD_SUBJECT = `(SELECT subject FROM sends AS start INDEXED BY sends_lead
    JOIN send_bodies ON send_bodies.send_id = start.id
    JOIN campaign_steps ON campaign_steps.campaign_id = start.campaign_id AND campaign_steps.step = start.step
    WHERE start.lead_id = sends.lead_id AND start.campaign_id = sends.campaign_id AND start.step < sends.step
      AND threading = 'new' ORDER BY start.step DESC LIMIT 1)`

const CHANGING = `SELECT id, step, variant, lead_id AS leadId, mailbox_id AS mailboxId,
    ${THREAD_SUBJECT} AS threadSubject,
    EXISTS (SELECT 1 FROM events WHERE send_id = sends.id AND kind = 'send_edited') AS isByHand
  FROM sends`

/** In the order of the queue. */
export function listChanging(db: Reader, campaignId: number): ChangingSend[] {
  return statement<ChangingSend>(
    db,
    `${CHANGING} INDEXED BY sends_campaign WHERE campaign_id = ? AND status = 'pending' ORDER BY id`,
  ).all(campaignId)
}

/** Null when it does not wait. */
export function findChanging(db: Reader, sendId: number): ChangingSend | null {
  return statement<ChangingSend>(db, `${CHANGING} WHERE id = ? AND status = 'pending'`).get(sendId) ?? null
}

/**
 * Mail of these steps that does not wait and was not sent owes its step's text, unless the rep wrote it over by hand. Its
 * revision stays: whoever sends it just now goes on. Answers what is on its way or in doubt.
 */
export function oweTexts(
  tx: Writer,
  campaignId: number,
  steps: readonly number[],
): { sendId: number; leadId: number; mailboxId: number }[] {
  return statement<{ sendId: number; leadId: number; mailboxId: number; status: string }>(
    tx,
    `UPDATE sends SET owes_text = 1
     WHERE campaign_id = ? AND step IN (SELECT value FROM json_each(?))
       AND status IN ('processing', 'uncertain', 'failed', 'skipped', 'cancelled')
       AND NOT EXISTS (SELECT 1 FROM events WHERE send_id = sends.id AND kind = 'send_edited')
     RETURNING id AS sendId, lead_id AS leadId, mailbox_id AS mailboxId, status`,
  )
    .all(campaignId, JSON.stringify(steps))
    .filter(({ status }) => status === 'processing' || status === 'uncertain')
}

/** Has its step got another text since it was made? */
export function owesText(db: Reader, sendId: number): boolean {
  return statement<number>(db, 'SELECT owes_text FROM sends WHERE id = ?').pluck().get(sendId) === 1
}

/** True once, where it owes its step's text. */
export function takeOwedText(tx: Writer, sendId: number): boolean {
  return statement(tx, 'UPDATE sends SET owes_text = 0 WHERE id = ? AND owes_text = 1').run(sendId).changes === 1
}

/** Somebody in a campaign, with the subject that their thread has. */
export interface Unended {
  readonly enrolmentId: number
  readonly leadId: number
  readonly mailboxId: number
  readonly threadSubject: string | null
  readonly isFinished: 0 | 1
}

const MEMBER = `SELECT id AS enrolmentId, lead_id AS leadId, mailbox_id AS mailboxId, status = 'finished' AS isFinished,
    (SELECT subject FROM sends AS start INDEXED BY sends_lead
     JOIN send_bodies ON send_bodies.send_id = start.id
     JOIN campaign_steps ON campaign_steps.campaign_id = start.campaign_id AND campaign_steps.step = start.step
     WHERE start.lead_id = enrolments.lead_id AND start.campaign_id = enrolments.campaign_id AND threading = 'new'
     ORDER BY start.step DESC LIMIT 1) AS threadSubject
  FROM enrolments`

/** Why a mail was cancelled last; null: the rep wanted just that. */
const CANCELLED_BECAUSE = `(SELECT data ->> 'because' FROM events WHERE events.send_id = sends.id
    AND kind = 'send_cancelled' ORDER BY id DESC LIMIT 1)`

/**
 * People to whom something of a campaign is still to come, or was until their mail of `step` was dropped with it; not those
 * to whom something else is under way by now.
 */
export function listUnended(db: Reader, campaignId: number, step: number): Unended[] {
  return statement<Unended>(
    db,
    `${MEMBER} WHERE campaign_id = ? AND (status IN ('active', 'paused', 'on_hold') OR status = 'finished'
       AND EXISTS (SELECT 1 FROM sends INDEXED BY sends_lead WHERE sends.lead_id = enrolments.lead_id
         AND sends.campaign_id = enrolments.campaign_id AND sends.step = ? AND sends.status = 'cancelled'
         AND ${CANCELLED_BECAUSE} = 'step_dropped')
       AND NOT EXISTS (SELECT 1 FROM sends AS other INDEXED BY sends_lead WHERE other.lead_id = enrolments.lead_id
         AND other.status IN ('pending', 'processing', 'uncertain'))) ORDER BY id`,
  ).all(campaignId, step)
}

/** One of them, however they stand; null: they are not in it. */
export function findMember(db: Reader, campaignId: number, leadId: number): Unended | null {
  return statement<Unended>(db, `${MEMBER} WHERE campaign_id = ? AND lead_id = ?`).get(campaignId, leadId) ?? null
}

/** The mail of a step to somebody. */
export interface Planned {
  readonly id: number
  readonly variant: number
  /** It was cancelled with its step or its person, and by nothing else. */
  readonly isToComeBack: 0 | 1
  /** The rep has written it over, from a template that the step has now. */
  readonly isByHand: 0 | 1
}

/** Null when it was never queued. */
export function findPlanned(
  db: Reader,
  { campaignId, leadId, step }: { readonly campaignId: number; readonly leadId: number; readonly step: number },
): Planned | null {
  const found = statement<Planned>(
    db,
    `SELECT id, variant, status = 'cancelled' AND ${CANCELLED_BECAUSE} IS NOT NULL AS isToComeBack,
       EXISTS (SELECT 1 FROM events WHERE send_id = sends.id AND kind = 'send_edited')
         AND EXISTS (SELECT 1 FROM template_versions AS was
           JOIN template_versions AS now ON now.template_id = was.template_id
           JOIN step_variants ON step_variants.template_version_id = now.id
           WHERE was.id = sends.template_version_id AND step_variants.campaign_id = sends.campaign_id
             AND step_variants.step = sends.step) AS isByHand
     FROM sends INDEXED BY sends_lead WHERE lead_id = ? AND campaign_id = ? AND step = ?`,
  ).get(leadId, campaignId, step)
  return found ?? null
}

/** Did the mail before it go, or may it still, or was it left out? Else nothing follows it. */
export function mayFollow(
  db: Reader,
  { campaignId, leadId, step }: { readonly campaignId: number; readonly leadId: number; readonly step: number },
): boolean {
  if (step === 0) return true
  const sql = `SELECT 1 AS found FROM sends INDEXED BY sends_lead WHERE lead_id = ? AND campaign_id = ? AND step = ?
    AND (status IN ('pending', 'processing', 'uncertain', 'sent') OR skipped_code = 'left_out'
      OR skipped_code = 'expired' AND step > 0)`
  return statement<{ found: 1 }>(db, sql).get(leadId, campaignId, step - 1) !== undefined
}

/** Another text for a pending send. */
export function setBody(
  tx: Writer,
  sendId: number,
  { variant, versionId, mail }: { readonly variant: number; readonly versionId: number; readonly mail: SendBody },
): void {
  const sql = `UPDATE sends SET variant = ?, template_version_id = ?, is_approved_late = 0, revision = revision + 1
    WHERE id = ?`
  statement(tx, sql).run(variant, versionId, sendId)
  // Or the next attempt would leave with the text that was dated before.
  statement(tx, 'DELETE FROM dated_bodies WHERE send_id = ?').run(sendId)
  const body = 'UPDATE send_bodies SET subject = ?, text = ?, html = ? WHERE send_id = ?'
  statement(tx, body).run(mail.subject, mail.text, mail.html, sendId)
}

/** Its days end at another time (epoch ms). */
export function setDelay(tx: Writer, sendId: number, notBefore: number): void {
  const sql = "UPDATE sends SET not_before = ?, due_code = 'step_delay', revision = revision + 1 WHERE id = ?"
  statement(tx, sql).run(notBefore, sendId)
}

/**
 * Everything of a campaign that waits takes this priority, and whatever may wait again: tried anew, or given back by a rule. Of
 * that the revision stays: whoever sends it just now goes on.
 */
export function setMailPriority(tx: Writer, campaignId: number, priority: SendPriority): void {
  const all = 'UPDATE sends SET priority = ?'
  const those = 'campaign_id = ? AND priority <> ?'
  const values = [priority, campaignId, priority]
  statement(tx, `${all}, revision = revision + 1 WHERE status = 'pending' AND ${those}`).run(...values)
  const others = "status IN ('processing', 'uncertain', 'failed', 'skipped', 'cancelled')"
  statement(tx, `${all} WHERE ${others} AND ${those}`).run(...values)
}

/** A pending send whose days after the mail before it are counted. */
export interface CountingSend {
  readonly id: number
  readonly mailboxId: number
  readonly zone: string
  /** Epoch ms. */
  readonly notBefore: number
  /** When the mail before it left or was left out, epoch ms. */
  readonly beforeSentAt: number
  readonly isAway: IsAway
}

/** The same, with its delay. */
export interface RunningDelay extends CountingSend {
  readonly days: number
  readonly unit: DelayUnit
}

/** 1: `notBefore` is the day on which somebody is back; their days go on counting, and may end later. */
export type IsAway = 0 | 1

const COUNTING = `sends.id, sends.mailbox_id AS mailboxId, sends.zone, sends.not_before AS notBefore,
    before.finished_at AS beforeSentAt, sends.due_code = 'out_of_office' AS isAway`
const COUNTED_FROM = `JOIN sends AS before INDEXED BY sends_lead ON before.lead_id = sends.lead_id
    AND before.campaign_id = sends.campaign_id AND before.step = sends.step - 1
    AND (before.status = 'sent' OR before.skipped_code IN ('left_out', 'expired'))`

/** Of one campaign, by step. */
export function listCounting(db: Reader, campaignId: number): (CountingSend & { readonly step: number })[] {
  return statement<CountingSend & { readonly step: number }>(
    db,
    `SELECT ${COUNTING}, sends.step FROM sends INDEXED BY sends_campaign ${COUNTED_FROM}
     WHERE sends.campaign_id = ? AND sends.status = 'pending' AND sends.due_code IN ('step_delay', 'out_of_office')
     ORDER BY sends.id`,
  ).all(campaignId)
}

/** What waits of a campaign: the step of each, by send. */
export function listWaitingSteps(db: Reader, campaignId: number): ReadonlyMap<number, number> {
  const rows = statement<[number, number]>(
    db,
    "SELECT id, step FROM sends INDEXED BY sends_campaign WHERE campaign_id = ? AND status = 'pending'",
  )
  return new Map(rows.raw().all(campaignId))
}

/** Somebody in a campaign to whom mail of it is still to come. */
export interface Joining {
  readonly leadId: number
  readonly mailboxId: number
  /** Their mail of the step before. */
  readonly beforeId: number | null
  readonly beforeStatus: SendStatus | null
  readonly beforeSkipped: NeverCode | null
}

/** Those who would get a mail of a new step, as `listUnended`; null: some have had one of it, or of a later one. */
export function listJoining(db: Reader, campaignId: number, step: number): Joining[] | null {
  const known = 'SELECT 1 FROM sends WHERE campaign_id = ? AND step >= ? LIMIT 1'
  if (statement(db, known).get(campaignId, step) !== undefined) return null
  return statement<Joining>(
    db,
    `SELECT enrolments.lead_id AS leadId, enrolments.mailbox_id AS mailboxId, before.id AS beforeId,
       before.status AS beforeStatus, before.skipped_code AS beforeSkipped
     FROM enrolments LEFT JOIN sends AS before ON before.campaign_id = enrolments.campaign_id
       AND before.lead_id = enrolments.lead_id AND before.step = ?
     WHERE enrolments.campaign_id = ? AND enrolments.status IN ('active', 'paused', 'on_hold') ORDER BY enrolments.id`,
  ).all(step - 1, campaignId)
}

export function listRunningDelays(db: Reader): RunningDelay[] {
  return statement<RunningDelay>(
    db,
    `SELECT ${COUNTING}, delay_days AS days, delay_unit AS unit FROM sends INDEXED BY sends_pending ${COUNTED_FROM}
     JOIN campaign_steps ON campaign_steps.campaign_id = sends.campaign_id AND campaign_steps.step = sends.step
     WHERE sends.status = 'pending' AND sends.due_code IN ('step_delay', 'out_of_office') AND sends.parked IS NOT 'step_before'`,
  ).all()
}
