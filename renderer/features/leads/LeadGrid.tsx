import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent, type RefObject } from 'react'
import type { Lead, LeadSort } from '#shared/contract/leads'
import { rowPressOf, type RowPress } from '../../ui/row-press.ts'
import { useNow } from '../../ui/use-now.ts'
import { columnsThatFit, templateOf, type ColumnId, type ShownColumn } from './columns.ts'
import { GridHead } from './GridHead.tsx'
import { isChosen, type Chosen } from './lead-selection.ts'
import { pageOf } from './lead-window.ts'
import { LeadRow, rowElementId } from './LeadRow.tsx'
import styles from './leads.module.css'
import { tableCommandOf, type TableCommand } from './table-keys.ts'

/** Pixels; the same in the style sheet. */
const ROW_PX = 46
const HEAD_PX = 36

interface Props {
  readonly grid: RefObject<HTMLDivElement | null>
  /** Another value: another question, shown from its top. */
  readonly queryKey: string
  readonly total: number
  readonly rowOf: (index: number) => Lead | undefined
  readonly cursorIndex: number
  readonly cursorId: number | null
  readonly moves: number
  readonly chosen: Chosen
  readonly isAllChosen: boolean
  readonly chosenColumns: readonly ColumnId[]
  readonly sort: LeadSort
  readonly onSort: (sort: LeadSort) => void
  readonly onChooseAll: () => void
  /** `rows`: how many fit on the screen. */
  readonly onCommand: (command: TableCommand, rows: number) => void
  readonly onPress: (press: RowPress) => void
  readonly onOpen: () => void
  /** The page of rows in the middle of the screen. */
  readonly onPage: (page: number) => void
}

/** The virtual table. It asks nothing and decides nothing: rows come in, keys and presses go out. */
export function LeadGrid(props: Props) {
  const { grid, total, cursorIndex, moves, queryKey, onPage } = props
  const now = useNow(60_000)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    directDomUpdates: true,
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const middle = items[Math.floor(items.length / 2)]?.index ?? 0
  const rowsOnScreen = Math.max(1, Math.floor(((virtual.scrollRect?.height ?? 0) - HEAD_PX) / ROW_PX) - 1)

  const columns = useColumns(props.chosenColumns, virtual.scrollRect?.width)

  useEffect(() => onPage(pageOf(middle)), [middle, onPage])
  useEffect(() => virtual.scrollToOffset(0), [virtual, queryKey])
  const latest = useRef(cursorIndex)
  latest.current = cursorIndex
  useEffect(() => {
    if (moves > 0) virtual.scrollToIndex(latest.current, { align: 'auto' })
  }, [virtual, moves])

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label="Leads"
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      aria-activedescendant={total > 0 ? rowElementId(cursorIndex) : undefined}
      className={styles.grid}
      style={{ '--columns': templateOf(columns) } as CSSProperties}
      onClick={(event) => {
        const press = rowPressOf(event)
        if (press !== null) props.onPress(press)
      }}
      onDoubleClick={(event) => {
        if (rowPressOf(event) !== null) props.onOpen()
      }}
      onKeyDown={(event) => pressKey(event, (command) => props.onCommand(command, rowsOnScreen))}
    >
      <GridHead
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        isAllChosen={props.isAllChosen}
        onChooseAll={props.onChooseAll}
      />
      <div ref={virtual.containerRef} role="rowgroup" className={styles.rows}>
        {items.map(({ index, key }) => {
          const lead = props.rowOf(index)
          return (
            <LeadRow
              key={key}
              index={index}
              lead={lead}
              columns={columns}
              isCurrent={props.cursorId === null ? index === cursorIndex : lead?.id === props.cursorId}
              isChosen={lead !== undefined && isChosen(props.chosen, lead.id)}
              now={now}
              measure={virtual.measureElement}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Borders and a scroll bar. */
const EDGES_PX = 18

/** Another list only where it really is another one: every row is drawn anew for it. */
function useColumns(chosen: readonly ColumnId[], width: number | undefined): readonly ShownColumn[] {
  const fitting = columnsThatFit(chosen, width === undefined ? Number.POSITIVE_INFINITY : width - EDGES_PX)
  const key = fitting.join()
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => fitting, [key])
}

function pressKey(event: KeyboardEvent<HTMLElement>, run: (command: TableCommand) => void): void {
  if (event.target !== event.currentTarget) return
  const command = tableCommandOf(event)
  if (command === null) return
  event.preventDefault()
  run(command)
}
