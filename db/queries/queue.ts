/**
 * What the sender asks of the queue, in prepared statements. The state in each predicate is a literal: a bound `?` would
 * not match the partial indexes (three times slower, measured).
 */
import type { LaneHead } from '#shared/domain/decide'
import type { LeadFacts } from '#shared/domain/gates'
import type { PacingHistory } from '#shared/domain/pacing'
import type { CampaignStatus, LeadContact, LeadReview, SendPriority } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { domainOf, suppressedElsewhere, touchedElsewhere } from './same-person.ts'

interface LaneRow {
  id: number
  campaign_id: number
  zone: string
  priority: SendPriority
  not_before: number
  attempts: number
}

/** No `not_before` comes after this one, so a lane that was seen is left behind whole. */
const LATEST = Number.MAX_SAFE_INTEGER

/**
 * The tuple names `not_before` as well: SQLite seeks such a bound as `>=` and then walks over what equals it, which
 * without it would be everything that waits in the lane before.
 */
const NEXT_LANE = `
  SELECT id, campaign_id, zone, priority, not_before, attempts FROM sends
  WHERE mailbox_id = ? AND status = 'pending' AND (campaign_id, zone, priority, not_before) > (?, ?, ?, ?)
  ORDER BY campaign_id, zone, priority, not_before, id LIMIT 1`

/**
 * The head of each lane of a mailbox. One index probe a lane, whatever waits behind it and however long the history is.
 */
export function listLaneHeads(db: Reader, mailboxId: number): LaneHead[] {
  const next = statement<LaneRow>(db, NEXT_LANE)
  const heads: LaneHead[] = []
  let row = next.get(mailboxId, 0, '', -1, LATEST)
  while (row) {
    heads.push(toHead(row))
    row = next.get(mailboxId, row.campaign_id, row.zone, row.priority, LATEST)
  }
  return heads
}

function toHead(row: LaneRow): LaneHead {
  return {
    sendId: row.id,
    campaignId: row.campaign_id,
    zone: row.zone,
    priority: row.priority,
    notBefore: row.not_before,
    isRetry: row.attempts > 0,
  }
}

const HISTORY = `
  SELECT paced_at FROM sends
  WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at > ? ORDER BY paced_at`
const BY_HAND = 'SELECT sent_at FROM outside_mails WHERE mailbox_id = ? AND sent_at > ? ORDER BY sent_at'
const LAST = `
  SELECT paced_at AS at, id AS sendId FROM sends
  WHERE mailbox_id = ? AND paced_at IS NOT NULL ORDER BY paced_at DESC, id DESC LIMIT 1`

/** When the mailbox's provider was asked since `since` (epoch ms), and the last time at all. */
export function getPacingHistory(db: Reader, mailboxId: number, since: number): PacingHistory {
  return {
    times: statement<number>(db, HISTORY).pluck().all(mailboxId, since),
    byHand: statement<number>(db, BY_HAND).pluck().all(mailboxId, since),
    last: statement<{ at: number; sendId: number }>(db, LAST).get(mailboxId) ?? null,
  }
}

interface LeadFactsRow {
  removed_at: number | null
  review: LeadReview
  contact: LeadContact
  suppressed: number
  stopped: number
  touched: number | null
  allowed_at: number | null
  allowed_until: number | null
}

/**
 * A lead that has another address by now is judged by both: the mail still goes to the one that was approved. Both count
 * at every domain of their company.
 */
const NOT_STOPPED = "suppressions.reason <> 'company_stop'"
const STOPPED = "suppressions.reason = 'company_stop'"
const OTHER_SEND = 'touches.send_id IS NOT sends.id'
/** Only `CASE` is sure to leave out what is not needed, and most leads are at a company with one domain. */
const atAliases = (sql: string): string => `CASE WHEN aliased.domain IS NULL THEN NULL ELSE ${sql} END`
const whereMoved = (sql: string): string =>
  `CASE WHEN sends.to_identity = leads.identity OR sends.to_identity = '' THEN NULL ELSE ${sql} END`
