import { write } from '#db/open'
import type { Reader } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { basisChange, removeChange, reviewChange, tagChange } from '#db/queries/lead-changes'
import { findLead } from '#db/queries/lead-rows'
import { leadFacets, listLeads, type LeadFacets, type LeadPage } from '#db/queries/leads'
import { insertSuppression } from '#db/queries/suppressions'
import { findLeadKey } from '#db/queries/lead-edit'
import type { Lead, LeadEdit, LeadFilter, LeadSelection, Provenance } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { createLeadBulk, type Change } from './lead-bulk.ts'
import { addLead, findPerson, type NewLead } from './lead-adding.ts'
import { saveEdit } from './lead-edits.ts'
import { cleanText, MAX_TEXT } from './lead-text.ts'
import { exportLeads } from './lead-export.ts'

/** Why somebody may be written to, since when, and what proves it. */
type Ground = Pick<Provenance, 'basis' | 'basisAt' | 'basisNote'>

export interface LeadsDeps extends EngineContext {
  /** Called after a change that may forbid waiting sends: a suppression, a rejection, a removal. */
  readonly suppressed: () => void
  /** Somebody who was erased must not come back under any lead. */
  readonly isErased: (identity: string) => boolean
}

/**
 * The people the rep may write to: reading, reviewing, tagging, editing, and taking any of it back. Changes of many resolve
 * when all of it is done; the app answers other calls meanwhile.
 */
export interface Leads {
  list(page: LeadPage): { rows: Lead[]; total: number }
  /** Throws `lead.not_found`. */
  get(leadId: number): Lead
  /** The lead behind an address; null: nobody yet. Throws `lead.address_invalid`. */
  find(email: string): number | null
  /** Throws `lead.address_invalid`, `lead.address_taken`, `lead.address_erased`. */
  add(person: NewLead): Lead
  facets(): LeadFacets
  review(selection: LeadSelection, review: LeadReview): Promise<Change>
  /** A tag in both lists is added. */
  tag(selection: LeadSelection, tags: { add: readonly string[]; remove: readonly string[] }): Promise<Change>
  setBasis(selection: LeadSelection, to: Ground): Promise<Change>
  edit(edit: { leadId: number; revision: number; edit: LeadEdit }): { lead: Lead; undoId: number }
  /** Leads that were written to stay and are counted in `kept`. */
  remove(selection: LeadSelection): Promise<Change & { kept: number }>
  doNotContact(leadId: number): Lead
  /** Throws `undo.gone` when it is too old or was used. Answers how many leads went back. */
  undo(undoId: number): Promise<{ changed: number }>
  export(filter: LeadFilter): { fileName: string; text: string }
  /** Changes that the last process left half done are taken back; to be called once, by the owner. */
  finish(): void
  /** Resolves when nothing is being changed any more. */
  close(): Promise<void>
}

export function createLeads(deps: LeadsDeps): Leads {
  const { db, clock } = deps
  const bulk = createLeadBulk(deps)

  /** The page and the sender hear of it before the one who asked. */
  function told<T extends { readonly changed: number }>(result: T, { mayForbid }: { mayForbid: boolean }): T {
    if (result.changed > 0) deps.publish({ type: 'leads.changed' })
    if (result.changed > 0 && mayForbid) deps.suppressed()
    return result
  }

  return {
    list: (page) => listLeads(db, page),
    get: (leadId) => getLead(db, leadId),
    find: (email) => findPerson(deps, email),
    add(person) {
      const id = addLead(deps, person)
      deps.publish({ type: 'leads.changed' })
      return getLead(db, id)
    },
    facets: () => leadFacets(db),

    async review(selection, review) {
      const { changed, undoId } = await bulk.change(selection, reviewChange(review), { review })
      return told({ changed, undoId }, { mayForbid: review === 'rejected' })
    },

    async tag(selection, tags) {
      const add = [...new Set(tags.add.map(tagOf))].filter((tag) => tag !== '')
      const remove = tags.remove.map(tagOf).filter((tag) => !add.includes(tag))
      const data = { added: add.length, removed: remove.length }
      const { changed, undoId } = await bulk.change(selection, tagChange({ add, remove }), data)
      return told({ changed, undoId }, { mayForbid: false })
    },

    async setBasis(selection, to) {
      const ground = { ...to, basisNote: cleanText(to.basisNote, MAX_TEXT.basisNote) }
      const { changed, undoId } = await bulk.change(selection, basisChange(ground), { basis: to.basis })
      return told({ changed, undoId }, { mayForbid: false })
    },

    edit(request) {
      const saved = saveEdit(deps, request)
      void bulk.tidy()
      deps.publish({ type: 'leads.changed' })
      return { lead: getLead(db, request.leadId), undoId: saved }
    },

    async remove(selection) {
      return told(await bulk.change(selection, removeChange(clock.now()), {}), { mayForbid: true })
    },

    doNotContact: (leadId) => suppressLead(deps, leadId),

    // A review set back to rejected forbids as much as a new rejection does.
    undo: async (undoId) => told({ changed: await bulk.takeBack(undoId) }, { mayForbid: true }),
    export: (filter) => exportLeads(db, filter),
    finish() {
      bulk
        .recover()
        .then((changed) => told({ changed }, { mayForbid: true }))
        .catch((error) => deps.log.error('half a change of leads is left', error))
    },
    close: () => bulk.close(),
  }
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

function tagOf(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
