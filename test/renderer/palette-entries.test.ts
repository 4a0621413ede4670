import { User } from 'lucide-react'
import { expect, test } from 'vitest'
import { currentOf, moved, narrow, type PaletteEntry } from '../../renderer/app/palette-entries.ts'

function entry(label: string, more: Partial<PaletteEntry> = {}): PaletteEntry {
  return { id: label, label, icon: User, leads: 'back', run: () => {}, ...more }
}

const GROUPS = [
  { title: 'Pages', entries: [entry('Leads'), entry('Queue')] },
  { title: 'Actions', entries: [entry('Find leads'), entry('Import leads', { also: 'CSV' }), entry('Pause')] },
]

const labelsOf = (text: string) =>
  narrow(GROUPS, text).map(({ title, entries }) => [title, ...entries.map((e) => e.label)])

test('nothing typed shows everything, and a sign alone shows nothing', () => {
  expect(narrow(GROUPS, ' ')).toEqual(GROUPS)
  expect(narrow(GROUPS, '-')).toEqual([])
})

test('a group without an entry that fits goes, and other words for a thing find it, too', () => {
  expect(labelsOf('csv')).toEqual([['Actions', 'Import leads']])
  expect(labelsOf('leads')).toEqual([
    ['Pages', 'Leads'],
    ['Actions', 'Find leads', 'Import leads'],
  ])
})

test('what begins with the text comes first in its group', () => {
  expect(labelsOf('i')).toContainEqual(['Actions', 'Import leads', 'Find leads'])
})

test('Enter takes the entry moved to as long as it is there, else the first', () => {
  const { entries } = GROUPS[1]!
  expect(currentOf(entries, 'Pause')).toBe(2)
  expect(currentOf(entries, 'Gone')).toBe(0)
  expect(currentOf(entries, null)).toBe(0)
})

test('up and down go round', () => {
  const { entries } = GROUPS[1]!
  expect(moved(entries, 2, 1)).toBe('Find leads')
  expect(moved(entries, 0, -1)).toBe('Pause')
  expect(moved([], 0, 1)).toBeNull()
})
