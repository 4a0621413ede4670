import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_ATTEMPTS, nextAttemptAt } from '#shared/domain/retry'

const MINUTE = 60_000
const pauseOf = (attempts: number, key = 1, seed = 1): number => nextAttemptAt({ now: 0, attempts, seed, key })

test.each([
  [1, 2],
  [2, 4],
  [3, 8],
  [4, 16],
  [5, 32],
  [6, 64],
])('after %d refused attempts the pause is %d minutes, give or take a fifth', (attempts, minutes) => {
  const pauses = Array.from({ length: 500 }, (_, key) => pauseOf(attempts, key))
  const shortest = Math.min(...pauses)
  const longest = Math.max(...pauses)
  expect(shortest).toBeGreaterThanOrEqual(minutes * MINUTE * 0.8)
  expect(shortest).toBeLessThan(minutes * MINUTE * 0.82)
  expect(longest).toBeLessThanOrEqual(minutes * MINUTE * 1.2)
  expect(longest).toBeGreaterThan(minutes * MINUTE * 1.18)
})

test('no pause is longer than six hours', () => {
  for (let key = 0; key < 200; key += 1) expect(pauseOf(9, key)).toBeLessThanOrEqual(6 * 60 * MINUTE)
  expect(pauseOf(50)).toBe(6 * 60 * MINUTE)
})

test('six attempts are the most', () => {
  expect(MOST_ATTEMPTS).toBe(6)
})

test('the next attempt is later than now, a whole number, and drawn by the seed and nothing else', () => {
  const input = fc.record({
    now: fc.nat(4_102_444_800_000),
    attempts: fc.integer({ min: 1, max: 60 }),
    seed: fc.integer(),
    key: fc.nat(),
  })
  fc.assert(
    fc.property(input, (options) => {
      const at = nextAttemptAt(options)
      expect(Number.isSafeInteger(at)).toBe(true)
      expect(at).toBeGreaterThan(options.now)
      expect(nextAttemptAt({ ...options })).toBe(at)
      expect(nextAttemptAt({ ...options, now: 0 })).toBe(at - options.now)
    }),
  )
})

test('two sends refused together do not come back together', () => {
  const moments = new Set(Array.from({ length: 20 }, (_, key) => pauseOf(1, key)))
  expect(moments.size).toBe(20)
})
