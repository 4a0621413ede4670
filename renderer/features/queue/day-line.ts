/**
 * One day of one mailbox as a line: what of it is shown, where a moment stands on it, and where a mail may be moved to.
 * Moments are epoch ms.
 */
import { Temporal } from 'temporal-polyfill'
import type { DayMark, MailboxDay, Wait } from '#shared/contract/sends'
import { formatClock, formatCount, formatWhen } from '../../ui/format.ts'
import { NEVER_TEXTS, waitText } from '../../ui/wait-text.ts'
import { machineZone } from './days.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A mail is moved to a round time, which is easier to hit and to read. */
const STEP_MS = 5 * MINUTE_MS
/** Less than this is drawn too large to be read as a day. */
const LEAST_HOURS = 8

export interface Span {
  readonly from: number
  readonly to: number
}

/** From the first hour in which anything is open, happens or is now, to the last; a day without any is shown whole. */
export function shownSpan(day: Span & { readonly mailboxes: readonly MailboxDay[] }, now: number): Span {
  const moments = day.mailboxes.flatMap(({ open, marks }) => [
    ...open.flatMap(({ from, to }) => [from, to]),
    ...marks.map(({ at }) => at),
  ])
  if (moments.length === 0) return { from: day.from, to: day.to }
  if (now >= day.from && now < day.to) moments.push(now)
  const hour = (moment: number, round: (value: number) => number): number =>
    day.from + round((moment - day.from) / HOUR_MS) * HOUR_MS
  const from = hour(Math.min(...moments), Math.floor)
  const to = hour(Math.max(...moments), Math.ceil)
  const missing = Math.max(0, LEAST_HOURS * HOUR_MS - (to - from))
  const begin = Math.max(day.from, from - Math.floor(missing / 2 / HOUR_MS) * HOUR_MS)
  return { from: begin, to: Math.min(day.to, Math.max(to, begin + LEAST_HOURS * HOUR_MS)) }
}

/** Where a moment stands, as a percentage of the line's width. */
export function placeOf(at: number, { from, to }: Span): number {
  return (100 * (Math.min(to, Math.max(from, at)) - from)) / (to - from)
}

/** The moment under a part (0 to 1) of the line's width. */
export function momentAt(part: number, { from, to }: Span): number {
  return from + Math.min(1, Math.max(0, part)) * (to - from)
}

/** The hours to write below the line: every one, or fewer where they would touch. */
export function hoursOf({ from, to }: Span): number[] {
  const count = Math.round((to - from) / HOUR_MS)
  const step = count > 14 ? 2 : 1
  return Array.from({ length: Math.floor(count / step) + 1 }, (_, index) => from + index * step * HOUR_MS)
}

export interface HourLoad extends Span {
  readonly count: number
  /** Of what the mailbox may send in an hour; at most 1. */
  readonly load: number
}

/** How much of the hour's limit each hour takes. */
export function hourLoads({ marks, hourlyCap }: MailboxDay, span: Span): HourLoad[] {
  const counts = new Map<number, number>()
  for (const { at } of marks) {
    if (at < span.from || at >= span.to) continue
    const hour = span.from + Math.floor((at - span.from) / HOUR_MS) * HOUR_MS
    counts.set(hour, (counts.get(hour) ?? 0) + 1)
  }
  return [...counts].map(([from, count]) => ({
    from,
    to: from + HOUR_MS,
    count,
    load: Math.min(1, count / hourlyCap),
  }))
}

/** Where it would be moved to, and why it cannot be; null: it can. */
export interface Move {
  readonly at: number
  readonly refusal: string | null
}

/** The nearest round time, and what the rules say to it. What they do not know here, the sender asks again. */
export function moveTo(at: number, { open }: Pick<MailboxDay, 'open'>, now: number): Move {
  const round = Math.round(at / STEP_MS) * STEP_MS
  return { at: round, refusal: refusalOf(round, open, now) }
}

function refusalOf(at: number, open: readonly Span[], now: number): string | null {
  if (at <= now) return `${formatClock(at)} is over, so it stays where it is.`
  if (open.some(({ from, to }) => at >= from && at < to)) return null
  if (open.length === 0) return 'This mailbox is closed on that day, so it stays where it is.'
  const hours = open.map(({ from, to }) => `${formatClock(from)}–${formatClock(to)}`).join(' and ')
  return `This mailbox is closed at ${formatClock(at)}, so it stays where it is. Open on that day: ${hours}.`
}

/** What letting go would do. */
export function targetText(at: number): string {
  return `To ${formatClock(at)}. Let go or press Enter to move it, Escape to leave it.`
}

/** What became of it: a date of one's own is the earliest, and what waits longer goes first. */
export function movedWords(asked: number, wait: Wait, now: number): string {
  if (wait.at === null || wait.ahead === 0 || wait.at - asked < 3 * STEP_MS)
    return `Moved. It goes ${waitText(wait, now)}.`
  const others = `${formatCount(wait.ahead, 'mail')} of this mailbox ${wait.ahead === 1 ? 'goes' : 'go'} before it`
  return `Not before ${formatClock(asked)}. ${others}, so it goes ${formatWhen(wait.at, now)}.`
}

/** As the contract takes it. */
export function wallTimeOf(at: number): { readonly local: string; readonly zone: string } {
  const zone = machineZone()
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()
  return { local: local.toString({ smallestUnit: 'minute' }), zone }
}

/** Who it is for, what became of it or when it goes and why. */
export function markText(mark: DayMark, now: number): string {
  const who = [mark.leadName === '' ? mark.to : mark.leadName, mark.company].filter((part) => part !== '').join(', ')
  if (mark.kind === 'sent') return `${who}: sent at ${formatClock(mark.at)}`
  if (mark.kind === 'sending') return `${who}: is being sent`
  if (mark.wait !== null && mark.wait.willSkip !== null)
    return `${who}: will be skipped. ${NEVER_TEXTS[mark.wait.willSkip]}`
  return `${who}: goes ${mark.wait === null ? formatWhen(mark.at, now) : waitText(mark.wait, now)}`
}
