import { troubleOf } from '#electron/engine/mailbox-trouble'
import { AppError, type ErrorCode, type ErrorDetails } from '#shared/errors'
import { expect, test } from 'vitest'

const heard = (code: ErrorCode, details: ErrorDetails = {}) => troubleOf(new AppError(code, 'heard', { details }))

test.each([
  ['mail.signed_out', {}, { type: 'needs', need: 'sign_in' }],
  ['mail.unreachable', { reason: 'no_name' }, { type: 'unreachable', restMs: null }],
  ['mail.refused', { scope: 'mailbox', isFinal: false, restMs: 90_000 }, { type: 'unreachable', restMs: 90_000 }],
  ['mail.refused', { scope: 'mailbox', isFinal: false, restMs: null, isDayLimit: true }, { type: 'day_limit' }],
  [
    'mail.refused',
    { scope: 'mailbox', isFinal: false, isDayLimit: true, limitOf: 'tenant' },
    { type: 'day_limit', of: 'tenant' },
  ],
  [
    'mail.refused',
    { scope: 'mailbox', isFinal: false, isDayLimit: true, limitOf: 'app' },
    { type: 'day_limit', of: 'app' },
  ],
  ['mail.refused', { scope: 'mailbox', isFinal: false, isDayLimit: true, limitOf: 'mailbox' }, { type: 'day_limit' }],
  ['mail.refused', { scope: 'mailbox', isFinal: true, need: 'admin' }, { type: 'needs', need: 'admin' }],
  ['mail.refused', { scope: 'mailbox', isFinal: true }, { type: 'needs', need: 'account_blocked' }],
  ['mail.refused', { scope: 'message', isFinal: true }, null],
  ['mail.invalid', { field: 'to' }, null],
  ['disk.full', {}, null],
  ['db.locked', {}, null],
] as const)('%s with %j', (code, details, trouble) => {
  expect(heard(code, details)).toEqual(trouble)
})

test('a bug counts as a mailbox that could not be reached: it rests, and nothing is lost', () => {
  expect(troubleOf(new Error('a bug'))).toEqual({ type: 'unreachable', restMs: null })
})
