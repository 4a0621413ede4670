import { troubleOf } from '#electron/engine/mailboxes/mailbox-trouble'
import { AppError, type ErrorCode, type ErrorDetails } from '#shared/errors'
import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'

const heard = (code: ErrorCode, details: ErrorDetails = {}) => troubleOf(new AppError(code, 'heard', { details }))

test.each([
  ['mail.signed_out', {}, { type: 'needs', need: 'sign_in' }],
  ['mail.unreachable', { reason: 'no_name' }, { type: 'unreachable', restMs: null, reason: 'offline' }],
  ['mail.unreachable', { reason: 'no_connection' }, { type: 'unreachable', restMs: null, reason: 'offline' }],
  ['mail.unreachable', { reason: 'timeout' }, { type: 'unreachable', restMs: null, reason: 'silent' }],
  ['mail.unreachable', { reason: 'untrusted' }, { type: 'unreachable', restMs: null, reason: 'untrusted' }],
  ['mail.unanswered', {}, { type: 'unreachable', restMs: null, reason: 'silent' }],
  ['sign_in.client_missing', {}, { type: 'needs', need: 'configuration' }],
  ['secrets.unavailable', {}, { type: 'needs', need: 'secrets' }],
  ['internal', {}, { type: 'unreachable', restMs: null, reason: 'mistake' }],
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
  expect(troubleOf(new Error('a bug'))).toEqual({ type: 'unreachable', restMs: null, reason: 'mistake' })
})

test('a mailbox keeps why it rests, also after it failed once more, until it is at work again', async () => {
  await using app = await startTestEngine()
  const { id } = await app.api.mailboxes.addPractice({})
  const { mailboxes } = app.engine.rooms
  const reason = async () => (await app.api.mailboxes.get({ mailboxId: id })).restReason
  const fail = (code: ErrorCode, details: ErrorDetails) => mailboxes.troubled(id, heard(code, details)!)

  fail('mail.unreachable', { reason: 'no_name' })
  expect(await reason()).toBe('offline')
  fail('mail.refused', { scope: 'mailbox', isFinal: false, restMs: 1_000 })
  expect(await reason()).toBe('asked')
  fail('mail.refused', { scope: 'mailbox', isFinal: false, isDayLimit: true })
  expect(await reason()).toBe('day_limit')
  mailboxes.worked(id)
  expect(await reason()).toBe(null)
  fail('mail.unreachable', { reason: 'timeout' })
  fail('secrets.unavailable', {})
  expect(await app.api.mailboxes.get({ mailboxId: id })).toMatchObject({
    status: 'needs_sign_in',
    need: 'secrets',
    restReason: null,
  })
})
