import { withoutMarks } from '#shared/domain/dispatch-tokens'

/** Where a link of a template goes: fixed pieces and the indexes of the fields between them. */
export interface LinkTarget {
  readonly pieces: readonly (string | number)[]
}

/**
 * Null when it is no link that a mail may hold: only http, https, mailto, or a field that holds the whole address. An
 * address is fixed when the mail is approved, so nothing in it can be dated at dispatch.
 */
export function createLinkTarget(typed: readonly (string | number)[]): LinkTarget | null {
  const pieces = typed.filter((piece) => piece !== '')
  const [first] = pieces
  if (pieces.some((piece) => typeof piece === 'string' && withoutMarks(piece) !== piece)) return null
  const isAllowed = typeof first === 'number' || (first !== undefined && /^(?:https?:\/\/|mailto:)/i.test(first))
  return isAllowed ? { pieces } : null
}

/**
 * The finished address; null when the values make none, so that the link is left out and its words stay. A value
 * can be a whole web address or part of one, but never change the kind of a link.
 */
export function linkTarget(target: LinkTarget, valueOf: (index: number) => string): string | null {
  const joined = target.pieces.reduce<string>(
    (before, piece) => before + (typeof piece === 'string' ? piece : fitted(before, valueOf(piece))),
    '',
  )
  return checked(joined)
}

/** The value as it may stand behind `before`. */
function fitted(before: string, value: string): string {
  const bare = value.trim()
  if (before === '') return /^https?:\/\//i.test(bare) ? bare : isHost(bare) ? `https://${bare}` : ''
  if (/^https?:\/\/$/i.test(before)) return bare.replace(/^https?:\/\//i, '')
  if (/^mailto:$/i.test(before)) return encoded(bare).replaceAll('%40', '@')
  return encoded(bare)
}

function isHost(text: string): boolean {
  return /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#]\S*)?$/u.test(text)
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function checked(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, href, hostname } = new URL(address)
  if (protocol === 'mailto:') return href
  if (hostname === '' || (protocol !== 'http:' && protocol !== 'https:')) return null
  return /^[\x21-\x7e]+$/.test(address) ? address : href
}
