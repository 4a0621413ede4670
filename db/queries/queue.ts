/**
 * What the sender asks of the queue, in prepared statements. The state in each predicate is a literal: a bound `?` would
 * not match the partial indexes (three times slower, measured).
 */
import { companyOf } from '#shared/domain/company'
import { basisLastsUntil } from '#shared/domain/country-rules'
import type { LaneHead } from '#shared/domain/decide'
import type { LeadFacts } from '#shared/domain/gates'
import { DAY_MS, IDLE_MS, type PacingHistory, RESTART_MS } from '#shared/domain/pacing'
import type { PlannedSend } from '#shared/domain/plan'
import type {
  CampaignStatus,
  DelayUnit,
  DueCode,
  LawfulBasis,
  LeadContact,
  LeadReview,
  ParkCode,
  SendPriority,
} from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { getJoinedDomains } from './domain-aliases.ts'
import { domainOf, stoppedByName, suppressedElsewhere, touchedElsewhere } from './same-person.ts'

interface LaneRow {
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

function toHead(row: LaneRow): LaneHead {
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

/** The person a send is meant for. */
const TO_IDENTITY = "iif(sends.to_identity = '', leads.identity, sends.to_identity)"

interface CompanyTime {
  readonly identity: string
  readonly at: number
}

/** Of each mailbox, also of those that were removed since: the index begins with it. */
const WRITTEN = `
  SELECT to_identity AS identity, paced_at AS at FROM sends INDEXED BY sends_history
  WHERE mailbox_id IN (SELECT id FROM mailboxes) AND paced_at IS NOT NULL AND paced_at > ? ORDER BY paced_at`

/** When the rep's mailboxes wrote to which company since `since` (epoch ms), rising; joined domains are one company. */
export function listCompanyTimes(db: Reader, since: number): Map<string, number[]> {
  const joined = getJoinedDomains(db)
  const times = new Map<string, number[]>()
  for (const { identity, at } of statement<CompanyTime>(db, WRITTEN).all(since)) {
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

interface LeadFactsRow {
  begun: 0 | 1
  removed_at: number | null
  review: LeadReview
  contact: LeadContact
  suppressed: number
  stopped: number
  paused: number
  list_held: number
  country: string
  domain: string
  basis: LawfulBasis
  basis_at: number | null
  basis_note: string
  touched: number | null
  allowed_at: number | null
  allowed_until: number | null
}

const NOT_STOPPED = "suppressions.reason <> 'company_stop'"
const STOPPED = "suppressions.reason = 'company_stop'"
/** What the same enrolment wrote to them does not count against it. */
const OTHER_SEND = `NOT EXISTS (SELECT 1 FROM sends AS own WHERE own.id = touches.send_id
  AND own.campaign_id = sends.campaign_id AND own.lead_id = sends.lead_id)`
/** Only `CASE` is sure to leave out what is not needed, and most leads are at a company with one domain. */
const atAliases = (sql: string): string => `CASE WHEN aliased.domain IS NULL THEN NULL ELSE ${sql} END`
const whereMoved = (sql: string): string =>
  `CASE WHEN sends.to_identity = leads.identity OR sends.to_identity = '' THEN NULL ELSE ${sql} END`
/**
 * A lead that has another address by now is judged by both: the mail still goes to the one that was approved. Both count
 * at every domain of their company.
 */
const LEAD_FACTS_COLUMNS = `
  leads.removed_at, leads.review, leads.contact,
  leads.country, leads.domain, leads.basis, leads.basis_at, leads.basis_note,
  EXISTS (SELECT 1 FROM suppressions WHERE kind = 'address' AND value = leads.identity)
    OR EXISTS (SELECT 1 FROM suppressions WHERE kind = 'domain' AND value = leads.domain AND reason <> 'company_stop')
    OR coalesce(${atAliases(suppressedElsewhere('leads.identity', NOT_STOPPED))}, 0)
    OR coalesce(${whereMoved(`EXISTS (SELECT 1 FROM suppressions WHERE
      kind = 'address' AND value = sends.to_identity
      OR kind = 'domain' AND value = ${domainOf('sends.to_identity')})
      OR ${suppressedElsewhere('sends.to_identity')}`)}, 0)
    AS suppressed,
  EXISTS (SELECT 1 FROM suppressions WHERE kind = 'domain' AND value = leads.domain AND reason = 'company_stop')
    OR coalesce(${atAliases(suppressedElsewhere('leads.identity', STOPPED))}, 0) OR ${stoppedByName('leads.company')} AS stopped,
  EXISTS (SELECT 1 FROM enrolments WHERE campaign_id = sends.campaign_id AND lead_id = sends.lead_id
    AND status = 'paused') AS paused,
  EXISTS (SELECT 1 FROM lists WHERE id = leads.list_id AND held_at IS NOT NULL) AS list_held,
  CASE WHEN sends.step = 0 THEN 0 ELSE EXISTS (SELECT 1 FROM sends AS before INDEXED BY sends_sent
    WHERE before.lead_id = sends.lead_id AND before.status = 'sent' AND before.campaign_id = sends.campaign_id
      AND before.step < sends.step) END AS begun,
  nullif(max(
    coalesce((SELECT max(at) FROM touches WHERE identity IN (leads.identity, sends.to_identity) AND ${OTHER_SEND}), -1),
    coalesce(${atAliases(touchedElsewhere('leads.identity', OTHER_SEND))}, -1),
    coalesce(${whereMoved(touchedElsewhere('sends.to_identity', OTHER_SEND))}, -1)), -1) AS touched,
  allowed.created_at AS allowed_at, allowed.expires_at AS allowed_until`

/** With the rep's word for one more mail in spite of the cool-down; the mail that uses it up still has it. */
const LEAD_FACTS_JOINS = `JOIN leads ON leads.id = sends.lead_id
  LEFT JOIN domain_aliases aliased ON aliased.domain = leads.domain
  LEFT JOIN cool_down_overrides allowed ON allowed.lead_id = sends.lead_id AND allowed.withdrawn_at IS NULL
    AND (allowed.used_send_id IS NULL OR allowed.used_send_id = sends.id)`

/** The lead behind a send, as the gates see it. */
export function getLeadFacts(db: Reader, sendId: number): LeadFacts {
  const row = statement<LeadFactsRow>(
    db,
    `SELECT ${LEAD_FACTS_COLUMNS} FROM sends ${LEAD_FACTS_JOINS} WHERE sends.id = ?`,
  ).get(sendId)
  if (!row) throw new Error(`send ${sendId} has no lead`)
  return toLeadFacts(row)
}

/** The same for mail that leads would get in a campaign they are not in yet (0: a new one), by lead. */
export function listProspectFacts(
  db: Reader,
  campaignId: number,
  leadIds: readonly number[],
): ReadonlyMap<number, LeadFacts> {
  const rows = statement<LeadFactsRow & { lead_id: number }>(
    db,
    `SELECT sends.lead_id, ${LEAD_FACTS_COLUMNS}
     FROM (SELECT 0 AS id, ? AS campaign_id, id AS lead_id, identity AS to_identity, 0 AS step FROM leads
       WHERE id IN (SELECT value FROM json_each(?))) AS sends ${LEAD_FACTS_JOINS}`,
  ).all(campaignId, JSON.stringify(leadIds))
  return new Map(rows.map((row) => [row.lead_id, toLeadFacts(row)]))
}

function toLeadFacts(row: LeadFactsRow): LeadFacts {
  return {
    isRemoved: row.removed_at !== null,
    review: row.review,
    contact: row.contact,
    isSuppressed: row.suppressed === 1,
    isCompanyStopped: row.stopped === 1,
    isPaused: row.paused === 1,
    isListHeld: row.list_held === 1,
    basisUntil: basisLastsUntil({ ...row, basisAt: row.basis_at, basisNote: row.basis_note }),
    hasBegun: row.begun === 1,
    lastTouchAt: row.touched,
    ...(row.allowed_at === null || row.allowed_until === null
      ? {}
      : { allowedAgain: { at: row.allowed_at, until: row.allowed_until } }),
  }
}

interface PendingRow extends LaneRow, LeadFactsRow {
  lead_id: number
  identity: string
  new_identity: string
  paced_at: number | null
  parked: ParkCode | null
  before_id: number | null
  delay_days: number | null
  delay_unit: DelayUnit | null
}

/**
 * Everything pending in a mailbox with its leads' facts, for the forecast. The mail before it is looked up only where it is
 * waited for.
 */
const PENDING = `
  SELECT sends.id, sends.campaign_id, sends.is_follow_up, sends.lead_id, sends.zone, sends.priority, sends.not_before,
    sends.due_code, sends.parked, sends.paced_at, ${TO_IDENTITY} AS identity, leads.identity AS new_identity,
    campaign_steps.delay_days, campaign_steps.delay_unit,
    iif(sends.parked = 'step_before', (SELECT max(before.id) FROM sends AS before INDEXED BY sends_lead
      WHERE before.lead_id = sends.lead_id AND before.campaign_id = sends.campaign_id AND before.step < sends.step
        AND before.status = 'pending'), NULL) AS before_id,
    ${LEAD_FACTS_COLUMNS}
  FROM sends INDEXED BY sends_pending ${LEAD_FACTS_JOINS}
  LEFT JOIN campaign_steps ON sends.parked = 'step_before' AND campaign_steps.campaign_id = sends.campaign_id
    AND campaign_steps.step = sends.step
  WHERE sends.mailbox_id = ? AND sends.status = 'pending'`

export function listPending(db: Reader, mailboxId: number): PlannedSend[] {
  return statement<PendingRow>(db, PENDING).all(mailboxId).map(toPlanned)
}

function toPlanned(row: PendingRow): PlannedSend {
  const { before_id: before, delay_days: days, delay_unit: unit } = row
  return {
    ...toHead(row),
    leadId: row.lead_id,
    identity: row.identity,
    ...(row.new_identity === row.identity ? {} : { newIdentity: row.new_identity }),
    lead: toLeadFacts(row),
    parked: row.parked,
    follows: before === null || days === null || unit === null ? null : { sendId: before, delay: { days, unit } },
    ...(row.paced_at === null ? {} : { pacedAt: row.paced_at }),
  }
}

/** The status of each campaign that has something pending or in flight in a mailbox. */
export function getCampaignStatus(db: Reader, campaignId: number): CampaignStatus {
  const row = statement<{ status: CampaignStatus }>(db, 'SELECT status FROM campaigns WHERE id = ?').get(campaignId)
  if (!row) throw new Error(`campaign ${campaignId} is missing`)
  return row.status
}
