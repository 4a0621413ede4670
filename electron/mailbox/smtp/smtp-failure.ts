import { AppError, type ErrorDetails } from '#shared/errors'

/** How far a send came when it failed. */
export interface SendMoment {
  /** We stopped it ourselves before the first byte. */
  isStopped: boolean
  /** The first byte of the mail was given to the connection: from here on only a clear refusal means "not sent". */
  isHandedOver: boolean
}

/** What nodemailer puts on its errors. */
interface SmtpError {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly command?: unknown
  readonly response?: unknown
}

/** A server's refusal: `550` and, where it has one, the enhanced code `5.1.1` (RFC 3463). */
interface Refusal {
  readonly status: number
  readonly enhanced: string | null
}

/** Limits of the account's day: nothing leaves this mailbox before its 24 hours have room again (Gmail; Exchange Online). */
const ACCOUNT_LIMITS = ['5.4.5', '5.1.90', '5.7.233']
/** Of the whole organisation at Exchange Online (TERRL). */
const TENANT_LIMIT = '5.7.233'
/** The account itself is blocked or may not use this sender: the rep or an admin must act (Exchange Online). */
const ACCOUNT_BLOCKS = ['5.1.8', '5.2.252', '5.7.60', '5.7.705', '5.7.708']
/** "Sign in first", asked by a command other than AUTH. */
const AUTH_REQUIRED = 530
/** AUTH itself is not offered, or not like this: no other password would help. */
const AUTH_UNSUPPORTED = [502, 503, 504, 538]
const TOO_LARGE = 552
const SERVER_CLOSING = 421

/** Any failure of an SMTP send or sign-in as one of the four codes of `MailProvider`. */
export function smtpFailure(error: unknown, moment: SendMoment): AppError {
  if (error instanceof AppError) return error
  const { code, originalCode, command, response } = (error ?? {}) as SmtpError
  if (moment.isStopped && !moment.isHandedOver) return unreachable('stopped', error)

  const refusal = readRefusal(response)
  if (moment.isHandedOver) {
    // A reply that belongs to no command, or one cut off, is not an answer to this mail.
    return refusal !== null && command === 'DATA' ? refused('DATA', refusal, error) : unanswered(error)
  }
  if (refusal !== null && code !== 'ETLS') return refused(String(command), refusal, error)
  if (code === 'EMESSAGE') return refusedAs(error, { isFinal: true, providerCode: null, scope: 'message' })
  if (code === 'EAUTH') return signedOut(error, null)
  return unreachable(reasonOf(String(code), String(originalCode)), error)
}

/** Who is at fault, this mail or the whole mailbox, and can asking again help? Measured against nodemailer 10. */
function refused(command: string, refusal: Refusal, error: unknown): AppError {
  const { status, enhanced } = refusal
  const providerCode = enhanced === null ? String(status) : `${status} ${enhanced}`
  const isPermanent = status >= 500
  const answer = (isFinal: boolean, scope: 'message' | 'mailbox') => refusedAs(error, { isFinal, providerCode, scope })

  if (command.startsWith('AUTH')) {
    if (!isPermanent) return answer(false, 'mailbox')
    if (!AUTH_UNSUPPORTED.includes(status)) return signedOut(error, providerCode)
    return refusedAs(error, { isFinal: true, providerCode, scope: 'mailbox', need: 'configuration' })
  }
  if (status === AUTH_REQUIRED) return signedOut(error, providerCode)
  if (enhanced !== null && ACCOUNT_LIMITS.includes(enhanced)) {
    const limitOf = enhanced === TENANT_LIMIT ? 'tenant' : 'mailbox'
    return refusedAs(error, { isFinal: false, providerCode, scope: 'mailbox', restMs: null, isDayLimit: true, limitOf })
  }
  if (enhanced !== null && ACCOUNT_BLOCKS.includes(enhanced)) return answer(true, 'mailbox')
  if (status === SERVER_CLOSING) return answer(false, 'mailbox')
  if (command === 'RCPT TO' || command === 'DATA') return answer(isPermanent, 'message')
  if (command === 'MAIL FROM') return answer(isPermanent, status === TOO_LARGE ? 'message' : 'mailbox')
  // The greeting and EHLO: a server that turns us away now may be busy, blocking our network, or the wrong one.
  return answer(false, 'mailbox')
}

function readRefusal(response: unknown): Refusal | null {
  const match =
    typeof response === 'string' ? /^([45]\d\d)(?:[ -]([45]\.\d{1,3}\.\d{1,3})(?!\d))?/.exec(response) : null
  return match === null ? null : { status: Number(match[1]), enhanced: match[2] ?? null }
}

/** Why it never came to a request, for the sentence on the page. */
function reasonOf(code: string, originalCode: string): string {
  if (/^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/.test(originalCode)) return 'untrusted'
  if (code === 'EDNS' || originalCode === 'ENOTFOUND') return 'no_name'
  if (code === 'ETLS' || /^(?:ERR_TLS|ERR_SSL|EPROTO)/.test(originalCode)) return 'no_tls'
  return code === 'ETIMEDOUT' ? 'timeout' : 'no_connection'
}

function refusedAs(cause: unknown, details: ErrorDetails & { providerCode: string | null }): AppError {
  return new AppError('mail.refused', `refused: ${details.providerCode ?? 'before asking'}`, { details, cause })
}

function signedOut(cause: unknown, providerCode: string | null): AppError {
  return new AppError('mail.signed_out', 'the password was not accepted', { details: { providerCode }, cause })
}

function unanswered(cause: unknown): AppError {
  return new AppError('mail.unanswered', 'no clear answer after the mail was handed over', { cause })
}

function unreachable(reason: string, cause: unknown): AppError {
  return new AppError('mail.unreachable', `never came to a request: ${reason}`, { details: { reason }, cause })
}
