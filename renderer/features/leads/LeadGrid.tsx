import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type RefObject } from 'react'
import type { Lead, LeadSort } from '#shared/contract/leads'
import type { LeadId, UndoId } from '#shared/domain/ids'
import { rowPressOf, type RowPress } from '../../ui/row-press.ts'
import { columnsThatFit, templateOf, type ColumnId, type ShownColumn } from './columns.ts'
import { GridHead } from './GridHead.tsx'
import type { Chosen } from './lead-selection.ts'
import { pageOf } from './lead-window.ts'
import { rowElementId } from './LeadRow.tsx'
import { LeadRows } from './LeadRows.tsx'
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
  readonly cursorId: LeadId | null
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
  /** A lead was typed over in its row. */
  readonly onSaved: (lead: Lead, undoId: UndoId) => void
  /** The page of rows in the middle of the screen. */
  readonly onPage: (page: number) => void
}

/** The virtual table. It decides nothing: rows come in, keys and presses go out. */
export function LeadGrid(props: Props) {
  const { grid, total, cursorIndex, cursorId } = props
  const [edited, setEdited] = useState<Edited | null>(null)
  const { virtual, rowsOnScreen } = useRows(props, edited?.index ?? null)
  const columns = useColumns(props.chosenColumns, virtual.scrollRect?.width)
  const edit = useCallback((id: LeadId, index: number) => setEdited({ id, index }), [])

  function pressKey(event: KeyboardEvent<HTMLElement>): void {
    if (event.target !== event.currentTarget) return
    const command = tableCommandOf(event)
    if (event.key === 'F2' && cursorId !== null) edit(cursorId, cursorIndex)
    else if (command !== null) props.onCommand(command, rowsOnScreen)
    else return
    event.preventDefault()
  }

  function endEdit(): void {
    setEdited(null)
    grid.current?.focus()
  }

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
        const press = isField(event.target) ? null : rowPressOf(event)
        if (press !== null) props.onPress(press)
      }}
      onDoubleClick={(event) => {
        if (!isField(event.target) && rowPressOf(event) !== null) props.onOpen()
      }}
      onKeyDown={pressKey}
    >
      <GridHead
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        isAllChosen={props.isAllChosen}
        onChooseAll={props.onChooseAll}
      />
      <LeadRows
        items={virtual.getVirtualItems()}
        container={virtual.containerRef}
        measure={virtual.measureElement}
        {...{ columns, cursorIndex, cursorId }}
        rowOf={props.rowOf}
        chosen={props.chosen}
        editedId={edited?.id ?? null}
        onEdit={edit}
        onSaved={props.onSaved}
        onEnd={endEdit}
      />
    </div>
  )
}

/** Who is typed over, and the row they were in: it stays while one scrolls. */
interface Edited {
  readonly id: LeadId
  readonly index: number
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement
}

/** What is on the screen: it follows the cursor, starts at the top for another question, and tells which page it shows. */
function useRows({ grid, total, cursorIndex, moves, queryKey, onPage }: Props, kept: number | null) {
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    directDomUpdates: true,
    useFlushSync: false,
    rangeExtractor: (range) => withKept(defaultRangeExtractor(range), kept),
  })
  const items = virtual.getVirtualItems()
  const middle = items[Math.floor(items.length / 2)]?.index ?? 0
  const rowsOnScreen = Math.max(1, Math.floor(((virtual.scrollRect?.height ?? 0) - HEAD_PX) / ROW_PX) - 1)

  useEffect(() => onPage(pageOf(middle)), [middle, onPage])
  useEffect(() => virtual.scrollToOffset(0), [virtual, queryKey])
  const latest = useRef(cursorIndex)
  latest.current = cursorIndex
  useEffect(() => {
    if (moves > 0) virtual.scrollToIndex(latest.current, { align: 'auto' })
  }, [virtual, moves])
  return { virtual, rowsOnScreen }
}

function withKept(indexes: number[], kept: number | null): number[] {
  return kept === null || indexes.includes(kept) ? indexes : [...indexes, kept].toSorted((one, other) => one - other)
}

/** Borders and a scroll bar. */
const EDGES_PX = 18

/** Another list only where it really is another one: every row is drawn anew for it. */
function useColumns(chosen: readonly ColumnId[], width: number | undefined): readonly ShownColumn[] {
  const fitting = columnsThatFit(chosen, width === undefined ? Number.POSITIVE_INFINITY : width - EDGES_PX)
  const [shown, setShown] = useState<readonly ShownColumn[]>(fitting)
  if (shown.join() !== fitting.join()) setShown(fitting)
  return shown
}
