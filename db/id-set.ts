/** A set of ids as bits: 12.5 KB for 100,000 leads, and two of them meet in a tenth of a millisecond. */
export type IdSet = Uint32Array

/** Ids from 1 on, in any order; the same one may come twice. */
export function idSetOf(ids: readonly number[]): IdSet {
  let highest = 0
  for (const id of ids) if (id > highest) highest = id
  const set = new Uint32Array((highest >>> 5) + 1)
  for (const id of ids) set[id >>> 5] = (set[id >>> 5] ?? 0) | (1 << (id & 31))
  return set
}

export function inBoth(a: IdSet, b: IdSet): IdSet {
  return a.slice(0, Math.min(a.length, b.length)).map((word, at) => word & (b[at] ?? 0))
}

/** Those of `a` that are not in `b`. */
export function without(a: IdSet, b: IdSet): IdSet {
  return a.map((word, at) => word & ~(b[at] ?? 0))
}

/** Those below `limit`. */
export function below(set: IdSet, limit: number): IdSet {
  const cut = set.slice(0, (limit >>> 5) + 1)
  const last = limit >>> 5
  if (last < cut.length) cut[last] = (cut[last] ?? 0) & ((1 << (limit & 31)) - 1)
  return cut
}

export function hasId(set: IdSet, id: number): boolean {
  return (((set[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1
}

export function sizeOf(set: IdSet): number {
  let size = 0
  for (const word of set) size += bitsIn(word)
  return size
}

/** Rising ids, without the first `offset` of them, at most `limit`. */
export function idsIn(set: IdSet, { offset, limit }: { offset: number; limit: number }): number[] {
  const found: number[] = []
  let before = 0
  for (let at = 0; at < set.length && found.length < limit; at += 1) {
    const word = set[at] ?? 0
    const here = bitsIn(word)
    if (before + here > offset) pushBits(found, { word, from: at * 32, skip: Math.max(0, offset - before) })
    before += here
  }
  return found.length > limit ? found.slice(0, limit) : found
}

function pushBits(into: number[], { word, from, skip }: { word: number; from: number; skip: number }): void {
  let left = skip
  for (let bit = 0; bit < 32; bit += 1) {
    if (((word >>> bit) & 1) === 0) continue
    if (left > 0) left -= 1
    else into.push(from + bit)
  }
}

/** How many bits of 32 are set: neighbours are added up in pairs, fours and eights, the multiplication adds the rest. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
