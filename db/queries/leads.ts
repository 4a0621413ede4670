import type { Lead, LeadFilter, LeadSelection } from '#shared/contract/leads'
import { LeadReview } from '#shared/domain/taxonomy'
import { sizeOf } from '../id-set.ts'
import { keptIn } from '../kept.ts'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { filterCondition, matchOf, notHidden, selectionCondition, type Condition } from './lead-filter.ts'
import { spanOfAll, spanOfSet, type Span } from './lead-order.ts'
import { leadsByIds } from './lead-rows.ts'
import { leadsOf } from './lead-sets.ts'
import { hiddenFrom } from './unfinished-lists.ts'

type Connected = Pick<Reader, '$client'>

export interface LeadPage extends Span {
  readonly filter: LeadFilter
}

/** One page and the size of the whole result. */
export function listLeads(db: Connected, page: LeadPage): { rows: Lead[]; total: number } {
  const hidden = hiddenFrom(db)
  if (isEverybody(page.filter)) {
    const total = countAll(db, hidden)
    return { rows: leadsByIds(db, spanOfAll(db, page, { total, hidden })), total }
  }
  const found = leadsOf(db, page.filter, hidden)
  return { rows: leadsByIds(db, spanOfSet(db, page, found)), total: sizeOf(found) }
}

export function countLeads(db: Connected, filter: LeadFilter): number {
  const hidden = hiddenFrom(db)
  return isEverybody(filter) ? countAll(db, hidden) : sizeOf(leadsOf(db, filter, hidden))
}

function isEverybody({ search, basis, ...words }: LeadFilter): boolean {
  return matchOf(search) === null && basis == null && Object.values(words).every((word) => word === null)
}

function countAll(db: Connected, hidden: number | null): number {
  const seen = notHidden('id', hidden)
  const sql = `SELECT count(*) AS n FROM leads WHERE removed_at IS NULL${seen.sql}`
  return keptIn(db).get('all', () => count(db, sql, seen.params))
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
  const { sql, params } = filterCondition(filter, hiddenFrom(db))
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
  return keptIn(db).get('facets', () => readFacets(db))
}

function readFacets(db: Connected): LeadFacets {
  const byReview = { new: 0, approved: 0, rejected: 0 }
  const hidden = hiddenFrom(db)
  const seen = notHidden('id', hidden)
  const tagged = notHidden('lead_id', hidden)
  // Counted one by one: a group costs twice as much as a stretch of the same index.
  const reviewed = `SELECT count(*) AS n FROM leads WHERE review = ? AND removed_at IS NULL${seen.sql}`
  for (const review of LeadReview.options) byReview[review] = count(db, reviewed, [review, ...seen.params])
  const tags = statement<{ tag: string; count: number }>(
    db,
    `SELECT tag, count(*) AS count FROM lead_tags WHERE true ${tagged.sql}
     GROUP BY tag ORDER BY count DESC, tag LIMIT 500`,
  )
  const lists = statement<LeadFacets['lists'][number]>(
    db,
    `SELECT * FROM (SELECT lists.id AS listId, lists.name AS name, lists.created_at AS createdAt,
       (SELECT count(*) FROM leads WHERE list_id = lists.id AND removed_at IS NULL) AS count
       FROM lists WHERE lists.saving_since IS NULL)
     WHERE count > 0 ORDER BY createdAt DESC, listId DESC`,
  )
  const total = byReview.new + byReview.approved + byReview.rejected
  return { total, byReview, tags: tags.all(...tagged.params), lists: lists.all() }
}

function count(db: Connected, sql: string, params: Condition['params']): number {
  return statement<{ n: number }>(db, sql).get(...params)?.n ?? 0
}

function ids(db: Connected, sql: string, params: Condition['params']): number[] {
  return statement<{ id: number }>(db, sql)
    .all(...params)
    .map((row) => row.id)
}
