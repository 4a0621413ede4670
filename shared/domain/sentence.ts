/** A stretch of a text, UTF-16 units: `from` included, `to` excluded. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** The sentence, or the line, in which a stretch of a text lies. */
export function sentenceAt(text: string, { from, to }: TextRange): TextRange {
  const before = [...text.slice(0, from).matchAll(/[.!?…]["'”’)]*\s+|\n/g)].at(-1)
  const start = before === undefined ? 0 : before.index + before[0].length
  const after = /[.!?…]["'”’)]*(?=\s|$)|\n/.exec(text.slice(to))
  const end = after === null ? text.length : to + after.index + after[0].trimEnd().length
  return { from: start, to: end }
}
