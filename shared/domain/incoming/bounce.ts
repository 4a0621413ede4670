import {
  type AccountProblem,
  type BounceSeverity,
  type DeliveryReport,
  type Evidence,
  type EvidenceRule,
  identityOfText,
  type IncomingMail,
  type IncomingMatch,
  type IncomingVerdict,
  isBounceSender,
} from './incoming-mail.ts'
import { plainText } from './words.ts'

export interface BounceContext {
  readonly match: IncomingMatch | null
  /** Did this mailbox mail the person (an `Address.identity`) within the last days? Bounces about others are not believed. */
  wasMailedLately(identity: string): boolean
}

/** What is wrong, as far as status and answer tell. */
interface Fault {
  readonly status: string | null
  readonly severity: BounceSeverity
  readonly accountProblem: AccountProblem | null
}

/** Null when the mail is no delivery report at all, or only sounds like one. */
export function judgeBounce(mail: IncomingMail, context: BounceContext): IncomingVerdict | null {
  const { report } = mail
  if (report === null || report.source === 'feedback') return null
  const evidence: Evidence = {
    rule: RULES[report.source],
    how: context.match?.how ?? null,
    ...statusFact(report.status),
  }
  if (!hasFailed(report)) return { kind: 'other', evidence: { ...evidence, rule: 'dsn_not_failed' } }

  const fault = faultOf(report.status, report.diagnosticCode, mail.text)
  const failed = report.failedAddress
  if (failed !== null && isMailed(failed, context)) return bounced(failed, fault, evidence)
  const original = originalRecipient(context)
  if (original === null && report.source === 'prose') return null
  if (original === null) return { kind: 'other', evidence: { ...evidence, rule: 'dsn_untrusted' } }
  // Our mail arrived and was passed on to an address that failed: the person may have read it.
  const isPassedOn = failed !== null && identityOfText(failed) !== identityOfText(original)
  return bounced(original, isPassedOn && fault.severity === 'hard' ? { ...fault, severity: 'soft' } : fault, evidence)
}

/** A limit of the account itself that a server reports, whichever mail met it; null for everything else. */
export function limitReported({ from, report, text }: IncomingMail): 'day_limit' | 'tenant_limit' | null {
  if (!isBounceSender(from) || report?.source === 'feedback' || (report !== null && !hasFailed(report))) return null
  const problem =
    report === null
      ? accountProblemOf(null, '', text)
      : faultOf(report.status, report.diagnosticCode, text).accountProblem
  return problem === 'day_limit' || problem === 'tenant_limit' ? problem : null
}

const RULES: Readonly<Record<Exclude<DeliveryReport['source'], 'feedback'>, EvidenceRule>> = {
  dsn: 'dsn',
  header: 'failed_recipients',
  prose: 'bounce_text',
}

/** An action that is missing or unknown is read from the status: only 5.x.x says that it is over. */
function hasFailed({ action, status }: DeliveryReport): boolean {
  return action === '' ? status?.startsWith('5.') === true : action === 'failed'
}

function bounced(failedAddress: string, fault: Fault, evidence: Evidence): IncomingVerdict {
  const concerns = fault.accountProblem === null ? 'recipient' : 'our_account'
  return { kind: 'bounced', ...fault, failedAddress, concerns, evidence: { ...evidence, ...statusFact(fault.status) } }
}

function statusFact(status: string | null): { status?: string } {
  return status === null ? {} : { status }
}

function isMailed(address: string, { wasMailedLately }: BounceContext): boolean {
  const identity = identityOfText(address)
  return identity !== null && wasMailedLately(identity)
}

/** The recipient of the very mail that came back; a thread or a sender proves nothing here. */
function originalRecipient({ match, wasMailedLately }: BounceContext): string | null {
  if (match === null || (match.how !== 'key' && match.how !== 'original_id')) return null
  return isMailed(match.candidate.to, { match, wasMailedLately }) ? match.candidate.to.toLowerCase() : null
}

function faultOf(told: string | null, answer: string, text: string): Fault {
  const status = finestStatus(told, answer)
  const said = plainText(answer)
  const accountProblem = accountProblemOf(status, said, text)
  return { status, accountProblem, severity: accountProblem === null ? severityOf(status, said) : 'blocked' }
}

/** Servers put a general 5.0.0 into the report and the real code into the answer. */
function finestStatus(told: string | null, answer: string): string | null {
  if (told !== null && !/^[245]\.0\.0$/.test(told)) return told
  return /\b[45]\d\d[ -]#?([45]\.\d{1,3}\.\d{1,3})\b/.exec(answer)?.[1] ?? told
}

/** providers.md §4.3. Codes that other servers use for other things need their words as well. */
function accountProblemOf(status: string | null, said: string, text: string): AccountProblem | null {
  if (LIMIT_WORDS.test(said) || LIMIT_WORDS.test(text.slice(0, 2_000))) return 'day_limit'
  if (status === null) return null
  if (status === '5.4.5') return /limit|quota/.test(said) ? 'day_limit' : null
  if (status === '5.1.8') return /outbound/.test(said) ? 'restricted' : null
  return ACCOUNT_STATUS.get(status) ?? null
}

const LIMIT_WORDS = /you have reached a limit for sending mail|daily (?:user )?sending (?:quota|limit) exceeded/i
const ACCOUNT_STATUS = new Map<string, AccountProblem>([
  ['5.7.233', 'tenant_limit'],
  ['5.1.90', 'day_limit'],
  ['5.7.705', 'restricted'],
  ['5.7.708', 'restricted'],
  ['5.7.515', 'authentication'],
  ['5.7.26', 'authentication'],
  ['5.7.509', 'authentication'],
])

/**
 * `hard` only where the address itself is to blame: it is then never mailed again. Of anything else the answer is believed
 * before the class, and doubt is `soft`.
 */
function severityOf(status: string | null, said: string): BounceSeverity {
  if (status !== null && SENDER_STATUS.test(status)) return 'blocked'
  if (status !== null && HARD_STATUS.test(status)) return 'hard'
  if (status?.startsWith('5.7.') === true) return 'blocked'
  if (status === '5.4.1' && EDGE_BLOCK.test(said)) return 'hard'
  if (status !== null && !isVague(status)) return 'soft'
  if (BLOCKED_WORDS.test(said)) return 'blocked'
  return HARD_WORDS.test(said) ? 'hard' : 'soft'
}

/** 5.1.7, 5.1.8: the sender's address was not accepted. */
const SENDER_STATUS = /^5\.1\.[78]$/
/** No such address or domain (5.1.x), a mailbox that was switched off (5.2.1), a domain without a host (5.4.4, 5.4.310). */
const HARD_STATUS = /^5\.(?:1\.\d+|2\.1|4\.4|4\.310)$/
/** Microsoft 365 says 5.4.1 for an address that its directory does not know. */
const EDGE_BLOCK = /recipient address rejected: access denied/
const BLOCKED_WORDS =
  /\bspam|\bblock|blacklist|blocklist|\bpolicy|reputation|unsolicited|\bdmarc\b|\bspf\b|relay(?:ing)? (?:access )?denied/
const HARD_WORDS =
  /(?:no such|unknown|invalid) (?:user|recipient|mailbox|address)|(?:user|recipient|mailbox|address|account)[^.]{0,40}(?:unknown|does not exist|doesn't exist|not found|disabled)|host or domain name not found|no longer (?:valid|exists)/

/** 5.0.0, or nothing: only the words tell. */
function isVague(status: string): boolean {
  return status.startsWith('5.0.')
}
