import { AppError, type ErrorDetails } from '#shared/errors'

/** What imapflow 2 puts on its errors. Its texts, and the commands it quotes, are not read: they hold what was said. */
interface ImapError {
  /** imapflow's or Node's own word: "NoConnection", "ECONNREFUSED". */
  readonly code?: unknown
  /** The server's answer to a command: "NO" or "BAD". */
  readonly responseStatus?: unknown
  /** The word in brackets of that answer (RFC 5530): "AUTHENTICATIONFAILED". */
  readonly serverResponseCode?: unknown
  /** Also set where signing in failed because the connection broke. */
  readonly authenticationFailed?: unknown
  readonly tlsFailed?: unknown
  /** Where the connection ended: what the server said to it (BYE). OpenSSL has a `reason` of its own. */
  readonly reason?: unknown
  /** How long the server wants to be left alone, ms. */
  readonly throttleReset?: unknown
  /** Exchange signs in and has no mailbox at hand: the text of that answer. */
  readonly response?: unknown
}

/** The password may well be right: the server cannot check it now (RFC 5530 §3). */
const LATER = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'THROTTLED', 'SYS/TEMP']
/** The admin must act, or allow passwords at all. */
const ADMIN = ['CONTACTADMIN', 'PRIVACYREQUIRED']

/**
 * Any failure of an IMAP session as one of the codes of `MailProvider`. Nothing is ever sent over IMAP, so a connection
 * that breaks is `mail.unreachable` at every moment; `mail.unanswered` is only what nobody foresaw.
 */
export function imapFailure(error: unknown, { isStopped }: { isStopped: boolean }): AppError {
  if (error instanceof AppError) return error
  if (isStopped) return unreachable('stopped')
  const seen = (error ?? {}) as ImapError
  if (seen.code === 'ETHROTTLE')
    return later('THROTTLED', typeof seen.throttleReset === 'number' ? seen.throttleReset : null)
  if (seen.responseStatus === 'NO' || seen.responseStatus === 'BAD') return answered(seen, seen.responseStatus)
  if (hasSaidGoodbye(seen)) return later('BYE', null)
  if (seen.tlsFailed === true || typeof seen.code === 'string') return unreachable(reasonOf(wordOf(seen.code)))
  if (seen.authenticationFailed === true)
    return seen.response === undefined ? needsAdmin('LOGINDISABLED') : later(null, null)
  return new AppError('mail.unanswered', 'no clear answer from the IMAP server', { cause: error })
}

/** The connection went away where imapflow itself answers "nothing". `goodbye` is what the server said then, if it did. */
export function connectionLost(goodbye: string | undefined): AppError {
  return goodbye === undefined ? unreachable('no_connection') : later('BYE', null)
}

/** A command that was refused, where imapflow keeps the answer to itself. */
export function commandRefused(): AppError {
  return later('NO', null)
}

function answered({ serverResponseCode, authenticationFailed }: ImapError, status: 'NO' | 'BAD'): AppError {
  const word = wordOf(serverResponseCode).toUpperCase()
  const providerCode = word === '' ? status : word
  if (authenticationFailed !== true || LATER.includes(word)) return later(providerCode, null)
  // "BAD" is no verdict on a password: this way of signing in is not offered.
  if (status === 'BAD' || ADMIN.includes(word)) return needsAdmin(providerCode)
  return new AppError('mail.signed_out', 'the IMAP server did not accept the password', { details: { providerCode } })
}

function hasSaidGoodbye({ code, reason }: ImapError): boolean {
  return typeof reason === 'string' && /^(?:NoConnection|ClosedAfterConnect(?:Text|TLS))$/.test(wordOf(code))
}

/** Why it never came to an answer, for the sentence on the page. */
function reasonOf(code: string): string {
  if (/^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/.test(code)) return 'untrusted'
  if (/^(?:ENOTFOUND|EAI_AGAIN)$/.test(code)) return 'no_name'
  if (code === '' || /^(?:ERR_TLS|ERR_SSL|EPROTO|STARTTLS_INJECTION$|UPGRADE_TIMEOUT$)/.test(code)) return 'no_tls'
  return /TIMEOUT$|^ETIMEDOUT$/.test(code) ? 'timeout' : 'no_connection'
}

/** Asking later may help; nobody has to act. */
function later(providerCode: string | null, restMs: number | null): AppError {
  return refused({ isFinal: false, scope: 'mailbox', providerCode, restMs })
}

function needsAdmin(providerCode: string): AppError {
  return refused({ isFinal: true, scope: 'mailbox', providerCode, need: 'admin' })
}

function refused(details: ErrorDetails): AppError {
  return new AppError('mail.refused', `the IMAP server refused: ${String(details['providerCode'])}`, { details })
}

function unreachable(reason: string): AppError {
  return new AppError('mail.unreachable', `no answer from the IMAP server: ${reason}`, { details: { reason } })
}

/** Servers put nothing secret there, and still only what looks like a word is kept. */
function wordOf(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z0-9_/-]{1,40}$/.test(value) ? value : ''
}
