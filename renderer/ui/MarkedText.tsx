import { VisuallyHidden } from '@mantine/core'
import type { TextRange } from '#shared/domain/sentence'
import styles from './MarkedText.module.css'

export interface TextMark extends TextRange {
  /** Why it is marked, for the pointer and for who cannot see the colour. */
  readonly note: string
}

interface Props {
  readonly text: string
  /** In any order; what overlaps an earlier one is not marked twice. */
  readonly marks: readonly TextMark[]
}

/** A text as it is, with stretches of it marked. */
export function MarkedText({ text, marks }: Props) {
  return (
    <span className={styles['text']}>
      {piecesOf(text, marks).map((piece) =>
        piece.note === null ? (
          <span key={piece.from}>{piece.text}</span>
        ) : (
          <mark key={piece.from} className={styles['mark']} title={piece.note}>
            {piece.text}
            <VisuallyHidden> ({piece.note})</VisuallyHidden>
          </mark>
        ),
      )}
    </span>
  )
}

interface Piece {
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
