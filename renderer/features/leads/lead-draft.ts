/**
 * A lead while the rep types over it.
 */
import type { Lead } from '#shared/contract/leads'

export const TEXT_FIELDS = [
  'firstName',
  'lastName',
  'email',
  'company',
  'title',
  'phone',
  'website',
  'country',
  'zone',
  'note',
  'source',
  'basisNote',
] as const
export type TextField = (typeof TEXT_FIELDS)[number]

const PARTS = [...TEXT_FIELDS, 'basis', 'basisAt'] as const

export type LeadDraft = Readonly<Pick<Lead, (typeof PARTS)[number] | 'fields'>>

export function draftOf(lead: LeadDraft): LeadDraft {
  const { firstName, lastName, email, company, title, phone, website, country, zone, note, fields } = lead
  const { source, basis, basisAt, basisNote } = lead
  const person = { firstName, lastName, email, company, title, phone, website, country, zone, note, fields }
  return { ...person, source, basis, basisAt, basisNote }
}

/** What the rep typed that differs from the lead; null: nothing. */
export function changesOf(lead: LeadDraft, draft: LeadDraft): Partial<LeadDraft> | null {
  const changed = PARTS.filter((field) => lead[field] !== draft[field])
  const edit: Partial<LeadDraft> = {
    ...Object.fromEntries(changed.map((field) => [field, draft[field]])),
    ...(sameFields(lead.fields, draft.fields) ? {} : { fields: draft.fields }),
  }
  return Object.keys(edit).length === 0 ? null : edit
}

/** The rep's own changes on top of a lead that somebody else changed meanwhile: theirs stays where the rep typed nothing. */
export function rebase(draft: LeadDraft, from: LeadDraft, onto: LeadDraft): LeadDraft {
  const mine = changesOf(from, draft) ?? {}
  return draftOf({ ...draftOf(onto), ...mine, fields: rebaseFields(draft.fields, from.fields, onto.fields) })
}

function rebaseFields(mine: Lead['fields'], from: Lead['fields'], onto: Lead['fields']): Lead['fields'] {
  const typed = Object.entries(mine).filter(([name, value]) => from[name] !== value)
  return { ...onto, ...Object.fromEntries(typed) }
}

function sameFields(one: Lead['fields'], other: Lead['fields']): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
