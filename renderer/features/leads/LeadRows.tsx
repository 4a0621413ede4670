import type { VirtualItem } from '@tanstack/react-virtual'
import type { Lead } from '#shared/contract/leads'
import type { LeadId, UndoId } from '#shared/domain/ids'
import { useNow } from '../../ui/use-now.ts'
import type { ShownColumn } from './columns.ts'
import { EditRow } from './EditRow.tsx'
import { isChosen, type Chosen } from './lead-selection.ts'
import { LeadRow } from './LeadRow.tsx'
import styles from './leads.module.css'

interface Props {
  /** What the table is to hold just now. */
  readonly items: readonly VirtualItem[]
  readonly container: (element: HTMLElement | null) => void
  readonly measure: (element: HTMLElement | null) => void
  readonly columns: readonly ShownColumn[]
  readonly rowOf: (index: number) => Lead | undefined
  readonly cursorIndex: number
  readonly cursorId: number | null
  readonly chosen: Chosen
  /** Who is being typed over; null: nobody. */
  readonly editedId: LeadId | null
  /** Stable. */
  readonly onEdit: (id: LeadId, index: number) => void
  readonly onSaved: (lead: Lead, undoId: UndoId) => void
  readonly onEnd: () => void
}

/** The rows on the screen and a few around them; one of them may be typed over. */
export function LeadRows(props: Props) {
  const { items, container, measure, columns, cursorId, cursorIndex } = props
  const now = useNow(60_000)
  return (
    <div ref={container} role="rowgroup" className={styles.rows}>
      {items.map(({ index, key }) => {
        const lead = props.rowOf(index)
        const shared = {
          index,
          columns,
          isChosen: lead !== undefined && isChosen(props.chosen, lead.id),
          measure,
        }
        return lead !== undefined && lead.id === props.editedId ? (
          <EditRow key={`edit ${lead.id}`} {...shared} lead={lead} onSaved={props.onSaved} onEnd={props.onEnd} />
        ) : (
          <LeadRow
            key={key}
            {...shared}
            lead={lead}
            isCurrent={cursorId === null ? index === cursorIndex : lead?.id === cursorId}
            now={now}
            onEdit={props.onEdit}
          />
        )
      })}
    </div>
  )
}
