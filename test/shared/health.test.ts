import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LEAST_HEALTH } from '#shared/domain/gates'
import { HEALTH_SENDS, type HealthOutcome, healthOf, SLOW_BELOW } from '#shared/domain/health'

function score(counts: Partial<Record<HealthOutcome, number>>): number {
  return healthOf(outcomes(counts)).score
}

function outcomes(counts: Partial<Record<HealthOutcome, number>>): HealthOutcome[] {
  return Object.entries(counts).flatMap(([outcome, count]) =>
    Array.from({ length: count }, () => outcome as HealthOutcome),
  )
}

test('a mailbox without a history, or with a good one, is healthy', () => {
  expect(healthOf([])).toEqual({ score: 100, reasons: [] })
  expect(healthOf(outcomes({ fine: 50 }))).toEqual({ score: 100, reasons: [] })
})

describe('when it slows down and when it stops', () => {
  test.each<[HealthOutcome, slow: number, stop: number]>([
    ['hard_bounce', 3, 5],
    ['blocked', 2, 3],
    ['complaint', 2, 3],
    ['opted_out', 11, 18],
    ['soft_bounce', 21, 36],
  ])('%s: slow at %i of the last 50, stop at %i', (outcome, slow, stop) => {
    expect(score({ [outcome]: slow - 1 })).toBeGreaterThanOrEqual(SLOW_BELOW)
    expect(score({ [outcome]: slow })).toBeLessThan(SLOW_BELOW)
    expect(score({ [outcome]: stop - 1 })).toBeGreaterThanOrEqual(LEAST_HEALTH)
    expect(score({ [outcome]: stop })).toBeLessThan(LEAST_HEALTH)
  })

  test('counts decide, not percentages', () => {
    expect(score({ hard_bounce: 3 })).toBe(score({ hard_bounce: 3, fine: 47 }))
  })
})

test('only the last 50 count', () => {
  const old = outcomes({ hard_bounce: 5 })
  expect(healthOf([...outcomes({ fine: HEALTH_SENDS }), ...old]).score).toBe(100)
  expect(healthOf([...outcomes({ fine: HEALTH_SENDS - 1 }), ...old]).score).toBe(85)
})

test('the reasons say what takes how much, most first', () => {
  expect(healthOf(outcomes({ opted_out: 2, fine: 5, hard_bounce: 1, blocked: 1 })).reasons).toEqual([
    { outcome: 'blocked', count: 1, points: 24 },
    { outcome: 'hard_bounce', count: 1, points: 15 },
    { outcome: 'opted_out', count: 2, points: 8 },
  ])
})

test('the score stays within 0 and 100, and nothing bad that comes back improves it', () => {
  const outcome = fc.constantFrom<HealthOutcome>(
    'fine',
    'hard_bounce',
    'soft_bounce',
    'blocked',
    'opted_out',
    'complaint',
  )
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 60 }), fc.nat(59), outcome, (recent, at, worse) => {
      const before = healthOf(recent).score
      expect(before).toBeGreaterThanOrEqual(0)
      expect(before).toBeLessThanOrEqual(100)
      if (recent[at] !== 'fine') return
      expect(healthOf(recent.with(at, worse)).score).toBeLessThanOrEqual(before)
    }),
  )
})
