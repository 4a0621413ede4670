import { describe, expect, test } from 'vitest'
import { gmailFailure, type GmailRequest } from '#electron/mailbox/gmail/gmail-failure'
import { AppError } from '#shared/errors'
import { apiError } from '#test/fakes/gmail-moods'

const DATE = 'Sun, 22 Nov 2026 10:00:00 GMT'

/** An error as gaxios throws it for an answer. */
function answered(status: number, data: unknown, headers: Record<string, string> = {}): object {
  return Object.assign(new Error('text of the server'), {
    config: { data: 'the whole mail', headers: { authorization: 'Bearer secret' } },
    response: { status, data, headers: new Headers({ date: DATE, ...headers }) },
  })
}

/** An error as gaxios throws it when no answer came. */
function broken(code: string, syscall?: string): object {
  return Object.assign(new Error('x', { cause: { code, erroredSysCall: syscall } }), { config: {}, code })
}

function told(error: unknown, request: GmailRequest): string {
  const { code, details } = gmailFailure(error, request)
  const { reason, isFinal, scope, need, restMs, isDayLimit, limitOf, providerCode } = details
  const rest =
    isDayLimit === true
      ? `until the window rolls${limitOf === 'app' ? ' for all' : ''}`
      : typeof restMs === 'number'
        ? `${restMs} ms`
        : null
  const facts = [reason, scope, isFinal === undefined ? null : isFinal ? 'final' : 'later', need, rest, providerCode]
  return [code, ...facts.filter((fact) => fact !== undefined && fact !== null)].join(' ')
}

/** providers.md §4.1, row by row: status, reason, message, what a read or draft says, what the send says (null: the same). */
const API_ROWS: [number, string, string, string, string | null][] = [
  [400, 'badRequest', 'Bad Request', 'mail.refused message final badRequest', null],
  [400, 'invalidArgument', 'Recipient address required', 'mail.refused message final invalidArgument', null],
  [400, 'invalidArgument', 'Invalid To header', 'mail.refused message final invalidArgument', null],
  [
    400,
    'failedPrecondition',
    'Mail service not enabled',
    'mail.refused mailbox final no_mailbox failedPrecondition',
    null,
  ],
  [400, 'badRequest', 'Precondition check failed.', 'mail.refused mailbox final no_mailbox badRequest', null],
  [
    400,
    'invalidArgument',
    'Message not a draft',
    'mail.refused message final invalidArgument',
    'mail.unanswered invalidArgument',
  ],
  [401, 'authError', 'Invalid Credentials', 'mail.signed_out authError', null],
  [
    403,
    'dailyLimitExceeded',
    'Daily Limit',
    'mail.refused mailbox later until the window rolls for all dailyLimitExceeded',
    null,
  ],
  [403, 'userRateLimitExceeded', 'User Rate Limit', 'mail.refused mailbox later userRateLimitExceeded', null],
  [403, 'rateLimitExceeded', 'Rate Limit', 'mail.refused mailbox later rateLimitExceeded', null],
  [403, 'forbidden', "Quota exceeded for quota metric 'Q'", 'mail.refused mailbox later forbidden', null],
  [403, 'domainPolicy', 'disabled Gmail', 'mail.refused mailbox final admin domainPolicy', null],
  [403, 'insufficientPermissions', 'no', 'mail.refused mailbox final permission insufficientPermissions', null],
  [403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'no', 'mail.refused mailbox final permission forbidden', null],
  [403, 'accessNotConfigured', 'not used', 'mail.refused mailbox final configuration accessNotConfigured', null],
  [403, 'SERVICE_DISABLED', 'disabled', 'mail.refused mailbox final configuration forbidden', null],
  [403, 'forbidden', 'Delegation denied for x', 'mail.refused mailbox final configuration forbidden', null],
  [403, 'forbidden', 'Forbidden', 'mail.refused mailbox later forbidden', null],
  [404, 'notFound', 'not found', 'mail.refused message final notFound', 'mail.unanswered notFound'],
  [408, 'requestTimeout', 'timeout', 'mail.unreachable timeout', 'mail.unanswered requestTimeout'],
  [409, 'aborted', 'aborted', 'mail.refused mailbox later aborted', 'mail.unanswered aborted'],
  [413, 'uploadTooLarge', 'too large', 'mail.refused message final uploadTooLarge', null],
  [415, 'badContent', 'our own mistake', 'mail.refused message final badContent', null],
  [
    429,
    'rateLimitExceeded',
    'User-rate limit exceeded.  Retry after 2026-11-22T10:59:00.000Z',
    'mail.refused mailbox later 3540000 ms rateLimitExceeded',
    null,
  ],
  [
    429,
    'rateLimitExceeded',
    'User-rate limit exceeded.  Retry after 2026-11-22T19:00:00.000Z',
    'mail.refused mailbox later 32400000 ms rateLimitExceeded',
    'mail.refused mailbox later until the window rolls rateLimitExceeded',
  ],
  [429, 'rateLimitExceeded', 'Too many concurrent requests', 'mail.refused mailbox later rateLimitExceeded', null],
  [500, 'backendError', 'x', 'mail.refused mailbox later backendError', 'mail.unanswered backendError'],
  [502, 'backendError', 'x', 'mail.refused mailbox later backendError', 'mail.unanswered backendError'],
  [503, 'backendError', 'x', 'mail.refused mailbox later backendError', 'mail.unanswered backendError'],
  [504, 'backendError', 'x', 'mail.refused mailbox later backendError', 'mail.unanswered backendError'],
]

