import type { EventKind } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

export interface ActivityRow {
  readonly id: number
  readonly at: number
  readonly kind: EventKind
  readonly data: string | null
  readonly sendId: number | null
  readonly leadId: number | null
  readonly campaignId: number | null
  readonly leadName: string | null
  readonly to: string | null
  readonly campaignName: string | null
  readonly mailboxAddress: string | null
}

const COLUMNS = `
  SELECT events.id, events.at, events.kind, events.data, events.send_id AS sendId,
    coalesce(events.lead_id, sends.lead_id) AS leadId, coalesce(events.campaign_id, sends.campaign_id) AS campaignId,
    trim(leads.first_name || ' ' || leads.last_name) AS leadName, coalesce(sends.to_address, leads.email) AS "to",
    campaigns.name AS campaignName, mailboxes.address AS mailboxAddress
  FROM events
  LEFT JOIN sends ON sends.id = events.send_id
  LEFT JOIN leads ON leads.id = coalesce(events.lead_id, sends.lead_id)
  LEFT JOIN campaigns ON campaigns.id = coalesce(events.campaign_id, sends.campaign_id)
  LEFT JOIN mailboxes ON mailboxes.id = coalesce(events.mailbox_id, sends.mailbox_id)`

/** Null when there is none (any more). */
export function findActivity(db: Reader, eventId: number): ActivityRow | null {
  return statement<ActivityRow>(db, `${COLUMNS} WHERE events.id = ?`).get(eventId) ?? null
}

/** Which events; null and empty mean "any". */
export interface ActivityFilter {
  readonly kinds: readonly EventKind[]
  readonly mailboxId: number | null
  readonly campaignId: number | null
  readonly leadId: number | null
  /** Epoch ms; `until` is not included. */
  readonly since: number | null
  readonly until: number | null
  /** Part of a person's name or address, or of a campaign's name. */
  readonly search: string
}

export interface ActivityWindow {
  /** Ids below this one. */
  readonly before: number
  /** Ids from this one on: how far is looked in one go. */
  readonly from: number
  readonly limit: number
}

/** Newest first. Reads no event outside the window, so that a rare thing is looked for in bounded steps. */
export function listActivity(db: Reader, filter: ActivityFilter, window: ActivityWindow): ActivityRow[] {
  const parts = ['events.id < ?', 'events.id >= ?']
  const values: (string | number)[] = [window.before, window.from]
  const add = (sql: string, ...more: readonly (string | number)[]): void => {
    parts.push(sql)
    values.push(...more)
  }
  if (filter.kinds.length > 0) add('events.kind IN (SELECT value FROM json_each(?))', JSON.stringify(filter.kinds))
  if (filter.mailboxId !== null) add('coalesce(events.mailbox_id, sends.mailbox_id) = ?', filter.mailboxId)
  if (filter.campaignId !== null) add('coalesce(events.campaign_id, sends.campaign_id) = ?', filter.campaignId)
  if (filter.leadId !== null) add('coalesce(events.lead_id, sends.lead_id) = ?', filter.leadId)
  if (filter.since !== null) add('events.at >= ?', filter.since)
  if (filter.until !== null) add('events.at < ?', filter.until)
  const search = filter.search.toWellFormed().replaceAll('\0', '').trim()
  if (search !== '') {
    const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    add(SEARCHED, pattern, pattern, pattern, pattern)
  }
  const sql = `${COLUMNS} WHERE ${parts.join(' AND ')} ORDER BY events.id DESC LIMIT ?`
  return statement<ActivityRow>(db, sql).all(...values, window.limit)
}

const SEARCHED = `(sends.to_address LIKE ? ESCAPE '\\' OR sends.to_name LIKE ? ESCAPE '\\'
  OR leads.first_name || ' ' || leads.last_name || ' ' || leads.email LIKE ? ESCAPE '\\'
  OR campaigns.name LIKE ? ESCAPE '\\')`

/**
 * After a clock was set back, ids and moments do not rise together. So many events around the edge are looked at, rather
 * than one.
 */
const NEAR_EDGE = 1_000

/** The id after the newest event before `until` (epoch ms; null: of all): where a look back begins. 1: there is none. */
export function findActivityEnd(db: Reader, until: number | null): number {
  if (until === null) return firstNumber(db, 'SELECT max(id) FROM events', []) + 1
  const near = `SELECT id FROM events WHERE at < ? ORDER BY at DESC LIMIT ${NEAR_EDGE}`
  return firstNumber(db, `SELECT max(id) FROM (${near})`, [until]) + 1
}

/** The id of the oldest event from `since` (epoch ms) on; 0: there is none. */
export function findActivityStart(db: Reader, since: number): number {
  return firstNumber(db, `SELECT min(id) FROM (SELECT id FROM events WHERE at >= ? ORDER BY at LIMIT ${NEAR_EDGE})`, [
    since,
  ])
}

function firstNumber(db: Reader, sql: string, values: readonly number[]): number {
  return (
    statement<number | null>(db, sql)
      .pluck()
      .get(...values) ?? 0
  )
}
