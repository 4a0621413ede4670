import PostalMime from 'postal-mime'
import { headerFields } from '#shared/domain/incoming/report'

/** A mail cut into its parts. `body` holds one character for each byte, still encoded. */
export type MailPart =
  | { readonly kind: 'several'; readonly type: string; readonly parts: readonly MailPart[] }
  | {
      readonly kind: 'one'
      /** Lower case, `text/plain` where it is not told. */
      readonly type: string
      readonly fields: ReadonlyMap<string, string>
      readonly isAttachment: boolean
      readonly body: string
    }

/** Deeper and wider than any program writes; what lies beyond is not looked at. */
const MOST_DEPTH = 10
const MOST_PARTS = 100
/** Of one part: the library takes about 30 µs a line, and minutes for a megabyte of line breaks. */
const MOST_PART_CHARACTERS = 200_000
const MOST_PART_LINES = 5_000

/**
 * Cuts a mail into its parts, without opening attached mails. Ours rather than postal-mime's, because that turns every
 * part into both text and HTML, and takes minutes for a megabyte made to hurt; it decodes single parts here.
 */
export function splitMail(latin1: string): { readonly fields: ReadonlyMap<string, string>; readonly part: MailPart } {
  const room = { parts: MOST_PARTS }
  const { fields, body } = cutHead(latin1)
  return { fields, part: partOf(fields, body, { depth: 0, room, fallback: 'text/plain' }) }
}

/** The text of a part, whatever its encoding and character set; broken ones give what can be read. */
export async function decodePart(part: MailPart & { readonly kind: 'one' }): Promise<string> {
  const encoding = /[\w-]{1,30}/.exec(part.fields.get('content-transfer-encoding') ?? '')?.[0] ?? '8bit'
  const type = part.fields.get('content-type') ?? ''
  const parameters = ['charset', 'format', 'delsp'].map((name) => {
    const value = parameterOf(type, name)
    return /^[\w.:-]{1,40}$/.test(value) ? `; ${name}=${value}` : ''
  })
  const head = `Content-Type: text/plain${parameters.join('')}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
  const { text } = await PostalMime.parse(Buffer.from(head + bounded(part.body), 'latin1'))
  return text ?? ''
}

interface Place {
  readonly depth: number
  readonly room: { parts: number }
  readonly fallback: string
}

function partOf(fields: ReadonlyMap<string, string>, body: string, place: Place): MailPart {
  const contentType = fields.get('content-type') ?? ''
  const type = /^\s*([\w.+-]{1,60}\/[\w.+-]{1,80})/.exec(contentType)?.[1]?.toLowerCase() ?? place.fallback
  const boundary = type.startsWith('multipart/') ? parameterOf(contentType, 'boundary') : ''
  if (boundary === '') {
    const isAttachment = /^\s*attachment/i.test(fields.get('content-disposition') ?? '')
    // Several parts without a boundary are one text.
    return { kind: 'one', type: type.startsWith('multipart/') ? 'text/plain' : type, fields, isAttachment, body }
  }
  const fallback = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const parts = place.depth < MOST_DEPTH ? cutBody(body, boundary, { ...place, depth: place.depth + 1, fallback }) : []
  return { kind: 'several', type, parts }
}

/** The parts between the lines of a boundary; the last one may be cut off. */
function cutBody(body: string, boundary: string, place: Place): MailPart[] {
  const parts: MailPart[] = []
  const delimiters = delimitersIn(body, boundary, place.room.parts)
  for (const [index, { end, isLast }] of delimiters.entries()) {
    if (isLast || place.room.parts <= 0) break
    place.room.parts -= 1
    const cut = cutHead(body.slice(end, delimiters[index + 1]?.start ?? body.length))
    parts.push(partOf(cut.fields, cut.body, place))
  }
  return parts
}

/** Where the lines `--boundary` and `--boundary--` begin and end; one more than there is room for parts. */
function delimitersIn(body: string, boundary: string, room: number): { start: number; end: number; isLast: boolean }[] {
  const found: { start: number; end: number; isLast: boolean }[] = []
  const mark = `--${boundary}`
  for (let at = body.indexOf(mark); at >= 0 && found.length <= room; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== '\n') continue
    const rest = /^(--)?[ \t]{0,100}(?:\r?\n|$)/.exec(body.slice(at + mark.length, at + mark.length + 110))
    if (rest === null) continue
    const start = body[at - 2] === '\r' ? at - 2 : Math.max(0, at - 1)
    found.push({ start, end: at + mark.length + rest[0].length, isLast: rest[1] !== undefined })
  }
  return found
}

function cutHead(text: string): { fields: ReadonlyMap<string, string>; body: string } {
  if (/^\r?\n/.test(text)) return { fields: new Map(), body: text.replace(/^\r?\n/, '') }
  const gap = /\r?\n\r?\n/.exec(text)
  if (gap === null) return { fields: headerFields(text), body: '' }
  return { fields: headerFields(text.slice(0, gap.index)), body: text.slice(gap.index + gap[0].length) }
}

/** One parameter of a structured header, quoted or not; empty when it is missing. */
function parameterOf(value: string, name: string): string {
  const match = new RegExp(`;\\s{0,20}${name}\\s?=\\s?(?:"([^"]{1,200})"|([^\\s;"]{1,200}))`, 'i').exec(value)
  return match?.[1] ?? match?.[2] ?? ''
}

function bounded(body: string): string {
  let end = 0
  for (let lines = 0; lines < MOST_PART_LINES && end >= 0; lines += 1) {
    const next = body.indexOf('\n', end)
    end = next < 0 ? -1 : next + 1
  }
  return body.slice(0, Math.min(end < 0 ? body.length : end, MOST_PART_CHARACTERS))
}
