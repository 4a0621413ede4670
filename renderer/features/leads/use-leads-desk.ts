import { useDebouncedCallback } from '@mantine/hooks'
import { useRef, useState, type RefObject } from 'react'
import type { LeadId } from '#shared/domain/ids'
import type { LeadReview } from '#shared/domain/taxonomy'
import { showPlain } from './change-toast.tsx'
import type { LeadQuery } from './lead-query.ts'
import { MOST_IDS } from './lead-selection.ts'
import type { LeadWindow } from './lead-window.ts'
import type { RowPress } from '../../ui/row-press.ts'
import type { TableCommand } from './table-keys.ts'
import { useLeadActions, type LeadActions } from './use-lead-actions.ts'
import { useLeadBoard, type LeadBoard } from './use-lead-board.ts'
import { useLeadReads } from './use-lead-reads.ts'
import { useLeadWindow } from './use-lead-window.ts'

/** While rows fly by, at most five pages a second are asked for; the one where they stop, always. Milliseconds. */
const FLING = { delay: 40, maxWait: 200 }

interface Panel {
  /** Where the cursor begins; null: at the top. */
  readonly linkedId: LeadId | null
  readonly onOpen: () => void
  readonly onClose: () => void
}

export interface LeadsDesk {
  readonly window: LeadWindow
  readonly board: LeadBoard
  readonly actions: LeadActions
  /** The table, or what stands in its place. */
  readonly grid: RefObject<HTMLDivElement | null>
  readonly setPage: (page: number) => void
  run(command: TableCommand, rowsOnScreen: number): void
  press(press: RowPress): void
  /** Of the chosen leads, or of the one under the cursor, which then moves on. */
  review(review: LeadReview): void
  remove(): void
}

/** The table and what its keys do. `panel` is the details beside it. */
export function useLeadsDesk(query: LeadQuery, panel: Panel): LeadsDesk {
  const [page, setPage] = useState(0)
  const setPageCalmly = useDebouncedCallback(setPage, FLING)
  const window = useLeadWindow(query, page)
  const board = useLeadBoard(query, { window, linkedId: panel.linkedId })
  const actions = useLeadActions()
  const reads = useLeadReads()
  const grid = useRef<HTMLDivElement>(null)

  async function chooseRange(to: number): Promise<void> {
    const first = Math.min(board.anchor, to)
    const last = Math.max(board.anchor, to)
    if (last - first >= MOST_IDS) {
      showPlain('That is more than 10,000 leads at once. Use the box at the top of the table to choose all of them.')
      return
    }
    const ids = await reads.idsBetween(query, first, last)
    if (ids !== null) board.choose(ids, to)
  }

  function press({ index, isToggle, isRange }: RowPress): void {
    if (isRange) void chooseRange(index)
    else if (isToggle) board.toggleAt(index)
    else board.moveTo(index)
  }

  function review(to: LeadReview): void {
    const target = board.target()
    if (target === null) return
    actions.review(target, to)
    if (board.chosenCount > 0) board.chooseNothing()
    else board.moveTo(board.cursor.index + 1)
  }

  function remove(): void {
    const target = board.target()
    if (target === null) return
    actions.remove(target)
    board.chooseNothing()
  }

  return {
    window,
    board,
    actions,
    grid,
    setPage: setPageCalmly,
    press,
    review,
    remove,
    run: (command, rowsOnScreen) => runCommand(command, { board, panel, rowsOnScreen, last: window.total - 1 }),
  }
}

interface Place {
  readonly board: LeadBoard
  readonly panel: Panel
  readonly rowsOnScreen: number
  readonly last: number
}

function runCommand(command: TableCommand, { board, panel, rowsOnScreen, last }: Place): void {
  const { index } = board.cursor
  switch (command.do) {
    case 'move':
      if (command.isExtending) board.extendTo(index + command.by)
      else board.moveTo(index + command.by)
      break
    case 'first':
      board.moveTo(0)
      break
    case 'last':
      board.moveTo(last)
      break
    case 'pageUp':
      board.moveTo(index - rowsOnScreen)
      break
    case 'pageDown':
      board.moveTo(index + rowsOnScreen)
      break
    case 'toggle':
      board.toggleAt(index)
      break
    case 'chooseAll':
      board.chooseAll()
      break
    case 'open':
      panel.onOpen()
      break
    case 'escape':
      if (board.chosenCount > 0) board.chooseNothing()
      else panel.onClose()
      break
  }
}
