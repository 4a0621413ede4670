import { describe, expect, test } from 'vitest'
import type { LeadId } from '#shared/domain/ids'
import { EVERY_LEAD } from '../../renderer/features/leads/lead-query.ts'
import {
  ALL_CHOSEN,
  countChosen,
  extendChosen,
  isChosen,
  MOST_IDS,
  NOTHING_CHOSEN,
  selectionOf,
  setChosen,
  toggleChosen,
  type Chosen,
} from '../../renderer/features/leads/lead-selection.ts'

const id = (value: number): LeadId => value as LeadId
const ids = (...values: number[]): Chosen => setChosen(NOTHING_CHOSEN, values.map(id), true)

describe('choosing leads', () => {
  test('pressing the same lead twice leaves nothing chosen', () => {
    const once = toggleChosen(NOTHING_CHOSEN, id(7))
    expect(isChosen(once, id(7))).toBe(true)
    expect(countChosen(toggleChosen(once, id(7)), 100)).toBe(0)
  })

  test('all of a filter holds no ids, and leads taken out of it are exceptions', () => {
    const chosen = toggleChosen(ALL_CHOSEN, id(7))
    expect(isChosen(chosen, id(7))).toBe(false)
    expect(isChosen(chosen, id(8))).toBe(true)
    expect(countChosen(chosen, 12_345)).toBe(12_344)
    expect(selectionOf(chosen, EVERY_LEAD)).toEqual({ by: 'filter', filter: EVERY_LEAD, except: [7] })
  })

  test('nothing chosen is no selection', () => {
    expect(selectionOf(NOTHING_CHOSEN, EVERY_LEAD)).toBeNull()
  })

  test('single leads travel as ids, up to as many as one call may name', () => {
    expect(selectionOf(ids(3, 1), EVERY_LEAD)).toEqual({ by: 'ids', ids: [3, 1] })
    const most = Array.from({ length: MOST_IDS }, (_, at) => at + 1)
    expect(selectionOf(ids(...most), EVERY_LEAD)).not.toBeNull()
    expect(selectionOf(ids(...most, MOST_IDS + 1), EVERY_LEAD)).toBeNull()
  })
})

describe('Shift and an arrow', () => {
  const step = (anchor: number, from: number, to: number) => ({
    anchor,
    from: { index: from, id: id(from * 10) },
    to: { index: to, id: id(to * 10) },
  })

  test('chooses both rows of the first step', () => {
    expect(extendChosen(NOTHING_CHOSEN, step(2, 2, 3))).toEqual(ids(20, 30))
  })

  test('going back towards the anchor gives up the row that was left', () => {
    expect(extendChosen(ids(20, 30, 40), step(2, 4, 3))).toEqual(ids(20, 30))
  })

  test('going on past the anchor chooses on the other side', () => {
    expect(extendChosen(ids(20), step(2, 2, 1))).toEqual(ids(20, 10))
  })
})
