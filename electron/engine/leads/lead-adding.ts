import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { findLeadOfPerson, insertLead, listWithoutFile } from '#db/queries/lead-add'
import type { Provenance } from '#shared/contract/leads'
import { type Address, isRoleAddress, parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { cleanLine, cleanText, MAX_TEXT } from './lead-text.ts'

/** One person as the rep types them in. */
export interface NewLead {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly country: string
  readonly provenance: Provenance
}

export interface LeadAddingDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly isErased: (identity: string) => boolean
}

const LIST_NAME = 'Added by hand'

/** The lead behind an address. Throws `lead.address_invalid`. Null: nobody yet. */
export function findPerson({ db }: Pick<EngineContext, 'db'>, email: string): number | null {
  return findLeadOfPerson(db, addressOf(email).identity)
}

/**
 * Makes a lead of one person. Typing somebody in is a review, so they are approved. Nothing is written when it throws.
 * Answers the id.
 */
export function addLead(deps: LeadAddingDeps, person: NewLead): number {
  const address = addressOf(person.email)
  if (deps.isErased(address.identity)) throw new AppError('lead.address_erased', 'typed in')
  const now = deps.clock.now()
  return write(deps.db, (tx) => {
    const known = findLeadOfPerson(tx, address.identity)
    if (known !== null) throw new AppError('lead.address_taken', `lead ${known}`, { details: { leadId: known } })
    const listId = listWithoutFile(tx, { name: LIST_NAME, now })
    const id = insertLead(tx, { listId, texts: textsOf(person, address), now })
    insertEvent(tx, { at: now, kind: 'leads_imported', leadId: id, data: { listId, imported: 1 } })
    return id
  })
}

function textsOf(person: NewLead, address: Address) {
  const { provenance } = person
  return {
    email: address.typed,
    identity: address.identity,
    domain: address.domain,
    isRole: isRoleAddress(address),
    firstName: cleanLine(person.firstName, MAX_TEXT.firstName),
    lastName: cleanLine(person.lastName, MAX_TEXT.lastName),
    company: cleanLine(person.company, MAX_TEXT.company),
    title: '',
    website: '',
    phone: '',
    country: cleanLine(person.country, MAX_TEXT.country),
    zone: '',
    note: '',
    source: cleanLine(provenance.source, MAX_TEXT.source) || LIST_NAME,
    basis: provenance.basis,
    basisAt: provenance.basisAt,
    basisNote: cleanText(provenance.basisNote, MAX_TEXT.basisNote),
    fields: {},
  }
}

function addressOf(email: string): Address {
  const parsed = parseAddress(email)
  if (parsed.ok) return parsed.address
  throw new AppError('lead.address_invalid', parsed.problem, { details: { problem: parsed.problem } })
}
