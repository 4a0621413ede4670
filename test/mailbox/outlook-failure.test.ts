import { describe, expect, test } from 'vitest'
import {
  networkFailure,
  outlookFailure,
  retryAfterMs,
  type GraphRefusal,
} from '#electron/mailbox/outlook/outlook-failure'

/** What providers.md §4 wants, in its own words. */
const OUTCOMES = {
  FAIL: { code: 'mail.refused', details: { isFinal: true, scope: 'message' } },
  'BACKOFF (mail)': { code: 'mail.refused', details: { isFinal: false, scope: 'message' } },
  'BACKOFF (mailbox)': {
    code: 'mail.refused',
    details: { isFinal: false, scope: 'mailbox', isDayLimit: false, restMs: null },
  },
  AFTER: { code: 'mail.refused', details: { isFinal: false, scope: 'mailbox', isDayLimit: false, restMs: 60_000 } },
  TOMORROW: { code: 'mail.refused', details: { isFinal: false, scope: 'mailbox', isDayLimit: true } },
  SIGNIN: { code: 'mail.signed_out', details: {} },
  'SIGNIN (permission)': needs('permission'),
  'SIGNIN (blocked)': needs('account_blocked'),
  'SIGNIN (sender)': needs('sender_not_allowed'),
  'SIGNIN (no mailbox)': needs('no_mailbox'),
  'SIGNIN (full)': needs('mailbox_full'),
  UNKNOWN: { code: 'mail.unanswered', details: {} },
} as const

function needs(need: string) {
  return { code: 'mail.refused', details: { isFinal: true, scope: 'mailbox', need } }
}

type Outcome = keyof typeof OUTCOMES
type Row = [status: number, codes: string[], prepare: Outcome, send: Outcome]

function refusal(changes: Partial<GraphRefusal>): GraphRefusal {
  return { status: 500, codes: [], retryAfterMs: null, wantsClaims: false, requestId: null, ...changes }
}

const BUSY = 'BACKOFF (mailbox)'

