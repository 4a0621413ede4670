import { judgeAutoReply } from './auto.ts'
import { judgeBounce } from './bounce.ts'
import { judgeComplaint } from './complaint.ts'
import type { Evidence, IncomingMail, IncomingMatch, IncomingVerdict } from './incoming-mail.ts'
import { bareSubject } from './match-incoming.ts'
import { readOptOut } from './opt-out.ts'
import { isUnsubscribeSubject } from './unsubscribe.ts'

/** What is known around a received mail. */
export interface IncomingContext {
  /** Epoch ms. */
  readonly now: number
  /** IANA: the zone of the lead where it is known, else of the mailbox; days of return begin in it. */
  readonly zone: string
  /** From `matchIncoming`; null: about no send of ours. */
  readonly match: IncomingMatch | null
  /** Did this mailbox mail the person (an `Address.identity`) within the last days? Bounces about others are not believed. */
  wasMailedLately(identity: string): boolean
}

/**
 * What a received mail means, in the order complaint → bounce → auto-reply → opt-out → reply → other, and on what evidence. The rep's
 * own mail means nothing, and neither does mail that no send of ours explains, except for a bounce or opt-out on its own.
 */
export function judgeIncoming(mail: IncomingMail, context: IncomingContext): IncomingVerdict {
  if (mail.isFromSelf) return other('self', context)
  const reported = judgeComplaint(mail, context) ?? judgeBounce(mail, context)
  if (reported !== null) return reported
  // Before auto-replies: some programs mark what their unsubscribe button writes as automatic, but a person pressed it.
  if (isUnsubscribeSubject(mail.subject)) return unsubscribed(context)
  const { match } = context
  if (match === null) return other('unrelated', context)
  if (isMailingList(mail, match)) return other('mailing_list', context)
  return judgeAutoReply(mail, { ...context, match }) ?? judgeAnswer(mail, match)
}

/** Written by the button that our List-Unsubscribe header makes. From an address we never mailed it proves little. */
function unsubscribed({ match }: IncomingContext): IncomingVerdict {
  const isSure = match !== null && match.how !== 'company'
  return { kind: 'opted_out', isSure, evidence: { rule: 'unsubscribe_mail', how: match?.how ?? null } }
}

/** News from a company that we happened to write to, rather than an answer through its list. */
function isMailingList({ headers }: IncomingMail, { how }: IncomingMatch): boolean {
  const isList = headers['list-id'] !== undefined || headers['list-unsubscribe'] !== undefined
  return isList && (how === 'sender' || how === 'company')
}

function judgeAnswer(mail: IncomingMail, match: IncomingMatch): IncomingVerdict {
  const { how } = match
  const reading = readOptOut(saidIn(mail, match))
  if (reading.says !== 'clear') {
    return { kind: 'replied', maybeOptOut: reading.says === 'maybe', evidence: { rule: 'reply', how } }
  }
  const evidence: Evidence = { rule: 'opt_out_words', how, language: reading.language }
  return { kind: 'opted_out', isSure: how !== 'company', evidence }
}

/** Some write it into the subject and nothing else. */
function saidIn(mail: IncomingMail, { candidate }: IncomingMatch): string {
  if (mail.newText.trim() !== '') return mail.newText
  const subject = bareSubject(mail.subject)
  return subject === bareSubject(candidate.subject) ? '' : subject
}

function other(rule: Evidence['rule'], { match }: IncomingContext): IncomingVerdict {
  return { kind: 'other', evidence: { rule, how: match?.how ?? null } }
}
