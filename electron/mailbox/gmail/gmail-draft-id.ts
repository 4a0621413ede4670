import { createHash } from 'node:crypto'
import { envelopeOf } from '../mime.ts'
import type { OutgoingMail } from '../mail-provider.ts'

/** All that a later run needs to find a mail again (providers.md §5.1), carried in the opaque `draftId`. */
export interface DraftMark {
  /** Our own key. */
  readonly key: string
  readonly draftId: string
  readonly threadId: string
  /** Of the mailbox before the draft was written; empty where it was not asked for. */
  readonly historyId: string
  /** Which bytes the draft holds; empty where that is not known. */
  readonly bytes: string
  /** The recipient and the subject, as prints: ids are kept and logged, people are not. */
  readonly to: string
  readonly subject: string
  /** The Date header, epoch ms: the mail cannot have left before. */
  readonly date: number
}

/** The prints of a mail, to compare with what a mailbox shows later. */
export function printsOf(mail: OutgoingMail, bytes: Uint8Array): Pick<DraftMark, 'bytes' | 'to' | 'subject' | 'date'> {
  return {
    bytes: printOf(bytes),
    to: addressPrint(envelopeOf(mail).to),
    subject: subjectPrint(mail.subject),
    date: mail.date,
  }
}

export function addressPrint(address: string): string {
  return printOf(address.toLowerCase())
}

/** Spaces are no part of it: folding adds and drops them. */
export function subjectPrint(subject: string): string {
  return printOf(subject.replace(/\s+/g, '').normalize('NFC'))
}

export function printOf(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('base64url').slice(0, 22)
}

export function formatDraftId(mark: DraftMark): string {
  const { key, draftId, threadId, historyId, bytes, to, subject, date } = mark
  return [VERSION, key, draftId, threadId, historyId, bytes, to, subject, String(date)].join(SEPARATOR)
}

/** Null for text that is no draft id of ours. */
export function parseDraftId(text: string): DraftMark | null {
  const [version, ...parts] = text.split(SEPARATOR)
  if (version !== VERSION || parts.length !== 8) return null
  const [key = '', draftId = '', threadId = '', historyId = '', bytes = '', to = '', subject = '', date = ''] = parts
  if (key === '' || draftId === '' || !/^\d{1,16}$/.test(date)) return null
  return { key, draftId, threadId, historyId, bytes, to, subject, date: Number(date) }
}

const VERSION = 'gmail1'
/** In no id of Gmail, no key and no print. */
const SEPARATOR = ':'