/** The table of providers.md §4.2, line by line; an empty code is a status alone. */
const TABLE: Row[] = [
  [400, ['ErrorInvalidRecipients', 'ErrorMissingRecipients', 'ErrorInvalidSmtpAddress'], 'FAIL', 'FAIL'],
  [400, ['ErrorMimeContentInvalidBase64String', 'ErrorMimeContentInvalid', 'ErrorInvalidIdMalformed'], 'FAIL', 'FAIL'],
  [400, ['InvalidInternetMessageHeader', 'InvalidInternetMessageHeaderCollection', 'BadRequest'], 'FAIL', 'FAIL'],
  [401, ['InvalidAuthenticationToken', 'unauthenticated', 'insufficient_claims'], 'SIGNIN', 'SIGNIN'],
  [403, ['insufficient_claims', 'ErrorPasswordExpired', 'ErrorPasswordChangeRequired'], 'SIGNIN', 'SIGNIN'],
  [403, ['ErrorAccessDenied', 'accessDenied'], 'SIGNIN (permission)', 'SIGNIN (permission)'],
  [403, ['Authorization_RequestDenied'], 'SIGNIN (permission)', 'SIGNIN (permission)'],
  [403, ['ErrorAccountDisabled'], 'SIGNIN (blocked)', 'SIGNIN (blocked)'],
  [403, ['ErrorSendAsDenied'], 'SIGNIN (sender)', 'SIGNIN (sender)'],
  [400, ['ErrorSendAsDenied'], 'SIGNIN (sender)', 'SIGNIN (sender)'],
  [403, ['ErrorSubmissionQuotaExceeded', 'ErrorExceededMessageLimit'], 'TOMORROW', 'TOMORROW'],
  [429, ['ErrorSubmissionQuotaExceeded', 'ErrorExceededMessageLimit'], 'TOMORROW', 'TOMORROW'],
  [403, ['ErrorMessageSubmissionBlocked'], 'SIGNIN (blocked)', 'SIGNIN (blocked)'],
  [404, ['ErrorItemNotFound'], 'BACKOFF (mail)', 'UNKNOWN'],
  [404, ['MailboxNotEnabledForRESTAPI', 'extensionError'], 'SIGNIN (no mailbox)', 'SIGNIN (no mailbox)'],
  [404, ['ResourceNotFound'], 'SIGNIN (no mailbox)', 'SIGNIN (no mailbox)'],
  [409, ['ErrorIrresolvableConflict', 'resourceModified'], 'BACKOFF (mail)', 'UNKNOWN'],
  [412, ['ErrorStaleObject'], 'BACKOFF (mail)', 'UNKNOWN'],
  [410, ['syncStateNotFound', 'resyncRequired'], 'BACKOFF (mail)', 'UNKNOWN'],
  [411, ['SomethingNew'], 'FAIL', 'FAIL'],
  [415, ['UnsupportedMediaType'], 'FAIL', 'FAIL'],
  [422, ['SomethingNew'], 'FAIL', 'FAIL'],
  [413, ['ErrorMessageSizeExceeded', 'ErrorRequestStreamTooBig', ''], 'FAIL', 'FAIL'],
  [423, ['ErrorMailboxMoveInProgress', 'ErrorMailboxFailover', ''], BUSY, 'UNKNOWN'],
  [429, ['ApplicationThrottled', 'activityLimitReached', 'ErrorExceededConnectionCount', ''], BUSY, BUSY],
  [429, ['MailboxConcurrency'], BUSY, BUSY],
  [500, ['ErrorInternalServerError', 'generalException', 'UnknownError'], 'BACKOFF (mail)', 'UNKNOWN'],
  [503, ['serviceNotAvailable', 'ErrorServerBusy', 'ErrorInternalServerTransientError', ''], BUSY, 'UNKNOWN'],
  [503, ['ErrorMailboxStoreUnavailable', 'ErrorConnectionFailed', 'ErrorTimeoutExpired'], BUSY, 'UNKNOWN'],
  [503, ['ErrorInsufficientResources'], BUSY, 'UNKNOWN'],
  [502, [''], BUSY, 'UNKNOWN'],
  [504, ['', 'UnknownError'], BUSY, 'UNKNOWN'],
  [507, ['ErrorQuotaExceeded', 'quotaLimitReached'], 'SIGNIN (full)', 'SIGNIN (full)'],
  [509, [''], BUSY, BUSY],
  // Not in the table: whatever is not a clear "no" is a doubt on the send call.
  [408, [''], BUSY, 'UNKNOWN'],
  [418, ['SomethingNew'], 'BACKOFF (mail)', 'UNKNOWN'],
  [599, [''], BUSY, 'UNKNOWN'],
  [200, [''], BUSY, 'UNKNOWN'],
  [302, [''], BUSY, 'UNKNOWN'],
  // No code of Graph's: a proxy or a portal in between, which refuses neither the mail nor the account (reliability.md §2.4 row 29).
  [400, [''], BUSY, 'UNKNOWN'],
  [401, [''], BUSY, 'UNKNOWN'],
  [403, [''], BUSY, 'UNKNOWN'],
  [404, [''], BUSY, 'UNKNOWN'],
  [405, [''], BUSY, 'UNKNOWN'],
  [409, [''], BUSY, 'UNKNOWN'],
  [410, [''], BUSY, 'UNKNOWN'],
  [411, [''], BUSY, 'UNKNOWN'],
  [412, [''], BUSY, 'UNKNOWN'],
  [415, [''], BUSY, 'UNKNOWN'],
  [422, [''], BUSY, 'UNKNOWN'],
  [500, [''], BUSY, 'UNKNOWN'],
  [507, [''], BUSY, 'UNKNOWN'],
]
const LINES = TABLE.flatMap(([status, codes, prepare, send]) =>
  codes.map((code): [number, string, Outcome, Outcome] => [status, code, prepare, send]),
)

describe('what Graph answers (providers.md §4.2)', () => {
  test.each(LINES)('%i %s: %s, on the send call %s', (status, code, prepare, send) => {
    const answer = refusal({ status, codes: code === '' ? [] : [code] })

    expect(outlookFailure(answer, 'prepare')).toMatchObject(OUTCOMES[prepare])
    expect(outlookFailure(answer, 'send')).toMatchObject(OUTCOMES[send])
  })

  test('the code decides before the status', () => {
    const answer = refusal({ status: 503, codes: ['ErrorSendAsDenied'] })
    expect(outlookFailure(answer, 'send')).toMatchObject(OUTCOMES['SIGNIN (sender)'])
  })

  test('an inner code decides before the outer one, and capitals do not matter', () => {
    const answer = refusal({ status: 403, codes: ['accessDenied', 'ERRORQUOTAEXCEEDED'] })
    expect(outlookFailure(answer, 'send')).toMatchObject(OUTCOMES['SIGNIN (full)'])
  })

  test('an inner code that nobody knows leaves it to the outer one', () => {
    const answer = refusal({ status: 400, codes: ['ErrorAccessDenied', 'SomethingNew'] })
    expect(outlookFailure(answer, 'send')).toMatchObject(OUTCOMES['SIGNIN (permission)'])
  })

  test('a demand for more claims is a sign-in, whatever the code', () => {
    const answer = refusal({ status: 403, codes: ['ErrorAccessDenied'], wantsClaims: true })
    expect(outlookFailure(answer, 'send')).toMatchObject(OUTCOMES.SIGNIN)
  })

  test.each([429, 503, 509])('%i says how long to wait', (status) => {
    expect(outlookFailure(refusal({ status, retryAfterMs: 60_000 }), 'prepare')).toMatchObject(OUTCOMES.AFTER)
  })

  test('only words of the provider are passed on, never its sentences', () => {
    const failure = outlookFailure(refusal({ status: 400, codes: ['Mail to ann@corp.example is bad'] }), 'send')

    expect(failure.details['providerCode']).toBe('400')
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('ann@corp.example')
  })
})

