import { expect, test } from 'vitest'
import { imapFailure } from '#electron/mailbox/smtp/imap-failure'
import { keepsCopies } from '#electron/mailbox/smtp/imap-sent'

interface Seen {
  readonly code?: string
  readonly responseStatus?: 'NO' | 'BAD'
  readonly serverResponseCode?: string
  readonly authenticationFailed?: boolean
  readonly tlsFailed?: boolean
  readonly reason?: string
  readonly throttleReset?: number
  readonly response?: string
}

function told(seen: unknown, isStopped = false): string {
  const { code, details } = imapFailure(seen, { isStopped })
  const { reason, isFinal, scope, providerCode, need, restMs } = details
  const facts = [reason, scope, isFinal === undefined ? null : isFinal ? 'final' : 'later', providerCode, need, restMs]
  return [code, ...facts.filter((fact) => fact !== undefined && fact !== null)].join(' ')
}

const auth = { authenticationFailed: true }

test.each<[Seen, string]>([
  [{ code: 'ENOTFOUND' }, 'mail.unreachable no_name'],
  [{ code: 'EAI_AGAIN' }, 'mail.unreachable no_name'],
  [{ code: 'ECONNREFUSED' }, 'mail.unreachable no_connection'],
  [{ code: 'ENETUNREACH' }, 'mail.unreachable no_connection'],
  [{ code: 'EHOSTUNREACH' }, 'mail.unreachable no_connection'],
  [{ code: 'ECONNRESET' }, 'mail.unreachable no_connection'],
  [{ code: 'NoConnection' }, 'mail.unreachable no_connection'],
  [{ code: 'EConnectionClosed' }, 'mail.unreachable no_connection'],
  [{ code: 'ClosedAfterConnectTLS' }, 'mail.unreachable no_connection'],
  [{ code: 'ParserError11' }, 'mail.unreachable no_connection'],
  [{ code: 'CONNECT_TIMEOUT' }, 'mail.unreachable timeout'],
  [{ code: 'GREETING_TIMEOUT' }, 'mail.unreachable timeout'],
  [{ code: 'ETIMEOUT' }, 'mail.unreachable timeout'],
  [{ code: 'ETIMEDOUT' }, 'mail.unreachable timeout'],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'mail.unreachable untrusted'],
  [{ code: 'CERT_HAS_EXPIRED', tlsFailed: true }, 'mail.unreachable untrusted'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'mail.unreachable untrusted'],
  [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'mail.unreachable no_tls'],
  [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong version number' }, 'mail.unreachable no_tls'],
  [{ code: 'UPGRADE_TIMEOUT', tlsFailed: true }, 'mail.unreachable no_tls'],
  [{ code: 'STARTTLS_INJECTION', tlsFailed: true }, 'mail.unreachable no_tls'],
  [{ tlsFailed: true }, 'mail.unreachable no_tls'],
  [{ code: 'NoConnection', reason: 'Too many connections' }, 'mail.refused mailbox later BYE'],
  [{ responseStatus: 'NO' }, 'mail.refused mailbox later NO'],
  [{ responseStatus: 'NO', serverResponseCode: 'INUSE' }, 'mail.refused mailbox later INUSE'],
  [{ responseStatus: 'BAD' }, 'mail.refused mailbox later BAD'],
  [{ code: 'ETHROTTLE', responseStatus: 'BAD', throttleReset: 9_000 }, 'mail.refused mailbox later THROTTLED 9000'],
])('outside of signing in: %o', (seen, expected) => {
  expect(told(Object.assign(new Error('secret text of the server'), seen))).toBe(expected)
})

test.each<[Seen, string]>([
  [{ responseStatus: 'NO' }, 'mail.signed_out NO'],
  [{ responseStatus: 'NO', serverResponseCode: 'AUTHENTICATIONFAILED' }, 'mail.signed_out AUTHENTICATIONFAILED'],
  [{ responseStatus: 'NO', serverResponseCode: 'EXPIRED' }, 'mail.signed_out EXPIRED'],
  [{ responseStatus: 'NO', serverResponseCode: 'ALERT' }, 'mail.signed_out ALERT'],
  [{ responseStatus: 'NO', serverResponseCode: 'UNAVAILABLE' }, 'mail.refused mailbox later UNAVAILABLE'],
  [{ responseStatus: 'NO', serverResponseCode: 'LIMIT' }, 'mail.refused mailbox later LIMIT'],
  [{ responseStatus: 'NO', serverResponseCode: 'CONTACTADMIN' }, 'mail.refused mailbox final CONTACTADMIN admin'],
  [{ responseStatus: 'NO', serverResponseCode: 'PRIVACYREQUIRED' }, 'mail.refused mailbox final PRIVACYREQUIRED admin'],
  [{ responseStatus: 'BAD' }, 'mail.refused mailbox final BAD admin'],
  [{}, 'mail.refused mailbox final LOGINDISABLED admin'],
  [{ response: 'User is authenticated but not connected.' }, 'mail.refused mailbox later'],
  [{ code: 'NoConnection' }, 'mail.unreachable no_connection'],
  [{ code: 'NoConnection', reason: 'Autologout' }, 'mail.refused mailbox later BYE'],
])('while signing in: %o', (seen, expected) => {
  expect(told(Object.assign(new Error('secret text of the server'), auth, seen))).toBe(expected)
})

test('a stop of our own is no failure of the server', () => {
  expect(told(Object.assign(new Error('x'), auth, { responseStatus: 'NO' }), true)).toBe('mail.unreachable stopped')
})

test('what nobody foresaw is no answer', () => {
  expect([null, undefined, 'text', 5, new TypeError('x')].map((thrown) => told(thrown))).toEqual(
    Array(5).fill('mail.unanswered'),
  )
})

test('the words of a server are kept only where they are one word', () => {
  const code = 'AUTHENTICATIONFAILED correct horse'
  expect(told({ ...auth, responseStatus: 'NO', serverResponseCode: code })).toBe('mail.signed_out NO')
})

test.each<[string, boolean]>([
  ['smtp.gmail.com', true],
  ['SMTP.Gmail.com', true],
  ['smtp.office365.com', true],
  ['smtp-mail.outlook.com', true],
  ['smtp-relay.gmail.com', false],
  ['smtp.gmail.com.evil.example', false],
  ['smtp.mail.me.com', false],
  ['mail.example', false],
])('%s keeps copies of what it sends: %s', (host, expected) => {
  expect(keepsCopies(host)).toBe(expected)
})
