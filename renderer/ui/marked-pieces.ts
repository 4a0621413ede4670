import type { TextRange } from '#shared/domain/sentence'

export interface TextMark extends TextRange {
  /** Why it is marked, for the pointer and for who cannot see the colour. */
  readonly note: string
}

export interface Piece {
  readonly from: number
  readonly text: string
  readonly note: string | null
}

/** The text cut at its marks; marks outside of it, empty or overlapping ones are left out. */
export function piecesOf(text: string, marks: readonly TextMark[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to, note } of marks.toSorted((one, other) => one.from - other.from)) {
    if (from < at || to <= from || to > text.length) continue
    if (from > at) pieces.push({ from: at, text: text.slice(at, from), note: null })
    pieces.push({ from, text: text.slice(from, to), note })
    at = to
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), note: null })
  return pieces
}
