import { describe, expect, test } from 'vitest'
import type { ImportState, LeadColumn } from '#shared/contract/imports'
import { percentOf, stepOf, type Step } from '../../renderer/features/imports/import-place.ts'
import { countImported, listNameOf } from '../../renderer/features/imports/import-words.ts'
import { noteOnMapping, problemOfMapping, remap } from '../../renderer/features/imports/mapping.ts'

const COUNTS = {
  new: 5,
  duplicate: 1,
  duplicate_in_file: 0,
  written_to: 0,
  suppressed: 0,
  invalid: 2,
  role: 3,
  waiting: 0,
  no_date: 0,
}
const FORMAT: ImportState['format'] = { kind: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true, sheet: '' }

describe('the step of the wizard', () => {
  const at = (stage: ImportState['stage'], asked: Step, known: Partial<Pick<ImportState, 'format' | 'counts'>> = {}) =>
    stepOf({ stage, format: null, counts: null, ...known }, asked)

  test('without an import a file is chosen', () => {
    expect(stepOf(null, 'save')).toBe('file')
  })

  test('a file read again another way stays at the columns', () => {
    expect(at('opening', 'file')).toBe('file')
    expect(at('opening', 'columns')).toBe('columns')
  })

  test('nothing can be saved before every row was checked', () => {
    expect(at('opened', 'save')).toBe('columns')
    expect(at('checking', 'save')).toBe('check')
  })

  test('after the check the rep goes back and forth', () => {
    expect(at('checked', 'check')).toBe('check')
    expect(at('checked', 'columns')).toBe('columns')
    expect(at('checked', 'save')).toBe('save')
  })

  test('saving cannot be left for an earlier step', () => {
    expect(at('saving', 'columns')).toBe('save')
    expect(at('saved', 'check')).toBe('save')
  })

  test('a failure is told where it can be mended', () => {
    expect(at('failed', 'file')).toBe('file')
    expect(at('failed', 'check', { format: FORMAT })).toBe('columns')
    expect(at('failed', 'save', { format: FORMAT, counts: COUNTS })).toBe('save')
  })
})

test('progress is unknown without a total, and whole for an empty file', () => {
  expect(percentOf({ done: 10, total: null })).toBeNull()
  expect(percentOf({ done: 0, total: 0 })).toBe(100)
  expect(percentOf({ done: 1, total: 3 })).toBe(33)
})

describe('what the columns become', () => {
  const mapping = (...columns: LeadColumn[]) => columns

  test('without an address column nothing can be checked', () => {
    expect(problemOfMapping(mapping('firstName', 'custom'))).toContain('No column becomes the email address')
  })

  test('two columns for one part of a lead are allowed, and it is said which counts', () => {
    const twice = mapping('email', 'phone', 'phone', 'company', 'company')
    expect(problemOfMapping(twice)).toBeNull()
    expect(noteOnMapping(twice)).toContain('“Phone” and “Company”')
  })

  test('own fields, notes, tags and columns left out may be many without a word', () => {
    expect(
      noteOnMapping(mapping('email', 'custom', 'custom', 'ignore', 'ignore', 'note', 'note', 'tags', 'tags')),
    ).toBeNull()
  })

  test('choosing for one column leaves the others', () => {
    expect(remap(mapping('email', 'custom', 'note'), 1, 'ignore')).toEqual(['email', 'ignore', 'note'])
  })
})

test('shared addresses count only where the rep includes them', () => {
  expect(countImported(COUNTS, false)).toBe(5)
  expect(countImported(COUNTS, true)).toBe(8)
})

test.each([
  ['leads of May.csv', 'leads of May'],
  ['v1.2.xlsx', 'v1.2'],
  ['.csv', 'Imported leads'],
  [`${'x'.repeat(150)}.csv`, 'x'.repeat(100)],
])('%s names its list', (file, name) => {
  expect(listNameOf(file)).toBe(name)
})
