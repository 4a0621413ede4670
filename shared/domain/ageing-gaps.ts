import { type Claim, claimOf, countOf, matchesOf, sentenceAround } from './ageing-claims.ts'
import { type AgeingFacts, daysBetween, isPeriodBefore, isSamePeriod, weekdayBefore } from './ageing-facts.ts'
import { weekdaysMeant } from './ageing-weekdays.ts'
import { AGO, FRENCH, part, PERIODS, SPAN_DAYS, unitOf, WRITING } from './ageing-words.ts'

/** Of a sentence about the rep's own mail: does the mail before lie where it says? */
export function* gaps(folded: string, { at }: AgeingFacts, previous: AgeingFacts['at']): Generator<Claim> {
  const days = daysBetween(previous, at)
  const inWriting = (index: number): boolean => WRITING.test(sentenceAround(folded, index))
  for (const { direction, pattern } of PERIODS) {
    for (const match of matchesOf(folded, pattern)) {
      if (direction === 'next' || (direction === 'this' && !isEarlier(folded, match.index)) || !inWriting(match.index))
        continue
      const unit = unitOf(part(match, 'unit') ?? '')
      const isRight = direction === 'last' ? isPeriodBefore(previous, at, unit) : isSamePeriod(previous, at, unit)
      yield claimOf(match, isRight ? null : 'other_gap')
    }
  }
  for (const match of matchesOf(folded, AGO)) {
    if (inWriting(match.index)) yield claimOf(match, isAbout(days, match) ? null : 'other_gap')
  }
  for (const match of matchesOf(folded, /(?<!\bd')\b(?:yesterday|gestern|hier|ayer|gisteren)\b/g)) {
    if (inWriting(match.index) && (match[0] !== 'hier' || FRENCH.test(sentenceAround(folded, match.index))))
      yield claimOf(match, days === 1 ? null : 'other_gap')
  }
  for (const found of weekdaysMeant(folded)) {
    const isOfMail = WRITING.test(folded.slice(Math.max(0, found.from - 40), found.from).replace(/^.*[.!?,;]/, ''))
    if (!isOfMail || found.direction === 'next') continue
    yield {
      from: found.from,
      to: found.to,
      code: weekdayBefore(at, found.weekday).equals(previous) ? null : 'other_gap',
    }
  }
}

/** "Earlier this week" is about the mail before; "this week" may be about anything. */
function isEarlier(folded: string, index: number): boolean {
  return /\b(?:earlier|fruher|anfang|plus tot|eerder|begin) $/.test(folded.slice(Math.max(0, index - 12), index))
}

/** "A few" are two to eight days. A number is meant as roughly as it is large. */
function isAbout(days: number, match: RegExpMatchArray): boolean {
  const count = countOf(match)
  const span = SPAN_DAYS.get(part(match, 'span') ?? '') ?? 1
  if (count === null) return days >= 2 * span && days <= 8 * span
  return Math.abs(days - count * span) <= (span === 1 ? Math.max(1, count / 4) : span / 2)
}
