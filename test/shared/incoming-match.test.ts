import { describe, expect, test } from 'vitest'
import type { DeliveryReport, SentCandidate } from '#shared/domain/incoming/incoming-mail'
import { bareSubject, matchIncoming } from '#shared/domain/incoming/match-incoming'
import { incomingMail, RECEIVED_AT, SENT } from '#test/shared/incoming-mails'

const HOUR_MS = 3_600_000

/** A send that shares nothing with the others: its name stands in everything that is not told. */
function send(name: string, changes: Partial<SentCandidate> = {}): SentCandidate {
  const ids = { key: name, messageId: `<${name}@x.example>`, threadId: name, to: `${name}@elsewhere.example` }
  return { ...SENT, ...ids, subject: name, ...changes }
}

function report(changes: Partial<DeliveryReport>): DeliveryReport {
  return {
    source: 'dsn',
    failedAddress: null,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: '',
    originalMessageId: null,
    originalKey: null,
    ...changes,
  }
}

test('the unsubscribe button names the mail that it was in, whoever pressed it', () => {
  const [ours, other] = [send('k2'), send('k1')]
  const pressed = incomingMail({ from: 'stranger@forwarded.example', subject: ' Unsubscribe k1 ' })
  expect(matchIncoming(pressed, [ours, other])).toEqual({ how: 'key', candidate: other })
  expect(matchIncoming({ ...pressed, subject: 'unsubscribe k3' }, [ours, other])).toBe(null)
})

describe('the surest link wins', () => {
  const key = send('key')
  const original = send('original')
  const reference = send('reference')
  const thread = send('thread')
  const failed = send('failed', { to: 'failed@corp.example' })
  const sender = send('sender', { to: 'ann.lee@corp.example' })
  const company = send('company', { to: 'bob@corp.example', subject: 'Hello' })
  const all = [company, sender, failed, thread, reference, original, key]
  const mail = incomingMail({
    subject: 'Re: hello',
    threadId: 'thread',
    refersTo: ['<unknown@x.example>', '<reference@x.example>'],
    report: report({
      originalKey: 'key',
      originalMessageId: '<original@x.example>',
      failedAddress: 'Failed@corp.example',
    }),
  })

  test.each([
    ['key', all],
    ['original_id', all.slice(0, -1)],
    ['reference', all.slice(0, -2)],
    ['thread', all.slice(0, -3)],
    ['failed_address', all.slice(0, -4)],
  ] as const)('%s', (how, candidates) => {
    expect(matchIncoming(mail, candidates)).toEqual({ how, candidate: candidates.at(-1) })
  })

  test.each([
    ['sender', all.slice(0, 2)],
    ['company', all.slice(0, 1)],
  ] as const)('%s', (how, candidates) => {
    expect(matchIncoming({ ...mail, report: null }, candidates)).toEqual({ how, candidate: candidates.at(-1) })
  })

  test('a bounce is not linked by who it comes from', () => {
    expect(matchIncoming(mail, [sender, company])).toBeNull()
    const postmaster = send('postmaster', { to: 'postmaster@corp.example' })
    expect(matchIncoming(incomingMail({ from: 'postmaster@corp.example' }), [postmaster])).toBeNull()
  })
})

describe('of several', () => {
  const early = send('early', { to: 'ann.lee@corp.example', threadId: 't', sentAt: RECEIVED_AT - 3 * HOUR_MS })
  const late = send('late', { to: 'ann.lee@corp.example', threadId: 't', sentAt: RECEIVED_AT - HOUR_MS })

  test.each([
    ['sender', {}],
    ['thread', { threadId: 't' }],
  ])('the latest counts, by %s', (how, changes) => {
    for (const candidates of [
      [early, late],
      [late, early],
    ]) {
      expect(matchIncoming(incomingMail(changes), candidates)).toEqual({ how, candidate: late })
    }
  })

  test('the one that is answered counts, not the last one of the thread', () => {
    const refersTo = ['<early@x.example>', '<late@x.example>']
    expect(matchIncoming(incomingMail({ refersTo }), [early, late])?.candidate.key).toBe('early')
  })

  test('a mail that left after the answer came is not what it answers', () => {
    const later = send('later', { to: 'ann.lee@corp.example', sentAt: RECEIVED_AT + HOUR_MS })
    expect(matchIncoming(incomingMail(), [later, early])?.candidate.key).toBe('early')
    expect(matchIncoming(incomingMail(), [later])).toBeNull()
    const skewed = { ...later, sentAt: RECEIVED_AT + 5 * 60_000 }
    expect(matchIncoming(incomingMail(), [skewed])?.candidate.key).toBe('later')
  })
})

describe('a person', () => {
  test('is the same under every spelling of the address', () => {
    const match = matchIncoming(incomingMail({ from: 'ann.lee+work@corp.example', subject: 'Hi' }), [SENT])
    expect(match?.how).toBe('sender')
  })

  test('of the same company needs our subject, and says that it is an answer', () => {
    const from = 'bob@corp.example'
    const subject = SENT.subject
    expect(matchIncoming(incomingMail({ from, subject: `AW: ${subject}` }), [SENT])?.how).toBe('company')
    expect(matchIncoming(incomingMail({ from, subject }), [SENT])).toBeNull()
    expect(matchIncoming(incomingMail({ from, subject: 'Re: Something else' }), [SENT])).toBeNull()
    expect(matchIncoming(incomingMail({ from: 'bob@rival.example', subject: `Re: ${subject}` }), [SENT])).toBeNull()
  })

  test('of the same free mail provider is a stranger', () => {
    const candidate = { ...SENT, to: 'ann@gmail.com' }
    expect(matchIncoming(incomingMail({ from: 'bob@gmail.com' }), [candidate])).toBeNull()
  })
})

test('a mail of ours whose Message-ID or thread is unknown is linked by neither', () => {
  const blank = send('blank', { messageId: null, threadId: null })
  expect(matchIncoming(incomingMail({ report: report({}) }), [blank])).toBeNull()
  expect(matchIncoming(incomingMail({ messageId: '' }), [blank])).toBeNull()
})

test.each([
  ['Re: Hello', 'hello'],
  ['RE: AW: Fwd: Hello  there', 'hello there'],
  ['Re[2]: Hello', 'hello'],
  ['Réunion: Hello', 'réunion: hello'],
  ['Return: Hello', 'return: hello'],
  ['Re:', ''],
])('%s without its marks is %j', (subject, bare) => {
  expect(bareSubject(subject)).toBe(bare)
})

describe('a mail in doubt', () => {
  const doubted = send('doubted', { to: 'ann.lee@corp.example', isInDoubt: true, sentAt: RECEIVED_AT + HOUR_MS })

  test('is known by what names it, whenever its provider was asked', () => {
    const named = incomingMail({ refersTo: ['<doubted@x.example>'] })
    expect(matchIncoming(named, [doubted])).toEqual({ how: 'reference', candidate: doubted })
  })

  test('is not known by who a mail is from or about', () => {
    expect(matchIncoming(incomingMail({}), [doubted])).toBeNull()
    const about = incomingMail({ from: '', report: report({ failedAddress: 'ann.lee@corp.example' }) })
    expect(matchIncoming(about, [doubted])).toBeNull()
  })
})
