import { autoSubjectLanguage, hasLeftWords, looseSubjectLanguage } from './auto-words.ts'
import type { Evidence, IncomingMail, IncomingMatch, IncomingVerdict, KeptHeader } from './incoming-mail.ts'
import { bareSubject } from './match-incoming.ts'
import { findReturn } from './return.ts'

export interface AutoContext {
  /** Epoch ms. */
  readonly now: number
  /** IANA: the zone in which a day of the text begins. */
  readonly zone: string
  readonly match: IncomingMatch
}

/** Null when nothing says that a machine wrote it. */
export function judgeAutoReply(mail: IncomingMail, context: AutoContext): IncomingVerdict | null {
  const sign = signOf(mail)
  if (sign === null) return null
  const said = saidBy(mail, context.match)
  const hasLeft = sign.rule !== 'read_receipt' && hasLeftWords(said)
  const canReturn = sign.rule !== 'read_receipt' && !hasLeft
  const returnsAt = canReturn ? findReturn(said, { ...context, receivedAt: mail.receivedAt }) : null
  return { kind: 'auto_replied', returnsAt, hasLeft, evidence: { ...sign, how: context.match.how } }
}

/** The subject counts as text ("Out until 5 December"), but not the part of it that is our own. */
function saidBy(mail: IncomingMail, { candidate }: IncomingMatch): string {
  const ours = bareSubject(candidate.subject)
  const subject = mail.subject.toLowerCase()
  return `${mail.newText}\n${ours === '' ? subject : subject.replaceAll(ours, ' ')}`
}

function signOf(mail: IncomingMail): Omit<Evidence, 'how'> | null {
  return headerSign(mail) ?? subjectSign(mail)
}

function headerSign({ headers }: IncomingMail): Omit<Evidence, 'how'> | null {
  if (/disposition-notification/i.test(headers['content-type'] ?? '')) return { rule: 'read_receipt' }
  const submitted = firstWord(headers['auto-submitted'])
  if (submitted !== '' && submitted !== 'no') return headerFact('auto-submitted', submitted)
  const precedence = firstWord(headers.precedence)
  if (AUTO_PRECEDENCE.has(precedence)) return headerFact('precedence', precedence)
  const own = (['x-autoreply', 'x-autorespond'] as const).find((name) => isYes(headers[name]))
  return own === undefined ? null : headerFact(own, 'yes')
}

const AUTO_PRECEDENCE = new Set(['auto_reply', 'bulk', 'junk'])

/** X-Auto-Response-Suppress is also on mail that people write, so it only makes a doubtful subject a sure one. */
function subjectSign({ subject, headers }: IncomingMail): Omit<Evidence, 'how'> | null {
  const sure = autoSubjectLanguage(subject)
  if (sure !== null) return { rule: 'auto_subject', language: sure }
  if (headers['x-auto-response-suppress'] === undefined) return null
  const loose = looseSubjectLanguage(subject)
  return loose === null ? null : { rule: 'auto_subject', language: loose, header: 'x-auto-response-suppress' }
}

function headerFact(header: KeptHeader, value: string): Omit<Evidence, 'how'> {
  return { rule: 'auto_header', header, value }
}

function firstWord(value: string | undefined): string {
  return /^[a-z_-]{1,30}/.exec((value ?? '').trim().toLowerCase())?.[0] ?? ''
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && firstWord(value) !== 'no'
}
