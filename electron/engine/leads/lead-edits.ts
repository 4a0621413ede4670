import { write } from '#db/open'
import type { Writer } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { editLead, findLeadIdByIdentity, findLeadKey, type LeadTexts } from '#db/queries/lead-edit'
import { findLead } from '#db/queries/lead-rows'
import type { Lead, LeadEdit } from '#shared/contract/leads'
import { isRoleAddress, parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { zoneOf } from '#shared/domain/zone-name'
import { cleanFields, cleanLine, cleanText, MAX_TEXT } from './lead-text.ts'

/**
 * Replaces what the rep typed over, unless somebody changed the lead since `revision` was read (`lead.changed`).
 * Answers the undo's id. Nothing is written when it throws.
 */
export function saveEdit(
  deps: Pick<EngineContext, 'db' | 'clock'> & { readonly isErased: (identity: string) => boolean },
  request: { leadId: number; revision: number; edit: LeadEdit },
): number {
  const { leadId, revision, edit } = request
  const now = deps.clock.now()
  return write(deps.db, (tx) => {
    const lead = findLead(tx, leadId)
    if (lead === null) throw new AppError('lead.not_found', `lead ${leadId}`)
    if (lead.revision !== revision) {
      throw new AppError('lead.changed', `lead ${leadId} is at ${lead.revision}, not ${revision}`)
    }
    const texts = {
      ...addressAfter(tx, lead, { email: edit.email, isErased: deps.isErased }),
      ...textsAfter(lead, edit),
    }
    const undoId = editLead(tx, leadId, { texts, now })
    insertEvent(tx, { at: now, kind: 'lead_edited', leadId, data: { parts: Object.keys(edit).length } })
    return undoId
  })
}

type AddressPart = Pick<LeadTexts, 'email' | 'identity' | 'domain' | 'isRole'>

function addressAfter(
  tx: Writer,
  lead: Lead,
  { email, isErased }: Pick<LeadEdit, 'email'> & { readonly isErased: (identity: string) => boolean },
): AddressPart {
  if (email === undefined || email === lead.email) {
    const key = findLeadKey(tx, lead.id)
    if (key === null) throw new Error(`lead ${lead.id} vanished inside a transaction`)
    return { email: key.email, identity: key.identity, domain: key.domain, isRole: lead.isRole }
  }
  const parsed = parseAddress(email)
  if (!parsed.ok) {
    throw new AppError('lead.address_invalid', parsed.problem, { details: { problem: parsed.problem } })
  }
  const { typed, identity, domain } = parsed.address
  if (isErased(identity)) throw new AppError('lead.address_erased', `lead ${lead.id}`)
  const owner = findLeadIdByIdentity(tx, identity)
  if (owner !== null && owner !== lead.id) {
    throw new AppError('lead.address_taken', `lead ${owner} has it`, { details: { leadId: owner } })
  }
  return { email: typed, identity, domain, isRole: isRoleAddress(parsed.address) }
}

function textsAfter(lead: Lead, edit: LeadEdit): Omit<LeadTexts, keyof AddressPart> {
  const line = (part: 'firstName' | 'lastName' | 'company' | 'title' | 'website' | 'phone' | 'country' | 'source') =>
    cleanLine(edit[part] ?? lead[part], MAX_TEXT[part])
  return {
    firstName: line('firstName'),
    lastName: line('lastName'),
    company: line('company'),
    title: line('title'),
    website: line('website'),
    phone: line('phone'),
    country: line('country'),
    zone: zoneAfter(lead, edit),
    note: cleanText(edit.note ?? lead.note, MAX_TEXT.note),
    source: line('source'),
    basis: edit.basis ?? lead.basis,
    basisAt: edit.basisAt === undefined ? lead.basisAt : edit.basisAt,
    basisNote: cleanText(edit.basisNote ?? lead.basisNote, MAX_TEXT.basisNote),
    fields: edit.fields === undefined ? lead.fields : cleanFields(Object.entries(edit.fields)),
  }
}

function zoneAfter(lead: Lead, edit: LeadEdit): string {
  if (edit.zone === undefined || edit.zone.trim() === '') return edit.zone === undefined ? lead.zone : ''
  const zone = zoneOf(edit.zone)
  if (zone === null)
    throw new AppError('request.invalid', 'no such zone', { details: { at: 'edit.zone', problem: 'zone' } })
  return zone
}
