import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

/** One send as a report needs it. */
export interface ReportedSend {
  readonly key: string
  readonly status: string
  readonly skippedCode: string | null
  readonly toAddress: string
  readonly zone: string
}

/** Every send, in the order of queueing. */
export function listReportedSends(db: Reader): ReportedSend[] {
  return statement<ReportedSend>(
    db,
    'SELECT key, status, skipped_code AS skippedCode, to_address AS toAddress, zone FROM sends ORDER BY id',
  ).all()
}

/** How often the sender was started. */
export function countStarts(db: Reader): number {
  return statement<{ n: number }>(db, "SELECT count(*) AS n FROM events WHERE kind = 'app_started'").get()?.n ?? 0
}

/** Rows by verdict, over all imports. */
export function countVerdicts(db: Reader): Map<string, number> {
  const rows = statement<{ verdict: string; n: number }>(
    db,
    'SELECT j.key AS verdict, sum(j.value) AS n FROM lists, json_each(lists.counts) AS j GROUP BY j.key',
  ).all()
  return new Map(rows.map((row) => [row.verdict, row.n]))
}
