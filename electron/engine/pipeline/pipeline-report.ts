import type { Reader } from '#db/open'
import { listItems } from '#db/queries/pipeline-items'
import type { PipelineRunRecord } from '#db/queries/pipeline-runs'
import type { PipelineItem } from '#shared/contract/pipeline'
import { csvFileName, csvText } from '../records/export-csv.ts'

const PIECE = 5_000

/** Every company and contact of a search with its verdict, as CSV. */
export function pipelineReport(
  db: Pick<Reader, '$client'>,
  run: PipelineRunRecord,
): { fileName: string; text: string } {
  return { fileName: csvFileName(`${run.name} report`), text: csvText(reportRows(db, run.id)) }
}

function* reportRows(db: Pick<Reader, '$client'>, runId: number): Generator<string[]> {
  yield [
    'Kind',
    'Row',
    'Verdict',
    'Detail',
    'Company',
    'Domain',
    'Email',
    'First name',
    'Last name',
    'Job title',
    'Source',
  ]
  for (const kind of ['company', 'contact'] as const) {
    for (let offset = 0; ; offset += PIECE) {
      const rows = listItems(db, { runId, kind, verdict: null, offset, limit: PIECE })
      for (const row of rows) yield reportRow(kind, row)
      if (rows.length < PIECE) break
    }
  }
}

function reportRow(kind: string, row: PipelineItem): string[] {
  const { position, verdict, detail, company, domain, email, firstName, lastName, title, source } = row
  const word = verdict.replaceAll('_', ' ')
  return [kind, String(position), word, detail, company, domain, email, firstName, lastName, title, source]
}
