/** The lead behind a send, as the gates see it. */
import { basisLastsUntil } from '#shared/domain/country-rules'
import type { LeadFacts } from '#shared/domain/gates'
import type { LawfulBasis, LeadContact, LeadReview } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { domainOf, stoppedByName, suppressedElsewhere, touchedElsewhere } from './same-person.ts'

/** The person a send is meant for. */
export const TO_IDENTITY = "iif(sends.to_identity = '', leads.identity, sends.to_identity)"

interface LeadFactsRow {
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
  allowed_send: number | null
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
  nullif(max(
    coalesce((SELECT max(at) FROM touches WHERE identity IN (leads.identity, sends.to_identity) AND ${OTHER_SEND}), -1),
    coalesce(${atAliases(touchedElsewhere('leads.identity', OTHER_SEND))}, -1),
    coalesce(${whereMoved(touchedElsewhere('sends.to_identity', OTHER_SEND))}, -1)), -1) AS touched,
  allowed.created_at AS allowed_at, allowed.expires_at AS allowed_until,
  allowed.used_send_id AS allowed_send`

/** With the rep's word for one more mail in spite of the cool-down. */
const LEAD_FACTS_JOINS = `JOIN leads ON leads.id = sends.lead_id
  LEFT JOIN domain_aliases aliased ON aliased.domain = leads.domain
  LEFT JOIN cool_down_overrides allowed ON allowed.lead_id = sends.lead_id AND allowed.withdrawn_at IS NULL`

/** Has a mail of the same enrolment left before it? */
export const BEGUN = `CASE WHEN sends.step = 0 THEN 0 ELSE EXISTS (SELECT 1 FROM sends AS before INDEXED BY sends_sent
    WHERE before.lead_id = sends.lead_id AND before.status = 'sent' AND before.campaign_id = sends.campaign_id
      AND before.step < sends.step) END`

/** What of the facts is one send's alone. */
export interface OwnFacts {
  readonly id: number
  readonly begun: 0 | 1
}

/** The lead behind a send, as the gates see it. */
export function getLeadFacts(db: Reader, sendId: number): LeadFacts {
  const row = statement<LeadFactsRow & OwnFacts>(
    db,
    `SELECT sends.id, ${BEGUN} AS begun, ${LEAD_FACTS_COLUMNS} FROM sends ${LEAD_FACTS_JOINS} WHERE sends.id = ?`,
  ).get(sendId)
  if (!row) throw new Error(`send ${sendId} has no lead`)
  return toLeadFacts(row)(row)
}

/** Of a send to somebody in a campaign; another to the same address of theirs there has the same facts but for its own. */
export type FactsOf = (own: OwnFacts) => LeadFacts

/** By send. */
export function listLeadFacts(db: Reader, sendIds: readonly number[]): ReadonlyMap<number, FactsOf> {
  const rows = statement<LeadFactsRow & { id: number }>(
    db,
    `SELECT sends.id, ${LEAD_FACTS_COLUMNS} FROM sends ${LEAD_FACTS_JOINS}
     WHERE sends.id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(sendIds))
  return new Map(rows.map((row) => [row.id, toLeadFacts(row)]))
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
     FROM (SELECT ? AS campaign_id, id AS lead_id, identity AS to_identity FROM leads
       WHERE id IN (SELECT value FROM json_each(?))) AS sends ${LEAD_FACTS_JOINS}`,
  ).all(campaignId, JSON.stringify(leadIds))
  return new Map(rows.map((row) => [row.lead_id, toLeadFacts(row)({ id: 0, begun: 0 })]))
}

function toLeadFacts(row: LeadFactsRow): FactsOf {
  const shared: LeadFacts = {
    isRemoved: row.removed_at !== null,
    review: row.review,
    contact: row.contact,
    isSuppressed: row.suppressed === 1,
    isCompanyStopped: row.stopped === 1,
    isPaused: row.paused === 1,
    isListHeld: row.list_held === 1,
    basisUntil: basisLastsUntil({ ...row, basisAt: row.basis_at, basisNote: row.basis_note }),
    hasBegun: false,
    lastTouchAt: row.touched,
  }
  const begun: LeadFacts = { ...shared, hasBegun: true }
  const { allowed_at: at, allowed_until: until, allowed_send: usedBy } = row
  return (own) => {
    const facts = own.begun === 1 ? begun : shared
    // The mail that uses the word up still has it.
    const isAllowed = at !== null && until !== null && (usedBy === null || usedBy === own.id)
    return isAllowed ? { ...facts, allowedAgain: { at, until } } : facts
  }
}
