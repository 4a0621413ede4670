import { expect, test } from 'vitest'
import { domainProvider } from '#shared/domain/domain-providers'
import { CheckReason, judgeReadiness, type Check, type ReadinessFacts } from '#shared/domain/readiness'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { checkText, readinessSummary } from '../../renderer/ui/readiness-words.ts'
import { draftOf, isThrottled, paceOf, withThrottle } from '../../renderer/features/mailboxes/policy-draft.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const MAILBOX: ReadinessFacts['mailbox'] = {
  kind: 'smtp',
  company: '',
  postalAddress: '',
  optOut: '',
  policy: DEFAULT_POLICY,
  health: 100,
  mayRead: false,
}
const FINDING = { state: 'failed', reason: 'missing', evidence: '_dmarc.corp.example' } as const
const FACTS: ReadinessFacts = {
  mailbox: MAILBOX,
  zone: 'UTC',
  pause: null,
  isFreeMail: false,
  domain: { domain: 'corp.example', provider: '', checkedAt: NOW, spf: FINDING, dkim: FINDING, dmarc: FINDING },
  testMail: null,
}

/** Every check with everything that may be said of it. */
const OUTCOMES: Readonly<Record<Check['code'], readonly Check['reason'][]>> = {
  sender: ['fine', 'no_address', 'no_opt_out'],
  limits: ['fine'],
  gap: ['fine', 'fixed'],
  hours: ['fine', 'round_the_clock'],
  cool_down: ['fine', 'off'],
  health: ['fine', 'low'],
  reading: ['fine', 'not_allowed'],
  pause: ['fine', 'leaked', 'not_tried'],
  spf: ['free_mail', 'not_checked', 'unreachable', 'found', 'missing', 'several', 'open_to_all', 'not_named'],
  dkim: ['free_mail', 'not_checked', 'unreachable', 'found', 'missing', 'not_found', 'revoked'],
  dmarc: ['free_mail', 'not_checked', 'unreachable', 'found', 'missing', 'several', 'broken'],
  test_mail: ['not_sent', 'on_its_way', 'accepted', 'received', 'spam', 'not_seen', 'refused', 'uncertain'],
}

test('there is a sentence for everything that may be said of a check', () => {
  const silent = Object.entries(OUTCOMES).flatMap(([code, reasons]) =>
    reasons.filter((reason) => checkText({ code: code as Check['code'], state: 'ok', reason, facts: {} }, NOW) === ''),
  )
  expect(silent).toEqual([])
  expect(new Set(Object.values(OUTCOMES).flat())).toEqual(new Set(CheckReason.options))
})

test('a sentence says what was found', () => {
  const dmarc = judgeReadiness(FACTS).find(({ code }) => code === 'dmarc')
  expect(dmarc && checkText(dmarc, NOW)).toContain('_dmarc.corp.example')
  expect(domainProvider('smtp', null).name).toBe('')
})

test('the summary counts what failed and what is not known', () => {
  expect(readinessSummary([{ state: 'ok' }, { state: 'failed' }, { state: 'unknown' }])).toBe(
    '1 of 3 checks are fine, 1 failed, 1 not known yet',
  )
  expect(readinessSummary([{ state: 'ok' }])).toBe('1 of 1 checks are fine')
})

test('the throttle switches the pause and leaves the limits', () => {
  const draft = draftOf({ ...DEFAULT_POLICY, hourlyCap: 7 })
  expect(isThrottled(draft)).toBe(true)
  const off = withThrottle(draft, false)
  expect(isThrottled(off)).toBe(false)
  expect(off).toMatchObject({ gapUnit: 'seconds', gapMin: 4, gapMax: 4, hourlyCap: 7, dailyCap: draft.dailyCap })
  expect(paceOf(withThrottle(off, true))).toBeNull()
  expect(isThrottled(withThrottle(off, true))).toBe(true)
})
