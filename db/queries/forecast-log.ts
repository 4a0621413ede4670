/** What was foreseen for each waiting mail, and the log of how that changed. */
import type { PossibleCause } from '#shared/domain/forecast-change'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import { type ActivityRow, findActivity } from './activity.ts'
import { TO_IDENTITY } from './lead-facts.ts'

/** The newest event; 0: there is none. */
export function getLastEventId(db: Reader): number {
  return statement<number | null>(db, 'SELECT max(id) FROM events').pluck().get() ?? 0
}

/** What has happened since that event, oldest first; mail is told with its person, campaign and mailbox. */
export function listCausesAfter(db: Reader, eventId: number): PossibleCause[] {
  return statement<PossibleCause>(
    db,
    `SELECT events.id, events.kind, events.send_id AS sendId, coalesce(events.lead_id, sends.lead_id) AS leadId,
       coalesce(events.campaign_id, sends.campaign_id) AS campaignId,
       coalesce(events.mailbox_id, sends.mailbox_id) AS mailboxId
     FROM events LEFT JOIN sends ON sends.id = events.send_id WHERE events.id > ? ORDER BY events.id`,
  ).all(eventId)
}

/** To whom a mail goes. */
export interface Recipient {
  readonly sendId: number
  readonly mailboxId: number
  readonly identity: string
}

/** Of everything that waits, and of these sends however they stand. */
export function listRecipients(db: Reader, sendIds: readonly number[]): Recipient[] {
  const columns = `sends.id AS sendId, sends.mailbox_id AS mailboxId, ${TO_IDENTITY} AS identity`
  return statement<Recipient>(
    db,
    `SELECT ${columns} FROM sends INDEXED BY sends_pending JOIN leads ON leads.id = sends.lead_id
     WHERE sends.status = 'pending'
     UNION SELECT ${columns} FROM sends JOIN leads ON leads.id = sends.lead_id
     WHERE sends.id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(sendIds))
}

/** A pending send, with what was noted of it. */
export interface ForeseenSend {
  readonly sendId: number
  readonly leadId: number
  readonly campaignId: number
  readonly mailboxId: number
  /** Has anything been noted? */
  readonly isNoted: boolean
  /** Epoch ms; null: it depended on the rep. */
  readonly at: number | null
}

export function listForeseen(db: Reader): ForeseenSend[] {
  return statement<Omit<ForeseenSend, 'isNoted'> & { noted: number | null }>(
    db,
    `SELECT sends.id AS sendId, sends.lead_id AS leadId, sends.campaign_id AS campaignId, sends.mailbox_id AS mailboxId,
       foreseen.send_id AS noted, foreseen.at
     FROM sends INDEXED BY sends_pending LEFT JOIN foreseen ON foreseen.send_id = sends.id WHERE sends.status = 'pending'`,
  )
    .all()
    .map(({ noted, ...send }) => ({ ...send, isNoted: noted !== null }))
}

export interface NewForecastChange {
  readonly sendId: number
  /** Epoch ms. */
  readonly notedAt: number
  /** Epoch ms; null: it depended on the rep. */
  readonly from: number | null
  readonly to: number | null
  /** What caused it; null: time passed otherwise than foreseen. */
  readonly eventId: number | null
}

/** Of each send the newest so many are kept. */
const MOST_KEPT = 50

export function insertForecastChange(tx: Writer, change: NewForecastChange): void {
  statement(
    tx,
    'INSERT INTO forecast_changes (send_id, noted_at, from_at, to_at, event_id) VALUES (?, ?, ?, ?, ?)',
  ).run(change.sendId, change.notedAt, change.from, change.to, change.eventId)
  statement(
    tx,
    `DELETE FROM forecast_changes WHERE send_id = ? AND id <=
       (SELECT id FROM forecast_changes WHERE send_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${MOST_KEPT})`,
  ).run(change.sendId, change.sendId)
}

/** From now on changes are counted from this moment (epoch ms; null: it depends on the rep). */
export function setForeseen(tx: Writer, sendId: number, at: number | null): void {
  statement(
    tx,
    'INSERT INTO foreseen (send_id, at) VALUES (?, ?) ON CONFLICT (send_id) DO UPDATE SET at = excluded.at',
  ).run(sendId, at)
}

/** Nothing is foreseen of what has ended; the log stays. */
export function forgetEnded(tx: Writer): void {
  statement(
    tx,
    `DELETE FROM foreseen WHERE send_id IN (SELECT foreseen.send_id FROM foreseen JOIN sends ON sends.id = foreseen.send_id
       WHERE sends.status IN ('sent', 'failed', 'cancelled', 'skipped'))`,
  ).run()
}

export interface ForecastChange extends Omit<NewForecastChange, 'sendId' | 'eventId'> {
  /** Null: time passed otherwise than foreseen. */
  readonly cause: ActivityRow | null
}

/** Newest first. */
export function listForecastChanges(db: Reader, sendId: number): ForecastChange[] {
  return statement<Omit<NewForecastChange, 'sendId'>>(
    db,
    `SELECT noted_at AS notedAt, from_at AS "from", to_at AS "to", event_id AS eventId FROM forecast_changes
     WHERE send_id = ? ORDER BY id DESC`,
  )
    .all(sendId)
    .map(({ eventId, ...change }) => ({ ...change, cause: eventId === null ? null : findActivity(db, eventId) }))
}
