import type { ReactNode } from 'react'
import styles from './ScrollRegion.module.css'

interface Props {
  readonly name: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A box that scrolls, by keyboard too: without a stop of its own nobody could reach what lies below without a mouse. */
export function ScrollRegion({ name, className, children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={`${styles['region']} ${className ?? ''}`} role="region" aria-label={name} tabIndex={0}>
      {children}
    </div>
  )
}
