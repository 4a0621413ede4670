import { describe, expect, test } from 'vitest'
import { judgeBounce } from '#shared/domain/incoming/bounce'
import type {
  AccountProblem,
  BounceSeverity,
  DeliveryReport,
  IncomingMail,
  MatchHow,
} from '#shared/domain/incoming/incoming-mail'
import { incomingContext, incomingMail, SENT } from '#test/shared/incoming-mails'

function report(changes: Partial<DeliveryReport> = {}): DeliveryReport {
  return {
    source: 'dsn',
    failedAddress: 'ann.lee@corp.example',
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: '',
    originalMessageId: null,
    originalKey: null,
    ...changes,
  }
}

function judge(changes: Partial<IncomingMail>, how: MatchHow | null = null) {
  return judgeBounce(incomingMail(changes), incomingContext(how === null ? null : { candidate: SENT, how }))
}

describe('a status says how bad it is', () => {
  test.each<[status: string | null, answer: string, severity: BounceSeverity]>([
    ['5.1.1', '', 'hard'],
    ['5.1.0', '', 'hard'],
    ['5.1.2', '', 'hard'],
    ['5.1.6', '', 'hard'],
    ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'hard'],
    ['5.2.1', '550 5.2.1 The email account that you tried to reach is disabled', 'hard'],
    ['5.4.4', 'Host or domain name not found', 'hard'],
    ['5.4.310', 'DNS domain does not exist', 'hard'],
    ['5.4.1', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'hard'],
    ['5.4.1', 'no answer from host', 'soft'],
    ['5.1.7', '550 5.1.7 sender address syntax', 'blocked'],
    ['5.1.8', '550 5.1.8 Sender address rejected: Domain not found', 'blocked'],
    ['5.2.2', '552 5.2.2 Mailbox full', 'soft'],
    ['5.2.3', 'message too large', 'soft'],
    ['5.3.4', '', 'soft'],
    ['5.4.6', 'loop: user unknown', 'soft'],
    ['4.4.1', 'user unknown', 'soft'],
    ['4.2.2', '', 'soft'],
    ['4.7.0', 'blocked', 'soft'],
    ['5.7.1', '550 5.7.1 recipient address rejected: user unknown', 'blocked'],
    ['5.7.0', '', 'blocked'],
    ['5.7.606', 'Access denied, banned sending IP', 'blocked'],
    ['5.0.0', 'smtp; 550 No such user here', 'hard'],
    ['5.0.0', 'smtp; 550 Mailbox unknown or not accepting mail', 'hard'],
    ['5.0.0', 'smtp; 550 account ann does not exist', 'hard'],
    ['5.0.0', 'smtp; 554 Message refused as spam, no such user', 'blocked'],
    ['5.0.0', 'smtp; 554 listed on a blocklist', 'blocked'],
    ['5.0.0', 'smtp; 554 transaction failed', 'soft'],
    ['5.0.0', 'smtp; 550 5.7.1 refused', 'blocked'],
    ['5.0.0', 'smtp; 550-5.1.1 gone', 'hard'],
    [null, 'smtp; 550 5.1.1 gone', 'hard'],
    [null, 'smtp; 550 user unknown', 'hard'],
    [null, '', 'soft'],
  ])('%s %s is %s', (status, diagnosticCode, severity) => {
    const verdict = judge({ report: report({ status, diagnosticCode }) })
    expect(verdict).toMatchObject({ kind: 'bounced', severity, concerns: 'recipient', accountProblem: null })
  })
})

