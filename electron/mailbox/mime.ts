import MailComposer from 'nodemailer/lib/mail-composer'
import { detectMimeType } from 'nodemailer/lib/mime-funcs'
import { parseAddress, type Address } from '#shared/domain/address'
import { blockedType, safeFileName } from '#shared/domain/attachments'
import { unsubscribeAddress } from '#shared/domain/incoming/unsubscribe'
import { AppError } from '#shared/errors'
import { mailDate } from './mail-date.ts'
import type { OutgoingFile, OutgoingMail } from './mail-provider.ts'
import { checkMime } from './mime-check.ts'

/** The header that carries our own key, to find a mail again in a mailbox that replaces Message-IDs. */
export const KEY_HEADER = 'X-Pacemail-Key'

/** Keys become file names, boundaries and Message-IDs: nothing that any of the three could read differently. */
const KEY = /^[A-Za-z0-9_-]{1,64}$/
const RESERVED_FILE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i
/** Controls, line breaks and lone surrogates have no place in a header; nobody types them on purpose. */
const HEADER_CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u
/** The start of an encoded word (RFC 2047): typed as text, the recipient's program would show something else. */
const ENCODED_WORD = '=?'

/** The one sender and the one recipient of a mail: SMTP's envelope, and what the headers must say. */
export interface Envelope {
  readonly from: string
  readonly to: string
}

/**
 * The bytes of a mail: the same for the same mail, so what was previewed is what leaves. Pure ASCII, CRLF line ends.
 * Throws `mail.invalid` when the mail cannot be written safely; `details.field` names the part at fault.
 */
export async function buildMime(mail: OutgoingMail): Promise<Buffer> {
  const envelope = envelopeOf(mail)
  assertFiles(mail)
  const composer = new MailComposer(composerOptions(mail, envelope)).compile()
  composer.keepBcc = false
  const { to } = composer.getEnvelope()
  if (to.length !== 1 || to[0] !== envelope.to) throw invalid('to', 'the envelope is not the one recipient')
  const bytes = await composer.build()
  checkMime(bytes, {
    ...envelope,
    key: mail.key,
    hasHtml: mail.html !== null,
    isFollowUp: mail.follows !== null,
    hasUnsubscribe: mail.hasUnsubscribe,
    fileHashes: mail.attachments.map(({ hash }) => hash),
  })
  return bytes
}

/** Reads both addresses with the one parser. Throws `mail.invalid`. */
export function envelopeOf(mail: OutgoingMail): Envelope {
  return { from: addressOf('from', mail).ascii, to: addressOf('to', mail).ascii }
}

/** The Message-ID of a mail, with its angle brackets. Throws `mail.invalid`. */
export function messageIdOf(mail: OutgoingMail): string {
  assertKey(mail.key)
  return `<${mail.key}@${addressOf('from', mail).domain}>`
}

/** Throws `mail.invalid` for a key that could not be a file name on every system. */
export function assertKey(key: string): void {
  if (!KEY.test(key) || RESERVED_FILE_NAME.test(key)) throw invalid('key', 'not usable as a file name')
}

function composerOptions(mail: OutgoingMail, envelope: Envelope) {
  return {
    from: { name: headerText('from', mail.from.name), address: envelope.from },
    to: [{ name: headerText('to', mail.to.name), address: envelope.to }],
    subject: headerText('subject', mail.subject),
    text: bodyText(mail.text),
    ...(mail.html === null ? {} : { html: bodyText(mail.html) }),
    attachments: mail.attachments.map(toPart),
    messageId: messageIdOf(mail),
    date: mailDate(mail.date),
    ...threadHeaders(mail),
    headers: { [KEY_HEADER]: mail.key, ...unsubscribeHeader(mail, envelope) },
    // The parts keep line breaks as they are without it; servers refuse or rewrite bare ones.
    newline: 'windows',
    // A random boundary would make every build differ.
    baseBoundary: mail.key,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Throws `mail.invalid` for a file whose name could be read in two ways, or of a type that mailboxes turn away. */
export function assertFiles({ attachments }: OutgoingMail): void {
  for (const { name } of attachments) {
    if (safeFileName(name) !== name) throw invalid('attachments', 'a file name')
    if (blockedType(name) !== null) throw invalid('attachments', 'a blocked type')
  }
}

/**
 * What a file is, by its name. A mail in a file is not told as one: parts of that kind may not be encoded (RFC 2046
 * §5.2.1), and on the way their line breaks would change.
 */
export function contentTypeOf(name: string): string {
  const type = detectMimeType(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '')
  return /^(?:message|multipart)\//.test(type) ? 'application/octet-stream' : type
}

/** Base64 whatever is in it: each other encoding may touch line breaks. */
function toPart({ name, bytes }: OutgoingFile) {
  return {
    filename: name,
    content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    contentType: contentTypeOf(name),
    contentDisposition: 'attachment' as const,
    contentTransferEncoding: 'base64' as const,
  }
}

/** The first Message-ID of a thread and its last ones; a header of hundreds would be refused somewhere on the way. */
const MOST_REFERENCES = 10
/** One Message-ID (RFC 5322 §3.6.4), as far as servers in the field keep to it. */
const MESSAGE_ID = /^<[^<>\s@]{1,250}@[^<>\s@]{1,250}>$/

function threadHeaders({ follows }: OutgoingMail): { inReplyTo?: string; references?: string[] } {
  if (follows === null) return {}
  const ids = follows.messageIds
  if (ids.length === 0 || !ids.every((id) => MESSAGE_ID.test(id))) throw invalid('follows', 'a Message-ID')
  const references = ids.length <= MOST_REFERENCES ? [...ids] : [...ids.slice(0, 1), ...ids.slice(1 - MOST_REFERENCES)]
  return { inReplyTo: references.at(-1) ?? '', references }
}

/** Mail only: one-click (RFC 8058) needs a web server, and there is none. */
function unsubscribeHeader(mail: OutgoingMail, envelope: Envelope): Record<string, string> {
  return mail.hasUnsubscribe ? { 'List-Unsubscribe': unsubscribeAddress(envelope.from, mail.key) } : {}
}

function addressOf(field: 'from' | 'to', mail: OutgoingMail): Address {
  const parsed = parseAddress(mail[field].address)
  if (!parsed.ok) throw invalid(field, `address: ${parsed.problem}`)
  return parsed.address
}

function headerText(field: string, value: string): string {
  if (HEADER_CONTROL.test(value)) throw invalid(field, 'control characters')
  if (value.includes(ENCODED_WORD)) throw invalid(field, 'an encoded word')
  return value.trim()
}

/** One kind of line break, so that the encoder never sees a bare one; never empty, or the part would be left out. */
function bodyText(value: string): string {
  return value === '' ? '\r\n' : value.toWellFormed().replace(/\r\n?|\n/g, '\r\n')
}

function invalid(field: string, reason: string): AppError {
  return new AppError('mail.invalid', `mail cannot be written: ${field}: ${reason}`, { details: { field } })
}
