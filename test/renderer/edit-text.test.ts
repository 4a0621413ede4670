import { describe, expect, it } from 'vitest'
import {
  insertAtCaret,
  insertLink,
  toggleList,
  toggleMark,
  type Edited,
} from '../../renderer/features/templates/edit-text.ts'
import { textChange } from '../../renderer/features/templates/text-change.ts'

/** `a[bc]d` is a text with `bc` selected; `a|d` one with a caret. */
function read(marked: string): Edited {
  const text = marked.replaceAll(/[‹›|]/g, '')
  const caret = marked.indexOf('|')
  return caret === -1
    ? { text, start: marked.indexOf('‹'), end: marked.indexOf('›') - 1 }
    : { text, start: caret, end: caret }
}

function show({ text, start, end }: Edited): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`
  return `${text.slice(0, start)}‹${text.slice(start, end)}›${text.slice(end)}`
}

describe('inserting at the caret', () => {
  it('puts the piece in and leaves the caret behind it', () => {
    expect(show(insertAtCaret(read('Hi |,'), '{{firstName}}'))).toBe('Hi {{firstName}}|,')
  })

  it('replaces what is selected', () => {
    expect(show(insertAtCaret(read('Hi ‹Ann›,'), '{{firstName}}'))).toBe('Hi {{firstName}}|,')
  })
})

describe('marking', () => {
  it.each([
    ['wraps the selection', 'a ‹word› b', '**', 'a **‹word›** b'],
    ['leaves spaces at the ends outside', 'a‹ word ›b', '**', 'a **‹word›** b'],
    ['takes the mark off when it is there', 'a **‹word›** b', '**', 'a ‹word› b'],
    ['puts the caret between the marks when nothing is selected', 'a | b', '*', 'a *|* b'],
    ['makes bold text italic too instead of spoiling it', '**‹word›**', '*', '***‹word›***'],
    ['takes italic off text that is bold and italic', '***‹word›***', '*', '**‹word›**'],
  ])('%s', (_title, before, mark, after) => {
    expect(show(toggleMark(read(before), mark))).toBe(after)
  })
})

describe('linking', () => {
  it('asks for the address when words are selected', () => {
    expect(show(insertLink(read('see ‹my calendar›.')))).toBe('see [my calendar](‹https://›).')
  })

  it('asks for the words when an address is selected', () => {
    expect(show(insertLink(read('see ‹https://example.com/a›')))).toBe('see [‹text›](https://example.com/a)')
  })
})

describe('listing', () => {
  it('turns every touched line into an entry', () => {
    expect(show(toggleList(read('one\nt‹wo\nth›ree\nfour')))).toBe('one\n‹- two\n- three›\nfour')
  })

  it('turns entries back into lines', () => {
    expect(show(toggleList(read('‹- two\n- three›')))).toBe('‹two\nthree›')
  })

  it('takes the line of the caret', () => {
    expect(toggleList(read('one\ntwo|')).text).toBe('one\n- two')
  })
})

describe('the change to type', () => {
  it.each([
    ['abc', 'abXc', { from: 2, to: 2, piece: 'X' }],
    ['a word b', 'a **word** b', { from: 2, to: 6, piece: '**word**' }],
    ['aaa', 'aa', { from: 2, to: 3, piece: '' }],
    ['same', 'same', { from: 4, to: 4, piece: '' }],
  ])('from %j to %j is the shortest stretch', (before, after, change) => {
    expect(textChange(before, after)).toEqual(change)
  })
})
