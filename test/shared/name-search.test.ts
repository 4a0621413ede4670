import { expect, test } from 'vitest'
import { createNameSearch } from '#shared/domain/name-search'

const rank = (search: string, ...texts: string[]) => createNameSearch(search).rank(texts)

test('case and marks do not matter, neither in what is typed nor in what is there', () => {
  expect(rank('MULLER', 'Kliniken Müller')).not.toBeNull()
  expect(rank('müller', 'Kliniken Muller')).not.toBeNull()
})

test('every word has to be somewhere, in any order and in any of the texts', () => {
  expect(rank('north clinics', 'Clinics in the north')).not.toBeNull()
  expect(rank('hello question', 'First hello', 'A question')).not.toBeNull()
  expect(rank('clinics south', 'Clinics in the north')).toBeNull()
})

test('what begins with the text comes first, then what has words that begin so, then the rest', () => {
  expect(rank('first', 'First hello')).toBe(0)
  expect(rank('hel', 'First hello')).toBe(1)
  expect(rank('ello', 'First hello')).toBe(2)
})

test('a text without a word finds nothing', () => {
  for (const text of ['', '   ', '--', '!']) {
    expect(createNameSearch(text).isEmpty).toBe(true)
    expect(rank(text, 'First hello')).toBeNull()
  }
})
