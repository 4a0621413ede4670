import type { Lead, LeadFilter, LeadSelection, LeadSort } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { filterCondition, matchOf, notHidden, selectionCondition, type Condition } from './lead-filter.ts'
import { leadsByIds } from './lead-rows.ts'
import { hiddenFrom } from './unfinished-lists.ts'

type Connected = Pick<Reader, '$client'>

export interface LeadPage {
  readonly filter: LeadFilter
  readonly sort: LeadSort
  readonly offset: number
  readonly limit: number
}

interface Order {
  /** It holds the same expressions; null: the order of the table itself. */
  readonly index: string | null
  readonly by: readonly string[]
  readonly isDescending: boolean
}

/** People without a name or company come last. */
const ORDERS: Readonly<Record<LeadSort, Order>> = {
  newest: { index: null, by: ['l.id'], isDescending: true },
  oldest: { index: null, by: ['l.id'], isDescending: false },
  name: {
    index: 'leads_name',
    by: ["l.last_name = ''", 'l.last_name COLLATE NOCASE', 'l.first_name COLLATE NOCASE', 'l.id'],
    isDescending: false,
  },
  company: { index: 'leads_company', by: ["l.company = ''", 'l.company COLLATE NOCASE', 'l.id'], isDescending: false },
  email: { index: 'leads_email', by: ['l.email COLLATE NOCASE', 'l.id'], isDescending: false },
}

/** From here on, looking up each match costs more than walking the leads of a review or list (measured). */
const BROAD_FROM = 5_000

const COUNT_WORDS = 'SELECT count(*) AS n FROM leads_fts WHERE leads_fts MATCH ?'
const COUNT_TAG = 'SELECT count(*) AS n FROM lead_tags WHERE tag = ?'
/** To learn that there are many, not all need be counted. */
const FIRST_WITH_WORDS = 'SELECT count(*) AS n FROM (SELECT 1 FROM leads_fts WHERE leads_fts MATCH ? LIMIT ?)'
const FIRST_WITH_TAG = 'SELECT count(*) AS n FROM (SELECT 1 FROM lead_tags WHERE tag = ? LIMIT ?)'

/** Up to here, fetching all that match and sorting them is cheaper than walking the index of the order (measured). */
const SORT_BELOW = 2_000

/** One page and the size of the whole result. */
export function listLeads(db: Connected, page: LeadPage): { rows: Lead[]; total: number } {
  const view = viewOf(db, page.filter)
  const total = countMatches(db, page.filter, view)
  if (page.offset >= total) return { rows: [], total }
  return { rows: leadsByIds(db, pageIds(db, page, { ...view, total })), total }
}

export function countLeads(db: Connected, filter: LeadFilter): number {
  return countMatches(db, filter, viewOf(db, filter))
}

function viewOf(db: Connected, filter: LeadFilter): View {
  return { hidden: hiddenFrom(db), isBroad: isBroadFilter(db, filter) }
}

function countMatches(db: Connected, filter: LeadFilter, view: View): number {
  const match = matchOf(filter.search)
  if (match !== null && isSearchOnly(filter)) {
    const seen = notHidden('rowid', view.hidden)
    return count(db, COUNT_WORDS + seen.sql, [match, ...seen.params])
  }
  if (filter.tag !== null && match === null && !filter.review && !filter.listId && !filter.written) {
    const seen = notHidden('lead_id', view.hidden)
    return count(db, COUNT_TAG + seen.sql, [filter.tag, ...seen.params])
  }
  const { sql, params } = filterCondition(filter, view)
  return count(db, `SELECT count(*) AS n FROM leads l WHERE ${sql}`, params)
}

export function countSelected(db: Connected, selection: LeadSelection): number {
  const { sql, params } = selectionCondition(selection, hiddenFrom(db))
  return count(db, `SELECT count(*) AS n FROM leads l WHERE ${sql}`, params)
}

/** The chosen leads, oldest first. */
export function selectedLeadIds(db: Connected, selection: LeadSelection): number[] {
  const { sql, params } = selectionCondition(selection, hiddenFrom(db))
  return ids(db, `SELECT l.id FROM leads l WHERE ${sql} ORDER BY l.id`, params)
}

/** Ids after `after` in order, at most `limit`: for reading a large result in pieces. */
export function leadIdsAfter(db: Connected, filter: LeadFilter, from: { after: number; limit: number }): number[] {
  const { sql, params } = filterCondition(filter, { hidden: hiddenFrom(db) })
  const text = `SELECT l.id FROM leads l WHERE ${sql} AND l.id > ? ORDER BY l.id LIMIT ?`
  return ids(db, text, [...params, from.after, from.limit])
}

