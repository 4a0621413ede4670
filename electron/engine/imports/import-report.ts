import { listStagedRows } from '#db/queries/import-staging'
import type { ImportRow } from '#shared/contract/imports'
import type { RowVerdict } from '#shared/domain/taxonomy'
import { utcText } from '#shared/domain/wall-time'
import { csvFileName, csvText } from '../records/export-csv.ts'
import type { Session } from './import-session.ts'

const WORDS: Record<RowVerdict, string> = {
  new: 'new',
  duplicate: 'duplicate',
  duplicate_in_file: 'duplicate in this file',
  written_to: 'already written to',
  suppressed: 'suppressed',
  invalid: 'invalid address',
  role: 'shared address',
  waiting: 'mail is waiting already',
  no_date: 'no date',
}

const PIECE = 10_000

/** Every row of the file with its verdict, as CSV. */
export function importReport(session: Session): { fileName: string; text: string } {
  const base = session.state.fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  return { fileName: csvFileName(`${base} report`), text: csvText(reportRows(session)) }
}

function* reportRows({ staging, state }: Session): Generator<string[]> {
  const cells = state.purpose === 'history' ? mailCells : personCells
  yield ['Line', 'Verdict', 'Detail', 'Email', ...(state.purpose === 'history' ? ['Sent'] : PERSON)]
  for (let offset = 0; ; offset += PIECE) {
    const { rows, total } = listStagedRows(staging, { verdict: null, offset, limit: PIECE })
    for (const row of rows) yield [String(row.line), WORDS[row.verdict], row.detail, row.email, ...cells(row)]
    if (offset + PIECE >= total) return
  }
}

const PERSON = ['First name', 'Last name', 'Company']

function personCells({ firstName, lastName, company }: ImportRow): string[] {
  return [firstName, lastName, company]
}

function mailCells({ at }: ImportRow): string[] {
  return [at === null ? '' : utcText(at)]
}
