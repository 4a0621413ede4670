import type { Provenance } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import type { Writer } from '../open.ts'
import type { UndoKind } from '../schema/leads.ts'
import { BEFORE } from './lead-edit.ts'
import { statement } from '../statements.ts'

/** A change of many leads, made in pieces under one undo. */
export interface LeadChange {
  readonly kind: UndoKind
  /** An expression about `l`: what the undo must know. */
  readonly before: string
  /** Which of the chosen leads would really change. */
  readonly where: string
  readonly whereParams: readonly (string | number | null)[]
  readonly set: string
  readonly setParams: readonly (string | number | null)[]
}

/** Leads that stay when they are removed: something was sent to them, or may be. */
const WRITTEN_TO = `EXISTS (SELECT 1 FROM sends WHERE sends.lead_id = l.id
  AND sends.status IN ('sent', 'processing', 'uncertain', 'pending'))`

export function reviewChange(review: LeadReview): LeadChange {
  return {
    kind: 'review',
    before: 'l.review',
    where: 'l.review <> ?',
    whereParams: [review],
    set: 'review = ?',
    setParams: [review],
  }
}

/** `add` and `remove` must not overlap. Tags stay in the order they were given. */
export function tagChange(tags: { add: readonly string[]; remove: readonly string[] }): LeadChange {
  const add = JSON.stringify(tags.add)
  const remove = JSON.stringify(tags.remove)
  return {
    kind: 'tag',
    before: 'l.tags',
    where: `(EXISTS (SELECT 1 FROM json_each(l.tags) old WHERE old.value IN (SELECT value FROM json_each(?)))
      OR EXISTS (SELECT 1 FROM json_each(?) new WHERE new.value NOT IN (SELECT value FROM json_each(l.tags))))`,
    whereParams: [remove, add],
    set: `tags = (SELECT json_group_array(value) FROM (
      SELECT value FROM json_each(leads.tags) WHERE value NOT IN (SELECT value FROM json_each(?))
      UNION ALL
      SELECT value FROM json_each(?) WHERE value NOT IN (SELECT value FROM json_each(leads.tags))))`,
    setParams: [remove, add],
  }
}

export function basisChange(to: Pick<Provenance, 'basis' | 'basisAt' | 'basisNote'>): LeadChange {
  const params = [to.basis, to.basisAt, to.basisNote]
  return {
    kind: 'edit',
    before: BEFORE,
    where: '(l.basis <> ? OR l.basis_at IS NOT ? OR l.basis_note <> ?)',
    whereParams: params,
    set: 'basis = ?, basis_at = ?, basis_note = ?',
    setParams: params,
  }
}

/** Leads that were written to, or are about to be, stay. `now` epoch ms. */
export function removeChange(now: number): LeadChange {
  return {
    kind: 'remove',
    before: "''",
    where: `NOT ${WRITTEN_TO}`,
    whereParams: [],
    set: 'removed_at = ?',
    setParams: [now],
  }
}

/**
 * Changes those of `ids` (rising) that are not removed and would really change; answers how many. Set-based: the undo's own
 * rows say which ones. An id must come once only.
 */
export function changeLeads(tx: Writer, undoId: number, piece: { change: LeadChange; ids: readonly number[] }): number {
  const { change, ids } = piece
  const { changes } = statement(
    tx,
    `INSERT INTO undo_leads (undo_id, lead_id, revision_before, revision, before)
     SELECT ?, l.id, l.revision, l.revision + 1, ${change.before} FROM json_each(?) j CROSS JOIN leads l ON l.id = j.value
     WHERE l.removed_at IS NULL AND ${change.where}`,
  ).run(undoId, JSON.stringify(ids), ...change.whereParams)
  if (changes === 0) return 0
  const { changes: changed } = statement(
    tx,
    `UPDATE leads SET ${change.set}, revision = revision + 1
     WHERE id IN (SELECT lead_id FROM undo_leads WHERE undo_id = ? AND lead_id BETWEEN ? AND ?)`,
  ).run(...change.setParams, undoId, ids[0] ?? 0, ids.at(-1) ?? 0)
  return changed
}
