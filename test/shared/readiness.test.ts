import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { judgeReadiness, type ReadinessFacts, type TestMailFacts } from '#shared/domain/readiness'

const FINE: ReadinessFacts = {
  mailbox: {
    kind: 'gmail',
    company: 'Corp',
    postalAddress: '1 Main Street',
    optOut: 'Reply “stop”.',
    policy: DEFAULT_POLICY,
    health: 100,
    mayRead: true,
  },
  zone: 'UTC',
  pause: { pausedAt: 1, resumedAt: 2, sent: 0 },
  isFreeMail: true,
  domain: null,
  testMail: { status: 'accepted', askedAt: 10, place: 'inbox', receivedAt: 12, hasGivenUp: true },
}

function stateOf(facts: ReadinessFacts, code: string): string {
  const { state, reason } = judgeReadiness(facts).find((check) => check.code === code) ?? {}
  return `${state}: ${reason}`
}

test('a mailbox in order passes every check', () => {
  expect(judgeReadiness(FINE).filter(({ state }) => state !== 'ok')).toEqual([])
})

const ROUND_THE_CLOCK = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }])

test.each<[string, Partial<ReadinessFacts['mailbox']>, string]>([
  ['sender', { postalAddress: ' ' }, 'failed: no_address'],
  ['sender', { optOut: '' }, 'failed: no_opt_out'],
  ['gap', { policy: { ...DEFAULT_POLICY, gapMs: { min: 4_000, max: 4_000 } } }, 'failed: fixed'],
  ['hours', { policy: { ...DEFAULT_POLICY, hours: ROUND_THE_CLOCK } }, 'failed: round_the_clock'],
  ['cool_down', { policy: { ...DEFAULT_POLICY, coolDownDays: 0 } }, 'failed: off'],
  ['health', { health: 59 }, 'failed: low'],
  ['health', { health: 60 }, 'ok: fine'],
  ['reading', { mayRead: false }, 'failed: not_allowed'],
])('%s with %j', (code, change, expected) => {
  expect(stateOf({ ...FINE, mailbox: { ...FINE.mailbox, ...change } }, code)).toBe(expected)
})

test('a pause in which mail left is a failure', () => {
  expect(stateOf({ ...FINE, pause: { pausedAt: 1, resumedAt: 2, sent: 1 } }, 'pause')).toBe('failed: leaked')
})

test.each<[string, Partial<TestMailFacts>, boolean, string]>([
  ['found', {}, true, 'ok: received'],
  ['found among spam', { place: 'spam' }, true, 'failed: spam'],
  ['not found yet', { place: null, hasGivenUp: false }, true, 'unknown: on_its_way'],
  ['never found', { place: null }, true, 'failed: not_seen'],
  ['taken, in a mailbox that may not be read', { place: null }, false, 'unknown: accepted'],
  ['refused', { place: null, status: 'failed' }, true, 'failed: refused'],
  ['without an answer', { place: null, status: 'uncertain' }, true, 'unknown: uncertain'],
])('a test mail that was %s', (_what, change, mayRead, expected) => {
  const testMail = { ...FINE.testMail, ...change } as TestMailFacts
  expect(stateOf({ ...FINE, mailbox: { ...FINE.mailbox, mayRead }, testMail }, 'test_mail')).toBe(expected)
})

test('a practice mailbox has no domain to check', () => {
  const codes = judgeReadiness({ ...FINE, mailbox: { ...FINE.mailbox, kind: 'practice' } }).map(({ code }) => code)
  expect(codes).not.toContain('spf')
  expect(codes).toContain('test_mail')
})
