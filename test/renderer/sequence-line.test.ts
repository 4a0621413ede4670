import { describe, expect, test } from 'vitest'
import type { ExampleDay } from '#shared/contract/campaigns'
import { textsWords } from '../../renderer/features/campaigns/campaign-words.ts'
import {
  CARD_PX,
  dayAt,
  delayTo,
  indexOf,
  labelledDays,
  leftOf,
  placeCards,
  shutStretches,
} from '../../renderer/features/campaigns/sequence-line.ts'

/** From Monday on; `-` nothing goes and no working day, `a` the rep is away. */
function week(pattern: string): ExampleDay[] {
  return Array.from(pattern, (kind, index) => ({
    date: `2026-03-${String(index + 2).padStart(2, '0')}`,
    isOpen: kind === '.',
    counts: { working_days: kind === '.', days: kind !== 'a' },
  }))
}

describe('a mail on its line of time', () => {
  test('waits as many days as its unit counts', () => {
    const days = week('.....--a.')
    expect(delayTo(days, { from: 0, to: 8 }, 'working_days')).toBe(5)
    expect(delayTo(days, { from: 0, to: 8 }, 'days')).toBe(7)
    expect(delayTo(days, { from: 4, to: 6 }, 'working_days')).toBe(0)
    expect(delayTo(days, { from: 4, to: 2 }, 'days')).toBe(0)
  })

  test('lies where its day lies, and a place is a day again', () => {
    expect(indexOf('2026-03-05', week('.....'))).toBe(3)
    expect(dayAt(leftOf(3, 14, 700), 14, 700)).toBe(3)
    expect([dayAt(-5, 14, 700), dayAt(9_000, 14, 700)]).toEqual([0, 13])
  })
})

describe('the cards', () => {
  test('stand side by side where there is room, else a later one higher', () => {
    expect(placeCards([0, 3, 10], 14, 1400)).toEqual([
      { left: 0, row: 0 },
      { left: 300, row: 0 },
      { left: 1000, row: 0 },
    ])
    // 100 px each: the third covers the second, and the first has room beside it.
    expect(placeCards([0, 1, 2], 14, 1400).map(({ row }) => row)).toEqual([0, 1, 0])
  })

  test('never cover one another, nor leave the line', () => {
    for (const indexes of [
      [0, 0, 0],
      [0, 1, 1, 5, 13],
      [12, 13, 13],
      [0, 2, 4, 6, 8, 10, 12],
    ]) {
      const places = placeCards(indexes, 14, 800)
      for (const [index, one] of places.entries()) {
        expect(one.left).toBeGreaterThanOrEqual(0)
        expect(one.left + CARD_PX).toBeLessThanOrEqual(800)
        for (const other of places.slice(index + 1)) {
          expect(one.row !== other.row || Math.abs(one.left - other.left) >= CARD_PX).toBe(true)
        }
      }
    }
  })
})

test('days on which nothing goes are one stretch, and dates have room', () => {
  expect(shutStretches(week('.....--..-'))).toEqual([
    { from: 5, to: 7 },
    { from: 9, to: 10 },
  ])
  expect(labelledDays(14, 1400)).toHaveLength(14)
  expect(labelledDays(14, 600)).toEqual([0, 2, 4, 6, 8, 10, 12])
})

test('a mail without a text says so', () => {
  expect([textsWords([null]), textsWords(['Hello']), textsWords(['Hello', 'Hi'])]).toEqual([
    'No template yet',
    'Hello',
    'Hello and 1 more',
  ])
})
