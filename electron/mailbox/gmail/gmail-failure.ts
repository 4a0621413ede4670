import type { MailboxNeed } from '#shared/domain/taxonomy'
import { AppError, type ErrorDetails } from '#shared/errors'
import { seenFailure, type SeenFailure } from './gmail-seen.ts'

/** Which request failed: `send` is the one that makes a mail leave, `token` the one that renews our permission. */
export type GmailRequest = 'ask' | 'send' | 'token'

/**
 * Any failure of a request to Google as one of the codes of `MailProvider`. Keeps nothing of the error itself: gaxios leaves
 * the whole mail and the refresh token in it.
 */
export function gmailFailure(error: unknown, request: GmailRequest): AppError {
  if (error instanceof AppError) return error
  const seen = seenFailure(error)
  const rows = seen.status === null ? NETWORK_ROWS : request === 'token' ? TOKEN_ROWS : API_ROWS
  const row = rows.find(({ when }) => when(seen))
  const outcome = row === undefined ? UNKNOWN : request === 'send' ? row.send : row.ask
  return outcome(seen)
}

type Outcome = (seen: SeenFailure) => AppError

interface Row {
  readonly when: (seen: SeenFailure) => boolean
  /** What a read, a draft or a token request makes of it: nothing was sent, whatever happened. */
  readonly ask: Outcome
  readonly send: Outcome
}

/** A longer rest than this is the limit of the day: "AFTER if ≤ 1 h, else TOMORROW" (providers.md §4.1). */
const LONGEST_REST_MS = 60 * 60_000

const FAIL: Outcome = (seen) => refused(seen, { isFinal: true, scope: 'message' })
const BACKOFF: Outcome = (seen) => refused(seen, { ...RESTING, restMs: seen.restMs, isDayLimit: false })
const SERVER_FAULT: Outcome = (seen) =>
  refused(seen, { ...RESTING, restMs: seen.restMs, isDayLimit: false, isServerFault: true })
const TOMORROW: Outcome = (seen) => refused(seen, { ...RESTING, restMs: null, isDayLimit: true })
/** The limit of our app at Google, whoever uses it. */
const TOMORROW_FOR_ALL: Outcome = (seen) =>
  refused(seen, { ...RESTING, restMs: null, isDayLimit: true, limitOf: 'app' })
const AFTER_OR_TOMORROW: Outcome = (seen) => ((seen.restMs ?? 0) <= LONGEST_REST_MS ? BACKOFF(seen) : TOMORROW(seen))
const SIGNED_OUT: Outcome = (seen) =>
  new AppError('mail.signed_out', `Google refused our token: ${wordFor(seen) ?? '?'}`, {
    details: { providerCode: wordFor(seen) },
  })
const UNKNOWN: Outcome = (seen) => {
  const providerCode = wordFor(seen)
  return new AppError('mail.unanswered', `no clear answer to the send: ${providerCode ?? '?'}`, {
    details: { providerCode },
  })
}

const RESTING = { isFinal: false, scope: 'mailbox' } as const

function needs(need: MailboxNeed): Outcome {
  return (seen) => refused(seen, { isFinal: true, scope: 'mailbox', need })
}

function unreachable(reason: string): Outcome {
  return (seen) =>
    new AppError('mail.unreachable', `Google was not reached: ${reason} ${wordFor(seen) ?? ''}`, {
      details: { reason },
    })
}

/** A row whose answer says surely that nothing was sent. */
function both(when: Row['when'], outcome: Outcome): Row {
  return { when, ask: outcome, send: outcome }
}

/**
 * Google always says a reason: a status alone is the answer of something in between, which knows nothing of this mail or this
 * account. What is about size or rate is true whoever says it.
 */
function isStranger(seen: SeenFailure): boolean {
  return within(seen, 400, 499) && seen.reasons.length === 0 && ![413, 414, 429, 431].includes(seen.status ?? 0)
}

