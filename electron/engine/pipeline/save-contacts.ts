import type { Db } from '#db/open'
import { listContacts, markSaved, type ContactRecord } from '#db/queries/pipeline-items'
import type { PipelineVerdict } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import { csvFileName, csvText } from '../records/export-csv.ts'
import type { Imports } from '../imports/imports.ts'
import { getRun } from './run-view.ts'

export interface SaveRequest {
  readonly runId: number
  readonly listName: string
  readonly tags: readonly string[]
  readonly includeRole: boolean
  readonly includeUnsure: boolean
}

/** Headers that an import recognises. */
const COLUMNS: readonly (readonly [keyof ContactRecord, string])[] = [
  ['email', 'Email'],
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['company', 'Company'],
  ['title', 'Job title'],
  ['website', 'Website'],
  ['phone', 'Phone'],
  ['country', 'Country'],
  ['note', 'Note'],
  ['source', 'Source'],
]

/**
 * Makes leads of the good contacts through an import like any other, so that no rule of it is missed. That they are saved
 * is written with the list itself: after a kill they are leads and marked so, or neither. Answers how many.
 */
export async function saveContacts(deps: { db: Db; imports: Imports }, request: SaveRequest): Promise<number> {
  const { runId, listName, tags, includeRole } = request
  const run = getRun(deps.db, runId)
  const contacts = listContacts(deps.db, runId, verdictsOf(request))
  if (contacts.length === 0) throw new AppError('pipeline.nothing_to_save', `run ${runId}`)
  const { source } = run.provenance
  const text = csvText([COLUMNS.map(([, header]) => header), ...contacts.map((contact) => rowOf(contact, source))])
  const { counts } = await deps.imports.importWhole({
    fileName: csvFileName(run.name),
    bytes: Buffer.from(text),
    listName,
    tags,
    includeRole,
    provenance: run.provenance,
    also: (tx, listId) => markSaved(tx, runId, listId),
  })
  return counts.new + (includeRole ? counts.role : 0)
}

function verdictsOf({ includeRole, includeUnsure }: SaveRequest): PipelineVerdict[] {
  return ['good', ...(includeRole ? (['role'] as const) : []), ...(includeUnsure ? (['unsure'] as const) : [])]
}

/** Where the rep has said nothing else, the source of a lead is the file it was found in. */
function rowOf(contact: ContactRecord, said: string): string[] {
  return COLUMNS.map(([part]) => (part === 'source' && said !== '' ? said : contact[part]))
}
