import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors'

/** What a finished mail must say. */
export interface ExpectedMime {
  readonly from: string
  readonly to: string
  readonly key: string
  readonly hasHtml: boolean
  readonly isFollowUp: boolean
  readonly hasUnsubscribe: boolean
  /** SHA-256 of each file, in order, as lower-case hex. */
  readonly fileHashes: readonly string[]
}

/** RFC 5322 §2.1.1, without the line break. */
const MAX_LINE = 998
const ALWAYS = ['date', 'from', 'message-id', 'mime-version', 'subject', 'to', 'x-pacemail-key', 'content-type']
/** Before an address: nothing, plain words, one quoted string, or encoded words. */
const DISPLAY_NAME = /^(?:[\w ]+ |"(?:[^"\\]|\\.)*" |(?:=\?UTF-8\?[QB]\?[^?\s]*\?= )+)?$/

/**
 * The last look at a mail before it may leave, on its bytes and without the library that wrote them: exactly our headers,
 * one recipient, no line that a server could read as a second header or a second mail, each file byte for byte. Throws
 * `mail.invalid`.
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

/**
 * Two texts have exactly two openings and one end; files beside them one opening each, one for the texts and one end. A
 * body with our boundary in it would make more.
 */
function problemOfParts(text: string, { key, hasHtml, fileHashes }: ExpectedMime): string | null {
  const parts = partsOf(text, key)
  const inFiles = fileHashes.length === 0 ? 0 : fileHashes.length + 2
  if (parts.length !== (hasHtml ? 3 : 0) + inFiles) return 'the parts do not match'
  const last = parts.length - 1
  const problems = fileHashes.map((hash, at) => problemOfFile(parts[last - fileHashes.length + at] ?? '', hash))
  return problems.find((problem) => problem !== null) ?? null
}

/** From each line with a boundary of ours to the next one, or to the end. */
function partsOf(text: string, key: string): string[] {
  const starts: number[] = []
  for (let at = text.indexOf('\r\n--'); at !== -1; at = text.indexOf('\r\n--', at + 2)) {
    const start = at + 2
    if (text.slice(start, text.indexOf('\r\n', start)).includes(key)) starts.push(start)
  }
  return starts.map((start, index) => text.slice(start, starts[index + 1]))
}

const FILE_HEADERS = ['content-disposition', 'content-transfer-encoding', 'content-type']

/** From the line with the boundary to the next one. */
function problemOfFile(part: string, hash: string): string | null {
  const fields = headerFields(part.slice(part.indexOf('\r\n') + 2))
  if (fields === null) return 'a line in the header of a file is no header'
  if (
    fields
      .map(([name]) => name)
      .toSorted()
      .join() !== FILE_HEADERS.join()
  )
    return 'unexpected headers of a file'
  const value = new Map(fields)
  if (!value.get('content-disposition')?.startsWith('attachment; filename')) return 'a file is not attached'
  if (value.get('content-transfer-encoding') !== 'base64') return 'a file is not encoded'
  const bytes = Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4), 'base64')
  return createHash('sha256').update(bytes).digest('hex') === hash ? null : 'a file is not the one that was attached'
}
