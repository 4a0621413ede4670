import { expect, test } from 'vitest'
import { healthOf, occurrencesBelow, SLOW_BELOW } from '#shared/domain/health'
import { LEAST_HEALTH } from '#shared/domain/gates'
import { daysText, healthText, recentText } from '../../renderer/features/mailboxes/lately-text.ts'

const day = (date: string, sent: number, limit = 40) => ({ date, sent, limit })

test('what was sent a day is also said in words, with the limit', () => {
  expect(daysText([day('2026-03-04', 3), day('2026-03-05', 20)])).toMatch(
    /^23 mails in 2 days, most on Thu\b.*: 20\. The limit is 40 a day\.$/,
  )
  expect(daysText([day('2026-03-04', 0, 10), day('2026-03-05', 0, 12)])).toBe(
    'Nothing sent in 2 days. The limit went from 10 to 12 a day.',
  )
})

test('what came back is said with the numbers at which the mailbox slows down and stops', () => {
  expect(recentText({ mails: 50, replied: 6, bounced: 1 })).toBe(
    'Of the last 50 mails 6 were answered, and 1 address does not exist. 3 addresses that do not exist make it slow, 5 stop it.',
  )
  expect(recentText({ mails: 0, replied: 0, bounced: 0 })).toContain('Nothing was sent')
  expect(healthText(85)).toBe('Health 85 of 100. Below 60 it sends slowly, below 30 not at all.')
})

test.each(['hard_bounce', 'blocked', 'opted_out', 'soft_bounce'] as const)(
  'those numbers are the rule’s own: %s',
  (outcome) => {
    for (const score of [SLOW_BELOW, LEAST_HEALTH]) {
      const count = occurrencesBelow(outcome, score)
      expect(healthOf(Array.from({ length: count }, () => outcome)).score).toBeLessThan(score)
      expect(healthOf(Array.from({ length: count - 1 }, () => outcome)).score).toBeGreaterThanOrEqual(score)
    }
  },
)
