import { describe, expect, test } from 'vitest'
import { fieldKey, isBlank, parseTemplate } from '#shared/domain/merge'
import { mergeTemplate } from '#test/support/merge-template'
import { mergeValues } from '#shared/domain/merge-values'

const ANN = new Map([
  ['firstName', 'Ann'],
  ['company', 'Acme'],
  ['title', ''],
  ['Company size', '50'],
])

function merged(template: string, values: ReadonlyMap<string, string> = ANN): string {
  return mergeTemplate(parseTemplate(template).parts, values).text
}

function missing(template: string, values: ReadonlyMap<string, string> = ANN): readonly string[] {
  return mergeTemplate(parseTemplate(template).parts, values).missing
}

describe('fields', () => {
  test.each([
    ['Hi {{firstName}},', 'Hi Ann,'],
    ['Hi {{   firstName\t}},', 'Hi Ann,'],
    ['{{firstName}}{{company}}', 'AnnAcme'],
    ['{{FIRSTNAME}} {{First name}} {{first_name}} {{first-name}}', 'Ann Ann Ann Ann'],
    ['{{ Company size }} people', '50 people'],
    ['{{company size | default: "x"}}', '50'],
    ['{{\u200BfirstName\u00A0}}', 'Ann'],
  ])('%s becomes %s', (template, expected) => {
    expect(merged(template)).toBe(expected)
    expect(missing(template)).toEqual([])
  })

  test.each(['{ a }', 'a } b }} c', '{', '{ {firstName}}', 'function() { return {} }', ''])(
    'single braces stay text: %s',
    (template) => {
      expect(merged(template)).toBe(template)
      expect(parseTemplate(template).problems).toEqual([])
    },
  )

  test('of three braces the outer one is text', () => {
    expect(merged('{{{firstName}}}')).toBe('{Ann}')
  })

  test('a value that looks like a field stays as it is', () => {
    const values = new Map([
      ['firstName', '{{company}}'],
      ['company', 'secret'],
    ])
    expect(merged('{{firstName}} {{ x | default: "{{company}}" }}', values)).toBe('{{company}} {{company}}')
  })

  test('two halves of a field do not become one when they meet', () => {
    const values = new Map([
      ['a', '{{b'],
      ['b', 'secret'],
    ])
    expect(merged('{{a}}}}', values)).toBe('{{b}}')
  })
})

describe('fallbacks and filters', () => {
  test.each([
    ['{{title | default: "there"}}', 'there'],
    ["{{title|default:'there'}}", 'there'],
    ['{{title | default: “there”}}', 'there'],
    ['{{title | default: ‘there’}}', 'there'],
    ['{{title | default: „there“}}', 'there'],
    ['{{title | default: "a | b }} c"}}', 'a | b }} c'],
    ['{{title | default: "it\'s"}}', "it's"],
    ['{{title | default: ""}}', ''],
    ['{{firstName | default: "there"}}', 'Ann'],
    ['{{firstName | upcase}} {{firstName | downcase}}', 'ANN ann'],
    ['{{title | default: "élan vital" | capitalize}}', 'Élan vital'],
    ['{{title | upcase | default: "there"}}', 'there'],
    ['{{firstName | UPCASE | Default: "x"}}', 'ANN'],
  ])('%s becomes %s', (template, expected) => {
    expect(merged(template)).toBe(expected)
    expect(missing(template)).toEqual([])
  })

  test('capitalize leaves the other letters alone', () => {
    expect(merged('{{n | capitalize}}', new Map([['n', 'mcDonald']]))).toBe('McDonald')
  })

  test.each([
    '',
    ' ',
    '\t\n',
    '\u00A0',
    '\u200B',
    '\u200D\u2060\uFEFF',
    '\u3000',
    '\u00AD',
    '\u2800',
    '\u3164',
    '\u0000',
  ])('the blank value %j counts as missing', (blank) => {
    const values = new Map([['firstName', blank]])
    expect(isBlank(blank)).toBe(true)
    expect(missing('Hi {{firstName}},', values)).toEqual(['firstName'])
    expect(merged('Hi {{firstName | default: "there"}},', values)).toBe('Hi there,')
  })

  test('a missing field is named once, as typed', () => {
    expect(missing('{{ Shoe Size }} {{Shoe Size}} {{firstName}} {{ title }}')).toEqual(['Shoe Size', 'title'])
  })

  test('spaces around a value are not sent', () => {
    expect(merged('Hi {{n}},', new Map([['n', '  Ann ']]))).toBe('Hi Ann,')
  })

  test('escape sees the values and never the text of the template', () => {
    const { parts } = parseTemplate('<b>{{company}}</b>')
    expect(mergeTemplate(parts, new Map([['company', '<i>']]), () => '?').text).toBe('<b>?</b>')
  })
})

describe('mistakes', () => {
  test.each([
    ['Hi {{firstName', 3, 'unclosed', '{{firstName'],
    ['Hi {{firstName\n}}', 3, 'unclosed', '{{firstName'],
    ['Hi {{firstName} there', 3, 'unclosed', '{{firstName'],
    ['{{a | default: "x}}', 0, 'bad_argument', '| default: "x'],
    ['{{a | default: there}}', 0, 'bad_argument', '| default: there'],
    ['{{a | default}}', 0, 'bad_argument', '| default'],
    ['{{a | upcase: "x"}}', 0, 'bad_argument', '| upcase: "x"'],
    ['{{a | shout}}', 0, 'unknown_filter', 'shout'],
    ['{{a | where_exp: "x"}}', 0, 'unknown_filter', 'where_exp'],
    ['{{a | constructor}}', 0, 'unknown_filter', 'constructor'],
    ['{{a |}}', 0, 'unknown_filter', ''],
    ['{{}}', 0, 'unknown_field', '{{}}'],
    ['{{ | default: "x"}}', 0, 'unknown_field', '{{ | default: "x"}}'],
  ])('%j is reported at its place', (template, at, code, text) => {
    expect(parseTemplate(template).problems).toEqual([{ at, code, text }])
  })

  test('a mistyped field leaves a hole that is seen, and the next field is read', () => {
    const { parts, problems } = parseTemplate('{{a | shout}} {{firstName {{company}}')
    expect(problems.map((problem) => problem.code)).toEqual(['unknown_filter', 'unclosed'])
    expect(mergeTemplate(parts, ANN)).toEqual({ text: ' Acme', missing: ['{{a | shout}}', '{{firstName '] })
  })

  test('loops, includes and code are no part of the language', () => {
    const template = '{% for x in y %}{% include "/etc/passwd" %}<%= process.env %>${1+1}#{1}'
    expect(merged(template)).toBe(template)
  })
})

describe('the values of a lead', () => {
  const lead = {
    firstName: 'Ann',
    lastName: 'Lee',
    company: 'Acme',
    title: 'CTO',
    email: 'ann@acme.example',
    website: '',
    phone: '',
    country: 'US',
    fields: { 'First Name': 'not Ann', Product: 'Gears' },
  }

  test('a custom column cannot take the place of a built-in field', () => {
    const values = mergeValues(lead, 'Sam')
    expect(merged('{{firstName}} {{First Name}} {{product}} {{senderName}} {{fullName}}', values)).toBe(
      'Ann Ann Gears Sam Ann Lee',
    )
  })

  test('a lead with half a name has no stray space in its full name', () => {
    expect(mergeValues({ ...lead, lastName: '' }, 'Sam').get('fullName')).toBe('Ann')
  })

  test('names of one field share a key', () => {
    expect(fieldKey(' Company  Size ')).toBe(fieldKey('company_size'))
  })
})
