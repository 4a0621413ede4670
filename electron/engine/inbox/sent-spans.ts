/** What left a mailbox in a long stretch of time, read in shorter ones from the newest mail down. */
import { DAY_MS, HOUR_MS } from '#shared/domain/pacing'
import type { MailReader, SentRecord } from '../../mailbox/mail-provider.ts'

/** One stretch that is read to its end. */
export interface SentSpan {
  /** Everything that left at or after this time is told, epoch ms. */
  readonly since: number
  readonly records: readonly SentRecord[]
}

/** Asked for at once … */
const LONGEST_MS = 14 * DAY_MS
/** … and in shorter stretches where so many mails are in one that some may have been left out. */
const MOST = 200
const SHORTEST_MS = HOUR_MS
/** Nobody writes more in the shortest stretch; what a machine wrote beyond that is left out. */
const MOST_IN_SHORTEST = 5_000

/** From `before` down to `since`, epoch ms. Throws what the adapter heard, and where `signal` aborts. */
export async function* readSentDown(
  reader: MailReader,
  span: { readonly since: number; readonly before: number },
  signal: AbortSignal,
): AsyncGenerator<SentSpan> {
  let lengthMs = LONGEST_MS
  for (let { before } = span; before > span.since;) {
    const since = Math.max(span.since, before - lengthMs)
    const records = await readSpan(reader, { since, before }, signal)
    signal.throwIfAborted()
    if (records === null) {
      lengthMs = Math.max(SHORTEST_MS, (before - since) / 2)
      continue
    }
    yield { since, records }
    before = since
    lengthMs = Math.min(LONGEST_MS, lengthMs * 2)
  }
}

/** Null: there may be more than was told, a shorter stretch is to be asked for. */
async function readSpan(
  reader: MailReader,
  span: { readonly since: number; readonly before: number },
  signal: AbortSignal,
): Promise<readonly SentRecord[] | null> {
  const isShortest = span.before - span.since <= SHORTEST_MS
  const most = isShortest ? MOST_IN_SHORTEST : MOST
  const records = await reader.sentBetween(span, most, signal)
  return records.length >= most && !isShortest ? null : records
}
