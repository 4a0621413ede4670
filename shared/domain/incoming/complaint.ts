/** Somebody pressed "this is spam", and their provider reports it (ARF: RFC 5965). */
import {
  identityOfText,
  type DeliveryReport,
  type Evidence,
  type IncomingMail,
  type IncomingVerdict,
} from './incoming-mail.ts'
import type { BounceContext } from './bounce.ts'
import { headerFields, messageIdsIn } from './report.ts'

/** The parts of a feedback report as text; null where the mail has none. */
export interface FeedbackParts {
  /** message/feedback-report. */
  readonly feedback: string | null
  /** Our mail that it is about, often without the recipient: message/rfc822 or text/rfc822-headers. */
  readonly original: string | null
}

/** Null when the mail is no feedback report. Its type (`abuse`) is the action. */
export function readFeedback({ feedback, original }: FeedbackParts): DeliveryReport | null {
  const fields = headerFields(feedback?.replace(/^[\r\n]+/, '') ?? '')
  const type = /^[a-z][a-z-]{0,39}/.exec((fields.get('feedback-type') ?? '').toLowerCase())?.[0]
  if (type === undefined) return null
  const ours = headerFields(original ?? '')
  return {
    source: 'feedback',
    failedAddress: addressIn(fields.get('original-rcpt-to')) ?? addressIn(fields.get('removal-recipient')),
    action: type,
    status: null,
    diagnosticCode: '',
    originalMessageId: messageIdsIn(ours.get('message-id') ?? '')[0] ?? null,
    originalKey: /^[A-Za-z0-9_-]{1,64}$/.exec(ours.get('x-pacemail-key') ?? '')?.[0] ?? null,
  }
}

/** RFC 5965 §7.3 and its registry; `not-spam`, `auth-failure`, `virus` and `other` are no wish to be left alone. */
const COMPLAINTS = new Set(['abuse', 'fraud', 'opt-out', 'opt-out-list'])

/**
 * A complaint counts as a sure opt-out, and against the health as what it is. Forgeable like a bounce: it is believed about
 * the very mail of ours that came back with it, or about somebody we mailed lately. Null when the mail is no such report.
 */
export function judgeComplaint({ report }: IncomingMail, context: BounceContext): IncomingVerdict | null {
  if (report?.source !== 'feedback') return null
  const { match } = context
  const evidence: Evidence = { rule: 'complaint', how: match?.how ?? null }
  if (!COMPLAINTS.has(report.action)) return { kind: 'other', evidence: { ...evidence, rule: 'feedback_only' } }
  if (match === null || !isBelieved(report, context)) {
    return { kind: 'other', evidence: { ...evidence, rule: 'complaint_untrusted' } }
  }
  return { kind: 'opted_out', isSure: true, evidence }
}

function isBelieved({ failedAddress }: DeliveryReport, { match, wasMailedLately }: BounceContext): boolean {
  if (match?.how === 'key' || match?.how === 'original_id') return true
  const identity = identityOfText(failedAddress ?? '')
  return match?.how === 'failed_address' && identity !== null && wasMailedLately(identity)
}

function addressIn(value: string | undefined): string | null {
  return /[^\s<>;,"()]{1,200}@[^\s<>;,"()]{1,200}/.exec(value?.slice(0, 1_000) ?? '')?.[0]?.toLowerCase() ?? null
}

/** Where complaints come from (the feedback loops of Yahoo, AOL, Outlook.com, Comcast and those that Validity runs). */
export function isComplaintSender(from: string): boolean {
  return COMPLAINT_SENDER.test(from)
}

const COMPLAINT_SENDER =
  /^(?:abuse|abusedesk|abuse-?reports?|arf|complaints?|fbl|fbl-?reports?|feedback|feedback-?loop|scomp|spam-?reports?)@|^staff@(?:hotmail|outlook|live)\.com$|@(?:arf|fbl)\.|@[a-z0-9-]*fbl\./i
