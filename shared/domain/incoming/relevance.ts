import { isComplaintSender } from './complaint.ts'
import { identityOfText, isBounceSender } from './incoming-mail.ts'
import { companyOf } from '../company.ts'
import { bareSubject, isReplySubject } from './match-incoming.ts'
import { isUnsubscribeSubject } from './unsubscribe.ts'

/** What a list says of a mail before it is opened; a provider's `MailHead` is one. */
export interface IncomingHead {
  readonly threadId: string | null
  /** Lower case, without name; empty when there is none. */
  readonly from: string
  readonly subject: string
  readonly refersTo: readonly string[]
}

/** What the mailbox has sent, as questions: it may be too much to hand over. People are `Address.identity`s. */
export interface RelevanceContext {
  /** Is it one of the mailbox's own addresses? */
  isSelf(identity: string): boolean
  isOurThread(threadId: string): boolean
  /** By Message-ID with brackets. */
  isOurMail(messageId: string): boolean
  hasWrittenTo(identity: string): boolean
  /** Did somebody of this domain get a mail whose `bareSubject` this is? */
  hasUsedSubject(domain: string, bareSubject: string): boolean
}

/** Is a mail worth opening? Everything else of the rep's mailbox stays unread by us. */
export function isRelevant(head: IncomingHead, context: RelevanceContext): boolean {
  const sender = identityOfText(head.from)
  if (sender !== null && context.isSelf(sender)) return false
  if (isBounceSender(head.from) || isComplaintSender(head.from) || isUnsubscribeSubject(head.subject)) return true
  if (head.threadId !== null && context.isOurThread(head.threadId)) return true
  if (someOf(head.refersTo).some((id) => context.isOurMail(id))) return true
  if (sender === null) return false
  return context.hasWrittenTo(sender) || isFromCompany(head, sender, context)
}

/** Each costs a look-up, and a stranger may name a million: those at both ends, where the mail that is answered stands. */
const MOST_LOOKED_UP = 100

function someOf(ids: readonly string[]): readonly string[] {
  return ids.length <= MOST_LOOKED_UP ? ids : [...ids.slice(0, MOST_LOOKED_UP / 2), ...ids.slice(-MOST_LOOKED_UP / 2)]
}

function isFromCompany({ subject }: IncomingHead, sender: string, context: RelevanceContext): boolean {
  const company = companyOf(sender)
  if (company === null || !isReplySubject(subject)) return false
  const bare = bareSubject(subject)
  return bare !== '' && context.hasUsedSubject(company, bare)
}
