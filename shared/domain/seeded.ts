/**
 * A number in [0, 1) that depends on nothing but `seed` and `key`: the same pair draws the same number on every machine,
 * so a forecast and the later run agree. Mixing steps of MurmurHash3's 32-bit finaliser (Austin Appleby, public domain).
 */
export function seededUnit(seed: number, key: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(key + 0x7f4a7c15, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0) / 0x1_0000_0000
}

/** A whole number from `min` to `max`, both included, drawn by `seededUnit`. */
export function seededWhole(seed: number, key: number, range: { readonly min: number; readonly max: number }): number {
  return range.min + Math.floor(seededUnit(seed, key) * (range.max - range.min + 1))
}
