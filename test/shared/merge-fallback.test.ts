import { expect, test } from 'vitest'
import { usedFields, withFallback } from '#shared/domain/merge-fallback'

test('the fields of a text are told once for each of their fallbacks', () => {
  const texts = [
    '{{company}}?',
    'Hi {{ first name | default: "there" }}, {{Company | default: ""}} {{senderName}} {{Size}}',
  ]
  expect(usedFields(texts)).toEqual([
    { key: 'company', name: 'company', fallback: null },
    { key: 'firstname', name: 'firstName', fallback: 'there' },
    { key: 'company', name: 'company', fallback: '' },
    { key: 'size', name: 'Size', fallback: null },
  ])
  expect(usedFields(['{{nextWorkday}} {{pick "a" | "b"}} {{broken | x}}'])).toEqual([])
})

test('a fallback is put wherever its field had the other one, and other filters stay', () => {
  const text = 'Hi {{firstName | default: "}} x" | capitalize}}, {{ first name }} at {{company}}'
  const quoted = { key: 'firstname', fallback: '}} x' }
  const required = { key: 'firstname', fallback: null }
  expect(withFallback(text, quoted, 'you')).toBe(
    'Hi {{firstName | default: "you" | capitalize}}, {{ first name }} at {{company}}',
  )
  expect(withFallback(text, quoted, null)).toBe('Hi {{firstName | capitalize}}, {{ first name }} at {{company}}')
  expect(withFallback('{{a b}} {{a-b}} {{c}}', { key: 'ab', fallback: null }, 'x')).toBe(
    '{{a b | default: "x"}} {{a-b | default: "x"}} {{c}}',
  )
  expect(withFallback(text, required, 'you')).toContain('{{first name | default: "you"}} at {{company}}')
  expect(withFallback('{{company}}', { key: 'company', fallback: null }, 'the "best"')).toBe(
    '{{company | default: "the ’best’"}}',
  )
  expect(withFallback('{{company', { key: 'company', fallback: null }, 'x')).toBe('{{company')
})
