import { expect, test } from 'vitest'
import { smtpFailure } from '#electron/mailbox/smtp/smtp-failure'

interface Seen {
  readonly code?: string
  readonly originalCode?: string
  readonly command?: string
  readonly response?: string
}

const before = { isStopped: false, isHandedOver: false }
const after = { isStopped: false, isHandedOver: true }

function told(seen: Seen, moment: typeof before): string {
  const { code, details } = smtpFailure(Object.assign(new Error('secret text of the server'), seen), moment)
  const { reason, isFinal, scope, providerCode, isDayLimit, need, limitOf } = details
  const rest = isDayLimit === true ? `until the window of the ${String(limitOf)} rolls` : undefined
  const facts = [
    reason,
    scope,
    isFinal === undefined ? undefined : isFinal ? 'final' : 'later',
    need,
    rest,
    providerCode,
  ]
  return [code, ...facts.filter((fact) => fact !== undefined && fact !== null)].join(' ')
}

test.each<[Seen, string]>([
  [{ code: 'EDNS', command: 'CONN' }, 'mail.unreachable no_name'],
  [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }, 'mail.unreachable no_connection'],
  [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'mail.unreachable untrusted'],
  [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 'mail.unreachable untrusted'],
  [{ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'mail.unreachable untrusted'],
  [{ code: 'ESOCKET', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'mail.unreachable no_tls'],
  [{ code: 'ETLS', command: 'STARTTLS', response: '454 TLS not available' }, 'mail.unreachable no_tls'],
  [{ code: 'ETIMEDOUT', command: 'CONN' }, 'mail.unreachable timeout'],
  [{ code: 'ECONNECTION', command: 'CONN' }, 'mail.unreachable no_connection'],
  [{ code: 'EPROTOCOL', command: 'CONN', response: '421 busy' }, 'mail.refused mailbox later 421'],
  [{ code: 'EPROTOCOL', command: 'CONN', response: '554 5.7.1 blocked' }, 'mail.refused mailbox later 554 5.7.1'],
  [{ code: 'EPROTOCOL', command: 'CONN', response: 'HTTP/1.1 400 Bad Request' }, 'mail.unreachable no_connection'],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', response: '535-5.7.8 no\n535 5.7.8 no' }, 'mail.signed_out 535 5.7.8'],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', response: '534-5.7.9 app password' }, 'mail.signed_out 534 5.7.9'],
  [{ code: 'EAUTH', command: 'AUTH LOGIN', response: '454 4.7.0 later' }, 'mail.refused mailbox later 454 4.7.0'],
  [{ code: 'EAUTH', command: 'AUTH LOGIN', response: '504 unknown' }, 'mail.refused mailbox final configuration 504'],
  [{ code: 'EAUTH', command: 'API' }, 'mail.signed_out'],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', response: '530 5.7.57 sign in' }, 'mail.signed_out 530 5.7.57'],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', response: '552 5.3.4 too big' }, 'mail.refused message final 552 5.3.4'],
  [{ code: 'EMESSAGE', command: 'MAIL FROM' }, 'mail.refused message final'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '550 5.1.1 no' }, 'mail.refused message final 550 5.1.1'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '450 wait' }, 'mail.refused message later 450'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '421 4.7.28 rate' }, 'mail.refused mailbox later 421 4.7.28'],
  [
    { code: 'EENVELOPE', command: 'DATA', response: '550-5.4.5 limit' },
    'mail.refused mailbox later until the window of the mailbox rolls 550 5.4.5',
  ],
  [
    { code: 'EENVELOPE', command: 'RCPT TO', response: '550 5.1.90 recipients' },
    'mail.refused mailbox later until the window of the mailbox rolls 550 5.1.90',
  ],
  [{ code: 'EENVELOPE', command: 'DATA', response: '554 5.2.252 send as' }, 'mail.refused mailbox final 554 5.2.252'],
])('before the mail was handed over: %o', (seen, expected) => {
  expect(told(seen, before)).toBe(expected)
})

test.each<[Seen, string]>([
  [{ code: 'EMESSAGE', command: 'DATA', response: '554 5.6.0 no' }, 'mail.refused message final 554 5.6.0'],
  [{ code: 'EMESSAGE', command: 'DATA', response: '451 later' }, 'mail.refused message later 451'],
  [{ code: 'EMESSAGE', command: 'DATA', response: '421 closing' }, 'mail.refused mailbox later 421'],
  [
    { code: 'EMESSAGE', command: 'DATA', response: '550 5.4.5 limit' },
    'mail.refused mailbox later until the window of the mailbox rolls 550 5.4.5',
  ],
  [
    { code: 'EMESSAGE', command: 'DATA', response: '550 5.7.233 tenant' },
    'mail.refused mailbox later until the window of the tenant rolls 550 5.7.233',
  ],
  [{ code: 'EMESSAGE', command: 'DATA', response: '354 go ahead' }, 'mail.unanswered'],
  [{ code: 'EMESSAGE', command: 'DATA', response: 'what?' }, 'mail.unanswered'],
  [{ code: 'ECONNECTION', command: 'CONN', response: '451 cut off' }, 'mail.unanswered'],
  [{ code: 'EPROTOCOL', command: 'CONN', response: '550 unexpected' }, 'mail.unanswered'],
  [{ code: 'ECONNECTION', command: 'CONN' }, 'mail.unanswered'],
  [{ code: 'ESOCKET', originalCode: 'ECONNRESET' }, 'mail.unanswered'],
  [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'mail.unanswered'],
  [{ code: 'ETIMEDOUT', command: 'CONN' }, 'mail.unanswered'],
  [{ code: 'ETLS', command: 'CONN' }, 'mail.unanswered'],
  [{ code: 'EAUTH', command: 'API' }, 'mail.unanswered'],
  [{}, 'mail.unanswered'],
])('after the mail was handed over: %o', (seen, expected) => {
  expect(told(seen, after)).toBe(expected)
})

test('a stop of our own is no failure of the server, and after the first byte it is a doubt', () => {
  expect(smtpFailure(new Error('x'), { isStopped: true, isHandedOver: false }).details).toEqual({ reason: 'stopped' })
  expect(smtpFailure(new Error('x'), { isStopped: true, isHandedOver: true }).code).toBe('mail.unanswered')
})

test('what is thrown is never taken apart blindly', () => {
  expect([null, undefined, 'text', 5].map((thrown) => smtpFailure(thrown, after).code)).toEqual(
    Array(4).fill('mail.unanswered'),
  )
})
