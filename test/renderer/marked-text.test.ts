import { expect, test } from 'vitest'
import { piecesOf } from '../../renderer/ui/marked-pieces.ts'

const shown = (text: string, marks: Parameters<typeof piecesOf>[1]): string =>
  piecesOf(text, marks)
    .map((piece) => (piece.note === null ? piece.text : `[${piece.text}]`))
    .join('')

test('the stretches are marked in their order and nothing is lost', () => {
  const marks = [
    { from: 8, to: 10, note: 'b' },
    { from: 0, to: 2, note: 'a' },
  ]
  expect(shown('ab cd ef gh', marks)).toBe('[ab] cd ef[ g]h')
  expect(shown('ab', [])).toBe('ab')
  expect(shown('', [])).toBe('')
})

test('what overlaps, is empty or lies outside is not marked', () => {
  const note = 'n'
  const marks = [
    { from: 0, to: 3, note },
    { from: 2, to: 4, note },
    { from: 4, to: 4, note },
    { from: 5, to: 99, note },
  ]
  expect(shown('abcdefg', marks)).toBe('[abc]defg')
})
