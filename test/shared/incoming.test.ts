import { describe, expect, test } from 'vitest'
import { judgeIncoming } from '#shared/domain/incoming/judge-incoming'
import type { IncomingVerdict, MatchHow } from '#shared/domain/incoming/incoming-mail'
import { matchIncoming } from '#shared/domain/incoming/match-incoming'
import { incomingContext, incomingMail, parseFixture, SENT } from '#test/shared/incoming-mails'

const berlin = (day: string): number => Date.parse(`${day}T00:00+01:00`)

const recipient = {
  kind: 'bounced',
  failedAddress: 'ann.lee@corp.example',
  concerns: 'recipient',
  accountProblem: null,
}
const account = { kind: 'bounced', failedAddress: 'ann.lee@corp.example', concerns: 'our_account', severity: 'blocked' }
const auto = { kind: 'auto_replied', hasLeft: false, returnsAt: null }

test.each<[fixture: string, how: MatchHow | null, verdict: object]>([
  ['gmail-ndr', 'key', { ...recipient, severity: 'hard', status: '5.1.1', evidence: { rule: 'dsn' } }],
  ['exchange-ndr', 'key', { ...recipient, severity: 'hard', status: '5.1.10', evidence: { rule: 'dsn' } }],
  ['postfix-ndr', 'key', { ...recipient, severity: 'hard', status: '5.0.0', evidence: { rule: 'dsn' } }],
  ['qmail-bounce', 'key', { ...recipient, severity: 'hard', status: '5.1.1', evidence: { rule: 'bounce_text' } }],
  ['mailbox-full', 'key', { ...recipient, severity: 'soft', status: '5.2.2' }],
  ['gmail-policy-block', 'key', { ...recipient, severity: 'blocked', status: '5.7.1' }],
  ['gmail-limit', 'key', { ...account, accountProblem: 'day_limit' }],
  ['forwarded-ndr', 'key', { ...recipient, severity: 'soft', status: '5.1.1' }],
  ['postfix-delayed', 'key', { kind: 'other', evidence: { rule: 'dsn_not_failed', status: '4.4.1' } }],
  ['forged-ndr', null, { kind: 'other', evidence: { rule: 'dsn_untrusted' } }],
  [
    'outlook-oof',
    'reference',
    { ...auto, returnsAt: berlin('2026-12-07'), evidence: { rule: 'auto_header', header: 'auto-submitted' } },
  ],
  ['gmail-vacation', 'reference', { ...auto, returnsAt: berlin('2026-12-06') }],
  ['german-oof', 'reference', { ...auto, returnsAt: berlin('2026-12-05') }],
  [
    'french-oof',
    'sender',
    { ...auto, returnsAt: berlin('2026-12-09'), evidence: { rule: 'auto_subject', language: 'fr' } },
  ],
  ['has-left', 'reference', { ...auto, hasLeft: true }],
  ['ticket-ack', 'reference', { ...auto, evidence: { header: 'precedence', value: 'bulk' } }],
  ['read-receipt', 'reference', { ...auto, evidence: { rule: 'read_receipt' } }],
  ['human-reply', 'reference', { kind: 'replied', maybeOptOut: false }],
  ['bottom-reply', 'reference', { kind: 'replied', maybeOptOut: false }],
  ['outlook-reply', 'reference', { kind: 'replied', maybeOptOut: false }],
  ['html-only-reply', 'reference', { kind: 'replied', maybeOptOut: false }],
  ['alias-reply', 'company', { kind: 'replied', maybeOptOut: false }],
  ['colleague-reply', 'reference', { kind: 'replied', maybeOptOut: false }],
  // A refusal is an answer: it ends the campaign for this person, and is no request to be left alone for good.
  ['polite-refusal', 'reference', { kind: 'replied', maybeOptOut: false }],
  ['long-opt-out', 'reference', { kind: 'replied', maybeOptOut: true }],
  ['stop', 'reference', { kind: 'opted_out', isSure: true, evidence: { language: 'en' } }],
  ['remove-me', 'reference', { kind: 'opted_out', isSure: true }],
  ['german-opt-out', 'reference', { kind: 'opted_out', isSure: true, evidence: { language: 'de' } }],
  ['unsubscribe-mail', 'sender', { kind: 'opted_out', isSure: true, evidence: { rule: 'unsubscribe_mail' } }],
  ['newsletter', null, { kind: 'other', evidence: { rule: 'unrelated' } }],
  ['own-mail', 'reference', { kind: 'other', evidence: { rule: 'self' } }],
])('%s.eml, matched by %s, is judged as it should be', async (fixture, how, verdict) => {
  const mail = await parseFixture(fixture)
  const match = matchIncoming(mail, [SENT])
  expect(match?.how ?? null).toBe(how)
  expect(judgeIncoming(mail, incomingContext(match))).toMatchObject(verdict)
})

