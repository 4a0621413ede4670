/** The shortest stretch of `before` that becomes `piece` in `after`. */
export interface TextChange {
  readonly from: number
  readonly to: number
  readonly piece: string
}

/** What to type, and over what, to get from one text to the other; so that the browser's own undo takes back that much. */
export function textChange(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  return { from: head, to: before.length - tail, piece: after.slice(head, after.length - tail) }
}
