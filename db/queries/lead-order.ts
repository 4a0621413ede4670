import type { LeadSort } from '#shared/contract/leads'
import { hasId, idsIn, sizeOf, type IdSet } from '../id-set.ts'
import { keptIn } from '../kept.ts'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { readIds } from './lead-sets.ts'

type Connected = Pick<Reader, '$client'>

/** A stretch of a list in some order. */
export interface Span {
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

/** Up to here, sorting what was found is cheaper than walking the index of the order (measured). */
const SORT_BELOW = 2_000

/** So much of an order is read at first, and then; a page that is not in it has the whole order read. */
const STRETCHES = [2_000, 16_000] as const

/** Of all leads that are not removed (those from `hidden` on left out): `total` of them. */
export function spanOfAll(
  db: Connected,
  span: Span,
  { total, hidden }: { total: number; hidden: number | null },
): number[] {
  return fromNearerEnd(span, total, ({ offset, limit, isReversed }) => {
    const { index } = ORDERS[span.sort]
    const seen = hidden === null ? '' : ' AND l.id < ?'
    const sql = `SELECT l.id FROM leads l ${index === null ? '' : `INDEXED BY ${index}`}
      WHERE l.removed_at IS NULL${seen} ORDER BY ${orderBy(span.sort, isReversed)} LIMIT ? OFFSET ?`
    return rowIds(db, sql, [...(hidden === null ? [] : [hidden]), limit, offset])
  })
}

/** Of `found`. */
export function spanOfSet(db: Connected, span: Span, found: IdSet): number[] {
  const total = sizeOf(found)
  return fromNearerEnd(span, total, (near) => {
    const { index, isDescending } = ORDERS[span.sort]
    if (index === null) return byId(found, { ...near, isReversed: near.isReversed !== isDescending, total })
    return total <= SORT_BELOW ? sorted(db, found, { ...span, ...near }) : walked(db, found, { ...span, ...near })
  })
}

interface Near {
  readonly offset: number
  readonly limit: number
  readonly isReversed: boolean
}

/** What has to be stepped over is never more than half. */
function fromNearerEnd({ offset, limit: most }: Span, total: number, read: (near: Near) => number[]): number[] {
  const limit = Math.max(0, Math.min(most, total - offset))
  const after = total - offset - limit
  if (offset <= after) return read({ offset, limit, isReversed: false })
  return read({ offset: after, limit, isReversed: true }).reverse()
}

function byId(found: IdSet, { offset, limit, isReversed, total }: Near & { total: number }): number[] {
  if (!isReversed) return idsIn(found, { offset, limit })
  return idsIn(found, { offset: total - offset - limit, limit }).reverse()
}

function sorted(db: Connected, found: IdSet, { sort, offset, limit, isReversed }: Span & Near): number[] {
  const ids = JSON.stringify(idsIn(found, { offset: 0, limit: SORT_BELOW }))
  const sql = `SELECT l.id FROM json_each(?) j CROSS JOIN leads l ON l.id = j.value
    ORDER BY ${orderBy(sort, isReversed)} LIMIT ? OFFSET ?`
  return rowIds(db, sql, [ids, limit, offset])
}

function walked(db: Connected, found: IdSet, span: Span & Near): number[] {
  for (const stretch of STRETCHES) {
    if (span.offset + span.limit > stretch) continue
    const near = pick(startOf(db, span, stretch), found, span)
    if (near.length === span.limit) return near
  }
  const all = startOf(db, { sort: span.sort, isReversed: false }, -1)
  return pick(span.isReversed ? all.toReversed() : all, found, span)
}

function pick(order: readonly number[], found: IdSet, { offset, limit }: Near): number[] {
  const picked: number[] = []
  let skipped = 0
  for (const id of order) {
    if (picked.length === limit) break
    if (!hasId(found, id)) continue
    if (skipped < offset) skipped += 1
    else picked.push(id)
  }
  return picked
}

/** The first `limit` leads that are not removed, in order; -1: all of them. */
function startOf(
  db: Connected,
  { sort, isReversed }: Pick<Span & Near, 'sort' | 'isReversed'>,
  limit: number,
): number[] {
  const sql = `SELECT l.id AS id FROM leads l INDEXED BY ${ORDERS[sort].index}
    WHERE l.removed_at IS NULL ORDER BY ${orderBy(sort, isReversed)} LIMIT ?`
  return keptIn(db).get(`${sort} ${isReversed} ${limit}`, () => readIds(db, sql, [limit]))
}

function orderBy(sort: LeadSort, isReversed: boolean): string {
  const { by, isDescending } = ORDERS[sort]
  return by.map((term) => `${term} ${isDescending === isReversed ? 'ASC' : 'DESC'}`).join(', ')
}

function rowIds(db: Connected, sql: string, values: readonly (string | number)[]): number[] {
  return statement<{ id: number }>(db, sql)
    .all(...values)
    .map((row) => row.id)
}