describe('the order of the rules', () => {
  const oof = { headers: { 'auto-submitted': 'auto-replied' }, newText: 'unsubscribe' } as const

  test('what the rep writes never counts, not even as a bounce of their own', () => {
    const mail = incomingMail({ isFromSelf: true, ...oof, report: failedReport() })
    expect(judge(mail).evidence.rule).toBe('self')
  })

  test('a bounce goes before the automatic answer that it is, too', () => {
    expect(judge(incomingMail({ ...oof, report: failedReport() })).kind).toBe('bounced')
  })

  test('an automatic answer goes before the opt-out words in it', () => {
    expect(judge(incomingMail(oof)).kind).toBe('auto_replied')
  })

  test('a pressed unsubscribe button goes before the automatic mark on the mail it wrote', () => {
    expect(judge(incomingMail({ ...oof, subject: 'Unsubscribe' })).kind).toBe('opted_out')
  })

  test('an opt-out goes before the reply that it is, too', () => {
    expect(judge(incomingMail({ newText: 'Please unsubscribe me.' })).kind).toBe('opted_out')
  })
})

describe('mail that no send of ours explains', () => {
  test('is nothing of ours, whatever it says', () => {
    const mail = incomingMail({ newText: 'stop', headers: { 'auto-submitted': 'auto-replied' } })
    expect(judge(mail, null)).toMatchObject({ kind: 'other', evidence: { rule: 'unrelated' } })
  })

  test('is an opt-out that the rep should look at when the subject is ours', () => {
    expect(judge(incomingMail({ subject: 'unsubscribe' }), null)).toMatchObject({ kind: 'opted_out', isSure: false })
  })
})

describe('a mailing list', () => {
  const list = { headers: { 'list-id': 'Corp News <news.corp.example>' } } as const

  test('of somebody we wrote to is nothing of ours', () => {
    expect(judge(incomingMail(list), 'sender')).toMatchObject({ kind: 'other', evidence: { rule: 'mailing_list' } })
    const unsubscribable = incomingMail({ headers: { 'list-unsubscribe': '<https://corp.example/u>' } })
    expect(judge(unsubscribable, 'sender').kind).toBe('other')
  })

  test('through which somebody answers our mail is a reply', () => {
    expect(judge(incomingMail(list), 'reference').kind).toBe('replied')
  })
})

describe('an opt-out', () => {
  test('by a colleague is for the rep to look at', () => {
    expect(judge(incomingMail({ newText: 'Stop' }), 'company')).toMatchObject({ kind: 'opted_out', isSure: false })
    const pressed = incomingMail({ subject: 'unsubscribe' })
    expect(judge(pressed, 'company')).toMatchObject({ kind: 'opted_out', isSure: false })
  })

  test('may stand in the subject of an empty mail', () => {
    expect(judge(incomingMail({ subject: 'Re: please remove me', newText: '' })).kind).toBe('opted_out')
  })

  test('does not stand in the subject that is ours', () => {
    const candidate = { ...SENT, subject: 'Stop' }
    const mail = incomingMail({ subject: 'Re: Stop', newText: '' })
    expect(judgeIncoming(mail, incomingContext({ candidate, how: 'reference' })).kind).toBe('replied')
  })
})

test('the evidence holds codes and facts, and no word of what was written', () => {
  const secret = 'confidential'
  const mails = [
    incomingMail({ newText: secret, text: secret, subject: secret }),
    incomingMail({ newText: `stop ${secret} remove me`, subject: secret }),
    incomingMail({ headers: { 'auto-submitted': `auto-replied (${secret})` }, newText: secret }),
    incomingMail({ headers: { 'x-autoreply': secret }, newText: secret }),
    incomingMail({ report: { ...failedReport(), diagnosticCode: secret }, text: secret }),
  ]
  expect(mails.map((mail) => JSON.stringify(judge(mail).evidence)).join()).not.toContain(secret)
})

function failedReport() {
  return {
    source: 'dsn' as const,
    failedAddress: 'ann.lee@corp.example',
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: '',
    originalMessageId: null,
    originalKey: null,
  }
}

function judge(mail: ReturnType<typeof incomingMail>, how: MatchHow | null = 'reference'): IncomingVerdict {
  return judgeIncoming(mail, incomingContext(how === null ? null : { candidate: SENT, how }))
}
