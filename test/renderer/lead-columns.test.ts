import { expect, test } from 'vitest'
import {
  COLUMN_IDS,
  columnsThatFit,
  FIRST_COLUMNS,
  readColumns,
  templateOf,
} from '../../renderer/features/leads/columns.ts'

test('a wide table has every chosen column, from left to right, however they were chosen', () => {
  expect(columnsThatFit(['added', 'company'], 2_000)).toEqual(['tick', 'name', 'company', 'email', 'review', 'added'])
  expect(columnsThatFit(COLUMN_IDS, 2_000)).toHaveLength(COLUMN_IDS.length + 4)
})

test('where there is no room the less important columns go, and those that are always there stay', () => {
  expect(columnsThatFit(FIRST_COLUMNS, 920)).toEqual(columnsThatFit(FIRST_COLUMNS, 2_000))
  expect(columnsThatFit(FIRST_COLUMNS, 919)).not.toContain('tags')
  expect(columnsThatFit(FIRST_COLUMNS, 640)).toEqual(['tick', 'name', 'email', 'review', 'mail'])
  expect(columnsThatFit(COLUMN_IDS, 100)).toEqual(['tick', 'name', 'email', 'review'])
})

test('each column has a track of its own', () => {
  expect(templateOf(['tick', 'name', 'review'])).toBe('36px minmax(150px, 1.4fr) 80px')
})

test('what was kept is read as far as it still means something', () => {
  expect(readColumns(null)).toEqual(FIRST_COLUMNS)
  expect(readColumns('')).toEqual([])
  expect(readColumns('added,shoe size,company')).toEqual(['company', 'added'])
})