describe('some bounces concern the account of the rep', () => {
  test.each<[status: string, answer: string, problem: AccountProblem]>([
    ['5.4.5', 'smtp; 550 5.4.5 Daily user sending quota exceeded', 'day_limit'],
    ['5.4.5', 'smtp; 550 5.4.5 limit', 'day_limit'],
    ['5.0.0', 'You have reached a limit for sending mail.', 'day_limit'],
    ['5.7.233', '', 'tenant_limit'],
    ['5.1.90', '', 'day_limit'],
    ['5.1.8', 'smtp; 550 5.1.8 Access denied, bad outbound sender AS(42004)', 'restricted'],
    ['5.7.705', '', 'restricted'],
    ['5.7.708', '', 'restricted'],
    ['5.7.515', '', 'authentication'],
    ['5.7.26', '', 'authentication'],
    ['5.7.509', '', 'authentication'],
    ['5.0.0', 'smtp; 550-5.7.26 unauthenticated', 'authentication'],
  ])('%s %s', (status, diagnosticCode, accountProblem) => {
    const verdict = judge({ report: report({ status, diagnosticCode }) })
    expect(verdict).toMatchObject({ concerns: 'our_account', accountProblem, severity: 'blocked' })
  })

  test('a general network error that shares a code with the day limit does not', () => {
    expect(judge({ report: report({ status: '5.4.5', diagnosticCode: 'congestion' }) })).toMatchObject({
      concerns: 'recipient',
      severity: 'soft',
    })
  })

  test('the limit may be told in the text only', () => {
    const text = '** Message not delivered **\n\nYou have reached a limit for sending mail. Your message was not sent.'
    expect(judge({ report: report({ status: '5.0.0' }), text })).toMatchObject({ accountProblem: 'day_limit' })
  })
})

describe('a report is believed', () => {
  test('about an address we mailed lately, however it is written', () => {
    const verdict = judge({ report: report({ failedAddress: 'ANN.LEE+x@corp.example' }) })
    expect(verdict).toMatchObject({ kind: 'bounced' })
  })

  test('without an address, when our own mail came back with it', () => {
    for (const how of ['key', 'original_id'] as const) {
      const verdict = judge({ report: report({ failedAddress: null }) }, how)
      expect(verdict).toMatchObject({ kind: 'bounced', severity: 'hard', failedAddress: 'ann.lee@corp.example' })
    }
  })

  test('never as hard about another address, to which our recipient passes mail on', () => {
    const verdict = judge({ report: report({ failedAddress: 'ann@home.example' }) }, 'key')
    expect(verdict).toMatchObject({ severity: 'soft', failedAddress: 'ann.lee@corp.example' })
  })

  test.each<[string | null, MatchHow | null]>([
    ['boss@rival.example', null],
    ['boss@rival.example', 'thread'],
    ['boss@rival.example', 'reference'],
    [null, null],
    [null, 'thread'],
  ])('not about %s, matched by %s', (failedAddress, how) => {
    expect(judge({ report: report({ failedAddress }) }, how)).toMatchObject({
      kind: 'other',
      evidence: { rule: 'dsn_untrusted' },
    })
  })

  test('not when it comes back with a mail of long ago', () => {
    const context = {
      match: { candidate: { ...SENT, to: 'old@corp.example' }, how: 'key' as const },
      wasMailedLately: () => false,
    }
    expect(judgeBounce(incomingMail({ report: report({ failedAddress: null }) }), context)?.kind).toBe('other')
  })
})

describe('only a failure is a bounce', () => {
  test.each(['delayed', 'delivered', 'relayed', 'expanded', 'nonsense'])('%s is none', (action) => {
    expect(judge({ report: report({ action }) })).toMatchObject({
      kind: 'other',
      evidence: { rule: 'dsn_not_failed', status: '5.1.1' },
    })
  })

  test('a report without an action is read from its status', () => {
    expect(judge({ report: report({ action: '' }) })?.kind).toBe('bounced')
    expect(judge({ report: report({ action: '', status: '4.4.1' }) })?.kind).toBe('other')
    expect(judge({ report: report({ action: '', status: null }) })?.kind).toBe('other')
  })
})

test.each([
  ['dsn', 'dsn'],
  ['header', 'failed_recipients'],
  ['prose', 'bounce_text'],
] as const)('a report by %s is evidence as %s', (source, rule) => {
  expect(judge({ report: report({ source }) }, 'thread')?.evidence).toEqual({ rule, how: 'thread', status: '5.1.1' })
})

test('words about somebody we never mailed are left to the other rules', () => {
  expect(judge({ report: report({ source: 'prose', failedAddress: 'boss@rival.example' }) })).toBeNull()
})

test('a mail without a report is no bounce', () => {
  expect(judge({ from: 'mailer-daemon@corp.example' })).toBeNull()
})
