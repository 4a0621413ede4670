/**
 * Text that ages: words of a mail that were true when it was approved and are not when it goes, or that are plainly wrong
 * on that day. "Tomorrow" in a mail that waited two days, "Happy new year" in March, a Friday the 13th that is a Thursday.
 * A false alarm holds up a mail and costs the rep a look, so what may be right is left alone.
 */
import {
  type AgedCode,
  type Claim,
  claimOf,
  countOf,
  foldText,
  matchesOf,
  sentenceAround,
  sentenceStart,
} from './ageing-claims.ts'
import { datesWritten } from './ageing-dates.ts'
import { type AgeingFacts, daysBetween, isSamePeriod, localDay } from './ageing-facts.ts'
import { gaps } from './ageing-gaps.ts'
import { isSameWeekday, weekdaysMeant } from './ageing-weekdays.ts'
import { WISHES } from './ageing-wishes.ts'
import {
  AGO,
  DAYS,
  ENDS_IN,
  FRENCH,
  FRENCH_YESTERDAY,
  HABIT,
  part,
  PERIOD_ENDS,
  PERIODS,
  SPAN_DAYS,
  unitOf,
} from './ageing-words.ts'

export interface Aged {
  readonly part: 'subject' | 'text'
  /** Offsets in the part, UTF-16 units: `from` included, `to` excluded. */
  readonly from: number
  readonly to: number
  readonly code: AgedCode
  /** The words themselves. */
  readonly text: string
}

export interface AgeingQuery {
  /** Null: an answer has the subject of its thread, which was true when the thread began and is not the mail's to change. */
  readonly subject: string | null
  readonly text: string
  /**
   * Epoch ms: the moment for which the text was approved. That is the rep's date or the forecast they saw, and when it was
   * queued where there was neither.
   */
  readonly meantFor: number
  /** Epoch ms: the moment in which it goes. */
  readonly at: number
  /** The IANA zone whose days count. */
  readonly zone: string
  /** When the mail before it went to the same person, epoch ms; null: it is the first. */
  readonly previousAt: number | null
}

/** More than a mail has; a bound for the work. */
const MOST_CHARACTERS = 20_000

/** What is no longer true, in the order of the text, subject first. */
export function agedWords(query: AgeingQuery): Aged[] {
  const facts: AgeingFacts = {
    meant: localDay(query.meantFor, query.zone),
    at: localDay(query.at, query.zone),
    previous: query.previousAt === null ? null : localDay(query.previousAt, query.zone),
  }
  return [...agedIn('subject', query.subject ?? '', facts), ...agedIn('text', query.text, facts)]
}

/** The first rule that knows a stretch decides about it. */
function agedIn(name: Aged['part'], whole: string, facts: AgeingFacts): Aged[] {
  const text = whole.slice(0, MOST_CHARACTERS)
  const folded = foldText(text)
  const claims: Claim[] = []
  for (const claim of claimsIn(text, folded, facts)) {
    if (claims.every((other) => claim.to <= other.from || claim.from >= other.to)) claims.push(claim)
  }
  return claims
    .sort((a, b) => a.from - b.from)
    .flatMap(({ from, to, code }) =>
      code === null ? [] : [{ part: name, from, to, code, text: text.slice(from, to) }],
    )
}

function* claimsIn(text: string, folded: string, facts: AgeingFacts): Generator<Claim> {
  yield* datesWritten(text, folded, facts)
  yield* wishes(folded, facts)
  if (facts.previous !== null) yield* gaps(folded, facts, facts.previous)
  yield* distances(folded, facts)
  yield* dayWords(text, folded, facts)
  yield* periods(folded, facts)
  yield* weekdays(folded, facts)
}

function* wishes(folded: string, facts: AgeingFacts): Generator<Claim> {
  for (const { pattern, code, isTrue } of WISHES) {
    for (const match of matchesOf(folded, pattern)) yield claimOf(match, isTrue(match, facts) ? null : code)
  }
}

/** A distance that was right and has grown by half or more. */
function* distances(folded: string, { meant, at }: AgeingFacts): Generator<Claim> {
  const late = daysBetween(meant, at)
  for (const match of matchesOf(folded, AGO)) {
    const span = (countOf(match) ?? 4) * (SPAN_DAYS.get(part(match, 'span') ?? '') ?? 1)
    yield claimOf(match, late >= Math.max(1, span / 2) ? 'other_gap' : null)
  }
  for (const match of matchesOf(folded, ENDS_IN)) yield claimOf(match, late >= 1 ? 'other_gap' : null)
}

function* dayWords(text: string, folded: string, { meant, at }: AgeingFacts): Generator<Claim> {
  const code = meant.equals(at) ? null : 'other_day'
  for (const match of matchesOf(folded, DAYS)) {
    if (match[0] !== 'morgen' || isTomorrow(text, folded, match.index)) yield claimOf(match, code)
  }
  for (const match of matchesOf(folded, FRENCH_YESTERDAY)) {
    if (FRENCH.test(sentenceAround(folded, match.index))) yield claimOf(match, code)
  }
}

/** With a capital and inside a sentence, the German word is the morning. */
function isTomorrow(text: string, folded: string, index: number): boolean {
  return text[index] === 'm' || sentenceStart(folded, index) === index
}

function* periods(folded: string, { meant, at }: AgeingFacts): Generator<Claim> {
  for (const pattern of [PERIOD_ENDS, ...PERIODS.map((period) => period.pattern)]) {
    for (const match of matchesOf(folded, pattern)) {
      const isRight = isSamePeriod(meant, at, unitOf(part(match, 'unit') ?? ''))
      yield claimOf(match, isRight || HABIT.test(sentenceAround(folded, match.index)) ? null : 'other_period')
    }
  }
}

function* weekdays(folded: string, facts: AgeingFacts): Generator<Claim> {
  for (const found of weekdaysMeant(folded)) {
    const isRight = isSameWeekday(found, facts) || HABIT.test(sentenceAround(folded, found.from))
    yield { from: found.from, to: found.to, code: isRight ? null : 'weekday_past' }
  }
}
