import { expect, test } from 'vitest'
import { daysText, readDraft, stateText } from '../../renderer/features/settings/absence-words.ts'

const today = '2026-03-02'
const week = { from: '2026-03-09', to: '2026-03-13', stopBeforeDays: 2 }

test('chosen days are saved as they are', () => {
  expect(readDraft(week, { absences: [], today })).toEqual({ absence: week, problems: {} })
  const oneDay = { from: today, to: today, stopBeforeDays: 0 }
  expect(readDraft(oneDay, { absences: [week], today }).absence).toEqual(oneDay)
})

test.each<[string, Partial<Record<keyof typeof week, string | number | null>>, string, string]>([
  ['no first day', { from: null }, 'from', 'Choose your first day away.'],
  ['no last day', { to: null }, 'to', 'Choose your last day away.'],
  ['an end before its beginning', { to: '2026-03-08' }, 'to', 'This is before your first day away'],
  ['days that are over', { from: '2026-02-20', to: '2026-03-01' }, 'to', 'These days are over already'],
  ['no number of days', { stopBeforeDays: '' }, 'stopBeforeDays', 'A whole number from 0 to 14.'],
  ['too many days before', { stopBeforeDays: 15 }, 'stopBeforeDays', 'A whole number from 0 to 14.'],
  ['half a day', { stopBeforeDays: 1.5 }, 'stopBeforeDays', 'A whole number from 0 to 14.'],
])('%s is refused at its field', (_name, change, field, sentence) => {
  const { absence, problems } = readDraft({ ...week, ...change } as never, { absences: [], today })
  expect(absence).toBeNull()
  expect(Object.keys(problems)).toEqual([field])
  expect(Object.values(problems)[0]).toContain(sentence)
})

test('the same days are not kept twice', () => {
  const { absence, problems } = readDraft({ ...week, stopBeforeDays: 5 }, { absences: [week], today })
  expect(absence).toBeNull()
  expect(problems.to).toContain('on the list already')
})

test('what happens is said before, during and after', () => {
  expect(stateText(week, today)).toMatch(/^No first mails from Sat.*7.* on, 2 days before\.$/)
  expect(stateText({ ...week, stopBeforeDays: 0 }, today)).toBe('First mails go until you leave.')
  expect(stateText(week, '2026-03-09')).toMatch(/^You are away\. Mail goes on after Fri/)
  expect(stateText(week, '2026-03-13')).toMatch(/^You are away/)
  expect(stateText(week, '2026-03-14')).toBe('Over.')
})

test('one day is named once, and a year only where it is another one', () => {
  expect(daysText({ ...week, to: week.from }, today)).not.toContain(' to ')
  expect(daysText(week, today)).not.toContain('2026')
  expect(daysText(week, '2025-12-30')).toMatch(/2026 to .*2026/)
})