/** Answers of the Gmail API: providers.md §4.1, from the top; the first row that fits decides. */
const API_ROWS: readonly Row[] = [
  { when: isStranger, ask: unreachable('no_connection'), send: UNKNOWN },
  both(
    (seen) => is(seen, 400, ['failedPrecondition'], ['mail service not enabled', 'precondition check failed']),
    needs('no_mailbox'),
  ),
  // A draft that is none any more is as good as gone ("400/404: sent or deleted", google_workspace_mcp#1035).
  { when: (seen) => is(seen, 400, [], ['not a draft']), ask: FAIL, send: UNKNOWN },
  both((seen) => seen.status === 400, FAIL),
  both((seen) => seen.status === 401, SIGNED_OUT),
  both((seen) => is(seen, 403, ['dailyLimitExceeded']) || is(seen, 429, ['dailyLimitExceeded']), TOMORROW_FOR_ALL),
  both((seen) => is(seen, 403, ['userRateLimitExceeded', 'rateLimitExceeded'], ['quota exceeded']), BACKOFF),
  both((seen) => is(seen, 403, ['domainPolicy']), needs('admin')),
  both((seen) => is(seen, 403, ['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']), needs('permission')),
  both(
    (seen) => is(seen, 403, ['accessNotConfigured', 'SERVICE_DISABLED'], ['delegation denied']),
    needs('configuration'),
  ),
  // Refused, and we do not know why: not this mail's fault, and nobody is told to do something that would not help.
  both((seen) => seen.status === 403, BACKOFF),
  // For a read or draft: the draft or thread is gone. For the send: the draft was used up or deleted.
  { when: (seen) => seen.status === 404, ask: FAIL, send: UNKNOWN },
  { when: (seen) => seen.status === 408, ask: unreachable('timeout'), send: UNKNOWN },
  { when: (seen) => seen.status === 409, ask: BACKOFF, send: UNKNOWN },
  both((seen) => seen.status === 413, FAIL),
  { when: (seen) => seen.status === 429, ask: BACKOFF, send: AFTER_OR_TOMORROW },
  // May be one mail that breaks their server: see `isOfOneMail`.
  { when: (seen) => seen.status === 500, ask: SERVER_FAULT, send: UNKNOWN },
  // "throws error while sending email, but still sends email"
  { when: (seen) => within(seen, 500, 599), ask: BACKOFF, send: UNKNOWN },
  // Refused for a reason that is no reader's or writer's: our own mistake, which asking again would repeat.
  both((seen) => within(seen, 400, 499), FAIL),
  // Neither an answer nor a refusal of Gmail: something stands between.
  { when: () => true, ask: unreachable('no_connection'), send: UNKNOWN },
]

/** Answers of the token endpoint: providers.md §4.1 below the table. It never comes to a send. */
const TOKEN_ROWS: readonly Row[] = [
  both(isStranger, unreachable('no_connection')),
  both((seen) => has(seen, ['invalid_grant']), SIGNED_OUT),
  both((seen) => has(seen, ['admin_policy_enforced', 'access_denied']), needs('admin')),
  both((seen) => seen.status === 408, unreachable('timeout')),
  both((seen) => seen.status === 429 || within(seen, 500, 599), BACKOFF),
  // invalid_client, unauthorized_client, deleted_client, org_internal, and invalid_request "client_secret is missing".
  both((seen) => within(seen, 400, 499), needs('configuration')),
  both(() => true, unreachable('no_connection')),
]

/** No answer came: providers.md §4.4. */
const NETWORK_ROWS: readonly Row[] = [
  both((seen) => /^(?:ENOTFOUND|EAI_AGAIN)$/.test(seen.code), unreachable('no_name')),
  both((seen) => seen.code === 'ETIMEDOUT' && seen.syscall === 'connect', unreachable('timeout')),
  { when: (seen) => /^(?:ETIMEDOUT|TimeoutError)$/.test(seen.code), ask: unreachable('timeout'), send: UNKNOWN },
  // The same words come from a connection that is already open, when its way is lost (tcp(7)): then the mail may have left.
  both((seen) => isNoWay(seen.code) && !/^(?:read|write)/.test(seen.syscall), unreachable('no_connection')),
  both((seen) => /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/.test(seen.code), unreachable('untrusted')),
  both((seen) => seen.code.startsWith('ERR_TLS_'), unreachable('no_tls')),
  // TLS may also break in the middle of a request.
  { when: (seen) => /^(?:EPROTO|ERR_SSL_)/.test(seen.code), ask: unreachable('no_tls'), send: UNKNOWN },
  { when: (seen) => seen.code === 'AbortError', ask: unreachable('stopped'), send: UNKNOWN },
  { when: () => true, ask: unreachable('no_connection'), send: UNKNOWN },
]

function isNoWay(code: string): boolean {
  return /^(?:ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN)$/.test(code)
}

function is(seen: SeenFailure, status: number, reasons: readonly string[], texts: readonly string[] = []): boolean {
  return seen.status === status && (has(seen, reasons) || texts.some((text) => seen.text.includes(text)))
}

function has(seen: SeenFailure, reasons: readonly string[]): boolean {
  return reasons.some((reason) => seen.reasons.includes(reason))
}

function within(seen: SeenFailure, from: number, to: number): boolean {
  return seen.status !== null && seen.status >= from && seen.status <= to
}

function refused(seen: SeenFailure, details: ErrorDetails): AppError {
  const providerCode = wordFor(seen)
  return new AppError('mail.refused', `Gmail refused: ${providerCode ?? '?'}`, {
    details: { ...details, providerCode },
  })
}

/** The server's word, or its status, or Node's word. */
function wordFor(seen: SeenFailure): string | null {
  const word = seen.reasons[0] ?? (seen.status === null ? seen.code : String(seen.status))
  return word === '' ? null : word
}
