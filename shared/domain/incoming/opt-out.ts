import type { Language } from './incoming-mail.ts'
import { COURTESIES, NARROWING, OPPOSITES, OPT_OUT_WORDS, REFUSALS } from './opt-out-words.ts'
import { plainText, wordsOf } from './words.ts'

/**
 * `clear`: somebody asked not to be written to again. `maybe`: such words are there, but in a long text, turned round or
 * narrowed down; the rep is asked. A refusal ("not interested") is an answer like any other: it stops the campaign for
 * this person anyway. Only as a short mail of its own it is worth the question.
 */
export type OptOutReading =
  | { readonly says: 'clear'; readonly language: Language }
  | { readonly says: 'maybe' }
  | { readonly says: 'nothing' }

/** A request is short; whoever writes more than this has more to say. */
export const MOST_OPT_OUT_WORDS = 12
/** Beyond this nobody reads on, and neither do we. */
const MOST_CHARACTERS = 5_000
/** How far before a phrase a word still turns it round. */
const OPPOSITE_REACH = 3

/** What the new text of a mail, without quote and signature, says about being written to again. */
export function readOptOut(newText: string): OptOutReading {
  const text = withoutSignOff(newText)
  const words = wordsOf(text)
  const isShort = words.length <= MOST_OPT_OUT_WORDS
  const mention = findMention(clausesOf(text))
  if (!isShort) return { says: mention === null ? 'nothing' : 'maybe' }

  const whole = wholeLanguage(text)
  if (whole !== null) return { says: 'clear', language: whole }
  if (mention !== null) {
    const isNarrowed = words.some((word) => NARROWING[mention.language].has(word))
    return mention.isTurnedRound || isNarrowed ? { says: 'maybe' } : { says: 'clear', language: mention.language }
  }
  const said = ` ${words.join(' ')} `
  return { says: REFUSALS.some((phrase) => said.includes(` ${phrase} `)) ? 'maybe' : 'nothing' }
}

/** Names and jobs under "Kind regards" are not counted. */
function withoutSignOff(text: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line, index) => index > 0 && line.length < 60 && SIGN_OFF.test(plainText(line)))
  return at > 0 && lines.length - at <= 12 ? lines.slice(0, at).join('\n') : text
}

const SIGN_OFF =
  /^(?:(?:kind|best|warm|many)? ?(?:regards|wishes)|best|cheers|sincerely|yours (?:sincerely|truly|faithfully)|thanks(?: and regards)?|thank you|(?:mit )?(?:freundlichen?|besten?|schonen?|viele|liebe|herzliche) gruss(?:e|en)?|mfg|vg|lg|bien a vous|(?:bien )?cordialement|(?:un )?(?:cordial saludo|saludos(?: cordiales)?)|(?:met )?vriendelijke groet(?:en)?|(?:cordiali|distinti) saluti)[,.!]*$/

/** The language of a text whose first line or whole is such a word, courtesies apart. */
function wholeLanguage(text: string): Language | null {
  const firstLine =
    text
      .split('\n')
      .map(bareWords)
      .find((line) => line !== '') ?? ''
  const all = bareWords(text)
  const match = OPT_OUT_WORDS.find(({ whole }) => whole.includes(firstLine) || whole.includes(all))
  return match?.language ?? null
}

function bareWords(text: string): string {
  return wordsOf(text)
    .filter((word) => !COURTESIES.has(word))
    .join(' ')
}

/**
 * Words between spaces. A comma ends what a "no" before it turns round: "No, remove me." Lines are joined: programs wrap
 * them.
 */
function clausesOf(text: string): string[] {
  const clauses = text.slice(0, MOST_CHARACTERS).split(/[.!?;,:]|\n\s*\n/)
  return clauses.map((clause) => ` ${wordsOf(clause).join(' ')} `).filter((clause) => clause.length > 2)
}

interface Mention {
  readonly language: Language
  readonly isTurnedRound: boolean
}

/** A phrase anywhere; one that is meant as it stands goes before one that is turned round. */
function findMention(clauses: readonly string[]): Mention | null {
  const mentions = OPT_OUT_WORDS.flatMap(({ language, inside }) =>
    inside.flatMap((phrase) => clauses.flatMap((clause) => mentionIn(clause, phrase, language))),
  )
  return mentions.find(({ isTurnedRound }) => !isTurnedRound) ?? mentions[0] ?? null
}

function mentionIn(clause: string, phrase: string, language: Language): Mention[] {
  const at = clause.indexOf(` ${phrase} `)
  if (at < 0) return []
  const before = clause.slice(0, at).split(' ').slice(-OPPOSITE_REACH)
  return [{ language, isTurnedRound: before.some((word) => OPPOSITES.has(word)) }]
}
