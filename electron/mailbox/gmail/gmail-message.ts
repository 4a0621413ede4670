import { addressParser, decodeWords } from 'postal-mime'
import { addressPrint, subjectPrint, type DraftMark } from './gmail-draft-id.ts'
import type { GmailMessage } from './google-client.ts'
import type { MailHead, ReceivedMail, SentMail, SentRecord } from '../mail-provider.ts'
import { KEY_HEADER } from '../mime.ts'

/** Headers that tell a mail of ours, and under which id it left. */
export const SENT_HEADERS = [KEY_HEADER, 'Message-ID', 'To', 'Cc', 'Bcc', 'Subject']
/** Headers of an incoming mail that its head tells. */
export const HEAD_HEADERS = ['From', 'Subject', 'Message-ID', 'In-Reply-To', 'References']

/** The value of a header; empty where it is absent. Gmail keeps the case that the writer chose: names are compared without. */
export function headerOf(message: GmailMessage, name: string): string {
  const wanted = name.toLowerCase()
  return message.payload?.headers?.find((header) => header.name?.toLowerCase() === wanted)?.value?.trim() ?? ''
}

/** Our key on a mail, null where it carries none. */
export function keyOf(message: GmailMessage): string | null {
  const key = headerOf(message, KEY_HEADER)
  return key === '' ? null : key
}

export function isSent(message: GmailMessage): boolean {
  return hasLabel(message, 'SENT') && !hasLabel(message, 'DRAFT')
}

/** The rep's own writing: no mail that arrived. Google Chat messages are none either. */
export function isOwn(message: GmailMessage): boolean {
  return OWN_LABELS.some((label) => hasLabel(message, label))
}

/** Where a message lies among incoming mail; null where it is none. */
export function placeOf(message: GmailMessage): ReceivedMail['place'] | null {
  if (hasLabel(message, 'INBOX')) return 'inbox'
  return hasLabel(message, 'SPAM') ? 'spam' : null
}

const OWN_LABELS = ['SENT', 'DRAFT', 'CHAT']

/**
 * Is this sent message the mail of that draft? By our key; where a message carries none (Gmail may have dropped the header,
 * or the rep opened the draft and sent it by hand), by recipient and time, in the draft's thread or under the same subject
 * (providers.md §5.1 b).
 */
export function isMailOf(message: GmailMessage, mark: DraftMark): boolean {
  if (!isSent(message)) return false
  const key = keyOf(message)
  if (key !== null) return key === mark.key
  const isInTime = timeOf(message) >= mark.date - CLOCK_SKEW_MS
  const isToThem = recipientsOf(message).some((address) => addressPrint(address) === mark.to)
  return isInTime && isToThem && (isInThread(message, mark) || subjectPrintOf(message) === mark.subject)
}

/** Our clock and Google's; more makes the sender hold. */
const CLOCK_SKEW_MS = 2 * 60_000

function isInThread(message: GmailMessage, mark: DraftMark): boolean {
  return mark.threadId !== '' && message.threadId === mark.threadId
}

export function toSentMail(message: GmailMessage): SentMail {
  const messageId = messageIdsIn(headerOf(message, 'Message-ID'))[0] ?? null
  return { providerMessageId: message.id ?? '', threadId: message.threadId ?? null, messageId }
}

export function toSentRecord(message: GmailMessage): SentRecord {
  return {
    providerMessageId: message.id ?? '',
    threadId: message.threadId ?? null,
    sentAt: timeOf(message),
    to: recipientsOf(message),
    key: keyOf(message),
  }
}

export function toHead(message: GmailMessage): MailHead {
  const refersTo = messageIdsIn(`${headerOf(message, 'References')} ${headerOf(message, 'In-Reply-To')}`)
  return {
    providerMessageId: message.id ?? '',
    threadId: message.threadId ?? null,
    receivedAt: timeOf(message),
    from: addressesIn(headerOf(message, 'From'))[0] ?? '',
    subject: decodeWords(headerOf(message, 'Subject')),
    messageId: messageIdsIn(headerOf(message, 'Message-ID'))[0] ?? '',
    refersTo: [...new Set(refersTo)],
  }
}

/** What a mark needs of a draft that was found in the mailbox rather than written by this run. */
export function printsOfDraft(message: GmailMessage): Pick<DraftMark, 'bytes' | 'to' | 'subject' | 'date'> {
  const [to] = recipientsOf(message)
  return { bytes: '', to: addressPrint(to ?? ''), subject: subjectPrintOf(message), date: timeOf(message) }
}

function subjectPrintOf(message: GmailMessage): string {
  return subjectPrint(decodeWords(headerOf(message, 'Subject')))
}

/** Everyone, lower case. */
function recipientsOf(message: GmailMessage): string[] {
  return ['To', 'Cc', 'Bcc'].flatMap((name) => addressesIn(headerOf(message, name)))
}

/** When Gmail took it, epoch ms. */
export function timeOf(message: GmailMessage): number {
  return Number(message.internalDate ?? 0)
}

function hasLabel(message: GmailMessage, label: string): boolean {
  return message.labelIds?.includes(label) ?? false
}

function addressesIn(header: string): string[] {
  if (header === '') return []
  return addressParser(header, { flatten: true })
    .map(({ address }) => address?.toLowerCase() ?? '')
    .filter((address) => address !== '')
}

function messageIdsIn(header: string): string[] {
  return header.match(/<[^<>\s]{1,998}>/g) ?? []
}