describe('Retry-After', () => {
  const now = 1_795_343_440_000

  test.each<[string | null, number | null, number | null, number | null]>([
    ['120', now, null, 120_000],
    [' 0 ', now, null, 0],
    ['999999999', now, null, 86_400_000],
    ['a date', now, now + 90_000, 90_000],
    ['a date in the past', now, now - 90_000, 0],
    ['a date, and the server does not say what time it is', null, now, null],
    ['soon', now, null, null],
    ['-5', now, null, null],
    [null, now, null, null],
  ])('%j means %s', (header, serverNow, at, expected) => {
    expect(retryAfterMs(header, serverNow, at)).toBe(expected)
  })
})

/** As Node's fetch throws it. */
function fetchError(code: string, more: object = {}): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...more }) })
}

describe('no answer at all (providers.md §4.4)', () => {
  test.each<[unknown, string]>([
    [fetchError('ENOTFOUND'), 'no_name'],
    [fetchError('EAI_AGAIN'), 'no_name'],
    [fetchError('ECONNREFUSED'), 'no_connection'],
    [fetchError('ENETUNREACH'), 'no_connection'],
    [fetchError('EHOSTUNREACH'), 'no_connection'],
    [fetchError('ENETDOWN'), 'no_connection'],
    [fetchError('CERT_HAS_EXPIRED'), 'untrusted'],
    [fetchError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'untrusted'],
    [fetchError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'untrusted'],
    [fetchError('ERR_TLS_CERT_ALTNAME_INVALID'), 'untrusted'],
    [fetchError('ERR_TLS_INVALID_PROTOCOL_VERSION'), 'no_tls'],
    [fetchError('UND_ERR_CONNECT_TIMEOUT'), 'timeout'],
    [fetchError('ETIMEDOUT', { syscall: 'connect' }), 'timeout'],
  ])('%o: surely nothing was asked', (error, reason) => {
    const unreachable = { code: 'mail.unreachable', details: { reason } }
    expect(networkFailure(error, 'send', false)).toMatchObject(unreachable)
    expect(networkFailure(error, 'send', true)).toMatchObject(unreachable)
    expect(networkFailure(error, 'prepare', false)).toMatchObject(unreachable)
  })

  test.each<[unknown, string]>([
    [fetchError('ECONNRESET'), 'no_connection'],
    [fetchError('EPIPE'), 'no_connection'],
    [fetchError('ERR_STREAM_PREMATURE_CLOSE'), 'no_connection'],
    [fetchError('UND_ERR_SOCKET'), 'no_connection'],
    [fetchError('UND_ERR_HEADERS_TIMEOUT'), 'timeout'],
    [fetchError('ETIMEDOUT', { syscall: 'read' }), 'no_connection'],
    [fetchError('ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC'), 'no_tls'],
    [new DOMException('timed out', 'TimeoutError'), 'timeout'],
    [new DOMException('aborted', 'AbortError'), 'no_connection'],
    [new Error('socket hang up'), 'no_connection'],
    ['nonsense', 'no_connection'],
  ])('%o: on the send call the mail may have left', (error, reason) => {
    expect(networkFailure(error, 'send', false)).toMatchObject({ code: 'mail.unanswered' })
    expect(networkFailure(error, 'prepare', false)).toMatchObject({ code: 'mail.unreachable', details: { reason } })
  })

  test('what we stopped ourselves is said to be stopped, except where the mail may have left', () => {
    const error = new DOMException('aborted', 'AbortError')
    expect(networkFailure(error, 'prepare', true)).toMatchObject({ details: { reason: 'stopped' } })
    expect(networkFailure(error, 'send', true)).toMatchObject({ code: 'mail.unanswered' })
  })
})
