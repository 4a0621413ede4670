import { describe, expect, test } from 'vitest'
import { readOptOut } from '#shared/domain/incoming/opt-out'
import { isSenderKnown, OPT_OUT_SENTENCES, postalLine } from '#shared/domain/sender-identity'

describe.each(OPT_OUT_SENTENCES)('the sentence in $language', ({ text }) => {
  test('asks for a word that is understood when somebody answers with it', () => {
    const asked = /[“„«]\s?(\p{L}+)\s?[”“»]/u.exec(text)?.[1] ?? ''
    expect(readOptOut(asked).says).toBe('clear')
  })

  test('is no opt-out itself, when somebody quotes it without a quotation mark', () => {
    expect(readOptOut(`Sounds good, call me on Thursday.\n\n${text}`).says).toBe('nothing')
  })
})

test('the address is one line, after the company where there is one', () => {
  const postalAddress = ' 1 Main Street,\r\n\nSpringfield, IL 62701\nUSA '
  expect(postalLine({ company: 'Corp', postalAddress, optOut: '' })).toBe(
    'Corp, 1 Main Street, Springfield, IL 62701, USA',
  )
  expect(postalLine({ company: '', postalAddress, optOut: '' })).toBe('1 Main Street, Springfield, IL 62701, USA')
  expect(postalLine({ company: 'Corp', postalAddress: ' \n', optOut: '' })).toBe('')
})

test('a sender is known by a postal address and an opt-out sentence; a company alone is not enough', () => {
  const known = { company: '', postalAddress: '1 Main Street', optOut: 'Reply “stop”.' }
  expect(isSenderKnown(known)).toBe(true)
  expect(isSenderKnown({ ...known, company: 'Corp', postalAddress: ' ' })).toBe(false)
  expect(isSenderKnown({ ...known, optOut: ' ' })).toBe(false)
})