const LEAD_FACTS_COLUMNS = `
  leads.removed_at, leads.review, leads.contact,
  EXISTS (SELECT 1 FROM suppressions WHERE kind = 'address' AND value = leads.identity)
    OR EXISTS (SELECT 1 FROM suppressions WHERE kind = 'domain' AND value = leads.domain AND reason <> 'company_stop')
    OR coalesce(${atAliases(suppressedElsewhere('leads.identity', NOT_STOPPED))}, 0)
    OR coalesce(${whereMoved(`EXISTS (SELECT 1 FROM suppressions WHERE
      kind = 'address' AND value = sends.to_identity
      OR kind = 'domain' AND value = ${domainOf('sends.to_identity')})
      OR ${suppressedElsewhere('sends.to_identity')}`)}, 0)
    AS suppressed,
  EXISTS (SELECT 1 FROM suppressions WHERE kind = 'domain' AND value = leads.domain AND reason = 'company_stop')
    OR coalesce(${atAliases(suppressedElsewhere('leads.identity', STOPPED))}, 0) AS stopped,
  nullif(max(
    coalesce((SELECT max(at) FROM touches WHERE identity IN (leads.identity, sends.to_identity) AND ${OTHER_SEND}), -1),
    coalesce(${atAliases(touchedElsewhere('leads.identity', OTHER_SEND))}, -1),
    coalesce(${whereMoved(touchedElsewhere('sends.to_identity', OTHER_SEND))}, -1)), -1) AS touched,
  allowed.created_at AS allowed_at, allowed.expires_at AS allowed_until`

/** With the rep's word for one more mail in spite of the cool-down; the mail that uses it up still has it. */
const LEAD_FACTS_FROM = `sends JOIN leads ON leads.id = sends.lead_id
  LEFT JOIN domain_aliases aliased ON aliased.domain = leads.domain
  LEFT JOIN cool_down_overrides allowed ON allowed.lead_id = sends.lead_id AND allowed.withdrawn_at IS NULL
    AND (allowed.used_send_id IS NULL OR allowed.used_send_id = sends.id)`

/** The lead behind a send, as the gates see it. The send's own touch does not count against it. */
export function getLeadFacts(db: Reader, sendId: number): LeadFacts {
  const row = statement<LeadFactsRow>(
    db,
    `SELECT ${LEAD_FACTS_COLUMNS} FROM ${LEAD_FACTS_FROM} WHERE sends.id = ?`,
  ).get(sendId)
  if (!row) throw new Error(`send ${sendId} has no lead`)
  return toLeadFacts(row)
}

function toLeadFacts(row: LeadFactsRow): LeadFacts {
  return {
    isRemoved: row.removed_at !== null,
    review: row.review,
    contact: row.contact,
    isSuppressed: row.suppressed === 1,
    isCompanyStopped: row.stopped === 1,
    lastTouchAt: row.touched,
    ...(row.allowed_at === null || row.allowed_until === null
      ? {}
      : { allowedAgain: { at: row.allowed_at, until: row.allowed_until } }),
  }
}

interface PendingRow extends LaneRow, LeadFactsRow {
  identity: string
  paced_at: number | null
}

export interface PendingSend extends LaneHead {
  readonly identity: string
  readonly lead: LeadFacts
  /** When its provider was asked before, epoch ms. */
  readonly pacedAt?: number
}

/** Everything pending in a mailbox with its leads' facts, for the forecast. */
export function listPending(db: Reader, mailboxId: number): PendingSend[] {
  const rows = statement<PendingRow>(
    db,
    `SELECT sends.id, sends.campaign_id, sends.zone, sends.priority, sends.not_before, sends.attempts, sends.paced_at, leads.identity,
      ${LEAD_FACTS_COLUMNS}
     FROM ${LEAD_FACTS_FROM}
     WHERE sends.mailbox_id = ? AND sends.status = 'pending'`,
  ).all(mailboxId)
  return rows.map((row) => ({
    ...toHead(row),
    identity: row.identity,
    lead: toLeadFacts(row),
    ...(row.paced_at === null ? {} : { pacedAt: row.paced_at }),
  }))
}

/** The status of each campaign that has something pending or in flight in a mailbox. */
export function getCampaignStatus(db: Reader, campaignId: number): CampaignStatus {
  const row = statement<{ status: CampaignStatus }>(db, 'SELECT status FROM campaigns WHERE id = ?').get(campaignId)
  if (!row) throw new Error(`campaign ${campaignId} is missing`)
  return row.status
}
