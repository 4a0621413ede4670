import type { HTMLAttributes } from 'react'
import styles from './GridRow.module.css'

interface RowProps extends HTMLAttributes<HTMLDivElement> {
  readonly index: number
  readonly isActive: boolean
  /** Undefined: rows of this grid cannot be chosen. */
  readonly isChosen?: boolean
}

/** A row of `VirtualRows`, which hears keys and presses for it. No library components: there may be thousands of these. */
export function GridRow({ index, isActive, isChosen, className, ...row }: RowProps) {
  return (
    <div
      {...row}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-active={isActive || undefined}
      className={`${styles['row']} ${className ?? ''}`}
    />
  )
}

/** The names of the columns; they stay above the rows. */
export function GridHead({ className, ...head }: HTMLAttributes<HTMLDivElement>) {
  return (
    <div {...head} role="row" aria-rowindex={1} className={`${styles['row']} ${styles['head']} ${className ?? ''}`} />
  )
}

/** Pixels; the same in the style sheet. */
export const GRID_HEAD_PX = 32

/** The box of a row that can be chosen. */
export function TickCell({ title }: { readonly title?: string }) {
  return (
    <span role="gridcell" data-tick className={styles['tickCell']} title={title}>
      <span className={styles['tick']} />
    </span>
  )
}

/** Text in one line that ends where the column does. */
export function ClipCell({ className, ...cell }: HTMLAttributes<HTMLSpanElement>) {
  return <span {...cell} role="gridcell" className={`${styles['clip']} ${className ?? ''}`} />
}

/** A second, quieter line in a cell. */
export function SecondLine(line: HTMLAttributes<HTMLSpanElement>) {
  return <span {...line} className={styles['second']} />
}
