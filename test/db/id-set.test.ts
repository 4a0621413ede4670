import fc from 'fast-check'
import { expect, test } from 'vitest'
import { below, hasId, idSetOf, idsIn, inBoth, sizeOf, without } from '#db/id-set'

const someIds = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 120 })
const all = { offset: 0, limit: 1_000 } as const

/** The same ids as a set of the language, rising. */
const rising = (ids: Iterable<number>) => [...new Set(ids)].toSorted((a, b) => a - b)

test('a set holds its ids once each, and any stretch of them', () => {
  fc.assert(
    fc.property(someIds, fc.nat(130), fc.nat(130), (ids, offset, limit) => {
      const set = idSetOf(ids)
      expect(sizeOf(set)).toBe(new Set(ids).size)
      expect(idsIn(set, { offset, limit })).toEqual(rising(ids).slice(offset, offset + limit))
      for (const id of [1, 31, 32, 33, 64, 200, 5_000]) expect(hasId(set, id)).toBe(ids.includes(id))
    }),
  )
})

test('two sets meet, leave each other out and end below an id as lists do', () => {
  fc.assert(
    fc.property(someIds, someIds, fc.nat(230), (a, b, limit) => {
      const [left, right] = [idSetOf(a), idSetOf(b)]
      expect(idsIn(inBoth(left, right), all)).toEqual(rising(a.filter((id) => b.includes(id))))
      expect(idsIn(without(left, right), all)).toEqual(rising(a.filter((id) => !b.includes(id))))
      expect(idsIn(below(left, limit), all)).toEqual(rising(a.filter((id) => id < limit)))
    }),
  )
})
