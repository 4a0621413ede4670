import type { FetchMessageObject, FetchQueryObject, MessageEnvelopeObject } from 'imapflow'
import { addressParser, decodeWords } from 'postal-mime'
import type { MailHead, SentRecord } from '../mail-provider.ts'
import { KEY_HEADER } from '../mime.ts'

/** Where a mail lies. */
export interface MailPlace {
  readonly path: string
  readonly uidValidity: string
  readonly uid: number
}

/** What is asked of incoming mail: no bodies, and only two headers beside the envelope. */
export const HEAD_QUERY: FetchQueryObject = {
  uid: true,
  flags: true,
  envelope: true,
  internalDate: true,
  headers: ['references', 'in-reply-to'],
}

/** The same without the envelope, which the server writes itself, for a mail whose envelope nobody can read. */
export const PLAIN_HEAD_QUERY: FetchQueryObject = {
  uid: true,
  flags: true,
  internalDate: true,
  headers: ['from', 'sender', 'subject', 'message-id', 'references', 'in-reply-to'],
}

/** What is asked of sent mail. */
export const SENT_QUERY: FetchQueryObject = { ...HEAD_QUERY, headers: ['message-id', KEY_HEADER.toLowerCase()] }

/** The same without the envelope. */
export const PLAIN_SENT_QUERY: FetchQueryObject = {
  uid: true,
  flags: true,
  internalDate: true,
  headers: ['to', 'cc', 'bcc', 'message-id', KEY_HEADER.toLowerCase()],
}

/** What tells our own mails from others. */
export const MARK_QUERY: FetchQueryObject = { uid: true, headers: ['message-id', KEY_HEADER.toLowerCase()] }

/** The opaque id of a mail: its UIDVALIDITY, its UID and its folder. Never begins like a Message-ID. */
export function formatPlace({ path, uidValidity, uid }: MailPlace): string {
  return `${uidValidity}:${uid}:${path}`
}

/** Null for an id that is none of ours. */
export function parsePlace(id: string): MailPlace | null {
  const [, uidValidity = '', uid = '', path = ''] = /^(\d{1,20}):(\d{1,10}):(.+)$/s.exec(id) ?? []
  return path === '' ? null : { path, uidValidity, uid: Number(uid) }
}

/** Null for the rep's own mail and for drafts. `ownAddress` in lower case. */
export function toHead(
  message: FetchMessageObject,
  { path, uidValidity, ownAddress }: { path: string; uidValidity: string; ownAddress: string },
): MailHead | null {
  const fields = headerFields(message.headers)
  const { envelope = envelopeIn(fields) } = message
  const from = addressesOf(envelope.from)[0] ?? addressesOf(envelope.sender)[0] ?? ''
  if (from === ownAddress || isDraft(message)) return null
  const refersTo = messageIdsIn(`${fields.get('in-reply-to') ?? ''} ${fields.get('references') ?? ''}`)
  return {
    providerMessageId: formatPlace({ path, uidValidity, uid: message.uid }),
    threadId: null,
    receivedAt: arrivedAt(message) ?? 0,
    from,
    subject: envelope.subject ?? '',
    messageId: messageIdsIn(envelope.messageId ?? '')[0] ?? '',
    refersTo,
  }
}

/** Null for what has no time, and for drafts. */
export function toSentRecord(message: FetchMessageObject, folder: Omit<MailPlace, 'uid'>): SentRecord | null {
  const sentAt = leftAt(message)
  if (sentAt === null || isDraft(message)) return null
  const { envelope = envelopeIn(headerFields(message.headers)) } = message
  const { key, messageId } = marksOf(message)
  return {
    // Two copies of one mail are one mail, and a folder that is numbered anew holds no new ones.
    providerMessageId: messageId ?? formatPlace({ ...folder, uid: message.uid }),
    threadId: null,
    sentAt,
    to: [envelope.to, envelope.cc, envelope.bcc].flatMap(addressesOf),
    key,
  }
}

/** What the server would have written, from the headers themselves. */
function envelopeIn(fields: ReadonlyMap<string, string>): MessageEnvelopeObject {
  const people = (name: string) => addressParser(fields.get(name) ?? '', { flatten: true })
  return {
    from: people('from'),
    sender: people('sender'),
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    subject: decodeWords(fields.get('subject') ?? ''),
    messageId: fields.get('message-id') ?? '',
  }
}

/** Our key, and the Message-ID with its brackets; null where a mail has none. */
export function marksOf({ headers }: FetchMessageObject): { key: string | null; messageId: string | null } {
  const fields = headerFields(headers)
  return {
    key: fields.get(KEY_HEADER.toLowerCase()) ?? null,
    messageId: messageIdsIn(fields.get('message-id') ?? '')[0] ?? null,
  }
}

/** When it came into the mailbox, epoch ms. */
export function arrivedAt({ internalDate, envelope }: FetchMessageObject): number | null {
  return momentOf(internalDate) ?? momentOf(envelope?.date)
}

/** A copy may be put into the folder long after its mail left: the earlier of both times. */
function leftAt({ internalDate, envelope }: FetchMessageObject): number | null {
  const times = [momentOf(internalDate), momentOf(envelope?.date)].filter((at) => at !== null)
  return times.length === 0 ? null : Math.min(...times)
}

function momentOf(date: { getTime(): number } | string | undefined): number | null {
  return date === undefined || typeof date === 'string' ? null : date.getTime()
}

function isDraft({ flags }: FetchMessageObject): boolean {
  return flags?.has('\\Draft') ?? false
}

function addressesOf(list: readonly { readonly address?: string | undefined }[] | undefined): string[] {
  return (list ?? []).map(({ address }) => (address ?? '').toLowerCase()).filter((address) => address.includes('@'))
}

/** Each id once, in order. */
function messageIdsIn(text: string): string[] {
  return [...new Set(text.match(/<[^<>\s]+>/g))]
}

/** Header lines as a server gives them, folded or not; the first of a name counts. */
function headerFields(bytes: Buffer | undefined): Map<string, string> {
  const fields = new Map<string, string>()
  const lines = (bytes?.toString('utf8') ?? '').replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? []
    if (name !== '' && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}
