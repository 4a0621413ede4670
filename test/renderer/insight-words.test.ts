import { expect, test } from 'vitest'
import { rateOf } from '#shared/domain/rates'
import { formatLocalDate, weekdayName } from '../../renderer/ui/format.ts'
import { countText, hourText, percent, rateText, stepName } from '../../renderer/features/insights/insight-words.ts'

test('a rate comes with its range, and not at all where there is too little mail', () => {
  expect(rateText(rateOf(64, 689))).toBe('9.3% (7.3–12%)')
  expect(rateText(rateOf(2, 5))).toBe('Not enough data yet')
  expect(rateText(rateOf(0, 0))).toBe('Nothing sent')
  expect(countText(rateOf(2, 5))).toBe('2 of 5')
})

test('small percentages keep a digit, large ones do not', () => {
  expect([0, 0.004, 0.05, 0.1234, 1].map(percent)).toEqual(['0%', '0.4%', '5%', '12%', '100%'])
})

test('days, hours and steps have names', () => {
  expect([1, 7].map(weekdayName)).toEqual(['Monday', 'Sunday'])
  expect(formatLocalDate('2026-03-02')).toContain('2')
  expect([0, 23].map(hourText)).toEqual(['00:00–01:00', '23:00–00:00'])
  expect([0, 2].map(stepName)).toEqual(['First mail', 'Follow-up 2'])
})
