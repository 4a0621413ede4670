import type { Tone } from './StatusBadge.tsx'
import styles from './StatusWord.module.css'

interface Props {
  readonly tone: Tone
  readonly label: string
}

/** `StatusBadge` for rows of long lists: the same word and colour as one plain element. */
export function StatusWord({ tone, label }: Props) {
  return (
    <span className={styles['word']} data-tone={tone}>
      {label}
    </span>
  )
}
