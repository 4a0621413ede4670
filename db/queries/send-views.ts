/**
 * Sends as the screen lists them. Waiting ones are ordered by the forecast, which is not in the database: ids come first,
 * rows for one page after.
 */
import type { NeverCode, SendOutcome, SendPriority, SendStage, SendStatus } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

export interface SendViewRow {
  readonly id: number
  readonly campaignId: number
  readonly campaignName: string
  /** Counted from 0. */
  readonly step: number
  readonly variant: number
  readonly leadId: number
  readonly mailboxId: number
  readonly toAddress: string
  readonly toName: string
  readonly company: string
  readonly subject: string
  readonly status: SendStatus
  readonly stage: SendStage | null
  readonly outcome: SendOutcome
  readonly priority: SendPriority
  readonly attempts: number
  readonly notBefore: number
  readonly skippedCode: NeverCode | null
  readonly failureCode: string | null
  readonly failureProviderCode: string | null
  readonly scheduledAt: number | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly createdAt: number
}

const VIEW = `
  SELECT sends.id, campaign_id AS campaignId, campaigns.name AS campaignName, step, variant, lead_id AS leadId,
    sends.mailbox_id AS mailboxId, to_address AS toAddress, to_name AS toName, leads.company, send_bodies.subject,
    sends.status, stage, outcome, sends.priority, attempts, not_before AS notBefore, skipped_code AS skippedCode,
    failure_code AS failureCode, failure_provider_code AS failureProviderCode, sends.scheduled_at AS scheduledAt,
    started_at AS startedAt, finished_at AS finishedAt, sends.created_at AS createdAt
  FROM json_each(?) AS wanted
  JOIN sends ON sends.id = wanted.value
  JOIN campaigns ON campaigns.id = sends.campaign_id
  JOIN leads ON leads.id = sends.lead_id
  JOIN send_bodies ON send_bodies.send_id = sends.id
  ORDER BY wanted.key`

/** Rows for these ids, in their order. */
export function listSendViews(db: Reader, ids: readonly number[]): SendViewRow[] {
  return statement<SendViewRow>(db, VIEW).all(JSON.stringify(ids))
}

/** Which sends; null and empty mean "any". */
export interface SendScope {
  readonly statuses: readonly SendStatus[]
  readonly mailboxId: number | null
  readonly campaignId: number | null
  readonly leadIds: readonly number[] | null
}

/** Ids in scope, by id. `statuses` must not be empty. */
export function listSendIds(db: Reader, scope: SendScope): number[] {
  const { where, values } = scopeSql(scope)
  return statement<{ id: number }>(db, `SELECT id FROM sends WHERE ${where} ORDER BY id`)
    .all(...values)
    .map((row) => row.id)
}

/** Ids of finished sends in scope, newest first, one page of them. */
export function listFinishedIds(db: Reader, scope: SendScope, page: { offset: number; limit: number }): number[] {
  const { where, values } = scopeSql(scope)
  return statement<{ id: number }>(
    db,
    `SELECT id FROM sends WHERE ${where} ORDER BY finished_at DESC, id DESC LIMIT ? OFFSET ?`,
  )
    .all(...values, page.limit, page.offset)
    .map((row) => row.id)
}

/** Ids of what a mailbox sent from `from` (included) to `to` (excluded, epoch ms), the first first. */
export function listSentIdsBetween(
  db: Reader,
  { mailboxId, from, to, limit }: { mailboxId: number; from: number; to: number; limit: number },
): number[] {
  const sql = `SELECT id FROM sends WHERE finished_at >= ? AND finished_at < ? AND mailbox_id = ? AND status = 'sent'
    ORDER BY finished_at, id LIMIT ?`
  return statement<{ id: number }>(db, sql)
    .all(from, to, mailboxId, limit)
    .map((row) => row.id)
}

export function countSendsIn(db: Reader, scope: SendScope): number {
  const { where, values } = scopeSql(scope)
  return statement<{ n: number }>(db, `SELECT count(*) AS n FROM sends WHERE ${where}`).get(...values)?.n ?? 0
}

/** Built from constants only; what was asked for is bound. Few shapes exist, so each is prepared once. */
function scopeSql(scope: SendScope): { where: string; values: (string | number)[] } {
  const parts = [`status IN (${scope.statuses.map((status) => `'${status}'`).join(', ')})`]
  const values: (string | number)[] = []
  if (scope.mailboxId !== null) {
    parts.push('mailbox_id = ?')
    values.push(scope.mailboxId)
  }
  if (scope.campaignId !== null) {
    parts.push('campaign_id = ?')
    values.push(scope.campaignId)
  }
  if (scope.leadIds !== null) {
    parts.push('lead_id IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(scope.leadIds))
  }
  return { where: parts.join(' AND '), values }
}

/** Sends by status, all of them. */
export function countByStatus(db: Reader): Map<SendStatus, number> {
  const rows = statement<{ status: SendStatus; n: number }>(
    db,
    'SELECT status, count(*) AS n FROM sends GROUP BY status',
  ).all()
  return new Map(rows.map((row) => [row.status, row.n]))
}

/** Moments at which sends were accepted, from `since` (epoch ms) on. */
export function listSentMoments(db: Reader, since: number): number[] {
  return statement<{ at: number }>(db, "SELECT finished_at AS at FROM sends WHERE finished_at >= ? AND status = 'sent'")
    .all(since)
    .map((row) => row.at)
}

/** How many sends have this status; quick for the statuses that have an index of their own. */
export function countStatus(db: Reader, status: 'pending' | 'processing' | 'uncertain' | 'failed'): number {
  return statement<{ n: number }>(db, `SELECT count(*) AS n FROM sends WHERE status = '${status}'`).get()?.n ?? 0
}

/** One send's story, oldest first. */
export function listSendEvents(db: Reader, sendId: number): { at: number; kind: string; data: string | null }[] {
  return statement<{ at: number; kind: string; data: string | null }>(
    db,
    'SELECT at, kind, data FROM events WHERE send_id = ? ORDER BY id',
  ).all(sendId)
}

/** The looks for these sends, oldest first. */
export function listLooks(db: Reader, sendIds: readonly number[]): { sendId: number; at: number; data: string }[] {
  return statement<{ sendId: number; at: number; data: string }>(
    db,
    `SELECT send_id AS sendId, at, data FROM events
     WHERE send_id IN (SELECT value FROM json_each(?)) AND kind = 'send_looked_up' ORDER BY id`,
  ).all(JSON.stringify(sendIds))
}

/** How many sends of a mailbox were accepted from `since` (epoch ms) on. */
/** Mails of a mailbox that Pacemail sent between two moments, epoch ms; `to` is not included. */
export function countSentBetween(
  db: Reader,
  mailboxId: number,
  span: { readonly from: number; readonly to: number },
): number {
  return (
    statement<{ n: number }>(
      db,
      "SELECT count(*) AS n FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at >= ? AND paced_at < ? AND status = 'sent'",
    ).get(mailboxId, span.from, span.to)?.n ?? 0
  )
}

export function countSentOf(db: Reader, mailboxId: number, since: number): number {
  return (
    statement<{ n: number }>(
      db,
      "SELECT count(*) AS n FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at >= ? AND status = 'sent'",
    ).get(mailboxId, since)?.n ?? 0
  )
}
