import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededUnit, seededWhole } from '#shared/domain/seeded'

const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 40 })

test.each([
  [0, 0, 0.9194983213674277],
  [1, 1, 0.3289593029767275],
  [42, 7, 0.029165395069867373],
  [2 ** 31, 2 ** 33 + 5, 0.26951631787233055],
])('seed %d and key %d draw the same number on every machine', (seed, key, drawn) => {
  expect(seededUnit(seed, key)).toBe(drawn)
})

test('every draw lies in [0, 1) and repeats', () => {
  fc.assert(
    fc.property(whole, whole, (seed, key) => {
      const drawn = seededUnit(seed, key)
      expect(drawn).toBeGreaterThanOrEqual(0)
      expect(drawn).toBeLessThan(1)
      expect(seededUnit(seed, key)).toBe(drawn)
    }),
  )
})

test.each([
  ['keys', (i: number) => seededUnit(5, i)],
  ['seeds', (i: number) => seededUnit(i, 5)],
  ['both', (i: number) => seededUnit(i, i)],
])('neighbouring %s draw numbers that are spread evenly', (_name, draw) => {
  const tenths = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < 10_000; i += 1) {
    const tenth = Math.floor(draw(i) * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(130)
})

test('a whole number stays within its range, and both ends are drawn', () => {
  const drawn = new Set(Array.from({ length: 200 }, (_, key) => seededWhole(9, key, { min: 3, max: 6 })))
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6])
  expect(seededWhole(9, 1, { min: 4_000, max: 4_000 })).toBe(4_000)
})

test('a whole number is whole and within its range for any seed, key and range', () => {
  fc.assert(
    fc.property(whole, whole, fc.nat(86_400_000), fc.nat(86_400_000), (seed, key, min, more) => {
      const drawn = seededWhole(seed, key, { min, max: min + more })
      expect(Number.isSafeInteger(drawn)).toBe(true)
      expect(drawn).toBeGreaterThanOrEqual(min)
      expect(drawn).toBeLessThanOrEqual(min + more)
    }),
  )
})