export interface LeadFacets {
  total: number
  byReview: Record<LeadReview, number>
  tags: { tag: string; count: number }[]
  lists: { listId: Lead['listId']; name: string; count: number; createdAt: number }[]
}

/** Figures over all leads; lists newest first, tags by use. */
export function leadFacets(db: Connected): LeadFacets {
  const byReview = { new: 0, approved: 0, rejected: 0 }
  const hidden = hiddenFrom(db)
  const seen = notHidden('id', hidden)
  const tagged = notHidden('lead_id', hidden)
  const reviews = statement<{ review: LeadReview; n: number }>(
    db,
    `SELECT review, count(*) AS n FROM leads WHERE removed_at IS NULL ${seen.sql} GROUP BY review`,
  )
  for (const { review, n } of reviews.all(...seen.params)) byReview[review] = n
  const tags = statement<{ tag: string; count: number }>(
    db,
    `SELECT tag, count(*) AS count FROM lead_tags WHERE true ${tagged.sql}
     GROUP BY tag ORDER BY count DESC, tag LIMIT 500`,
  )
  const lists = statement<LeadFacets['lists'][number]>(
    db,
    `SELECT lists.id AS listId, lists.name AS name, used.n AS count, lists.created_at AS createdAt
     FROM (SELECT list_id, count(*) AS n FROM leads WHERE removed_at IS NULL GROUP BY list_id) used
     JOIN lists ON lists.id = used.list_id AND lists.saving_since IS NULL
     ORDER BY lists.created_at DESC, lists.id DESC`,
  )
  const total = byReview.new + byReview.approved + byReview.rejected
  return { total, byReview, tags: tags.all(...tagged.params), lists: lists.all() }
}

/** Only beside a review or a list: these have an index to walk. */
function isBroadFilter(db: Connected, filter: LeadFilter): boolean {
  if (filter.review === null && filter.listId === null) return false
  const match = matchOf(filter.search)
  if (match !== null) return count(db, FIRST_WITH_WORDS, [match, BROAD_FROM]) === BROAD_FROM
  return filter.tag !== null && count(db, FIRST_WITH_TAG, [filter.tag, BROAD_FROM]) === BROAD_FROM
}

interface View {
  readonly hidden: number | null
  readonly isBroad: boolean
}

interface Known extends View {
  readonly total: number
}

/** Read from the nearer end: what has to be stepped over is never more than half. */
function pageIds(db: Connected, page: LeadPage, known: Known): number[] {
  const limit = Math.min(page.limit, known.total - page.offset)
  const after = known.total - page.offset - limit
  if (page.offset <= after) return idsFrom(db, { ...page, limit }, { ...known, isReversed: false })
  return idsFrom(db, { ...page, limit, offset: after }, { ...known, isReversed: true }).reverse()
}

function idsFrom(db: Connected, page: LeadPage, known: Known & { isReversed: boolean }): number[] {
  const { filter, sort, offset, limit } = page
  const { index, by, isDescending } = ORDERS[sort]
  const direction = isDescending === known.isReversed ? 'ASC' : 'DESC'
  const match = matchOf(filter.search)
  if (index === null && match !== null && isSearchOnly(filter)) {
    const seen = notHidden('rowid', known.hidden)
    const where = `leads_fts MATCH ?${seen.sql}`
    const text = `SELECT rowid AS id FROM leads_fts WHERE ${where} ORDER BY rowid ${direction} LIMIT ? OFFSET ?`
    return ids(db, text, [match, ...seen.params, limit, offset])
  }
  const { sql, params } = filterCondition(filter, { hidden: known.hidden, isBroad: index === null && known.isBroad })
  const walk = index !== null && known.total > SORT_BELOW ? `INDEXED BY ${index}` : ''
  const order = by.map((term) => `${term} ${direction}`).join(', ')
  return ids(db, `SELECT l.id FROM leads l ${walk} WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`, [
    ...params,
    limit,
    offset,
  ])
}

function isSearchOnly(filter: LeadFilter): boolean {
  return filter.review === null && filter.tag === null && filter.listId === null && filter.written === null
}

function count(db: Connected, sql: string, params: Condition['params']): number {
  return statement<{ n: number }>(db, sql).get(...params)?.n ?? 0
}

function ids(db: Connected, sql: string, params: Condition['params']): number[] {
  return statement<{ id: number }>(db, sql)
    .all(...params)
    .map((row) => row.id)
}
