import { describe, expect, test } from 'vitest'
import { followCursor, moveCursor, rowAt, type Cursor } from '../../renderer/features/leads/lead-window.ts'
import { leadRow, windowOf } from './lead-rows.ts'

const on = (index: number, id: number | null): Cursor => ({ index, id: id as Cursor['id'] })

describe('the window on a long result', () => {
  test('a row is found in the page that holds it', () => {
    const window = windowOf([71, 72], { page: 3, total: 400 })
    expect(rowAt(window, 301)?.id).toBe(72)
    expect(rowAt(window, 5)).toBeUndefined()
  })

  test('a row beyond the end is none, even while an old page still holds one', () => {
    expect(rowAt(windowOf([1, 2, 3], { total: 2 }), 2)).toBeUndefined()
  })

  test('the cursor stops at both ends', () => {
    const window = windowOf([1, 2, 3])
    expect(moveCursor(window, 9)).toEqual(on(2, 3))
    expect(moveCursor(window, -4)).toEqual(on(0, 1))
  })

  test('the cursor may stand on a row that has not arrived', () => {
    expect(moveCursor(windowOf([1], { total: 1_000 }), 999)).toEqual(on(999, null))
  })
})

describe('the cursor when the rows change', () => {
  test('it takes the id of its row as soon as the row arrives', () => {
    expect(followCursor(on(1, null), windowOf([5, 6]))).toEqual(on(1, 6))
  })

  test('it follows its lead when rows above go', () => {
    expect(followCursor(on(2, 30), windowOf([20, 30, 40]))).toEqual(on(1, 30))
  })

  test('it follows its lead into another page', () => {
    const window = {
      total: 200,
      isSettled: true,
      pages: new Map([
        [0, [leadRow(1)]],
        [1, [leadRow(2), leadRow(3)]],
      ]),
    }
    expect(followCursor(on(0, 3), window)).toEqual(on(101, 3))
  })

  test('when its lead left the result, the row that took the place is next', () => {
    expect(followCursor(on(1, 99), windowOf([10, 20, 30]))).toEqual(on(1, 20))
  })

  test('while pages are still on their way, a missing lead is not given up', () => {
    expect(followCursor(on(1, 99), windowOf([10, 20, 30], { isSettled: false }))).toEqual(on(1, 99))
  })

  test('a lead scrolled out of the page is kept', () => {
    expect(followCursor(on(900, 99), windowOf([10], { total: 1_000 }))).toEqual(on(900, 99))
  })

  test('when the last row goes, the cursor is on the new last row', () => {
    expect(followCursor(on(2, 30), windowOf([10, 20]))).toEqual(on(1, 20))
  })

  test('an empty result has no current lead', () => {
    expect(followCursor(on(4, 5), windowOf([]))).toEqual(on(0, null))
  })
})
