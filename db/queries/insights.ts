/**
 * Figures over what was sent and what came back. Each question is one stretch of an index: a quarter of an hour is the
 * unit, since every zone's midnight and every full hour lie on one.
 */
import type { IncomingVerdict, MailboxKind } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

/** The length of a unit, ms. The index `sends_insights` is over the same expression. */
export const QUARTER_MS = 900_000

export interface SentQuarter {
  /** Since the epoch, in units of `QUARTER_MS`. */
  readonly quarter: number
  readonly mailboxId: number
  readonly step: number
  /** The version that the text was made from; null: none is known. */
  readonly versionId: number | null
  readonly sent: number
  /** Of those: what came back by now. A mail has one outcome. */
  readonly replied: number
  readonly bounced: number
  readonly optedOut: number
}

/** Mails sent in these quarters, with what came back for them by now; `to` is not included. In the order of the index. */
export function listSentQuarters(db: Reader, span: { readonly from: number; readonly to: number }): SentQuarter[] {
  return statement<SentQuarter>(
    db,
    `SELECT finished_at / ${QUARTER_MS} AS quarter, mailbox_id AS mailboxId, step,
       template_version_id AS versionId, count(*) AS sent, sum(outcome = 'replied') AS replied, sum(outcome = 'bounced') AS bounced,
       sum(outcome = 'opted_out') AS optedOut
     FROM sends WHERE status = 'sent' AND finished_at / ${QUARTER_MS} >= ? AND finished_at / ${QUARTER_MS} < ?
     GROUP BY finished_at / ${QUARTER_MS}, mailbox_id, step, template_version_id`,
  ).all(span.from, span.to)
}

export interface ReceivedQuarter {
  readonly quarter: number
  readonly mailboxId: number
  readonly verdict: IncomingVerdict
  readonly count: number
}

/** What came in since `from` (a quarter) and still counts. */
export function listReceivedQuarters(db: Reader, from: number): ReceivedQuarter[] {
  return statement<ReceivedQuarter>(
    db,
    `SELECT received_at / ${QUARTER_MS} AS quarter, mailbox_id AS mailboxId, verdict, count(*) AS count
     FROM incoming WHERE received_at >= ? AND undone_at IS NULL GROUP BY 1, 2, 3`,
  ).all(from * QUARTER_MS)
}

export interface SomeMailbox {
  readonly id: number
  readonly kind: MailboxKind
  /** Null follows the machine. */
  readonly zone: string | null
}

/** Every mailbox that ever was; those removed have a history too. */
export function listAllMailboxes(db: Reader): SomeMailbox[] {
  return statement<SomeMailbox>(db, "SELECT id, kind, policy ->> '$.zone' AS zone FROM mailboxes ORDER BY id").all()
}

export interface TextVersion {
  readonly versionId: number
  readonly templateId: number
  readonly templateName: string
  readonly version: number
}

/** Every version of every template, by what mail is made from it. */
export function listTextVersions(db: Reader): TextVersion[] {
  return statement<TextVersion>(
    db,
    `SELECT template_versions.id AS versionId, templates.id AS templateId, templates.name AS templateName, version
     FROM template_versions JOIN templates ON templates.id = template_versions.template_id`,
  ).all()
}

export interface FailedGroup {
  readonly code: string
  readonly providerCode: string | null
  readonly count: number
}

/** Sends that failed since `since` (epoch ms), by reason, the most frequent first. Reads the failed ones only. */
export function countFailures(db: Reader, since: number): FailedGroup[] {
  return statement<FailedGroup>(
    db,
    `SELECT coalesce(failure_code, '') AS code, failure_provider_code AS providerCode, count(*) AS count
     FROM sends INDEXED BY sends_failed WHERE status = 'failed' AND finished_at >= ?
     GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  ).all(since)
}

export interface FailedSend {
  readonly sendId: number
  readonly to: string
  readonly finishedAt: number
}

/** The newest sends that failed for one reason. */
export function listFailures(
  db: Reader,
  group: Pick<FailedGroup, 'code' | 'providerCode'>,
  { since, limit }: { readonly since: number; readonly limit: number },
): FailedSend[] {
  return statement<FailedSend>(
    db,
    `SELECT id AS sendId, iif(to_name = '', to_address, to_name) AS "to", finished_at AS finishedAt
     FROM sends INDEXED BY sends_failed
     WHERE status = 'failed' AND coalesce(failure_code, '') = ? AND failure_provider_code IS ? AND finished_at >= ?
     ORDER BY id DESC LIMIT ?`,
  ).all(group.code, group.providerCode, since, limit)
}

export interface DatabaseSize {
  readonly bytes: number
  readonly freeBytes: number
}

/** The size of the database file and what of it is unused. */
export function getDatabaseSize(db: Reader): DatabaseSize {
  const pragma = (name: string): number => Number(db.$client.pragma(name, { simple: true }))
  const page = pragma('page_size')
  return { bytes: pragma('page_count') * page, freeBytes: pragma('freelist_count') * page }
}

/** When the clock was last found to have jumped, epoch ms; null: not among the newest 10,000 events. */
export function findLastClockJump(db: Reader): number | null {
  return (
    statement<{ at: number }>(
      db,
      `SELECT at FROM events WHERE id > (SELECT coalesce(max(id), 0) - 10000 FROM events) AND kind = 'clock_jumped'
       ORDER BY id DESC LIMIT 1`,
    ).get()?.at ?? null
  )
}
