import type { LeadColumn } from '#shared/contract/imports'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { COLUMN_WORDS } from './import-words.ts'

/** Any number of columns may become these: each keeps its own field, or all are put together. */
const TOGETHER: ReadonlySet<LeadColumn> = new Set(['custom', 'ignore', 'note', 'tags', 'about'])

export function remap(mapping: readonly LeadColumn[], index: number, column: LeadColumn): readonly LeadColumn[] {
  return mapping.map((old, at) => (at === index ? column : old))
}

/** Why rows cannot be checked with this mapping, as a sentence; null when they can. */
export function problemOfMapping(mapping: readonly LeadColumn[], purpose: ImportPurpose = 'leads'): string | null {
  if (mapping.includes('email')) return problemOfDates(mapping, purpose)
  return 'No column becomes the email address yet. Choose which one holds it; without an address nobody can be written to.'
}

function problemOfDates(mapping: readonly LeadColumn[], purpose: ImportPurpose): string | null {
  if (purpose !== 'history' || mapping.includes('sentAt')) return null
  return 'No column becomes the date yet. Choose which one says when the mail was sent.'
}

/** What the rep should know about it all the same; null: nothing. */
export function noteOnMapping(mapping: readonly LeadColumn[]): string | null {
  const shared = sharedTargets(mapping).map((column) => `“${COLUMN_WORDS[column]}”`)
  if (shared.length === 0) return null
  return `Several columns become ${shared.join(' and ')}: in each row the first of them with something in it counts.`
}

function sharedTargets(mapping: readonly LeadColumn[]): readonly LeadColumn[] {
  return mapping.filter(
    (column, at) => !TOGETHER.has(column) && mapping.indexOf(column) === at && mapping.lastIndexOf(column) !== at,
  )
}
