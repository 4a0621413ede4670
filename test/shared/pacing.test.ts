import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DAY_MS,
  dailyLimit,
  dailyRoomAt,
  gapAfter,
  gapEndsAt,
  HOUR_MS,
  rampLimit,
  rampRoomAt,
  roomAt,
  sharedRoomAt,
  type PacingHistory,
} from '#shared/domain/pacing'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'

const NOW = Date.UTC(2026, 2, 2, 9)
const withRamp = (ramp: Policy['ramp'], dailyCap = 40): Policy => ({ ...DEFAULT_POLICY, dailyCap, ramp })
const historyOf = (times: readonly number[]): PacingHistory => ({ times, byHand: [], last: null, restartedAt: null })

/** How many lie in the window that ends at `at`: from just after `at - windowMs` to `at` itself. */
const countIn = (times: readonly number[], at: number, windowMs: number): number =>
  times.filter((time) => time > at - windowMs && time <= at).length

test.each([
  ['nothing was sent', [], 3, 0],
  ['fewer than the cap were sent', [10, 20], 3, 0],
  ['the cap is used up: the oldest of them must leave', [10, 20, 30], 3, 110],
  ['more than the cap were sent: the cap-th newest must leave', [10, 20, 30, 40], 3, 120],
  ['the cap is one', [10, 20], 1, 120],
])('where %s, there is room at the right moment', (_name, times, cap, room) => {
  expect(roomAt(times, cap, 100)).toBe(room)
})

test('whoever sends: ours and the rep’s own mail share a window, in whatever order they went', () => {
  const moments = fc.uniqueArray(fc.integer({ min: 0, max: DAY_MS }), { maxLength: 60 })
  fc.assert(
    fc.property(
      moments,
      fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (all, isOurs, cap) => {
        const sorted = all.toSorted((a, b) => a - b)
        const history = {
          times: sorted.filter((_, index) => isOurs[index]),
          byHand: sorted.filter((_, index) => !isOurs[index]),
          last: null,
          restartedAt: null,
        }
        expect(sharedRoomAt(history, cap, HOUR_MS)).toBe(roomAt(sorted, cap, HOUR_MS))
      },
    ),
  )
})

test.each([
  ['nothing went by hand: the reserve is kept free', 8, 0, 2, true],
  ['nothing went by hand and ours are two short of the cap', 7, 0, 2, false],
  ['the reserve is used by hand: it is not kept twice', 7, 2, 2, false],
  ['more went by hand than the reserve: it takes from ours', 7, 3, 2, true],
  ['a reserve as large as the cap leaves one', 0, 0, 10, false],
])('of a daily cap of 10, where %s', (...[, ours, byHand, handReserve, isFull]) => {
  const minutes = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => NOW + from + i)
  const history = { times: minutes(ours, 0), byHand: minutes(byHand, 100), last: null, restartedAt: null }
  const policy = { ...DEFAULT_POLICY, dailyCap: 10, handReserve }
  expect(dailyRoomAt(history, policy) > NOW + 1_000).toBe(isFull)
})

test('who sends only when there is room never has more than the cap in any window', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { maxLength: 80 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 8 }), fc.constantFrom(HOUR_MS, DAY_MS), (waits, cap, windowMs) => {
      const times: number[] = []
      let now = NOW
      for (const wait of waits) {
        now += wait
        if (roomAt(times, cap, windowMs) <= now) times.push(now)
      }
      for (const time of times) expect(countIn(times, time, windowMs)).toBeLessThanOrEqual(cap)
    }),
  )
})

test('at the moment roomAt names there is room, and just before it there is none', () => {
  const rising = fc
    .array(fc.nat(2 * HOUR_MS), { minLength: 1, maxLength: 30 })
    .map((all) => all.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(rising, fc.integer({ min: 1, max: 10 }), (times, cap) => {
      const room = roomAt(times, cap, HOUR_MS)
      if (room <= (times.at(-1) ?? 0)) return
      expect(countIn(times, room, HOUR_MS)).toBeLessThan(cap)
      expect(countIn(times, room - 1, HOUR_MS)).toBeGreaterThanOrEqual(cap)
    }),
  )
})

