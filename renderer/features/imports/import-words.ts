import type { FileFormat, ImportState, LeadColumn } from '#shared/contract/imports'
import type { ImportPurpose, RowVerdict } from '#shared/domain/taxonomy'

export const COLUMN_WORDS = {
  email: 'Email address',
  firstName: 'First name',
  lastName: 'Last name',
  fullName: 'Full name (first and last)',
  company: 'Company',
  title: 'Job title',
  website: 'Website',
  phone: 'Phone',
  country: 'Country',
  zone: 'Time zone',
  note: 'Note',
  tags: 'Tags',
  source: 'Where from',
  basis: 'Why I may write to them',
  basisAt: 'Since when (YYYY-MM-DD)',
  basisNote: 'Proof of that',
  sentAt: 'Date it was sent',
  about: 'Subject or campaign',
  custom: 'Own field (keeps its name)',
  ignore: 'Leave out',
} satisfies Record<LeadColumn, string>

export const ENCODING_WORDS = {
  'utf-8': 'Unicode (UTF-8)',
  'utf-16le': 'Unicode (UTF-16, Windows)',
  'utf-16be': 'Unicode (UTF-16, big endian)',
  'windows-1252': 'Western European (Windows)',
} satisfies Record<FileFormat['encoding'], string>

export const DELIMITER_WORDS = {
  ',': 'Comma  ,',
  ';': 'Semicolon  ;',
  '\t': 'Tab',
  '|': 'Bar  |',
} satisfies Record<FileFormat['delimiter'], string>

export interface VerdictWords {
  readonly label: string
  readonly meaning: string
}

/** In the order they are shown. */
export const VERDICT_WORDS = {
  new: { label: 'New', meaning: 'Become leads.' },
  role: {
    label: 'Shared address',
    meaning: 'Such as info@ or sales@: read by nobody in particular. Left out unless you include them.',
  },
  duplicate: { label: 'Already a lead', meaning: 'You have this person. The lead you have stays as it is.' },
  duplicate_in_file: { label: 'Twice in this file', meaning: 'Only the first row of each person counts.' },
  written_to: { label: 'Already written to', meaning: 'Somebody you have been in touch with. Left out.' },
  suppressed: { label: 'Do not contact', meaning: 'On your do-not-contact list. Never imported.' },
  invalid: {
    label: 'Not a usable address',
    meaning: 'Mail could not reach it. The report says what is wrong with each.',
  },
  waiting: { label: 'Mail is waiting', meaning: 'A mail to this lead is in the queue already. It stays as it is.' },
  no_date: { label: 'No date', meaning: 'When it was sent cannot be read, so it is left out.' },
} satisfies Record<RowVerdict, VerdictWords>

export const VERDICTS = Object.keys(VERDICT_WORDS) as readonly RowVerdict[]

/** How many rows would become leads. */
export function countImported(counts: NonNullable<ImportState['counts']>, includeRole: boolean): number {
  return counts.new + (includeRole ? counts.role : 0)
}

/** The same for a file of any kind; known leads of `pending` rows count, since they get the tag. */
export function countComing(
  purpose: ImportPurpose,
  counts: NonNullable<ImportState['counts']>,
  choice: { readonly includeRole: boolean; readonly includeWritten: boolean },
): number {
  const imported = countImported(counts, choice.includeRole)
  return purpose === 'pending'
    ? imported + counts.duplicate + (choice.includeWritten ? counts.written_to : 0)
    : imported
}

/** "leads of May.csv" → "leads of May" */
export function listNameOf(fileName: string): string {
  const name = fileName
    .replace(/\.[^.]+$/, '')
    .trim()
    .slice(0, 100)
  return name === '' ? 'Imported leads' : name
}
