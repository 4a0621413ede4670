import { AppError } from '#shared/errors'

/** What a finished mail must say. */
export interface ExpectedMime {
  readonly from: string
  readonly to: string
  readonly key: string
  readonly hasHtml: boolean
  readonly isFollowUp: boolean
  readonly hasUnsubscribe: boolean
}

/** RFC 5322 §2.1.1, without the line break. */
const MAX_LINE = 998
const ALWAYS = ['date', 'from', 'message-id', 'mime-version', 'subject', 'to', 'x-pacemail-key', 'content-type']
/** Before an address: nothing, plain words, one quoted string, or encoded words. */
const DISPLAY_NAME = /^(?:[\w ]+ |"(?:[^"\\]|\\.)*" |(?:=\?UTF-8\?[QB]\?[^?\s]*\?= )+)?$/

/**
 * The last look at a mail before it may leave, on its bytes and without the library that wrote them: exactly our headers,
 * one recipient, no line that a server could read as a second header or a second mail. Throws `mail.invalid`.
 */
export function checkMime(bytes: Buffer, expected: ExpectedMime): void {
  const text = bytes.toString('latin1')
  const problem = problemOfLines(text) ?? problemOfHeaders(text, expected) ?? problemOfParts(text, expected)
  if (problem !== null) throw new AppError('mail.invalid', `finished mail: ${problem}`, { details: { field: 'mime' } })
}

function problemOfLines(text: string): string | null {
  if (/[^\x00-\x7f]/.test(text)) return 'not ASCII'
  if (text.includes('\0')) return 'a NUL byte'
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) return 'a bare line break'
  if (!text.endsWith('\r\n')) return 'no line break at the end'
  return text.split('\r\n').some((line) => line.length > MAX_LINE) ? 'a line is too long' : null
}

function problemOfHeaders(text: string, expected: ExpectedMime): string | null {
  const fields = headerFields(text)
  if (fields === null) return 'a line in the header is no header'
  const names = fields.map(([name]) => name).toSorted()
  if (names.join() !== expectedNames(names, expected).join()) return 'unexpected headers'
  const value = new Map(fields)
  if (!isOneAddress(value.get('to') ?? '', expected.to)) return 'To is not the one recipient'
  if (!isOneAddress(value.get('from') ?? '', expected.from)) return 'From is not the one sender'
  return value.get('x-pacemail-key') === expected.key ? null : 'the key is missing'
}

/** An empty subject has no header, and a mail of several parts has no encoding of its own. */
function expectedNames(names: readonly string[], expected: ExpectedMime): string[] {
  const optional = names.includes('content-transfer-encoding') ? ['content-transfer-encoding'] : []
  if (expected.isFollowUp) optional.push('in-reply-to', 'references')
  if (expected.hasUnsubscribe) optional.push('list-unsubscribe')
  const always = names.includes('subject') ? ALWAYS : ALWAYS.filter((name) => name !== 'subject')
  return [...always, ...optional].toSorted()
}

/** Name (lower case) and unfolded value of each header; null when a line is neither a header nor its continuation. */
function headerFields(text: string): [string, string][] | null {
  const head = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n(?=[ \t])/g, '')
  const fields: [string, string][] = []
  for (const line of head.split('\r\n')) {
    const match = /^([A-Za-z0-9-]+):[ ]?(.*)$/.exec(line)
    if (match === null) return null
    fields.push([(match[1] ?? '').toLowerCase(), match[2] ?? ''])
  }
  return fields
}

function isOneAddress(value: string, address: string): boolean {
  if (value === address) return true
  const tail = `<${address}>`
  return value.endsWith(tail) && DISPLAY_NAME.test(value.slice(0, -tail.length))
}

/** Two parts have exactly two openings and one end; a body with our boundary in it would make more. */
function problemOfParts(text: string, { key, hasHtml }: ExpectedMime): string | null {
  const boundaries = text.split('\r\n').filter((line) => line.startsWith('--') && line.includes(key)).length
  return boundaries === (hasHtml ? 3 : 0) ? null : 'the parts do not match'
}
