import { convert } from 'html-to-text'
import PostalMime, { type Address, type Email } from 'postal-mime'
import {
  identityOfText,
  type IncomingMail,
  isBounceSender,
  KEPT_HEADERS,
  type DeliveryReport,
} from '#shared/domain/incoming/incoming-mail'
import { readFeedback } from '#shared/domain/incoming/complaint'
import { newTextOf } from '#shared/domain/incoming/new-text'
import { readProse } from '#shared/domain/incoming/prose'
import { messageIdsIn, readReport } from '#shared/domain/incoming/report'
import { decodePart, type MailPart, splitMail } from './mail-parts.ts'

/** What the provider knows of a mail besides its bytes. */
export interface IncomingFacts {
  /** Epoch ms. */
  readonly receivedAt: number
  readonly threadId: string | null
  /** Every address the mailbox sends from. */
  readonly ownAddresses: readonly string[]
}

/** Bounds for hostile mail: what is read of the bytes, and what is kept of the result. */
const MOST_BYTES = 1_000_000
const MOST_HTML_CHARACTERS = 100_000
const MOST_TEXT_CHARACTERS = 20_000
/** Decoded one by one: see `decodePart`. */
const MOST_TEXT_PARTS = 5
const MOST_BODY_CHARACTERS = 200_000
const MOST_ADDRESSES = 50
const MOST_REFERENCES = 50
const MOST_SUBJECT_CHARACTERS = 1_000
const MOST_HEADER_CHARACTERS = 500

/**
 * Reads a received mail from its bytes, whole or cut off anywhere. Never fails: of what is no mail it gives an empty one,
 * and it does a bounded amount of work whatever somebody sends.
 */
export async function parseIncoming(bytes: Uint8Array, facts: IncomingFacts): Promise<IncomingMail> {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST_BYTES)).toString('latin1')
  const { fields, part } = splitMail(latin1)
  const head = await readHead(fields)
  const text = clean(await textOf(part)).slice(0, MOST_BODY_CHARACTERS)
  const from = firstAddress(head.from)
  const subject = clean(head.subject ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_SUBJECT_CHARACTERS)
  const returnPath = fields.get('return-path') ?? ''
  return {
    from,
    to: addressesOf([...(head.to ?? []), ...(head.cc ?? [])]),
    subject,
    receivedAt: facts.receivedAt,
    threadId: facts.threadId,
    messageId: messageIdsIn(fields.get('message-id') ?? '')[0] ?? '',
    refersTo: refersTo(fields),
    headers: keptHeaders(fields),
    newText: newTextOf(text),
    text: text.slice(0, MOST_TEXT_CHARACTERS),
    report: (await reportOf(part, fields, from)) ?? readProse({ from, returnPath, subject, text, ...facts }),
    isFromSelf: isOneOf(from, facts.ownAddresses),
  }
}

/** Names, subjects and addresses as the library decodes them, from a head that is ours: only these fields, each cut. */
async function readHead(fields: ReadonlyMap<string, string>): Promise<Email> {
  const lines = ['from', 'to', 'cc', 'subject'].map((name) => `${name}: ${fields.get(name) ?? ''}\r\n`)
  return PostalMime.parse(Buffer.from(`${lines.join('').replaceAll('\0', '')}\r\n`, 'latin1'))
}

/** The text a person would see first: of alternatives the plain one, unless it is empty. */
async function textOf(part: MailPart, room = { texts: MOST_TEXT_PARTS }): Promise<string> {
  if (part.kind === 'one') return textOfOne(part, room)
  const texts: string[] = []
  // Behind its first part a report holds what machines read, and the mail that came back.
  for (const each of part.type === 'multipart/report' ? part.parts.slice(0, 1) : part.parts) {
    const text = await textOf(each, room)
    if (text.trim() !== '') texts.push(text)
    if (part.type === 'multipart/alternative' && texts.length > 0) break
  }
  return texts.join('\n')
}

async function textOfOne(part: MailPart & { readonly kind: 'one' }, room: { texts: number }): Promise<string> {
  if (part.isAttachment || room.texts <= 0 || (part.type !== 'text/plain' && part.type !== 'text/html')) return ''
  room.texts -= 1
  const text = await decodePart(part)
  return part.type === 'text/html' ? htmlToText(text) : text
}

function htmlToText(html: string): string {
  return convert(html.slice(0, MOST_HTML_CHARACTERS), {
    wordwrap: false,
    limits: { maxDepth: 60, maxChildNodes: 10_000 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      // Its headings are shouted otherwise, and a quote is wrapped.
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  })
}

/** Believed to be a report when the mail is one, or comes from where they come from: anybody may attach an old one. */
async function reportOf(
  root: MailPart,
  fields: ReadonlyMap<string, string>,
  from: string,
): Promise<DeliveryReport | null> {
  const failedRecipients = fields.get('x-failed-recipients') ?? null
  if (root.type !== 'multipart/report' && !isBounceSender(from) && failedRecipients === null) return null
  const parts = flat(root)
  const read = async (types: readonly string[]): Promise<string | null> => {
    const part = parts.find(({ type }) => types.includes(type))
    return part === undefined ? null : clean(await decodePart(part))
  }
  const original = await read(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'])
  const feedback = readFeedback({ feedback: await read(['message/feedback-report']), original })
  if (feedback !== null) return feedback
  return readReport({
    status: await read(['message/delivery-status', 'message/global-delivery-status']),
    original,
    failedRecipients,
    subject: fields.get('subject') ?? '',
  })
}

function flat(part: MailPart): (MailPart & { readonly kind: 'one' })[] {
  return part.kind === 'one' ? [part] : part.parts.flatMap(flat)
}

function keptHeaders(fields: ReadonlyMap<string, string>): IncomingMail['headers'] {
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = fields.get(name)
    return value === undefined ? [] : [[name, clean(value).slice(0, MOST_HEADER_CHARACTERS)] as const]
  })
  return Object.fromEntries(kept)
}

/** The mail it answers first, then the rest of the thread from its end. */
function refersTo(fields: ReadonlyMap<string, string>): string[] {
  const answered = messageIdsIn(fields.get('in-reply-to') ?? '')
  const thread = messageIdsIn(fields.get('references') ?? '').toReversed()
  return [...new Set([...answered, ...thread])].slice(0, MOST_REFERENCES)
}

function firstAddress(address: Address | undefined): string {
  return addressesOf(address === undefined ? [] : [address])[0] ?? ''
}

function addressesOf(addresses: readonly Address[]): string[] {
  const flatAddresses = addresses.slice(0, MOST_ADDRESSES).flatMap((each) => each.group ?? [each])
  return flatAddresses
    .map(({ address }) => clean(address).trim().toLowerCase().slice(0, 320))
    .filter((address) => address.includes('@'))
    .slice(0, MOST_ADDRESSES)
}

function isOneOf(from: string, addresses: readonly string[]): boolean {
  const identity = identityOfText(from)
  return identity !== null && addresses.some((address) => identityOfText(address) === identity)
}

/** Without NULs and other control characters, and without halves of characters. */
function clean(text: string): string {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')
}
