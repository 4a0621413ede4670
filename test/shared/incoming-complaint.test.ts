/** Complaints: "this is spam", reported by the person's provider (ARF, RFC 5965). */
import { describe, expect, test } from 'vitest'
import { isComplaintSender, readFeedback } from '#shared/domain/incoming/complaint'
import type { DeliveryReport } from '#shared/domain/incoming/incoming-mail'
import { judgeIncoming } from '#shared/domain/incoming/judge-incoming'
import { matchIncoming } from '#shared/domain/incoming/match-incoming'
import { incomingContext, incomingMail, parseFixture, SENT } from './incoming-mails.ts'

const REPORT: DeliveryReport = {
  source: 'feedback',
  failedAddress: null,
  action: 'abuse',
  status: null,
  diagnosticCode: '',
  originalMessageId: null,
  originalKey: null,
}
const complaint = (report: Partial<DeliveryReport> = {}) =>
  incomingMail({ from: 'abusedesk@provider.example', report: { ...REPORT, ...report } })

test('a report about our mail is a sure opt-out by the rule of complaints', async () => {
  const mail = await parseFixture('complaint')
  const match = matchIncoming(mail, [SENT])
  expect(match?.how).toBe('key')
  expect(judgeIncoming(mail, incomingContext(match))).toEqual({
    kind: 'opted_out',
    isSure: true,
    evidence: { rule: 'complaint', how: 'key' },
  })
})

test('its parts are read: what it is about, whose, and which mail', async () => {
  expect((await parseFixture('complaint')).report).toEqual({
    ...REPORT,
    failedAddress: 'ann.lee@corp.example',
    originalMessageId: SENT.messageId,
    originalKey: SENT.key,
  })
  expect(readFeedback({ feedback: 'User-Agent: x\n', original: null })).toBeNull()
  expect(readFeedback({ feedback: null, original: 'Message-ID: <a@b>\n' })).toBeNull()
})

describe('what is believed', () => {
  test.each(['key', 'original_id'] as const)('the very mail of ours that came back with it (%s)', (how) => {
    expect(judgeIncoming(complaint(), incomingContext({ candidate: SENT, how }))).toMatchObject({ kind: 'opted_out' })
  })

  test('a recipient whom we mailed lately', () => {
    const context = incomingContext({ candidate: SENT, how: 'failed_address' })
    expect(judgeIncoming(complaint({ failedAddress: 'ann.lee@corp.example' }), context)).toMatchObject({
      kind: 'opted_out',
    })
    expect(judgeIncoming(complaint({ failedAddress: 'bob@corp.example' }), context)).toMatchObject({
      kind: 'other',
      evidence: { rule: 'complaint_untrusted' },
    })
  })

  test.each(['reference', 'thread', 'sender', 'company'] as const)(
    'not a report that only looks related (%s): anybody could write one',
    (how) => {
      expect(judgeIncoming(complaint(), incomingContext({ candidate: SENT, how }))).toMatchObject({
        kind: 'other',
        evidence: { rule: 'complaint_untrusted' },
      })
    },
  )
})

test.each([
  ['abuse', 'opted_out'],
  ['fraud', 'opted_out'],
  ['opt-out', 'opted_out'],
  ['opt-out-list', 'opted_out'],
  ['not-spam', 'other'],
  ['auth-failure', 'other'],
  ['virus', 'other'],
  ['other', 'other'],
])('feedback of the type %s is judged as %s', (action, kind) => {
  const context = incomingContext({ candidate: SENT, how: 'key' })
  expect(judgeIncoming(complaint({ action }), context).kind).toBe(kind)
})

test.each([
  ['staff@hotmail.com', true],
  ['feedback@arf.mail.yahoo.com', true],
  ['scomp@aol.net', true],
  ['feedbackloop@comcastfbl.senderscore.net', true],
  ['abuse-report@provider.example', true],
  ['staff@corp.example', false],
  ['ann@fblogistics.example', false],
  ['abusement@corp.example', false],
])('%s sends complaints: %s', (from, isOne) => {
  expect(isComplaintSender(from)).toBe(isOne)
})
