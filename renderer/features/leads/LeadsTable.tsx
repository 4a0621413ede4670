import type { ColumnId } from './columns.ts'
import { keyOf } from './lead-query.ts'
import { rowAt } from './lead-window.ts'
import { leadName } from './lead-words.ts'
import { LeadGrid } from './LeadGrid.tsx'
import type { LeadQuery } from './lead-query.ts'
import type { Filters } from './use-filters.ts'
import type { LeadsDesk } from './use-leads-desk.ts'

interface Props {
  readonly desk: LeadsDesk
  readonly filters: Filters
  readonly shown: LeadQuery
  readonly columns: readonly ColumnId[]
  readonly onOpen: () => void
}

/** Connects the table with the desk behind it. */
export function LeadsTable({ desk, filters, shown, columns, onOpen }: Props) {
  const { board, window } = desk
  const isAllChosen = board.chosenCount > 0 && board.chosenCount === window.total
  return (
    <LeadGrid
      grid={desk.grid}
      queryKey={keyOf(shown)}
      total={window.total}
      rowOf={(index) => rowAt(window, index)}
      cursorIndex={board.cursor.index}
      cursorId={board.cursor.id}
      moves={board.moves}
      chosen={board.chosen}
      isAllChosen={isAllChosen}
      chosenColumns={columns}
      sort={shown.sort}
      onSort={filters.sort}
      onChooseAll={isAllChosen ? board.chooseNothing : board.chooseAll}
      onCommand={desk.run}
      onPress={desk.press}
      onOpen={onOpen}
      onSaved={(saved, undoId) => desk.actions.remember(undoId, `${leadName(saved)} saved.`)}
      onPage={desk.setPage}
    />
  )
}
