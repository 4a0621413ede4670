import { unsubscribeAddress } from '#shared/domain/incoming/unsubscribe'
import type { OutgoingMail, SentMail } from '../mail-provider.ts'
import { parseMailDate } from '../mail-date.ts'
import { assertFiles, buildMime, envelopeOf, KEY_HEADER } from '../mime.ts'

/**
 * Our own key on every message: an extended property can be set with the draft, filtered by, and read back from Sent Items
 * (providers.md §0.4). Name and id are for ever: mails of years are found by them.
 */
export const KEY_PROPERTY = 'String {b1f0a9c4-5d0e-4c5b-9a6e-3f7d52c8e614} Name PacemailKey'
/** PidTagMessageFlags (MS-OXCMSG §2.2.1.6). */
export const FLAGS_PROPERTY = 'Integer 0x0E07'
/** mfSubmitted: handed to transport, still in Drafts. */
const SUBMITTED = 0x4
/** PidTagDeferredSendTime (MS-OXOMSG §2.2.3.4): until then Exchange keeps a submitted mail in Drafts. */
export const DEFERRED_PROPERTY = 'SystemTime 0x3FEF'
/** PidTagListUnsubscribe, which Exchange writes as `List-Unsubscribe` (MS-OXCMAIL §2.1.3.2). */
const UNSUBSCRIBE_PROPERTY = 'String 0x1045'

/** What we ask of every message of ours. */
export const SELECT = 'id,isDraft,parentFolderId,internetMessageId,conversationId,changeKey,sentDateTime'
export const EXPAND = `singleValueExtendedProperties($filter=id eq '${FLAGS_PROPERTY}' or id eq '${KEY_PROPERTY}' or id eq '${DEFERRED_PROPERTY}')`

/** A message of ours, as Graph tells of it. */
export interface OutlookMessage {
  readonly id: string
  readonly isDraft: boolean
  /** A draft that was given to transport and will leave, or is leaving. */
  readonly isSubmitted: boolean
  readonly folderId: string | null
  readonly messageId: string | null
  readonly threadId: string | null
  readonly changeKey: string | null
  readonly key: string | null
  /** When Exchange is to send it by itself, epoch ms; null: it was never told. */
  readonly deferredUntil: number | null
  /** When it left, epoch ms; null for a draft. */
  readonly sentAt: number | null
}

/**
 * The mail as a JSON message, without its files. Throws `mail.invalid` for one that could not be written as MIME either, by the same checks.
 *
 * Why JSON and not MIME (§5.2, §10): with JSON our key is in the draft from its first moment. A MIME draft carries it only
 * after a second request, and one lost in between would lie in the rep's Drafts for ever: unknown to us, ready to be sent by
 * hand to somebody who gets the mail from us as well. Besides, headers of our own survive MIME only where the mailbox knows
 * them already, and Exchange keeps MIME "more or less intact" in a property of its own, beside the fields that a follow-up's
 * recipients are written into (learn.microsoft.com/graph/outlook-things-to-know-about-send-mail, steps 1 and 3).
 *
 * The price: a JSON body is HTML or text, never both. A mail with HTML leaves with our HTML, wrapped into a document of
 * Exchange's, and with a text part that Exchange makes from it; a text mail leaves with our text alone. Date and Message-ID
 * are Exchange's, and it may write the account's own name into From.
 */
export async function toGraphMessage(mail: OutgoingMail): Promise<object> {
  assertFiles(mail)
  await buildMime({ ...mail, attachments: [] })
  const { from, to } = envelopeOf(mail)
  return {
    subject: mail.subject.trim(),
    body: mail.html === null ? bodyOf('text', mail.text) : bodyOf('html', mail.html),
    // Said, not left to the account: where it may not be used Exchange must refuse and not choose another one.
    from: recipient(mail.from.name, from),
    toRecipients: [recipient(mail.to.name, to)],
    ccRecipients: [],
    bccRecipients: [],
    singleValueExtendedProperties: [
      { id: KEY_PROPERTY, value: mail.key },
      ...(mail.hasUnsubscribe ? [{ id: UNSUBSCRIBE_PROPERTY, value: unsubscribeAddress(from, mail.key) }] : []),
    ],
  }
}

/** Our key as a header as well, for the copy in a bounce (§8.2). Only a new message takes it: `x-` names, five at most. */
export function headerWithKey(mail: OutgoingMail): object {
  return { internetMessageHeaders: [{ name: KEY_HEADER.toLowerCase(), value: mail.key }] }
}

/** A message in an answer; null when it is none. */
export function readMessage(value: unknown): OutlookMessage | null {
  const id = textOf(value, 'id')
  const isDraft = field(value, 'isDraft')
  if (id === null || typeof isDraft !== 'boolean') return null
  const flags = Number(propertyOf(value, FLAGS_PROPERTY) ?? 0)
  return {
    id,
    isDraft,
    isSubmitted: (flags & SUBMITTED) !== 0,
    folderId: textOf(value, 'parentFolderId'),
    messageId: textOf(value, 'internetMessageId'),
    threadId: textOf(value, 'conversationId'),
    changeKey: textOf(value, 'changeKey'),
    key: propertyOf(value, KEY_PROPERTY),
    deferredUntil: parseMailDate(propertyOf(value, DEFERRED_PROPERTY) ?? ''),
    sentAt: isDraft ? null : parseMailDate(textOf(value, 'sentDateTime') ?? ''),
  }
}

export function sentMailOf({ id, messageId, threadId }: OutlookMessage): SentMail {
  return { providerMessageId: id, threadId, messageId }
}

/** `value` of a list, and the link to go on with; null at the end. */
export function pageOf(answer: object): { rows: readonly unknown[]; next: string | null; delta: string | null } {
  const rows = field(answer, 'value')
  return {
    rows: Array.isArray(rows) ? (rows as unknown[]) : [],
    next: textOf(answer, '@odata.nextLink'),
    delta: textOf(answer, '@odata.deltaLink'),
  }
}

/** An extended property of a message; Exchange writes ids in its own capitals. */
export function propertyOf(message: unknown, id: string): string | null {
  const properties = field(message, 'singleValueExtendedProperties')
  if (!Array.isArray(properties)) return null
  const found: unknown = properties.find((one) => textOf(one, 'id')?.toLowerCase() === id.toLowerCase())
  return textOf(found, 'value')
}

/** Null for empty text too. */
export function textOf(value: unknown, name: string): string | null {
  const found = field(value, name)
  return typeof found === 'string' && found !== '' ? found : null
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** Path of one message below Graph's root. */
export function messagePath(id: string): string {
  return `/me/messages/${encodeURIComponent(id)}`
}

/** A list or thing with query options; only their values are encoded. */
export function withQuery(path: string, options: Readonly<Record<string, string>>): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${path}?${query.join('&')}`
}

/** A text in an OData filter. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A moment (epoch ms) in an OData filter. */
export function odataTime(at: number): string {
  // oxlint-disable-next-line no-restricted-globals -- formats the moment it is given, reads no clock
  return new Date(at).toISOString()
}

/** Exchange keeps no more of a moment (epoch ms). */
export function wholeSeconds(at: number): number {
  return Math.floor(at / 1_000) * 1_000
}

/** An empty name is left out: Exchange would show nothing instead of the address. */
function recipient(name: string, address: string): object {
  return { emailAddress: name.trim() === '' ? { address } : { name: name.trim(), address } }
}

function bodyOf(contentType: 'text' | 'html', content: string): object {
  return { contentType, content: content.toWellFormed().replace(/\r\n?|\n/g, '\r\n') }
}
