import type { IncomingVerdict } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

/** What happened in a stretch of time. */
export interface DayFigures {
  readonly sent: number
  readonly failed: number
  readonly replied: number
  readonly bounced: number
  readonly optedOut: number
}

/** Epoch ms; `until` is not included. */
export function getDayFigures(db: Reader, { since, until }: { since: number; until: number }): DayFigures {
  const sends = statement<{ sent: number | null; failed: number | null }>(
    db,
    `SELECT sum(status = 'sent') AS sent, sum(status = 'failed') AS failed
     FROM sends WHERE finished_at >= ? AND finished_at < ?`,
  ).get(since, until)
  const received = statement<{ verdict: IncomingVerdict; n: number }>(
    db,
    `SELECT verdict, count(*) AS n FROM incoming
     WHERE received_at >= ? AND received_at < ? AND undone_at IS NULL GROUP BY verdict`,
  ).all(since, until)
  const of = (verdict: IncomingVerdict): number => received.find((each) => each.verdict === verdict)?.n ?? 0
  return {
    sent: sends?.sent ?? 0,
    failed: sends?.failed ?? 0,
    replied: of('replied'),
    bounced: of('bounced'),
    optedOut: of('opted_out'),
  }
}
