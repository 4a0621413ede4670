/** What makes a mail look like bulk mail, or go unread: advice about a template's text, never a reason not to send it. */
import { fieldKey, parseTemplate } from './merge.ts'
import { SPAM_PHRASES } from './spam-phrases.ts'

export type AdviceCode =
  | 'spam_phrase'
  | 'capitals'
  | 'many_marks'
  | 'false_reply'
  | 'long_subject'
  | 'long_body'
  | 'many_links'
  | 'short_link'
  | 'image'
  | 'not_personal'

export interface Advice {
  readonly code: AdviceCode
  readonly part: 'subject' | 'body'
  /** The piece that it is about, and where it begins in its part, UTF-16 units; the whole part: '' at 0. */
  readonly text: string
  readonly at: number
  /** Characters, words or links, where there are too many; else 0. */
  readonly count: number
}

/** A phone shows about so much of a subject; the rest is cut. */
export const MOST_SUBJECT_LETTERS = 60
/** What fits a screen without scrolling; a mail to a stranger that is longer is put off. */
export const MOST_BODY_WORDS = 150
/** One link is read as an offer to look, more as an advertisement. */
export const MOST_LINKS = 1

/** Services that hide where a link leads: filters take them for a bad sign. */
const SHORTENERS = ['bit.ly', 'tinyurl.com', 't.co', 'goo.gl', 'ow.ly', 'is.gd', 'buff.ly', 'cutt.ly', 'rb.gy', 't.ly']

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>()\]]+/giu
const IMAGE = /!\[[^\]\n]*\]\([^)\n]*\)/gu
/** Two such words in a row are shouting; one may be a name. */
const CAPITALS = /\p{Lu}{4,}(?:[ \t]+\p{Lu}{2,})+|\p{Lu}{2,}(?:[ \t]+\p{Lu}{4,})+/gu
const MARKS = /[!?]*![!?]+|[!?]{3,}/gu
const FALSE_REPLY = /^\s*(?:re|fwd?|aw|wg)\s*:/iu

const PHRASES = SPAM_PHRASES.map((phrase) => ({ ...phrase, pattern: patternOf(phrase.words) }))

export interface AdvisedText {
  readonly subject: string
  readonly body: string
}

/** By part, in the order of the text. What nobody has begun is not advised on. */
export function adviseOn({ subject, body }: AdvisedText): Advice[] {
  const advice = [
    ...inSubject(subject),
    ...inBoth('subject', subject),
    ...inBody(body),
    ...inBoth('body', body),
    ...(body.trim() === '' || isPersonal(subject) || isPersonal(body) ? [] : [whole('not_personal', 'body', 0)]),
  ]
  const parts = ['subject', 'body']
  return advice.toSorted((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part) || a.at - b.at)
}

function inSubject(subject: string): Advice[] {
  const reply = FALSE_REPLY.exec(subject)
  const letters = readable(subject).trim().length
  return [
    ...(reply === null ? [] : [piece('false_reply', 'subject', reply)]),
    ...(letters > MOST_SUBJECT_LETTERS ? [whole('long_subject', 'subject', letters)] : []),
  ]
}

function inBody(body: string): Advice[] {
  const words = readable(body).match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0
  const links = [...body.matchAll(LINK)]
  const short = links.filter(([link]) => SHORTENERS.includes(hostOf(link)))
  const images = [...body.matchAll(IMAGE)]
  return [
    ...(words > MOST_BODY_WORDS ? [whole('long_body', 'body', words)] : []),
    ...links
      .slice(MOST_LINKS, MOST_LINKS + 1)
      .map((link) => ({ ...piece('many_links', 'body', link), count: links.length })),
    ...short.map((link) => piece('short_link', 'body', link)),
    ...images.map((image) => piece('image', 'body', image)),
  ]
}

function inBoth(part: Advice['part'], text: string): Advice[] {
  const seen = readable(text)
  return [
    ...[...seen.matchAll(CAPITALS)].map((match) => piece('capitals', part, match)),
    ...[...seen.matchAll(MARKS)].map((match) => piece('many_marks', part, match)),
    ...phrasesIn(part, seen),
  ]
}

/** A longer phrase takes in the shorter ones within it. */
function phrasesIn(part: Advice['part'], text: string): Advice[] {
  const hits = PHRASES.filter(({ isSubjectOnly }) => part === 'subject' || isSubjectOnly !== true).flatMap(
    ({ pattern }) => [...text.matchAll(pattern)].map((match) => piece('spam_phrase', part, match)),
  )
  return hits.filter(
    (one) =>
      !hits.some(
        (other) =>
          other.text.length > one.text.length &&
          other.at <= one.at &&
          other.at + other.text.length >= one.at + one.text.length,
      ),
  )
}

function patternOf(words: string): RegExp {
  const source = words.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&').replaceAll(' ', '\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'giu')
}

/** Merge fields as blanks of the same length, so that places stay what they are. */
function readable(text: string): string {
  return text.replaceAll(/\{\{[^}]*\}\}/gu, (field) => ' '.repeat(field.length))
}

/** Says it anything that is another for each lead? The rep's own name does not. */
function isPersonal(text: string): boolean {
  return parseTemplate(text).parts.some((part) => part.kind === 'field' && !SENDERS.has(part.key))
}

const SENDERS: ReadonlySet<string> = new Set(['senderName', 'senderPostalAddress', 'optOut'].map(fieldKey))

function hostOf(link: string): string {
  return link
    .replace(/^https?:\/\//iu, '')
    .replace(/^www\./iu, '')
    .replace(/[/?#:].*$/u, '')
    .toLowerCase()
}

function piece(code: AdviceCode, part: Advice['part'], { 0: text, index: at }: RegExpMatchArray): Advice {
  return { code, part, text, at: at ?? 0, count: 0 }
}

function whole(code: AdviceCode, part: Advice['part'], count: number): Advice {
  return { code, part, text: '', at: 0, count }
}
