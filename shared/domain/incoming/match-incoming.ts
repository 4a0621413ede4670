import { companyOf } from '../company.ts'
import {
  type IncomingMail,
  type IncomingMatch,
  identityOfText,
  isBounceSender,
  type SentCandidate,
} from './incoming-mail.ts'
import { unsubscribeKeyOf } from './unsubscribe.ts'

/** Two clocks are compared: ours, and the provider's. */
const CLOCK_SKEW_MS = 10 * 60_000

/**
 * The send that a received mail is about, and how that is known: its key, the copy of our mail in a bounce, what it refers to, its
 * thread, and only then who it is from or about. Of several the latest; null when it is about none of them. What is in doubt
 * is not known by who a mail is from: nobody says that they have got it.
 *
 * `candidates` are the sends of this mailbox that something may still come back for, in any order.
 */
export function matchIncoming(mail: IncomingMail, candidates: readonly SentCandidate[]): IncomingMatch | null {
  const before = candidates
    .filter(({ sentAt, isInDoubt }) => isInDoubt || sentAt <= mail.receivedAt + CLOCK_SKEW_MS)
    .sort((a, b) => b.sentAt - a.sentAt)
  return (
    byPressed(mail, before) ??
    byOriginal(mail, before) ??
    byReference(mail, before) ??
    byThread(mail, before) ??
    byPerson(
      mail,
      before.filter(({ isInDoubt }) => !isInDoubt),
    )
  )
}

/** A subject without its reply and forward marks, to compare two of them; lower case. */
export function bareSubject(subject: string): string {
  let bare = subject.slice(0, 1_000).trim()
  for (let mark = REPLY_MARK.exec(bare); mark !== null; mark = REPLY_MARK.exec(bare)) bare = bare.slice(mark[0].length)
  return bare.replace(/\s+/g, ' ').trim().toLowerCase()
}

/** Whether a subject says that it answers something. */
export function isReplySubject(subject: string): boolean {
  return REPLY_MARK.test(subject.trim())
}

/** "Re:", "AW:", "Antw:", "RE[2]:", "Re :", in the languages of the common programs. */
const REPLY_MARK = /^(?:re|aw|antw|antwort|sv|vs|rv|rif|ref|odp|ynt|fw|fwd|wg|tr)(?:\[\d{1,3}\])?\s?[:：]\s*/i

function byPressed({ subject }: IncomingMail, candidates: readonly SentCandidate[]): IncomingMatch | null {
  const key = unsubscribeKeyOf(subject)
  const candidate = candidates.find((each) => each.key === key)
  return candidate === undefined ? null : { candidate, how: 'key' }
}

function byOriginal({ report }: IncomingMail, candidates: readonly SentCandidate[]): IncomingMatch | null {
  if (report === null) return null
  const byKey = candidates.find((candidate) => candidate.key === report.originalKey)
  if (byKey !== undefined) return { candidate: byKey, how: 'key' }
  const byId = candidates.find(({ messageId }) => messageId !== null && messageId === report.originalMessageId)
  return byId === undefined ? null : { candidate: byId, how: 'original_id' }
}

function byReference({ refersTo }: IncomingMail, candidates: readonly SentCandidate[]): IncomingMatch | null {
  const byId = new Map(candidates.toReversed().map((candidate) => [candidate.messageId, candidate]))
  const candidate = refersTo.map((id) => byId.get(id)).find((each) => each !== undefined)
  return candidate === undefined ? null : { candidate, how: 'reference' }
}

function byThread({ threadId }: IncomingMail, candidates: readonly SentCandidate[]): IncomingMatch | null {
  if (threadId === null) return null
  const candidate = candidates.find((each) => each.threadId === threadId)
  return candidate === undefined ? null : { candidate, how: 'thread' }
}

function byPerson(mail: IncomingMail, candidates: readonly SentCandidate[]): IncomingMatch | null {
  const failed = identityOfText(mail.report?.failedAddress ?? '')
  if (failed !== null) return withRecipient(candidates, failed, 'failed_address')
  const sender = isBounceSender(mail.from) ? null : identityOfText(mail.from)
  if (sender === null) return null
  return withRecipient(candidates, sender, 'sender') ?? byCompany(mail, sender, candidates)
}

function withRecipient(
  candidates: readonly SentCandidate[],
  identity: string,
  how: 'failed_address' | 'sender',
): IncomingMatch | null {
  const candidate = candidates.find(({ to }) => identityOfText(to) === identity)
  return candidate === undefined ? null : { candidate, how }
}

/** Somebody else of the company, answering under our subject: an alias, or a colleague it was passed on to. */
function byCompany(mail: IncomingMail, sender: string, candidates: readonly SentCandidate[]): IncomingMatch | null {
  const company = companyOf(sender)
  const subject = bareSubject(mail.subject)
  if (company === null || subject === '' || !isReplySubject(mail.subject)) return null
  const candidate = candidates.find(
    ({ to, subject: ours }) => companyOf(identityOfText(to) ?? '') === company && bareSubject(ours) === subject,
  )
  return candidate === undefined ? null : { candidate, how: 'company' }
}
