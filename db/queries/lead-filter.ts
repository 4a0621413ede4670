import type { LeadFilter, LeadSelection } from '#shared/contract/leads'

/** A piece of a WHERE clause about `leads AS l`, and its values in order. The text is made of constants only. */
export interface Condition {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

const WRITTEN = {
  never: 'NOT EXISTS (SELECT 1 FROM sends WHERE sends.lead_id = l.id)',
  waiting: "EXISTS (SELECT 1 FROM sends WHERE sends.lead_id = l.id AND sends.status IN ('pending', 'processing'))",
  written: "EXISTS (SELECT 1 FROM sends WHERE sends.lead_id = l.id AND sends.status = 'sent')",
} as const

/** For leads found by words already: of two lists of ids SQLite would try every pair, which takes minutes. */
const TAGGED = 'EXISTS (SELECT 1 FROM lead_tags WHERE lead_tags.lead_id = l.id AND lead_tags.tag = ?)'

/** Leads that are not removed, not hidden and meet every part of the filter. */
export function filterCondition(filter: LeadFilter, hidden: number | null): Condition {
  const seen = notHidden('+l.id', hidden)
  const parts = [`l.removed_at IS NULL${seen.sql}`]
  const params = [...seen.params]
  const match = matchOf(filter.search)
  if (match !== null) {
    parts.push(`l.id IN (SELECT rowid FROM leads_fts WHERE leads_fts MATCH ?)`)
    params.push(match)
  }
  const words = [
    ['l.review = ?', filter.review],
    ['l.list_id = ?', filter.listId],
    ['l.basis = ?', filter.basis],
  ] as const
  for (const [sql, value] of words) {
    if (value == null) continue
    parts.push(sql)
    params.push(value)
  }
  if (filter.tag !== null) {
    parts.push(match === null ? `l.id IN (SELECT lead_id FROM lead_tags WHERE tag = ?)` : TAGGED)
    params.push(filter.tag)
  }
  if (filter.written !== null) parts.push(WRITTEN[filter.written])
  return { sql: parts.join(' AND '), params }
}

/** A further condition, or none. Where other parts of the filter should lead, a sign before `id` keeps it from leading. */
export function notHidden(id: string, hidden: number | null): Condition {
  return hidden === null ? { sql: '', params: [] } : { sql: ` AND ${id} < ?`, params: [hidden] }
}

/** The chosen leads, removed and hidden ones never among them; ids that do not exist are no matter. */
export function selectionCondition(selection: LeadSelection, hidden: number | null): Condition {
  if (selection.by === 'ids') {
    const seen = notHidden('+l.id', hidden)
    return {
      sql: `l.removed_at IS NULL AND l.id IN (SELECT value FROM json_each(?))${seen.sql}`,
      params: [JSON.stringify(selection.ids), ...seen.params],
    }
  }
  const found = filterCondition(selection.filter, hidden)
  if (selection.except.length === 0) return found
  return {
    sql: `${found.sql} AND l.id NOT IN (SELECT value FROM json_each(?))`,
    params: [...found.params, JSON.stringify(selection.except)],
  }
}

/**
 * The full-text query for what a rep typed: every word quoted, matched by its beginning. Null when there is no word to
 * look for: signs alone find nothing and therefore filter nothing.
 */
export function matchOf(search: string): string | null {
  const words = search
    .toWellFormed()
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  if (words.length === 0) return null
  return words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ')
}
