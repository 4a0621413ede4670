import { listStagedRows } from '#db/queries/import-staging'
import type { ImportRow } from '#shared/contract/imports'
import type { RowVerdict } from '#shared/domain/taxonomy'
import { utcText } from '#shared/domain/wall-time'
import { csvFileName, csvText } from './export-csv.ts'
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
  return { fileName: csvFileName(`${base} report`), text: csvText(reportRows(session.staging)) }
}

function* reportRows(staging: string): Generator<string[]> {
  yield ['Line', 'Verdict', 'Detail', 'Email', 'First name', 'Last name', 'Company', 'Sent']
  for (let offset = 0; ; offset += PIECE) {
    const { rows, total } = listStagedRows(staging, { verdict: null, offset, limit: PIECE })
    for (const row of rows) yield reportRow(row)
    if (offset + PIECE >= total) return
  }
}

function reportRow(row: ImportRow): string[] {
  const { line, verdict, detail, email, firstName, lastName, company, at } = row
  const sent = at === null ? '' : utcText(at)
  return [String(line), WORDS[verdict], detail, email, firstName, lastName, company, sent]
}
