import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useRef, type HTMLAttributes, type KeyboardEvent, type ReactNode } from 'react'
import { GRID_HEAD_PX } from './GridRow.tsx'
import { rowPressOf, type RowPress } from './row-press.ts'
import styles from './VirtualRows.module.css'

interface Props extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  readonly count: number
  /** Of a usual row, px; rows are measured once they are on screen. */
  readonly rowHeight: number
  /** Kept in view when it changes. */
  readonly active: number
  readonly renderRow: (index: number) => ReactNode
  /** The first row on screen, when it changes. */
  readonly onFirst?: (index: number) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onRowPress: (press: RowPress) => void
  /** A `GridHead`: it stays above the rows while they scroll. */
  readonly header: ReactNode
}

/** A cursor that moves further than this lands at the top instead of at the nearest edge. */
const LEAP_ROWS = 20

/**
 * A grid that holds only the rows on screen, however many there are. It takes the focus for all of them;
 * everything else goes to the box itself.
 */
export function VirtualRows({
  count,
  rowHeight,
  active,
  renderRow,
  onFirst,
  onKeyDown,
  onRowPress,
  header,
  className,
  ...box
}: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: GRID_HEAD_PX,
    scrollPaddingStart: GRID_HEAD_PX,
    directDomUpdates: true,
    useFlushSync: false,
  })
  const first = rows.range?.startIndex ?? 0
  const items = rows.getVirtualItems()
  // A name for a row that is not on the page would point to nothing.
  const activeName = items.some((item) => item.index === active) ? box['aria-activedescendant'] : undefined

  const last = useRef(active)

  useEffect(() => onFirst?.(first), [first, onFirst])
  // Only a move of the cursor scrolls; rows that arrive do not.
  const scrollTo = useEffectEvent((index: number, align: 'start' | 'auto') => rows.scrollToIndex(index, { align }))
  useEffect(() => {
    const isLeap = Math.abs(active - last.current) > LEAP_ROWS
    last.current = active
    if (active >= 0) scrollTo(active, isLeap ? 'start' : 'auto')
  }, [active])

  return (
    <div
      ref={scroller}
      className={`${styles['scroller']} ${className ?? ''}`}
      {...box}
      role="grid"
      tabIndex={0}
      aria-activedescendant={activeName}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const press = rowPressOf(event)
        if (press !== null) onRowPress(press)
      }}
    >
      {header}
      <div ref={rows.containerRef} role="presentation" className={styles['rows']}>
        {items.map((item) => (
          <div
            key={item.key}
            role="presentation"
            data-index={item.index}
            ref={rows.measureElement}
            className={styles['row']}
          >
            {renderRow(item.index)}
          </div>
        ))}
      </div>
    </div>
  )
}
