import { describe, expect, test } from 'vitest'
import { clearBest, LEAST_SENT, rateOf, WIDEST } from '#shared/domain/rates'

test.each([
  // Values as statistics books print them.
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [1, 10, 0.0179, 0.4042],
  [0, 30, 0, 0.1135],
  [5, 50, 0.0435, 0.2136],
  [10, 100, 0.0552, 0.1744],
  [50, 100, 0.4038, 0.5962],
])('%i of %i lie between the bounds of Wilson', (hits, sent, low, high) => {
  const rate = rateOf(hits, sent)
  expect(rate.low).toBeCloseTo(low, 4)
  expect(rate.high).toBeCloseTo(high, 4)
})

test('the bounds stay between nothing and everything', () => {
  const mails = Array.from({ length: 200 }, (_, index) => index + 1)
  expect(Math.min(...mails.map((sent) => rateOf(0, sent).low))).toBe(0)
  expect(Math.max(...mails.map((sent) => rateOf(sent, sent).high))).toBe(1)
})

test('the bounds draw closer with more mails', () => {
  const width = ({ low, high }: { low: number; high: number }) => high - low
  expect(width(rateOf(40, 400))).toBeLessThan(width(rateOf(10, 100)))
})

describe('a rate is shown', () => {
  test('from the least number of mails on, where the interval is narrow', () => {
    expect(rateOf(0, LEAST_SENT - 1).isEnough).toBe(false)
    expect(rateOf(0, LEAST_SENT).isEnough).toBe(true)
  })

  test('only where the interval is narrow, however many mails there are', () => {
    expect(rateOf(25, 50).high - rateOf(25, 50).low).toBeGreaterThan(WIDEST)
    expect(rateOf(25, 50).isEnough).toBe(false)
    expect(rateOf(50, 100).isEnough).toBe(true)
  })

  test('never of nothing', () => {
    expect(rateOf(0, 0)).toEqual({ sent: 0, hits: 0, share: null, low: 0, high: 1, isEnough: false })
  })
})

describe('the best is named', () => {
  test('where its interval lies above all others', () => {
    expect(clearBest([rateOf(10, 200), rateOf(60, 200), rateOf(12, 200)])).toBe(1)
  })

  test('not while intervals overlap', () => {
    expect(clearBest([rateOf(10, 200), rateOf(15, 200)])).toBeNull()
  })

  test('not against others that have too few mails to tell', () => {
    expect(clearBest([rateOf(60, 200), rateOf(0, 3)])).toBeNull()
    expect(clearBest([rateOf(60, 200), rateOf(3, 3), rateOf(10, 200)])).toBe(0)
  })
})
