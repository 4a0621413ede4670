import { MONTHS, TOMORROW, WEEKDAYS } from './return-words.ts'

/** What is written, before anybody knows which year or, of `5/12`, which order is meant. */
export type DateWords =
  | {
      readonly kind: 'date'
      /** Null when it is not written. */
      readonly year: number | null
      readonly month: number
      readonly day: number
      /** The weekday written before it, Monday is 1; null: none. */
      readonly weekday: number | null
      /** Written `5/12`: day first, or month first in American English. */
      readonly isOrderOpen: boolean
    }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'tomorrow' }

export interface FoundDate {
  /** Where the date begins in the text, with its weekday. */
  readonly start: number
  readonly end: number
  readonly words: DateWords
}

/** Enough for the longest answer in three languages; a bound for hostile text. */
const MOST_DATES = 40

const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')
const YEAR = '20\\d\\d'
const NUMERIC = new RegExp(
  [
    `(?<isoYear>${YEAR})-(?<isoMonth>\\d\\d)-(?<isoDay>\\d\\d)`,
    `(?<dotDay>\\d{1,2})\\. ?(?<dotMonth>\\d{1,2})(?:\\. ?(?<dotYear>${YEAR}|\\d\\d(?![\\d:])))?\\.?(?! ?(?:uhr|h\\b|pm|am\\b))`,
    `(?!24/7)(?<anyFirst>\\d{1,2})/(?<anySecond>\\d{1,2})(?:/(?<anyYear>${YEAR}|\\d\\d))?`,
    `(?<dashFirst>\\d{1,2})-(?<dashSecond>\\d{1,2})-(?<dashYear>${YEAR})`,
  ]
    .map((form) => `(?:${form})`)
    .join('|'),
)
const NAMED = new RegExp(
  [
    `(?<day>\\d{1,2})(?:st|nd|rd|th|er|e|\\.|o|a)? ?(?:of |de |d'|di )?(?<month>${MONTH})\\b\\.?(?:,? (?:de |del )?(?<year>${YEAR}))?`,
    `\\b(?<month2>${MONTH})\\.? (?:the )?(?<day2>\\d{1,2})(?:st|nd|rd|th)?\\b(?![:.]\\d)(?:,? (?<year2>${YEAR}))?`,
  ]
    .map((form) => `(?:${form})`)
    .join('|'),
)
/** No digit, separator or letter may touch it: parts of numbers, times and names are no dates. */
const DATE = new RegExp(`(?<![\\p{L}\\d/.:+-])(?:${NUMERIC.source}|${NAMED.source})(?![\\p{L}\\d/]|:\\d)`, 'gu')
const RANGE_DATE = new RegExp(`(?<=\\d\\.?-)(?:${NUMERIC.source}|${NAMED.source})(?![\\p{L}\\d/]|:\\d)`, 'gu')

/** The dates in a `plainText`, in order. */
export function datesIn(plain: string): FoundDate[] {
  const found = [...matches(plain, DATE), ...matches(plain, RANGE_DATE)].sort((a, b) => a.start - b.start)
  return found.slice(0, MOST_DATES)
}

/** The weekdays in a `plainText`, and "tomorrow": they count only where no date does. */
export function weekdaysIn(plain: string): FoundDate[] {
  const found: FoundDate[] = []
  for (const { 0: word, index } of plain.matchAll(/\p{L}+/gu)) {
    const weekday = WEEKDAYS.get(word)
    const words = weekday === undefined ? tomorrow(word) : { kind: 'weekday' as const, weekday }
    if (words !== null) found.push({ start: index, end: index + word.length, words })
    if (found.length === MOST_DATES) break
  }
  return found
}

function tomorrow(word: string): DateWords | null {
  return TOMORROW.has(word) ? { kind: 'tomorrow' } : null
}

function* matches(plain: string, pattern: RegExp): Generator<FoundDate> {
  if (plain.search(pattern) === -1) return
  for (const { 0: text, index, groups } of plain.matchAll(pattern)) {
    const parts = partsOf(groups ?? {})
    if (parts === null) continue
    const lead = leadingWeekday(plain.slice(Math.max(0, index - 24), index))
    const words: DateWords = { kind: 'date', ...parts, weekday: lead.weekday }
    yield { start: index - lead.length, end: index + text.length, words }
  }
}

type Groups = Readonly<Record<string, string | undefined>>
type Parts = Omit<DateWords & { kind: 'date' }, 'kind' | 'weekday'>

function partsOf(groups: Groups): Parts | null {
  const name = groups['month'] ?? groups['month2']
  const month =
    name === undefined ? numberOf(groups, 'isoMonth', 'dotMonth', 'anySecond', 'dashSecond') : MONTHS.get(name)
  const day = numberOf(groups, 'isoDay', 'dotDay', 'anyFirst', 'dashFirst', 'day', 'day2')
  const written = numberOf(groups, 'isoYear', 'dotYear', 'anyYear', 'dashYear', 'year', 'year2')
  if (month === undefined || day === undefined) return null
  const year = written === undefined ? null : written < 100 ? 2_000 + written : written
  return { year, month, day, isOrderOpen: (groups['anyFirst'] ?? groups['dashFirst']) !== undefined }
}

function numberOf(groups: Groups, ...names: readonly string[]): number | undefined {
  const written = names.map((name) => groups[name]).find((value) => value !== undefined)
  return written === undefined ? undefined : Number(written)
}

/** "Monday, ", "Montag, den ", "lundi ", "Mo. " directly before a date. */
function leadingWeekday(before: string): { weekday: number | null; length: number } {
  const match = /(\p{L}+)[.,]? (?:den |dem |the )?$/u.exec(before)
  const weekday = match === null ? undefined : (WEEKDAYS.get(match[1] ?? '') ?? SHORT_WEEKDAYS.get(match[1] ?? ''))
  return weekday === undefined || match === null ? { weekday: null, length: 0 } : { weekday, length: match[0].length }
}

const SHORT_WEEKDAYS = new Map(Object.entries({ mo: 1, di: 2, mi: 3, do: 4, fr: 5, sa: 6, so: 7 }))
