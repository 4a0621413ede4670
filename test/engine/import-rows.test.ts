import { expect, test } from 'vitest'
import { createRowJudge } from '#electron/engine/imports/judge-row'
import type { LeadColumn } from '#shared/contract/imports'
import { cleanText } from '#electron/engine/leads/lead-text'

const PARTS = ['email', 'firstName', 'lastName', 'company'] as const

function judge(mapping: readonly LeadColumn[], cells: readonly string[], columns: readonly string[] = []) {
  return createRowJudge(columns, mapping)({ line: 2, cells })
}

test.each([
  ['ann@corp.example, bob@corp.example', 'more than one address'],
  ['ann@corp.example;bob@corp.example', 'more than one address'],
  ['ann@bob@corp.example', 'more than one address'],
  ['ann@corp.example\nBcc: eve@evil.example', 'a line break in the address'],
  ['ann@corp.example\r\n', 'a line break in the address'],
  ['Ann <ann@corp.example>', 'not valid before the @'],
  ['ann@', 'not a domain after the @'],
  ['ann@corp', 'not a domain after the @'],
  ['ann\u200b@corp.example', 'invisible characters in the address'],
  ['änn@corp.example', 'letters before the @ that mail servers do not take'],
  ['corp.example', 'no @ in the address'],
  ['  ', 'no address'],
])('the address %j is invalid and says why', (cell, word) => {
  expect(judge(PARTS, [cell, 'Ann'])).toMatchObject({
    verdict: 'invalid',
    detail: word,
    firstName: 'Ann',
    identity: '',
  })
})

test('spellings of one inbox are one person', () => {
  const same = createRowJudge([], ['email'])
  const verdicts = ['ann.lee@gmail.com', 'AnnLee+x@googlemail.com', 'ann@corp.example', 'Ann+1@CORP.example'].map(
    (cell, at) => same({ line: at + 2, cells: [cell] }).verdict,
  )
  expect(verdicts).toEqual(['new', 'duplicate_in_file', 'new', 'duplicate_in_file'])
})

test('names lose line breaks and control characters, and stay within their length', () => {
  const row = judge(PARTS, ['ann@corp.example', ' Ann\r\nBcc: eve@evil.example\u0000 ', 'L'.repeat(300), '\u2028Corp'])
  expect(row).toMatchObject({ firstName: 'Ann Bcc: eve@evil.example', company: 'Corp' })
  expect(row.lastName).toHaveLength(200)
})

test('signs that turn the direction of a line round are no part of a name, those of a script are', () => {
  const cells = ['ann@corp.example', '\u202egnp.exe', '\u2066ליאת\u2069 כהן\u200f', '\u202aCorp\u202c']
  expect(judge(PARTS, cells)).toMatchObject({ firstName: 'gnp.exe', lastName: 'ליאת כהן\u200f', company: 'Corp' })
  expect(cleanText('one\n\u202dtwo\u202c', 100)).toBe('one\ntwo')
})

test('HTML, template code and formulas are kept as text', () => {
  const cells = ['ann@corp.example', '<img src=x onerror=alert(1)>', '{{constructor.constructor("x")()}}', '=1+1']
  expect(judge(PARTS, cells)).toMatchObject({ firstName: cells[1], lastName: cells[2], company: '=1+1' })
})

test("a spreadsheet's leading apostrophe before a formula sign is no part of the text", () => {
  const cells = ['ann@corp.example', "'=1+1", "'-5", "'plain"]
  expect(judge(PARTS, cells)).toMatchObject({ firstName: '=1+1', lastName: '-5', company: "'plain" })
})

test.each([
  ['Ann de Souza', 'Ann', 'de Souza'],
  ['de Souza, Ann', 'Ann', 'de Souza'],
  ['Dr. Ann Souza', 'Ann', 'Souza'],
  ['Frau Dr. Ann Souza', 'Ann', 'Souza'],
  ['Ann Souza, PhD', 'Ann', 'Souza'],
  ['Ann', 'Ann', ''],
  ['', '', ''],
])('the whole name %j becomes %j and %j', (full, firstName, lastName) => {
  expect(judge(['email', 'fullName'], ['ann@corp.example', full])).toMatchObject({ firstName, lastName })
})

test('a name of its own column goes before one taken from the whole name', () => {
  const row = judge(['email', 'fullName', 'firstName'], ['ann@corp.example', 'Ann Souza', 'Annie'])
  expect(row).toMatchObject({ firstName: 'Annie', lastName: 'Souza' })
})

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['america/new_york', 'America/New_York'],
  ['Mars/Olympus', ''],
  ['+02:00', ''],
  ['', ''],
])('the zone %j becomes %j', (cell, zone) => {
  expect(judge(['email', 'zone'], ['ann@corp.example', cell]).zone).toBe(zone)
})

test('custom columns become fields under their names, empty ones do not', () => {
  const columns = ['Email', 'Plan', '__proto__', 'constructor', 'Empty']
  const mapping: LeadColumn[] = ['email', 'custom', 'custom', 'custom', 'custom']
  const { fields } = judge(mapping, ['ann@corp.example', 'Gold\r\nPlus', 'polluted', 'text', ' '], columns)
  expect(Object.entries(fields)).toEqual([
    ['Plan', 'Gold\nPlus'],
    ['proto', 'polluted'],
    ['constructor', 'text'],
  ])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('several columns may feed one part', () => {
  const mapping: LeadColumn[] = ['email', 'email', 'note', 'note', 'tags', 'tags']
  const row = judge(mapping, ['', 'ann@corp.example', 'one', 'two', 'vip; fair|vip', 'north'])
  expect(row).toMatchObject({ email: 'ann@corp.example', note: 'one\ntwo', tags: ['vip', 'fair', 'north'] })
})

test('a country code is written in capitals, a country name stays as typed', () => {
  expect(judge(['email', 'country'], ['ann@corp.example', 'de']).country).toBe('DE')
  expect(judge(['email', 'country'], ['ann@corp.example', 'Deutschland']).country).toBe('Deutschland')
})
