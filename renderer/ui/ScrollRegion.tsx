import { useEffect, useRef, type ReactNode } from 'react'
import styles from './ScrollRegion.module.css'

interface Props {
  readonly name: string
  readonly className?: string | undefined
  /** Has the focus when it appears, unless a tab showed it: a link that leads here must not end far from it. */
  readonly isGoal?: boolean
  readonly children: ReactNode
}

/** A box that scrolls, by keyboard too: without a stop of its own nobody could reach what lies below without a mouse. */
export function ScrollRegion({ name, className, isGoal = false, children }: Props) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const isByTab = document.activeElement?.closest('[role="tablist"], [role="dialog"]') != null
    if (isGoal && !isByTab) region.current?.focus({ preventScroll: true })
  }, [isGoal])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reached by keyboard
    <div ref={region} className={`${styles['region']} ${className ?? ''}`} role="region" aria-label={name} tabIndex={0}>
      {children}
    </div>
  )
}
