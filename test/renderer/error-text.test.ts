import { describe, expect, test } from 'vitest'
import { ERROR_CODES, type ErrorCode } from '#shared/errors'
import { ApiError } from '../../renderer/api/api-error.ts'
import { codeText, errorText } from '../../renderer/app/error-text.ts'

describe('the sentences for failures', () => {
  test.each(ERROR_CODES)('%s: whole sentences without code, exclamation or blame', (code) => {
    const text = codeText(code, {})
    expect(text).toMatch(/^[A-Z“].*[.]$/s)
    expect(text.length).toBeGreaterThan(25)
    expect(text).not.toMatch(/undefined|null|NaN|!|error|invalid|oops|sorry/i)
    expect(text).not.toContain(code)
  })

  test('every code has its own sentence', () => {
    const texts = ERROR_CODES.map((code) => codeText(code, {}))
    expect(new Set(texts).size).toBe(ERROR_CODES.length)
  })

  test('facts become part of the sentence', () => {
    expect(codeText('import.unclosed_quote', { line: 12 })).toContain('in line 12')
    expect(codeText('mail.unreachable', { reason: 'no_name' })).toContain('no server of this name')
    expect(codeText('file.too_large', { maxBytes: 25_000_000 })).toContain('25 MB')
    expect(codeText('lead.address_invalid', { problem: 'several' })).toContain('more than one address')
    expect(codeText('suppression.invalid', { value: 'a b' })).toContain('“a b”')
  })

  test('facts of an unknown kind do not spoil the sentence', () => {
    expect(codeText('mail.unreachable', { reason: 'constructor' })).toMatch(/^The mail server did not answer/)
    expect(codeText('import.unclosed_quote', { line: 'x' })).not.toContain('x in')
  })

  test('a bug names the line to look for in the log', () => {
    expect(errorText(new ApiError({ code: 'internal', details: {}, ref: 'k3x9' }))).toContain('(k3x9)')
  })

  test('what is no answer of the host is treated as a bug', () => {
    expect(errorText(new TypeError('x is not a function'))).toBe(codeText('internal', {}))
  })

  test('a code of a later version still gets a sentence', () => {
    expect(codeText('mail.from_the_future' as ErrorCode, {})).toBe(codeText('internal', {}))
  })
})
