import { Temporal } from 'temporal-polyfill'
import { type DateWords, datesIn, type FoundDate, weekdaysIn } from './dates.ts'
import { BACK_AFTER, BREAKS, CUES, type Cue, FILLERS, NEGATIONS, NEXT, STARTERS, WEEKDAYS } from './return-words.ts'
import { plainText } from './words.ts'

export interface ReturnContext {
  /** Epoch ms. */
  readonly now: number
  /** IANA. */
  readonly zone: string
  /** When the mail came, epoch ms: "Monday" and dates without a year count from here. */
  readonly receivedAt: number
}

/** Further away than this is no holiday, or misread. */
const MOST_DAYS = 120

interface Reading {
  readonly kind: Cue['kind']
  /** The day the person is back, ISO. */
  readonly day: string
}

/**
 * The start of the day on which somebody is back, epoch ms, from what their automatic answer says. Null when it says
 * nothing, when what it says does not agree, or when the day is over or more than 120 days away: a wrong date would write
 * to somebody on holiday, or wait for nothing.
 */
export function findReturn(text: string, context: ReturnContext): number | null {
  const plain = withoutPlaces(plainText(text))
  const received = Temporal.Instant.fromEpochMilliseconds(context.receivedAt).toZonedDateTimeISO(context.zone)
  const today = received.toPlainDate()
  const dated = readings(plain, datesIn(plain), today)
  const found = dated === 'unclear' || dated.length > 0 ? dated : readings(plain, weekdaysIn(plain), today)
  const day = found === 'unclear' ? null : theOneDay(found)
  return day === null ? null : momentOf(day, context)
}

/** "Back in the office on" and "return to work on" are "back on" and "return on". */
function withoutPlaces(plain: string): string {
  return plain
    .replace(/ (?:in|to|at) (?:the |my |our )?(?:office|work|desk|buro)\b/g, ' ')
    .replace(/ im (?:buro|haus)\b/g, ' ')
}

/** What is said of each date that means being back; `unclear` when one of them can be read in two ways. */
function readings(plain: string, dates: readonly FoundDate[], today: Temporal.PlainDate): Reading[] | 'unclear' {
  const found: Reading[] = []
  for (const date of dates) {
    const cue = cueBefore(plain.slice(Math.max(0, date.start - 80), date.start)) ?? cueAround(plain, date)
    if (cue === null) continue
    const day = dayOf(date.words, cue, today)
    if (day === null || (isAfterNext(plain, date) && day.weekOfYear === today.weekOfYear)) return 'unclear'
    found.push({ kind: cue.kind, day: (cue.kind === 'until' ? day.add({ days: 1 }) : day).toString() })
  }
  return found
}

/** A day of return says more than the last day away: a weekend may lie between. */
function theOneDay(found: readonly Reading[]): string | null {
  const returns = found.filter(({ kind }) => kind === 'return')
  const days = new Set((returns.length > 0 ? returns : found).map(({ day }) => day))
  return days.size === 1 ? ([...days][0] ?? null) : null
}

function momentOf(day: string, { now, zone }: ReturnContext): number | null {
  const at = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
  return at > now && at <= now + MOST_DAYS * 86_400_000 ? at : null
}

/** The cue that ends the text before a date, behind any fillers. */
function cueBefore(before: string): Cue | null {
  const words = wordsBefore(before)
  for (const [index, word] of words.entries()) {
    const cue = CUES.get(word)
    if (cue !== undefined) return isTurnedRound(cue, words.slice(index + 1)) ? null : cue
    if (!FILLERS.has(word) && !NEXT.has(word)) return null
  }
  return null
}

/** The last words before a date, nearest first; nothing beyond the end of a sentence or another number. */
function wordsBefore(before: string): string[] {
  const clause = /[^.!?;\d]*$/.exec(before.replace(/\b(einschl|inkl|incl)\./g, '$1'))?.[0] ?? ''
  const words = clause.match(/t\/m|[\p{L}']+|,/gu) ?? []
  const dash = /\d\.?\s?-\s*$/.test(before) ? ['until'] : []
  return [...words, ...dash].reverse().slice(0, 9)
}

/** How many words before a cue may still turn it round. */
const NEGATION_REACH = 2

/** "Not available from", and "Monday to Friday", which are office hours. */
function isTurnedRound(cue: Cue, wordsBeforeCue: readonly string[]): boolean {
  if (cue.kind === 'until') return WEEKDAYS.has(wordsBeforeCue[0] ?? '')
  const comma = wordsBeforeCue.indexOf(',')
  const near = wordsBeforeCue.slice(0, comma < 0 ? NEGATION_REACH : Math.min(comma, NEGATION_REACH))
  return near.some((word) => NEGATIONS.has(word))
}

/** "On Monday I will be back": a starter before, the word for being back within a few words after. */
function cueAround(plain: string, { start, end }: FoundDate): Cue | null {
  const before = wordsBefore(plain.slice(Math.max(0, start - 40), start)).find(
    (word) => STARTERS.has(word) || !FILLERS.has(word),
  )
  if (before === undefined || !STARTERS.has(before)) return null
  const clause = /^[^.!?;:,\d]*/.exec(plain.slice(end, end + 80))?.[0] ?? ''
  for (const word of (clause.match(/[\p{L}']+/gu) ?? []).slice(0, 8)) {
    const back = BACK_AFTER.get(word)
    if (back !== undefined) return { kind: 'return', isEnglish: back.isEnglish }
    if (BREAKS.has(word)) return null
  }
  return null
}

function dayOf(words: DateWords, cue: Cue, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (words.kind === 'weekday') return today.add({ days: ((words.weekday - today.dayOfWeek + 6) % 7) + 1 })
  if (words.kind === 'tomorrow') return today.add({ days: 1 })
  const orders =
    words.isOrderOpen && cue.isEnglish ? [words, { ...words, day: words.month, month: words.day }] : [words]
  const days = orders.map((order) => dateOf(order, today)).filter((day) => day !== null)
  const near = days.filter((day) => today.until(day, { largestUnit: 'day' }).days <= MOST_DAYS + 1)
  const [first] = near
  return first !== undefined && near.every((day) => day.equals(first)) ? first : null
}

/** Null when there is no such day, when it is over, or when it does not fall on the weekday that is named with it. */
function dateOf(words: DateWords & { readonly kind: 'date' }, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const years = words.year === null ? [today.year, today.year + 1] : [words.year]
  const days = years.map((year) => plainDate(year, words.month, words.day)).filter((day) => day !== null)
  const day = days.find((each) => Temporal.PlainDate.compare(each, today) >= 0)
  if (day === undefined) return null
  return words.weekday === null || day.dayOfWeek === words.weekday ? day : null
}

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** "Next Friday", said on a Wednesday, is in two days for some and in nine for others. */
function isAfterNext(plain: string, { words, start }: FoundDate): boolean {
  return words.kind === 'weekday' && NEXT.has(wordsBefore(plain.slice(Math.max(0, start - 40), start))[0] ?? '')
}
