import type { Suppression } from '#shared/contract/app'
import type { SuppressionKind, SuppressionReason } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

export interface NewSuppression {
  readonly kind: SuppressionKind
  /** The identity of an address, or a domain in lower-case punycode. */
  readonly value: string
  /** As the rep wrote it. */
  readonly typed: string
  readonly reason: SuppressionReason
  /** Epoch ms. */
  readonly now: number
}

/** False when it was suppressed already; the older reason stays. */
export function insertSuppression(tx: Writer, entry: NewSuppression): boolean {
  const { changes } = statement(
    tx,
    `INSERT INTO suppressions (kind, value, typed, reason, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, value) DO NOTHING`,
  ).run(entry.kind, entry.value, entry.typed, entry.reason, entry.now)
  return changes === 1
}

/** Null when it is not suppressed. */
export function findSuppressionId(db: Reader, kind: SuppressionKind, value: string): number | null {
  const sql = 'SELECT id FROM suppressions WHERE kind = ? AND value = ?'
  return statement<{ id: number }>(db, sql).get(kind, value)?.id ?? null
}

/** False when there is none (any more). */
export function deleteSuppression(tx: Writer, id: number): boolean {
  return statement(tx, 'DELETE FROM suppressions WHERE id = ?').run(id).changes === 1
}

/** Newest first. `search`: any part of the value or of what was typed. */
export function listSuppressions(
  db: Pick<Reader, '$client'>,
  page: { search: string; offset: number; limit: number },
): { rows: Suppression[]; total: number } {
  const search = page.search.toWellFormed().replaceAll('\0', '').trim()
  const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const where = search === '' ? '' : "WHERE value LIKE ? ESCAPE '\\' OR typed LIKE ? ESCAPE '\\'"
  const params = search === '' ? [] : [pattern, pattern]
  const total = statement<{ n: number }>(db, `SELECT count(*) AS n FROM suppressions ${where}`).get(...params)?.n ?? 0
  const rows = statement<Suppression>(
    db,
    `SELECT id, kind, value, reason, created_at AS createdAt FROM suppressions ${where}
     ORDER BY id DESC LIMIT ? OFFSET ?`,
  ).all(...params, page.limit, page.offset)
  return { rows, total }
}
