import { memo } from 'react'
import type { Lead } from '#shared/contract/leads'
import type { LeadId } from '#shared/domain/ids'
import type { ShownColumn } from './columns.ts'
import { LeadCells } from './LeadCells.tsx'
import styles from './leads.module.css'

interface Props {
  readonly index: number
  /** Undefined until its page arrives. */
  readonly lead: Lead | undefined
  readonly columns: readonly ShownColumn[]
  readonly isCurrent: boolean
  readonly isChosen: boolean
  /** Epoch ms. */
  readonly now: number
  readonly measure: (element: HTMLElement | null) => void
  /** Stable. Types over this lead in its row. */
  readonly onEdit: (id: LeadId, index: number) => void
}

/** Plain elements only: it is drawn dozens of times in every frame of a scroll. */
export const LeadRow = memo(function LeadRow(props: Props) {
  const { index, lead, columns, isCurrent, isChosen, now, measure, onEdit } = props
  return (
    <div
      ref={measure}
      id={rowElementId(index)}
      data-index={index}
      data-current={isCurrent || undefined}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      aria-busy={lead === undefined || undefined}
      className={styles.row}
    >
      {lead === undefined ? (
        <WaitingCells />
      ) : (
        <LeadCells
          lead={lead}
          columns={columns}
          now={now}
          isChosen={isChosen}
          onEdit={isCurrent ? () => onEdit(lead.id, index) : null}
        />
      )}
    </div>
  )
})

export function rowElementId(index: number): string {
  return `lead-row-${index}`
}

function WaitingCells() {
  return (
    <>
      <div role="gridcell" className={styles.cell} />
      <div role="gridcell" className={styles.cell}>
        <span className={styles.second}>…</span>
      </div>
    </>
  )
}