test('the gap lies within the policy, both ends included, and the same mail draws the same', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.nat(600_000), fc.nat(600_000), (seed, sendId, min, more) => {
      const policy = { ...DEFAULT_POLICY, gapMs: { min, max: min + more } }
      const gap = gapAfter(seed, sendId, policy)
      expect(gap).toBeGreaterThanOrEqual(min)
      expect(gap).toBeLessThanOrEqual(min + more)
      expect(gapAfter(seed, sendId, policy)).toBe(gap)
    }),
  )
})

test('mails of one mailbox, and mailboxes with other seeds, draw other gaps', () => {
  const gaps = [1, 2, 3, 4, 5].map((sendId) => gapAfter(1, sendId, DEFAULT_POLICY))
  expect(new Set(gaps).size).toBe(5)
  expect(gapAfter(2, 1, DEFAULT_POLICY)).not.toBe(gapAfter(1, 1, DEFAULT_POLICY))
})

test('the gap runs from the last mail and is drawn by that mail', () => {
  const last = { at: NOW, sendId: 7 }
  expect(gapEndsAt({ times: [NOW], byHand: [], last, restartedAt: null }, 3, DEFAULT_POLICY)).toBe(
    NOW + gapAfter(3, 7, DEFAULT_POLICY),
  )
  expect(gapEndsAt({ times: [], byHand: [], last, restartedAt: null }, 3, DEFAULT_POLICY)).toBe(
    NOW + gapAfter(3, 7, DEFAULT_POLICY),
  )
  expect(gapEndsAt({ times: [], byHand: [], last: null, restartedAt: null }, 3, DEFAULT_POLICY)).toBe(0)
})

test.each([
  [-1, 5],
  [0, 5],
  [DAY_MS - 1, 5],
  [DAY_MS, 7],
  [2 * DAY_MS, 9],
  [10 * DAY_MS, 25],
])('%d ms after its start a ramp of 5 and 2 more a day allows %d', (afterMs, limit) => {
  const policy = withRamp({ startAt: NOW, first: 5, perDay: 2 })
  expect(rampLimit(policy, NOW + afterMs)).toBe(limit)
})

test('without a ramp only the cap limits a day; with one the lower of the two', () => {
  expect(rampLimit(DEFAULT_POLICY, NOW)).toBe(Number.POSITIVE_INFINITY)
  expect(dailyLimit(DEFAULT_POLICY, NOW)).toBe(40)
  const policy = withRamp({ startAt: NOW, first: 5, perDay: 30 })
  expect(dailyLimit(policy, NOW)).toBe(5)
  expect(dailyLimit(policy, NOW + 2 * DAY_MS)).toBe(40)
})

test('a ramp has room when a mail leaves the window or the next step comes, whatever is first', () => {
  const policy = withRamp({ startAt: NOW, first: 2, perDay: 2 })
  const early = [NOW + HOUR_MS, NOW + 2 * HOUR_MS]
  expect(rampRoomAt(historyOf(early.slice(1)), policy, NOW + 3 * HOUR_MS)).toBe(0)
  // The step at 24 hours comes before the first mail leaves at 25.
  expect(rampRoomAt(historyOf(early), policy, NOW + 3 * HOUR_MS)).toBe(NOW + DAY_MS)
  const before = [NOW - 3 * HOUR_MS, NOW - 2 * HOUR_MS]
  expect(rampRoomAt(historyOf(before), policy, NOW)).toBe(NOW + 21 * HOUR_MS)
})

test('a ramp that does not rise waits for a mail to leave, and one above the cap does not count', () => {
  const flat = withRamp({ startAt: NOW, first: 1, perDay: 0 })
  expect(rampRoomAt(historyOf([NOW + HOUR_MS]), flat, NOW + 2 * HOUR_MS)).toBe(NOW + HOUR_MS + DAY_MS)
  const high = withRamp({ startAt: NOW, first: 2, perDay: 1 }, 2)
  expect(rampRoomAt(historyOf([NOW, NOW]), high, NOW + HOUR_MS)).toBe(0)
})
