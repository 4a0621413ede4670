import { describe, expect, test } from 'vitest'
import {
  addressOf,
  EVERY_LEAD,
  isFiltered,
  keyOf,
  queryOf,
  type LeadQuery,
} from '../../renderer/features/leads/lead-query.ts'

describe('the question of the leads page in its address', () => {
  test('an empty address means every lead, newest first', () => {
    expect(queryOf({})).toEqual({ filter: EVERY_LEAD, sort: 'newest' })
    expect(addressOf(queryOf({}))).toEqual({})
  })

  test('it comes back as it went', () => {
    const query = {
      filter: {
        search: 'garcia glob',
        review: 'approved',
        tag: '2026',
        listId: 3,
        written: 'waiting',
        basis: 'consent',
      },
      sort: 'company',
    } as LeadQuery
    expect(queryOf({ ...addressOf(query) })).toEqual(query)
  })

  test('a search or tag made of digits is text, though the address reads it as a number', () => {
    expect(queryOf({ q: 4711, tag: 2026 }).filter).toMatchObject({ search: '4711', tag: '2026' })
  })

  test.each([
    ['an unknown review', { review: 'maybe' }],
    ['a list that is no number', { list: '3; drop' }],
    ['a negative list', { list: -1 }],
    ['an unknown order', { sort: 'random' }],
    ['an unknown state of writing', { written: ['never'] }],
  ])('%s is left out', (_, search) => {
    expect(queryOf(search)).toEqual({ filter: EVERY_LEAD, sort: 'newest' })
  })

  test('the order alone is no filter', () => {
    expect(isFiltered(queryOf({ sort: 'name' }).filter)).toBe(false)
    expect(isFiltered(queryOf({ written: 'never' }).filter)).toBe(true)
  })

  test('equal questions have equal keys', () => {
    expect(keyOf(queryOf({ q: 'ann', list: 2 }))).toBe(keyOf(queryOf({ list: 2, q: 'ann', other: 1 })))
    expect(keyOf(queryOf({ q: 'ann' }))).not.toBe(keyOf(queryOf({ q: 'ben' })))
  })
})
