import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isQuiet, type QuietHours, quietUntil } from '#shared/domain/quiet-hours'

const NIGHT: QuietHours = { isOn: true, fromMinute: 18 * 60, untilMinute: 8 * 60, hasWeekends: true }
const MINUTE = 60_000
const at = (iso: string): number => Date.parse(iso)

// 2 March 2026 is a Monday.
test.each([
  ['in the evening, until the morning', NIGHT, '2026-03-02T18:00Z', '2026-03-03T08:00Z'],
  ['after midnight, until the same morning', NIGHT, '2026-03-03T02:00Z', '2026-03-03T08:00Z'],
  ['on a Friday evening, until Monday', NIGHT, '2026-03-06T18:00Z', '2026-03-09T08:00Z'],
  ['on a Sunday at noon, until Monday', NIGHT, '2026-03-08T12:00Z', '2026-03-09T08:00Z'],
  [
    'at lunch, where that is what the rep wants',
    { ...NIGHT, fromMinute: 720, untilMinute: 780 },
    '2026-03-02T12:10Z',
    '2026-03-02T13:00Z',
  ],
  [
    'at no time of the day, where both are the same',
    { ...NIGHT, fromMinute: 480 },
    '2026-03-02T23:00Z',
    '2026-03-02T23:00Z',
  ],
  ['at no time, while it is switched off', { ...NIGHT, isOn: false }, '2026-03-08T12:00Z', '2026-03-08T12:00Z'],
  [
    'on no Sunday noon, where weekends are like other days',
    { ...NIGHT, hasWeekends: false },
    '2026-03-08T12:00Z',
    '2026-03-08T12:00Z',
  ],
])('it is quiet %s', (_title, quiet, from, until) => {
  expect(isQuiet(at(from), 'UTC', quiet)).toBe(from !== until)
  expect(quietUntil(at(from), 'UTC', quiet)).toBe(at(until))
})

test('it is the rep’s night, wherever they are', () => {
  expect(quietUntil(at('2026-03-02T17:30Z'), 'Europe/Berlin', NIGHT)).toBe(at('2026-03-03T07:00Z'))
  expect(isQuiet(at('2026-03-02T17:30Z'), 'America/New_York', NIGHT)).toBe(false)
})

test('a time that the clock skips is over as soon as the clock has skipped it', () => {
  const quiet = { ...NIGHT, untilMinute: 150, hasWeekends: false }
  expect(quietUntil(at('2026-03-29T00:00Z'), 'Europe/Berlin', quiet)).toBe(at('2026-03-29T01:00Z'))
})

test('it ends at the first moment that is not quiet, also where the clock is changed', () => {
  const anyQuiet = fc.record({
    isOn: fc.constant(true),
    fromMinute: fc.integer({ min: 0, max: 1439 }),
    untilMinute: fc.integer({ min: 0, max: 1439 }),
    hasWeekends: fc.boolean(),
  })
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
  // Around the changes of the clock in 2026 as well as anywhere.
  const moment = fc.oneof(
    fc.integer({ min: at('2026-03-27T00:00Z'), max: at('2026-03-31T00:00Z') }),
    fc.integer({ min: at('2026-10-02T00:00Z'), max: at('2026-11-03T00:00Z') }),
  )
  fc.assert(
    fc.property(anyQuiet, zone, moment, (quiet, where, from) => {
      const until = quietUntil(from, where, quiet)
      expect(isQuiet(until, where, quiet)).toBe(false)
      expect(until - from).toBeLessThan(4 * 24 * 60 * MINUTE)
      if (until === from) return
      for (const share of [0, 0.2, 0.5, 0.9]) {
        expect(isQuiet(Math.floor(from + (until - 1 - from) * share), where, quiet)).toBe(true)
      }
      expect(isQuiet(until - 1, where, quiet)).toBe(true)
    }),
    { numRuns: 300, seed: 7 },
  )
})