describe.each(API_ROWS)('the Gmail API answers %i %s: %s', (...[status, reason, message, ask, send]) => {
  const error = answered(status, apiError(status, reason, message, '')(0).body)

  test(`a read or a draft: ${ask}`, () => {
    expect(told(error, 'ask')).toBe(ask)
  })

  test(`the send: ${send ?? ask}`, () => {
    expect(told(error, 'send')).toBe(send ?? ask)
  })
})

/** providers.md §4.1 below the table. */
test.each<[number, string, string]>([
  [400, 'invalid_grant', 'mail.signed_out invalid_grant'],
  [401, 'invalid_client', 'mail.refused mailbox final configuration invalid_client'],
  [401, 'unauthorized_client', 'mail.refused mailbox final configuration unauthorized_client'],
  [401, 'deleted_client', 'mail.refused mailbox final configuration deleted_client'],
  [400, 'invalid_request', 'mail.refused mailbox final configuration invalid_request'],
  [400, 'admin_policy_enforced', 'mail.refused mailbox final admin admin_policy_enforced'],
  [400, 'org_internal', 'mail.refused mailbox final configuration org_internal'],
  [500, 'internal_failure', 'mail.refused mailbox later internal_failure'],
  [503, 'temporarily_unavailable', 'mail.refused mailbox later temporarily_unavailable'],
  [429, 'rate_limit', 'mail.refused mailbox later rate_limit'],
])('the token endpoint answers %i %s: %s', (status, error, expected) => {
  expect(told(answered(status, { error, error_description: 'any text' }), 'token')).toBe(expected)
})

