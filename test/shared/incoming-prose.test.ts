import { describe, expect, test } from 'vitest'
import { readProse } from '#shared/domain/incoming/prose'

const PARTS = {
  from: 'mailer-daemon@mx.corp.example',
  returnPath: '',
  subject: 'Undelivered Mail Returned to Sender',
  text: `From rep@sender.example, and if in doubt ask postmaster@mx.corp.example.
<Ann.Lee@corp.example>:
Remote host said: 550 5.1.1 no such user
<bob@corp.example>: 452 4.2.2 full
--- Below this line is a copy of the message.
Message-ID: <m1@sender.example>
X-Pacemail-Key: k7q2`,
  ownAddresses: ['rep@sender.example'],
}

test('a bounce in prose is read from its text', () => {
  expect(readProse(PARTS)).toEqual({
    source: 'prose',
    failedAddress: 'ann.lee@corp.example',
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'Remote host said: 550 5.1.1 no such user',
    originalMessageId: '<m1@sender.example>',
    originalKey: 'k7q2',
  })
})

test('it need not say more than who did not get it', () => {
  expect(readProse({ ...PARTS, text: 'Sorry: ann@corp.example' })).toMatchObject({
    failedAddress: 'ann@corp.example',
    status: null,
    diagnosticCode: '',
    originalMessageId: null,
    originalKey: null,
  })
})

describe('it comes from a server', () => {
  test.each(['', 'postmaster@corp.example', 'microsoftexchange329e71ec88ae@corp.example'])('as from "%s"', (from) => {
    expect(readProse({ ...PARTS, from })).not.toBeNull()
  })

  test('or with an empty return path, whoever it says it is from', () => {
    const from = 'robot@corp.example'
    expect(readProse({ ...PARTS, from, returnPath: '<>' })).not.toBeNull()
    expect(readProse({ ...PARTS, from, returnPath: '<robot@corp.example>' })).toBeNull()
  })

  test('and an automatic answer, whose return path is empty as well, has no code of a server', () => {
    const text = 'I am away. Call 450 123 or write to bob@corp.example.'
    const subject = 'Automatic reply: Failed deliveries'
    expect(readProse({ ...PARTS, from: 'ann@corp.example', returnPath: '<>', subject, text })).toBeNull()
  })
})

test.each([
  ['its subject says nothing of a failure', { subject: 'Quarantine of the week' }],
  ['it is a delay', { subject: 'Warning: delivery failure, delayed' }],
  ['it names only the rep and servers', { text: 'rep+x@sender.example postmaster@corp.example a@b' }],
])('it is none when %s', (_, changes) => {
  expect(readProse({ ...PARTS, ...changes })).toBeNull()
})

test('a megabyte of halves of it ends', () => {
  for (const unit of ['550 ', '5', '@', 'a@b.example ', 'message-id: <', '\n', 'x-pacemail-key: ']) {
    expect(() => readProse({ ...PARTS, text: unit.repeat(1_000_000 / unit.length) })).not.toThrow()
  }
})
