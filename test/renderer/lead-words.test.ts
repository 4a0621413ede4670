import { describe, expect, test } from 'vitest'
import {
  leadMarks,
  leadName,
  removeSentence,
  reviewSentence,
  sendWords,
} from '../../renderer/features/leads/lead-words.ts'
import { tableCommandOf } from '../../renderer/features/leads/table-keys.ts'
import { leadRow } from './lead-rows.ts'

describe('leads in words', () => {
  test('somebody without a name goes by the address', () => {
    expect(leadName(leadRow(1, { firstName: '', lastName: '' }))).toBe('lead1@corp.example')
    expect(leadName(leadRow(1, { firstName: '', lastName: 'Lee' }))).toBe('Lee')
  })

  test('a lead without any send is not written to yet', () => {
    expect(sendWords(null)).toBe('Not written yet')
    expect(sendWords('uncertain')).toBe('Uncertain if sent')
  })

  test('the strongest mark comes first', () => {
    expect(leadMarks(leadRow(1, { isRole: true, isSuppressed: true, contact: 'bounced' }))).toEqual([
      'Do not contact',
      'Mail bounced',
      'Shared address',
    ])
  })

  test('a change that changed nothing says so', () => {
    expect(reviewSentence(0, 'approved')).toBe('Nothing changed: it was so already.')
    expect(reviewSentence(1, 'new')).toBe('1 lead set back to new.')
  })

  test('leads that stay are counted and explained', () => {
    expect(removeSentence(2, 0)).toBe('2 leads removed.')
    expect(removeSentence(2, 1)).toContain('1 lead kept, because mail')
  })
})

describe('keys in the table', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
    tableCommandOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

  test('arrows move, and choose with Shift', () => {
    expect(press('ArrowDown')).toEqual({ do: 'move', by: 1, isExtending: false })
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ do: 'move', by: -1, isExtending: true })
  })

  test('Ctrl+A or ⌘A chooses all, and nothing else with Ctrl is taken from the browser', () => {
    expect(press('a', { ctrlKey: true })).toEqual({ do: 'chooseAll' })
    expect(press('A', { metaKey: true })).toEqual({ do: 'chooseAll' })
    expect(press('ArrowDown', { ctrlKey: true })).toBeNull()
    expect(press('r', { ctrlKey: true })).toBeNull()
  })

  test('Alt and plain letters mean nothing here', () => {
    expect(press('ArrowDown', { altKey: true })).toBeNull()
    expect(press('a')).toBeNull()
    expect(press('constructor')).toBeNull()
  })
})
