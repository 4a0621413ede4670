import { expect, test } from 'vitest'
import { countVersions, parseTemplate } from '#shared/domain/merge'
import { mergeTemplate } from '#test/support/merge-template'

function picked(template: string, email: string): string {
  return mergeTemplate(parseTemplate(template).parts, new Map([['email', email]])).text
}

const GREETING = '{{pick "Hi" | "Hello" | "Good day"}}'

test('a lead gets the same alternative each time', () => {
  for (const email of ['ann@corp.example', 'bob@corp.example', 'eve@corp.example']) {
    expect(picked(GREETING, email)).toBe(picked(GREETING, email))
    expect(picked(GREETING, email.toUpperCase())).toBe(picked(GREETING, email))
  }
})

test('over many leads each alternative has its share, and two places fall out independently', () => {
  const emails = Array.from({ length: 900 }, (_, index) => `lead${index}@corp.example`)
  const drawn = Map.groupBy(emails, (email) => picked(`${GREETING} {{pick "a" | "b"}}`, email))
  expect(drawn.size).toBe(6)
  for (const group of drawn.values()) expect(group.length).toBeGreaterThan(110)
})

test.for([
  ['{{pick "Hi" | "Hi"}}', 'Hi'],
  [`{{ Pick 'x' | "x" }}!`, 'x!'],
  ['{{pick “a|b” | “a|b”}}', 'a|b'],
] as const)('%s becomes %s', ([template, expected]) => {
  expect(parseTemplate(template).problems).toEqual([])
  expect(picked(template, 'ann@corp.example')).toBe(expected)
})

test.for([
  ['{{pick "Hi"}}', 'bad_pick'],
  ['{{pick "Hi" | Hello}}', 'bad_pick'],
  ['{{pick "Hi" "Hello"}}', 'bad_pick'],
  ['{{pick "Hi" | }}', 'bad_pick'],
  ['{{pick "Hi {{firstName}}" | "Hello"}}', 'bad_pick'],
  ['{{pick "Hi" | "Hello"', 'unclosed'],
] as const)('%s has the problem %s and counts as missing', ([template, code]) => {
  const { parts, problems } = parseTemplate(template)
  expect(problems).toMatchObject([{ at: 0, code }])
  expect(mergeTemplate(parts, new Map()).missing).toHaveLength(1)
})

test('a column called pick is a column', () => {
  const values = new Map([
    ['pick', 'one'],
    ['Pick up', 'two'],
  ])
  expect(mergeTemplate(parseTemplate('{{pick}} {{Pick up | default: "x"}}').parts, values).text).toBe('one two')
})

test('the versions of a mail are counted over subject and text, the same words once', () => {
  const parts = (text: string) => parseTemplate(text).parts
  expect(countVersions([parts('Hi'), parts('Hello {{firstName}}')])).toBe(1)
  expect(countVersions([parts('{{pick "a" | "b"}}'), parts(GREETING)])).toBe(6)
  expect(countVersions([parts('{{pick "a" | "a"}}')])).toBe(1)
})
