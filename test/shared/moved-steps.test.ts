import { expect, test } from 'vitest'
import { placeAfter } from '#shared/domain/moved-steps'

const after = (cameFrom: (number | null)[] | null, steps: number) =>
  [0, 1, 2].map((step) => placeAfter(step, { cameFrom, steps }))

test.each([
  ['nothing has moved', null, 3, [0, 1, 2]],
  ['the end is cut off', null, 1, [0, null, null]],
  ['the middle one is gone', [0, 2], 2, [0, null, 1]],
  ['a new one stands where one was', [0, null, 2], 3, [0, null, 2]],
  ['all have moved', [2, 0, 1], 3, [1, 2, 0]],
  ['more places are told than there are steps', [0, 1, 2], 2, [0, 1, null]],
] as const)('a step of a draft is found again where %s', (_, cameFrom, steps, expected) => {
  expect(after(cameFrom && [...cameFrom], steps)).toEqual(expected)
})