/** providers.md §4.4: code and system call, what a read or draft says, what the send says (null: the same). */
test.each<[string, string | undefined, string, string | null]>([
  ['ENOTFOUND', 'getaddrinfo', 'mail.unreachable no_name', null],
  ['EAI_AGAIN', 'getaddrinfo', 'mail.unreachable no_name', null],
  ['ECONNREFUSED', 'connect', 'mail.unreachable no_connection', null],
  ['ECONNREFUSED', undefined, 'mail.unreachable no_connection', null],
  ['ENETUNREACH', 'connect', 'mail.unreachable no_connection', null],
  ['EHOSTUNREACH', 'connect', 'mail.unreachable no_connection', null],
  ['ENETDOWN', 'connect', 'mail.unreachable no_connection', null],
  ['EHOSTUNREACH', 'read', 'mail.unreachable no_connection', 'mail.unanswered EHOSTUNREACH'],
  ['ENETUNREACH', 'write', 'mail.unreachable no_connection', 'mail.unanswered ENETUNREACH'],
  ['CERT_HAS_EXPIRED', undefined, 'mail.unreachable untrusted', null],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, 'mail.unreachable untrusted', null],
  ['SELF_SIGNED_CERT_IN_CHAIN', undefined, 'mail.unreachable untrusted', null],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 'mail.unreachable untrusted', null],
  ['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'mail.unreachable untrusted', null],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', undefined, 'mail.unreachable no_tls', null],
  ['ETIMEDOUT', 'connect', 'mail.unreachable timeout', null],
  ['ETIMEDOUT', 'read', 'mail.unreachable timeout', 'mail.unanswered ETIMEDOUT'],
  ['TimeoutError', undefined, 'mail.unreachable timeout', 'mail.unanswered TimeoutError'],
  ['EPROTO', 'write', 'mail.unreachable no_tls', 'mail.unanswered EPROTO'],
  ['ECONNRESET', 'read', 'mail.unreachable no_connection', 'mail.unanswered ECONNRESET'],
  ['EPIPE', 'write', 'mail.unreachable no_connection', 'mail.unanswered EPIPE'],
  [
    'ERR_STREAM_PREMATURE_CLOSE',
    undefined,
    'mail.unreachable no_connection',
    'mail.unanswered ERR_STREAM_PREMATURE_CLOSE',
  ],
  ['AbortError', undefined, 'mail.unreachable stopped', 'mail.unanswered AbortError'],
  ['UND_ERR_SOCKET', undefined, 'mail.unreachable no_connection', 'mail.unanswered UND_ERR_SOCKET'],
  ['', undefined, 'mail.unreachable no_connection', 'mail.unanswered'],
])('the network says %s at %s: %s', (code, syscall, ask, send) => {
  expect(told(broken(code, syscall), 'ask')).toBe(ask)
  expect(told(broken(code, syscall), 'token')).toBe(ask)
  expect(told(broken(code, syscall), 'send')).toBe(send ?? ask)
})

test.each([301, 304, 200, 100, 600])('status %i is no answer of Gmail', (status) => {
  expect(told(answered(status, '<html>'), 'ask')).toBe('mail.unreachable no_connection')
  expect(told(answered(status, '<html>'), 'send')).toMatch(/^mail\.unanswered/)
})

test.each([400, 401, 403, 404, 409, 415])(
  'status %i without a reason of Google’s is something in between',
  (status) => {
    expect(told(answered(status, '<html>'), 'ask')).toBe('mail.unreachable no_connection')
    expect(told(answered(status, '<html>'), 'token')).toBe('mail.unreachable no_connection')
    expect(told(answered(status, '<html>'), 'send')).toMatch(/^mail\.unanswered/)
  },
)

test('how long to rest is told by a Retry-After header as well, by the server’s own clock', () => {
  const { body } = apiError(429, 'rateLimitExceeded', 'Slow down', '')(0)
  const rest = (headers: Record<string, string>) => gmailFailure(answered(429, body, headers), 'send').details['restMs']

  expect(rest({ 'retry-after': '90' })).toBe(90_000)
  expect(rest({ 'retry-after': 'Sun, 22 Nov 2026 10:02:00 GMT' })).toBe(120_000)
  expect(rest({ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' })).toBe(0)
  expect(rest({ 'retry-after': 'soon' })).toBeNull()
})

test('a streamed answer is read like any other', () => {
  const body = JSON.stringify(apiError(403, 'domainPolicy', 'x', '')(0).body)
  expect(told(answered(403, body), 'ask')).toBe('mail.refused mailbox final admin domainPolicy')
})

test('neither the mail nor a token nor the server’s text is kept in the failure', () => {
  const bodies = [
    { error: 'invalid_grant', error_description: 'Bearer ya29' },
    { error: { errors: [{ reason: 'a text with spaces' }] } },
  ]
  for (const body of bodies) {
    const failure = gmailFailure(answered(400, body), 'send')
    expect(`${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`).not.toMatch(
      /ya29|whole mail|secret|with spaces/,
    )
  }
})

test('what is thrown is never taken apart blindly', () => {
  expect([null, undefined, 'text', 5, {}].map((thrown) => gmailFailure(thrown, 'send').code)).toEqual(
    Array(5).fill('mail.unanswered'),
  )
  const known = new AppError('disk.full', 'x')
  expect(gmailFailure(known, 'send')).toBe(known)
})
