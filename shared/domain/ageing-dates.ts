import { Temporal } from 'temporal-polyfill'
import { type AgeingFacts, daysBetween } from './ageing-facts.ts'
import { datesIn } from './incoming/dates.ts'

export interface FoundDay {
  readonly from: number
  readonly to: number
  readonly code: 'date_past' | 'wrong_weekday' | null
}

/** Months whose short form is another word in one of the languages. */
const OTHER_WORDS = /^(?:ago|set|gen|ene|mag|lug|giu|ott|dic|mar)\b|\b(?:ago|set|gen|ene|mag|lug|giu|ott|dic|mar)\b\.?$/
/** English months that are words in small letters. */
const CAPITAL_MONTHS = /\b(?:may|march)\b/
/** Before `3/4` or `3.4`, which are fractions, scores and versions without one. */
const DATE_CUE =
  /\b(?:on|by|until|till|before|after|from|since|am|vom|zum|bis|ab|le|du|au|el|del|al|hasta|op|tot|van|voor|den)\s$/

/** The dates written out in a text. `folded` is the text, folded; offsets are those of both. */
export function datesWritten(text: string, folded: string, facts: AgeingFacts): FoundDay[] {
  return datesIn(folded)
    .filter((found) => isDate(text, folded, found))
    .map(({ start, end, words }) => ({
      from: start,
      to: withoutStop(folded, end),
      code: words.kind === 'date' ? codeOf(words, facts) : null,
    }))
}

function isDate(text: string, folded: string, { start, end }: { start: number; end: number }): boolean {
  const written = folded.slice(start, end)
  if (OTHER_WORDS.test(written)) return false
  const month = CAPITAL_MONTHS.exec(written)
  if (month !== null && text[start + month.index] === text[start + month.index]?.toLowerCase()) return false
  if (/^\d{1,2}[./] ?\d{1,2}$/.test(written)) {
    return (
      DATE_CUE.test(folded.slice(Math.max(0, start - 12), start)) &&
      !/^ ?(?:%|of\b|von\b|hours?\b|stunden\b|x\b)/.test(folded.slice(end))
    )
  }
  return true
}

/** The full stop behind a month ends the sentence; behind a number it is part of the date. */
function withoutStop(folded: string, end: number): number {
  return /\p{L}\.$/u.test(folded.slice(end - 2, end)) ? end - 1 : end
}

interface Words {
  readonly year: number | null
  readonly month: number
  readonly day: number
  readonly weekday: number | null
  readonly isOrderOpen: boolean
}

function codeOf(words: Words, facts: AgeingFacts): FoundDay['code'] {
  const orders = words.isOrderOpen ? [words, { ...words, day: words.month, month: words.day }] : [words]
  const days = orders.flatMap((order) => nearestDays(order, facts.at))
  if (words.weekday !== null && days.length > 0 && days.every((day) => day.dayOfWeek !== words.weekday)) {
    return 'wrong_weekday'
  }
  const upcoming = orders.flatMap((order) => upcomingDay(order, facts.meant) ?? [])
  const isOver = upcoming.length > 0 && upcoming.every((day) => Temporal.PlainDate.compare(day, facts.at) < 0)
  return isOver ? 'date_past' : null
}

/** A date without a year may be of this year or of one beside it, as long as it is not far away. */
const NEAR_DAYS = 250

function nearestDays({ year, month, day }: Words, at: Temporal.PlainDate): Temporal.PlainDate[] {
  const years = year === null ? [at.year - 1, at.year, at.year + 1] : [year]
  return years
    .flatMap((each) => dayOf(each, month, day) ?? [])
    .filter((each) => year !== null || Math.abs(daysBetween(at, each)) <= NEAR_DAYS)
}

/** The day a date named when the text was approved, if it was still to come; a day of leap years may be years away. */
function upcomingDay({ year, month, day }: Words, meant: Temporal.PlainDate): Temporal.PlainDate | null {
  const years = year === null ? [meant.year, meant.year + 1] : [year]
  const days = years.flatMap((each) => dayOf(each, month, day) ?? [])
  return days.find((each) => Temporal.PlainDate.compare(each, meant) >= 0) ?? null
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
