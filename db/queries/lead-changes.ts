import type { LeadSelection } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import type { Writer } from '../open.ts'
import type { UndoKind } from '../schema/leads.ts'
import { statement } from '../statements.ts'
import { selectionCondition } from './lead-filter.ts'
import { hiddenFrom } from './unfinished-lists.ts'
import { closeUndo, deleteUndo, insertUndo } from './undos.ts'

/** How many leads really changed, and what takes it back; null when none did. */
export interface Change {
  readonly changed: number
  readonly undoId: number | null
}

export interface Chosen {
  readonly selection: LeadSelection
  /** Epoch ms. */
  readonly now: number
}

/** Leads that stay when they are removed: something was sent to them, or may be. */
const WRITTEN_TO = `EXISTS (SELECT 1 FROM sends WHERE sends.lead_id = l.id
  AND sends.status IN ('sent', 'processing', 'uncertain', 'pending'))`

export function reviewLeads(tx: Writer, chosen: Chosen, review: LeadReview): Change {
  return change(tx, chosen, {
    kind: 'review',
    before: 'l.review',
    where: 'l.review <> ?',
    whereParams: [review],
    set: 'review = ?',
    setParams: [review],
  })
}

/** `add` and `remove` must not overlap. Tags stay in the order they were given. */
export function tagLeads(
  tx: Writer,
  chosen: Chosen,
  tags: { add: readonly string[]; remove: readonly string[] },
): Change {
  const add = JSON.stringify(tags.add)
  const remove = JSON.stringify(tags.remove)
  return change(tx, chosen, {
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
  })
}

/** Leads that were written to, or are about to be, stay. */
export function removeLeads(tx: Writer, chosen: Chosen): Change {
  return change(tx, chosen, {
    kind: 'remove',
    before: "''",
    where: `NOT ${WRITTEN_TO}`,
    whereParams: [],
    set: 'removed_at = ?',
    setParams: [chosen.now],
  })
}

interface Plan {
  readonly kind: UndoKind
  /** An expression about `l`: what the undo must know. */
  readonly before: string
  /** Which of the chosen leads would really change. */
  readonly where: string
  readonly whereParams: readonly (string | number)[]
  readonly set: string
  readonly setParams: readonly (string | number)[]
}

/** Set-based: the undo's own rows say which leads change, so 100,000 cost two statements. */
function change(tx: Writer, chosen: Chosen, plan: Plan): Change {
  const undoId = insertUndo(tx, plan.kind, chosen.now)
  const { sql, params } = selectionCondition(chosen.selection, hiddenFrom(tx))
  const { changes } = statement(
    tx,
    `INSERT INTO undo_leads (undo_id, lead_id, revision_before, revision, before)
     SELECT ?, l.id, l.revision, l.revision + 1, ${plan.before} FROM leads l WHERE ${sql} AND ${plan.where} ORDER BY l.id`,
  ).run(undoId, ...params, ...plan.whereParams)
  if (changes === 0) {
    deleteUndo(tx, undoId)
    return { changed: 0, undoId: null }
  }
  statement(
    tx,
    `UPDATE leads SET ${plan.set}, revision = revision + 1
     WHERE id IN (SELECT lead_id FROM undo_leads WHERE undo_id = ?)`,
  ).run(...plan.setParams, undoId)
  closeUndo(tx, undoId, changes)
  return { changed: changes, undoId }
}
