/**
 * What the sender asks of the queue, in prepared statements. The state in each predicate is a literal: a bound `?` would
 * not match the partial indexes (three times slower, measured).
 */
import { companyOf } from '#shared/domain/company'
import type { LaneHead } from '#shared/domain/decide'
import { DAY_MS, IDLE_MS, type PacingHistory, RESTART_MS } from '#shared/domain/pacing'
import type { CampaignStatus, DueCode, SendPriority } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { getJoinedDomains } from './domain-aliases.ts'
import { TO_IDENTITY } from './lead-facts.ts'

/** What says in which lane a send stands, and where. */
export interface LaneRow {
  id: number
  campaign_id: number
  is_follow_up: 0 | 1
  zone: string
  priority: SendPriority
  not_before: number
  due_code: DueCode
}

/** No `not_before` comes after this one, so a lane that was seen is left behind whole. */
const LATEST = Number.MAX_SAFE_INTEGER

/**
 * The tuple names `not_before` as well: SQLite seeks such a bound as `>=` and then walks over what equals it, which
 * without it would be everything that waits in the lane before.
 */
const NEXT_LANE = `
  SELECT id, campaign_id, is_follow_up, zone, priority, not_before, due_code FROM sends INDEXED BY sends_lanes
  WHERE mailbox_id = ? AND status = 'pending' AND parked IS NULL
    AND (campaign_id, is_follow_up, zone, priority, not_before) > (?, ?, ?, ?, ?)
  ORDER BY campaign_id, is_follow_up, zone, priority, not_before, id LIMIT 1`

/**
 * The head of each lane of a mailbox. One index probe a lane, whatever waits behind it and however long the history is.
 */
export function listLaneHeads(db: Reader, mailboxId: number): LaneHead[] {
  const next = statement<LaneRow>(db, NEXT_LANE)
  const heads: LaneHead[] = []
  let row = next.get(mailboxId, 0, 0, '', -1, LATEST)
  while (row) {
    heads.push(toHead(row))
    row = next.get(mailboxId, row.campaign_id, row.is_follow_up, row.zone, row.priority, LATEST)
  }
  return heads
}

export function toHead(row: LaneRow): LaneHead {
  return {
    sendId: row.id,
    campaignId: row.campaign_id,
    isFollowUp: row.is_follow_up === 1,
    zone: row.zone,
    priority: row.priority,
    notBefore: row.not_before,
    dueCode: row.due_code,
  }
}

const HISTORY = `
  SELECT paced_at FROM sends
  WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at > ? ORDER BY paced_at`
const BY_HAND = 'SELECT sent_at FROM outside_mails WHERE mailbox_id = ? AND sent_at > ? ORDER BY sent_at'
const LAST = `
  SELECT paced_at AS at, id AS sendId FROM sends
  WHERE mailbox_id = ? AND paced_at IS NOT NULL ORDER BY paced_at DESC, id DESC LIMIT 1`

/** When the mailbox's provider was asked since `since` (epoch ms), and the last time at all. What it holds counts at its time. */
export function getPacingHistory(db: Reader, mailboxId: number, since: number): PacingHistory {
  return {
    times: statement<number>(db, HISTORY).pluck().all(mailboxId, since),
    byHand: statement<number>(db, BY_HAND).pluck().all(mailboxId, since),
    last: statement<{ at: number; sendId: number }>(db, LAST).get(mailboxId) ?? null,
    restartedAt: restartedAt(db, mailboxId, since + DAY_MS - RESTART_MS),
  }
}

/**
 * What a mailbox will have done when `sendId` leaves, which is held until `at` (epoch ms): everything before it, also what else
 * is held until then. The rep's own mail is known up to now only.
 */
export function getHistoryBefore(
  db: Reader,
  { mailboxId, sendId, at }: { readonly mailboxId: number; readonly sendId: number; readonly at: number },
): PacingHistory {
  const before = `FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at > ? AND paced_at <= ? AND id <> ?
    ORDER BY paced_at`
  const since = at - DAY_MS
  return {
    times: statement<number>(db, `SELECT paced_at ${before}`).pluck().all(mailboxId, since, at, sendId),
    byHand: statement<number>(db, BY_HAND).pluck().all(mailboxId, since),
    last:
      statement<{ at: number; sendId: number }>(
        db,
        `SELECT paced_at AS at, id AS sendId ${before} DESC, id DESC LIMIT 1`,
      ).get(mailboxId, 0, at, sendId) ?? null,
    restartedAt: restartedAt(db, mailboxId, at - RESTART_MS),
  }
}

/** When a mailbox's provider was asked last, other than to hold a mail for later, epoch ms; null: never. */
export function findLastAsked(db: Reader, mailboxId: number): number | null {
  const sql = `SELECT max(paced_at) FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND stage IS NOT 'handed_over'`
  return statement<number | null>(db, sql).pluck().get(mailboxId) ?? null
}

const FIRST_SINCE = 'SELECT min(paced_at) FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at > ?'
const LAST_BEFORE = 'SELECT max(paced_at) FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at < ?'

/** The first mail since `since` (epoch ms), where the mailbox had been idle before it; null: it had not, or it never sent. */
function restartedAt(db: Reader, mailboxId: number, since: number): number | null {
  const first = statement<number | null>(db, FIRST_SINCE).pluck().get(mailboxId, since) ?? null
  if (first === null) return null
  const before = statement<number | null>(db, LAST_BEFORE).pluck().get(mailboxId, first) ?? null
  return before !== null && first - before >= IDLE_MS ? first : null
}

interface CompanyTime {
  readonly identity: string
  readonly at: number
}

/**
 * Of each mailbox, also of those that were removed since: the index begins with it. What the rep wrote by hand counts as well
 * (a company does not care by which program), as far as it is remembered: to leads.
 */
const WRITTEN = `
  SELECT to_identity AS identity, paced_at AS at FROM sends INDEXED BY sends_history
  WHERE mailbox_id IN (SELECT id FROM mailboxes) AND paced_at IS NOT NULL AND paced_at > ?
  UNION ALL SELECT identity, at FROM touches INDEXED BY touches_by_hand WHERE source = 'by_hand' AND at > ?
  ORDER BY at`

/** When the rep wrote to which company since `since` (epoch ms), rising; joined domains are one company. */
export function listCompanyTimes(db: Reader, since: number): Map<string, number[]> {
  const joined = getJoinedDomains(db)
  const times = new Map<string, number[]>()
  for (const { identity, at } of statement<CompanyTime>(db, WRITTEN).all(since, since)) {
    const company = companyOf(identity, joined)
    if (company === null) continue
    const known = times.get(company)
    if (known) known.push(at)
    else times.set(company, [at])
  }
  return times
}

/** The company that a send goes to, by the domain that stands for it; null: it goes to a provider of free mail. */
export function getToCompany(db: Reader, sendId: number): string | null {
  const sql = `SELECT ${TO_IDENTITY} FROM sends JOIN leads ON leads.id = sends.lead_id WHERE sends.id = ?`
  return companyOf(statement<string>(db, sql).pluck().get(sendId) ?? '', getJoinedDomains(db))
}

/** The status of each campaign that has something pending or in flight in a mailbox. */
export function getCampaignStatus(db: Reader, campaignId: number): CampaignStatus {
  const row = statement<{ status: CampaignStatus }>(db, 'SELECT status FROM campaigns WHERE id = ?').get(campaignId)
  if (!row) throw new Error(`campaign ${campaignId} is missing`)
  return row.status
}
