import type { Reader } from '#db/open'
import { leadsByIds } from '#db/queries/lead-rows'
import { leadIdsAfter } from '#db/queries/leads'
import type { Lead, LeadFilter } from '#shared/contract/leads'
import { localDateOf } from '#shared/domain/wall-time'
import { csvText } from '../records/export-csv.ts'

/** Leads are read in pieces: each piece is one query. */
const PIECE = 2_000

type TextPart =
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'title'
  | 'website'
  | 'phone'
  | 'country'
  | 'zone'
  | 'note'
  | 'source'
  | 'basis'
  | 'basisNote'

/** Headers that an import recognises again. */
const HEADERS: readonly (readonly [TextPart, string])[] = [
  ['email', 'Email'],
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['company', 'Company'],
  ['title', 'Job title'],
  ['website', 'Website'],
  ['phone', 'Phone'],
  ['country', 'Country'],
  ['zone', 'Time zone'],
  ['note', 'Note'],
  ['source', 'Source'],
  ['basis', 'Basis'],
  ['basisNote', 'Basis proof'],
]

/** The chosen leads as a CSV file, oldest first, custom fields in columns of their own. */
export function exportLeads(db: Pick<Reader, '$client'>, filter: LeadFilter): { fileName: string; text: string } {
  const leads = readAll(db, filter)
  const names = new Set<string>()
  for (const lead of leads) for (const name of Object.keys(lead.fields)) names.add(name)
  return { fileName: 'pacemail-leads.csv', text: csvText(tableOf(leads, [...names])) }
}

function* tableOf(leads: readonly Lead[], fields: readonly string[]): Generator<string[]> {
  yield [...HEADERS.map(([, header]) => header), 'Basis date', 'Tags', 'Review', ...fields]
  for (const lead of leads) {
    yield [
      ...HEADERS.map(([part]) => lead[part]),
      lead.basisAt === null ? '' : localDateOf(lead.basisAt, 'UTC'),
      lead.tags.join('; '),
      lead.review,
      ...fields.map((name) => (Object.hasOwn(lead.fields, name) ? (lead.fields[name] ?? '') : '')),
    ]
  }
}

function readAll(db: Pick<Reader, '$client'>, filter: LeadFilter): Lead[] {
  const leads: Lead[] = []
  let after = 0
  for (;;) {
    const ids = leadIdsAfter(db, filter, { after, limit: PIECE })
    leads.push(...leadsByIds(db, ids))
    const last = ids.at(-1)
    if (last === undefined) return leads
    after = last
  }
}
