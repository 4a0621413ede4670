import type { LeadColumn } from '#shared/contract/imports'
import type { ImportPurpose, RowVerdict } from '#shared/domain/taxonomy'
import { formatCount } from '../../ui/format.ts'
import { COLUMN_WORDS, VERDICT_WORDS, type VerdictWords } from './import-words.ts'

interface PurposeWords {
  readonly title: string
  readonly description: string
  /** What a file of this kind must hold. */
  readonly file: string
  /** Where the rep came from. */
  readonly back: { readonly to: '/leads' | '/leads/moving-in' | '/settings'; readonly label: string }
  readonly nobody: string
  readonly count: (count: number) => string
}

export const PURPOSE_WORDS = {
  leads: {
    title: 'Import leads',
    description: 'From a CSV or Excel file. You see what Pacemail makes of every row before anything is kept.',
    file: 'One row for each person, with at least an email address',
    back: { to: '/leads', label: 'All leads' },
    nobody: 'Nobody new in this file',
    count: (count) => formatCount(count, 'lead'),
  },
  pending: {
    title: 'Bring along what still waits in another tool',
    description:
      'Export the people whose next mail has not gone yet. You see what would happen to each before anything is kept.',
    file: 'One row for each person, with at least an email address. Step and next date are kept as fields',
    back: { to: '/leads/moving-in', label: 'Moving in' },
    nobody: 'Nobody in this file can be taken over',
    count: (count) => formatCount(count, 'lead'),
  },
  history: {
    title: 'Bring along mail that was sent before',
    description:
      'So that nobody is written to again too soon. You see what Pacemail makes of every row before anything is kept.',
    file: 'One row for each mail, with the address it went to and the date',
    back: { to: '/leads/moving-in', label: 'Moving in' },
    nobody: 'No row of this file can be read',
    count: (count) => formatCount(count, 'mail'),
  },
  suppressions: {
    title: 'Import a do-not-contact list',
    description: 'Addresses and whole domains that must never be written to, from a CSV, Excel or text file.',
    file: 'One address or domain on each line, such as ann@corp.example or corp.example',
    back: { to: '/settings', label: 'Settings' },
    nobody: 'Nothing new in this file',
    count: (count) => formatCount(count, 'entry', 'entries'),
  },
} satisfies Record<ImportPurpose, PurposeWords>

const ALL = Object.keys(COLUMN_WORDS) as readonly LeadColumn[]
const OF_PEOPLE = ALL.filter((column) => column !== 'sentAt' && column !== 'about')

const COLUMNS: Record<ImportPurpose, readonly LeadColumn[]> = {
  leads: OF_PEOPLE,
  pending: OF_PEOPLE,
  history: ['email', 'sentAt', 'about', 'ignore'],
  suppressions: ['email', 'ignore'],
}

/** What a column may become in a file of this kind. */
export function targetsOf(purpose: ImportPurpose): { value: LeadColumn; label: string }[] {
  const isList = purpose === 'suppressions'
  return COLUMNS[purpose].map((value) => ({
    value,
    label: isList && value === 'email' ? 'Address or domain' : COLUMN_WORDS[value],
  }))
}

const OWN_WORDS: Record<ImportPurpose, Partial<Record<RowVerdict, VerdictWords>>> = {
  leads: {},
  pending: {
    new: { label: 'Would be queued', meaning: 'Become approved leads with your tag, ready for Dispatch.' },
    duplicate: { label: 'Already a lead', meaning: 'The lead you have gets your tag and is approved.' },
    written_to: {
      label: 'Written to lately',
      meaning: 'The cool-down is not over. Left out unless you include them; they wait for its end.',
    },
  },
  history: {
    new: { label: 'Readable', meaning: 'An address and a date. What is known already is not added again.' },
    duplicate_in_file: { label: 'Twice in this file', meaning: 'The same person at the same moment counts once.' },
  },
  suppressions: {
    new: { label: 'New', meaning: 'Go on your do-not-contact list.' },
    duplicate: { label: 'On the list already', meaning: 'Nothing to do.' },
    duplicate_in_file: { label: 'Twice in this file', meaning: 'Counts once.' },
    invalid: { label: 'Neither address nor domain', meaning: 'Left out. The report says what is wrong with each.' },
  },
}

export function verdictWords(purpose: ImportPurpose, verdict: RowVerdict): VerdictWords {
  return OWN_WORDS[purpose][verdict] ?? VERDICT_WORDS[verdict]
}

/** The part of the address after `?for=`; leads where there is none. */
export function purposeOf(text: string | undefined): ImportPurpose {
  return text === 'pending' || text === 'history' || text === 'suppressions' ? text : 'leads'
}
