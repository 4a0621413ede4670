/**
 * Links that open the app from outside: `mailto:` (RFC 6068) and `pacemail:`. They come from anywhere, so a link can only
 * open something: it sends, imports, changes and signs in nothing, and what it cannot say plainly it does not say at all.
 *
 * Read by hand: the URL class leaves `mailto:` in one piece, and URLSearchParams takes `+` for a space, which cuts
 * `ann+news@…` in two.
 */
import { parseAddress } from './address.ts'

/** In characters. Longer ones are not read. */
export const LONGEST_LINK = 2_048
/** A link that names more people is no link to write to somebody. */
const MOST_PEOPLE = 20
const LONGEST_SUBJECT = 500

/** Pages that `pacemail:` may open. */
export const LINK_PAGES = [
  'leads',
  'dispatch',
  'campaigns',
  'queue',
  'answers',
  'templates',
  'mailboxes',
  'activity',
  'insights',
  'settings',
] as const
export type LinkPage = (typeof LINK_PAGES)[number]

export type AppLink =
  | { readonly kind: 'page'; readonly page: LinkPage | null }
  | {
      readonly kind: 'mail'
      /** As typed, each person once; never empty. */
      readonly to: readonly string[]
      /** Empty: the link names none. */
      readonly subject: string
      readonly body: string
    }

/** Does this text claim to be a link for us? For whoever picks it out of other text. */
export function looksLikeLink(text: string): boolean {
  return /^(?:mailto|pacemail):/i.test(text) && text.length <= LONGEST_LINK
}

/** Null: nothing that we open. */
export function readLink(text: string): AppLink | null {
  if (!looksLikeLink(text)) return null
  const colon = text.indexOf(':')
  const rest = text.slice(colon + 1)
  return text.slice(0, colon).toLowerCase() === 'mailto' ? readMail(rest) : readPage(rest)
}

/** `pacemail:queue`, also as `pacemail://queue/`, which is what browsers make of it. Null: the page the app stands on. */
function readPage(rest: string): AppLink | null {
  const name = /^(?:\/\/)?([a-z]*)\/?$/.exec(rest)?.[1]
  if (name === undefined) return null
  if (name === '') return { kind: 'page', page: null }
  const page = LINK_PAGES.find((known) => known === name)
  return page === undefined ? null : { kind: 'page', page }
}

/** Everything but the people, the subject and the text is left out: copies, attachments, threads. */
function readMail(rest: string): AppLink | null {
  const [withoutFragment = ''] = rest.split('#')
  const [path = '', ...query] = withoutFragment.split('?')
  // `mailto://ann@…` is a mistake, and `/` may begin an address.
  if (path.startsWith('/')) return null
  const fields = readFields(query.join('?'))
  const typed = [...path.split(',').map(decoded), ...(fields.get('to') ?? '').split(',')]
  const people = new Map<string, string>()
  for (const one of typed) {
    if (one === null) return null
    if (one.trim() === '') continue
    const parsed = parseAddress(one)
    if (!parsed.ok) return null
    if (!people.has(parsed.address.identity)) people.set(parsed.address.identity, parsed.address.typed)
  }
  if (people.size === 0 || people.size > MOST_PEOPLE) return null
  return {
    kind: 'mail',
    to: [...people.values()],
    subject: oneLine(fields.get('subject') ?? ''),
    body: plain(fields.get('body') ?? ''),
  }
}

/** By lower-case name; of two with the same name the first counts. What cannot be decoded is left out. */
function readFields(query: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  // In HTML `&` is written as `&amp;`, and some who copy a link forget to undo it.
  for (const pair of query.split(/&(?:amp;)?/i)) {
    const [name = '', ...value] = pair.split('=')
    const key = decoded(name)?.toLowerCase()
    const text = decoded(value.join('='))
    if (key !== undefined && text !== null && !fields.has(key)) fields.set(key, text)
  }
  return fields
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function oneLine(text: string): string {
  const line = plain(text).replace(/\s+/g, ' ').trim()
  return line.slice(0, LONGEST_SUBJECT).toWellFormed()
}

/** Line breaks and tabs stay; other control characters go, and marks that turn the direction of writing around. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()
}
