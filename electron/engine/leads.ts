import { write } from '#db/open'
import type { Reader, Writer } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { removeLeads, reviewLeads, tagLeads, type Change } from '#db/queries/lead-changes'
import { findLead } from '#db/queries/lead-rows'
import { countSelected, leadFacets, listLeads, type LeadFacets, type LeadPage } from '#db/queries/leads'
import { insertSuppression } from '#db/queries/suppressions'
import { deleteUndo, findUndo, restoreLeads } from '#db/queries/undos'
import { findLeadKey } from '#db/queries/lead-edit'
import type { Lead, LeadEdit, LeadFilter, LeadSelection } from '#shared/contract/leads'
import type { EventKind, LeadReview } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'
import { saveEdit } from './lead-edits.ts'
import { exportLeads } from './lead-export.ts'

export interface LeadsDeps extends EngineContext {
  /** Called after a change that may forbid waiting sends: a suppression, a rejection, a removal. */
  readonly suppressed: () => void
}

/** The people the rep may write to: reading, reviewing, tagging, editing, and taking any of it back. */
export interface Leads {
  list(page: LeadPage): { rows: Lead[]; total: number }
  /** Throws `lead.not_found`. */
  get(leadId: number): Lead
  facets(): LeadFacets
  review(selection: LeadSelection, review: LeadReview): Change
  /** A tag in both lists is added. */
  tag(selection: LeadSelection, tags: { add: readonly string[]; remove: readonly string[] }): Change
  edit(edit: { leadId: number; revision: number; edit: LeadEdit }): { lead: Lead; undoId: number }
  /** Leads that were written to stay and are counted in `kept`. */
  remove(selection: LeadSelection): Change & { kept: number }
  doNotContact(leadId: number): Lead
  /** Throws `undo.gone` when it is too old or was used. Answers how many leads went back. */
  undo(undoId: number): { changed: number }
  export(filter: LeadFilter): { fileName: string; text: string }
}

const UNDONE: Record<'review' | 'tag' | 'edit' | 'remove', EventKind> = {
  review: 'leads_reviewed',
  tag: 'leads_tagged',
  edit: 'lead_edited',
  remove: 'leads_removed',
}

export function createLeads(deps: LeadsDeps): Leads {
  const { db, clock } = deps

  /** The change and its event are one transaction; the page and the sender hear of it afterwards. */
  function changing<T extends Change>(kind: EventKind, change: (tx: Writer, now: number) => Told<T>): T {
    const now = clock.now()
    const { result } = write(db, (tx) => {
      const told = change(tx, now)
      const data = { ...told.data, changed: told.result.changed }
      if (told.result.changed > 0) insertEvent(tx, { at: now, kind, data })
      return told
    })
    if (result.changed > 0) deps.publish({ type: 'leads.changed' })
    return result
  }

  return {
    list: (page) => listLeads(db, page),
    get: (leadId) => getLead(db, leadId),
    facets: () => leadFacets(db),

    review(selection, review) {
      const result = changing('leads_reviewed', (tx, now) => ({
        result: reviewLeads(tx, { selection, now }, review),
        data: { review },
      }))
      if (result.changed > 0 && review === 'rejected') deps.suppressed()
      return result
    },

    tag(selection, tags) {
      const add = [...new Set(tags.add.map(tagOf))].filter((tag) => tag !== '')
      const remove = tags.remove.map(tagOf).filter((tag) => !add.includes(tag))
      return changing('leads_tagged', (tx, now) => ({
        result: tagLeads(tx, { selection, now }, { add, remove }),
        data: { added: add.length, removed: remove.length },
      }))
    },

    edit(request) {
      const saved = saveEdit(deps, request)
      deps.publish({ type: 'leads.changed' })
      return { lead: getLead(db, request.leadId), undoId: saved }
    },

    remove(selection) {
      const result = changing('leads_removed', (tx, now) => {
        const chosen = countSelected(tx, selection)
        const removed = removeLeads(tx, { selection, now })
        const kept = chosen - removed.changed
        return { result: { ...removed, kept }, data: { kept } }
      })
      if (result.changed > 0) deps.suppressed()
      return result
    },

    doNotContact: (leadId) => suppressLead(deps, leadId),
    undo: (undoId) => takeBack(deps, undoId),
    export: (filter) => exportLeads(db, filter),
  }
}

interface Told<T> {
  readonly result: T
  /** Codes and numbers for the event. */
  readonly data: Readonly<Record<string, unknown>>
}

function getLead(db: Pick<Reader, '$client'>, leadId: number): Lead {
  const lead = findLead(db, leadId)
  if (lead === null) throw new AppError('lead.not_found', `lead ${leadId}`)
  return lead
}

function suppressLead(deps: LeadsDeps, leadId: number): Lead {
  const now = deps.clock.now()
  const isNew = write(deps.db, (tx) => {
    const key = findLeadKey(tx, leadId)
    if (key === null) throw new AppError('lead.not_found', `lead ${leadId}`)
    const entry = { kind: 'address', value: key.identity, typed: key.email, reason: 'by_hand', now } as const
    const added = insertSuppression(tx, entry)
    if (added) insertEvent(tx, { at: now, kind: 'lead_suppressed', leadId, data: { reason: 'by_hand' } })
    return added
  })
  if (isNew) {
    deps.publish({ type: 'suppressions.changed' })
    deps.publish({ type: 'leads.changed' })
    deps.suppressed()
  }
  return getLead(deps.db, leadId)
}

function takeBack(deps: LeadsDeps, undoId: number): { changed: number } {
  const now = deps.clock.now()
  const changed = write(deps.db, (tx) => {
    const kind = findUndo(tx, undoId)
    if (kind === null) throw new AppError('undo.gone', `undo ${undoId}`)
    const restored = restoreLeads(tx, undoId, kind)
    deleteUndo(tx, undoId)
    insertEvent(tx, { at: now, kind: UNDONE[kind], data: { isUndo: true, changed: restored } })
    return restored
  })
  if (changed > 0) {
    deps.publish({ type: 'leads.changed' })
    // A review set back to rejected forbids as much as a new rejection does.
    deps.suppressed()
  }
  return { changed }
}

function tagOf(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
