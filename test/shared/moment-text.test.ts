import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessDateOrder, momentOfText, type MomentFormat } from '#shared/domain/moment-text'
import { utcText } from '#shared/domain/wall-time'

const BERLIN: MomentFormat = { order: 'dmy', zone: 'Europe/Berlin' }
const NEW_YORK: MomentFormat = { order: 'mdy', zone: 'America/New_York' }

const read = (text: string, format = BERLIN) => {
  const at = momentOfText(text, format)
  return at === null ? null : utcText(at)
}

describe('a moment is read as it is written', () => {
  test.each([
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'],
    ['2026-03-02T09:00:00.123+02:00', '2026-03-02T07:00:00Z'],
    ['2026-03-02 09:00:00 UTC', '2026-03-02T09:00:00Z'],
    ['2026-03-02 09:00', '2026-03-02T08:00:00Z'],
    ['2026/7/2 9:05 pm', '2026-07-02T19:05:00Z'],
    ['2026-07-02', '2026-07-01T22:00:00Z'],
    ['31.12.2025 14:05', '2025-12-31T13:05:00Z'],
    ['31.12.25', '2025-12-30T23:00:00Z'],
    ['31/12/2025, 14:05:09', '2025-12-31T13:05:09Z'],
    ['Mon, 02 Mar 2026 09:00:00 +0100', '2026-03-02T08:00:00Z'],
    ['Mon, 2 Mar 2026 09:00:00 -0500 (EST)', '2026-03-02T14:00:00Z'],
    ['Mon Mar 02 2026 09:00:00 GMT+0100 (Central European Standard Time)', '2026-03-02T08:00:00Z'],
    ['Mar 2, 2026 9:05 AM', '2026-03-02T08:05:00Z'],
    ['March 2nd, 2026 at 9:05pm', '2026-03-02T20:05:00Z'],
    ['2 March 2026', '2026-03-01T23:00:00Z'],
    ['2. März 2026 um 9:05 Uhr', '2026-03-02T08:05:00Z'],
    ['2 févr. 2026 09:05', '2026-02-02T08:05:00Z'],
    ['Dienstag, 3. Dezember 2024 12:00', '2024-12-03T11:00:00Z'],
    ['12:00 AM on', null],
    ['2026-03-02 12:00 AM', '2026-03-01T23:00:00Z'],
    ['2026-03-02 09:00 CET', '2026-03-02T08:00:00Z'],
    ['1772442000', '2026-03-02T09:00:00Z'],
    ['1772442000000', '2026-03-02T09:00:00Z'],
    // The clock skipped it.
    ['2026-03-29 02:30', '2026-03-29T01:30:00Z'],
  ])('%s', (text, expected) => {
    expect(read(text)?.replace('.123', '') ?? null).toBe(expected)
  })

  test('the order of day and month is the one of the file, but with dots the day is first', () => {
    expect(read('03/04/2026', NEW_YORK)).toBe('2026-03-04T05:00:00Z')
    expect(read('03/04/2026', { ...NEW_YORK, order: 'dmy' })).toBe('2026-04-03T04:00:00Z')
    expect(read('03.04.2026', NEW_YORK)).toBe('2026-04-03T04:00:00Z')
  })
})

test.each([
  '',
  'yesterday',
  '31/02/2026',
  '2026-13-01',
  '2026-03-02 25:00',
  '2026-03-02 13:00 pm',
  '2026-03-02 09:00 XYZ',
  '12',
  '45000',
  '03/04',
  '1026-03-02',
  '2026-03-02 09:00 and more',
])('%j is not read as a moment', (text) => {
  expect(read(text)).toBeNull()
})

test('a text in UTC and its numbers are the same moment', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2099, 0, 1) }), (at) => {
      const second = Math.floor(at / 1_000) * 1_000
      const date = new Date(second)
      expect(momentOfText(date.toISOString(), BERLIN)).toBe(second)
      expect(momentOfText(date.toUTCString(), NEW_YORK)).toBe(second)
    }),
  )
})

test('the order is guessed from a date that can be read one way only', () => {
  expect(guessDateOrder(['03/04/2026', '13/04/2026'])).toBe('dmy')
  expect(guessDateOrder(['03/04/2026', '4/13/26'])).toBe('mdy')
  expect(guessDateOrder(['03/04/2026', '2026-04-13', 'x'])).toBeNull()
})
