import { VisuallyHidden } from '@mantine/core'
import { piecesOf, type TextMark } from './marked-pieces.ts'
import styles from './MarkedText.module.css'

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
