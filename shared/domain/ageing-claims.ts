import { z } from 'zod'
import { NUMBERS, part } from './ageing-words.ts'

export const AgedCode = z.enum([
  /** "Tomorrow", "this morning": means another day by now. */
  'other_day',
  /** "This Friday": over, or another one by now. */
  'weekday_past',
  /** "This week", "by the end of the month": means another one by now. */
  'other_period',
  /** A date that was to come and is over. */
  'date_past',
  /** A date with a weekday on which it does not fall. */
  'wrong_weekday',
  /** "As I wrote last week", "two days ago": the distance is another. */
  'other_gap',
  /** "Hope your Monday goes well" on a Thursday. */
  'greeting',
  /** "Happy new year" in March. */
  'out_of_season',
])
export type AgedCode = z.infer<typeof AgedCode>

/** What a rule says of a stretch of the text. Null: the words are right, and no later rule is asked about them. */
export interface Claim {
  readonly from: number
  readonly to: number
  readonly code: AgedCode | null
}

export function claimOf(match: RegExpExecArray, code: AgedCode | null): Claim {
  return { from: match.index, to: match.index + match[0].length, code }
}

/** What `matchAll` finds. It copies its pattern each time, which costs more than to see that nothing is there: so first that. */
export function matchesOf(folded: string, pattern: RegExp): Iterable<RegExpExecArray> {
  return folded.search(pattern) === -1 ? [] : folded.matchAll(pattern)
}

/** The number in a match of `AGO` or `ENDS_IN`; null: "a few". */
export function countOf(match: RegExpMatchArray): number | null {
  const written = part(match, 'count')
  return written === undefined ? null : (NUMBERS.get(written) ?? Number(written))
}

/** How far a sentence is looked for on either side, in characters: a bound for the work. */
const MOST_OF_A_SENTENCE = 400

/** The sentence in which a place of a folded text lies. */
export function sentenceAround(folded: string, index: number): string {
  const after = folded.slice(index, index + MOST_OF_A_SENTENCE)
  const end = after.search(/[.!?](?: |$)/)
  return folded.slice(sentenceStart(folded, index), index + (end === -1 ? after.length : end))
}

export function sentenceStart(folded: string, index: number): number {
  const before = /(?:^|[.!?:] +)([^.!?:]*)$/.exec(folded.slice(Math.max(0, index - MOST_OF_A_SENTENCE), index))
  return before === null ? index : index - (before[1]?.length ?? 0)
}

/** Lower case, without accents, one kind of apostrophe, dash and space; a blank line ends a sentence. Offsets stay. */
export function foldText(text: string): string {
  return text
    .replaceAll('\n\n', '. ')
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s/g, ' ')
    .replace(/[A-Z\u0080-\uffff]/g, (unit) => {
      const plain = unit.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
      return plain.length === 1 ? plain : unit
    })
}
