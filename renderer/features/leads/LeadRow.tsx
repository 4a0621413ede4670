import { memo } from 'react'
import type { Lead } from '#shared/contract/leads'
import { formatDay, formatFull } from '../../ui/format.ts'
import { leadMarks, leadName, REVIEW_WORDS, sendWords } from './lead-words.ts'
import styles from './leads.module.css'

interface Props {
  readonly index: number
  /** Undefined until its page arrives. */
  readonly lead: Lead | undefined
  readonly isCurrent: boolean
  readonly isChosen: boolean
  /** Epoch ms. */
  readonly now: number
  readonly measure: (element: HTMLElement | null) => void
}

/** Plain elements only: it is drawn dozens of times in every frame of a scroll. */
export const LeadRow = memo(function LeadRow({ index, lead, isCurrent, isChosen, now, measure }: Props) {
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
      {lead === undefined ? <WaitingCells /> : <LeadCells lead={lead} now={now} isChosen={isChosen} />}
    </div>
  )
})

export function rowElementId(index: number): string {
  return `lead-row-${index}`
}

function LeadCells({ lead, now, isChosen }: { readonly lead: Lead; readonly now: number; readonly isChosen: boolean }) {
  const marks = leadMarks(lead)
  return (
    <>
      <div role="gridcell" className={styles.cell} data-tick>
        <span className={styles.check} data-on={isChosen || undefined} aria-hidden="true" />
      </div>
      <div role="gridcell" className={styles.cell}>
        <span className={styles.strong}>{leadName(lead)}</span>
        <span className={styles.second}>{lead.title || (marks.length === 0 ? '' : ' ')}</span>
      </div>
      <div role="gridcell" className={styles.cell} data-column="company">
        <span className={styles.first} title={lead.company}>
          {lead.company}
        </span>
        <span className={styles.second}>{lead.country}</span>
      </div>
      <div role="gridcell" className={styles.cell}>
        <span className={styles.first} title={lead.email}>
          {lead.email}
        </span>
        {marks.length === 0 ? null : <span className={styles.mark}>{marks.join(' · ')}</span>}
      </div>
      <div role="gridcell" className={styles.cell} data-column="tags">
        <span className={styles.second}>{lead.tags.join(', ')}</span>
      </div>
      <div role="gridcell" className={styles.cell}>
        <span className={styles.badge} data-review={lead.review}>
          {REVIEW_WORDS[lead.review]}
        </span>
      </div>
      <div role="gridcell" className={styles.cell} data-column="mail">
        <span className={styles.send} data-status={lead.sendStatus ?? 'none'}>
          {sendWords(lead.sendStatus)}
        </span>
      </div>
      <div role="gridcell" className={styles.cell} data-column="added" title={formatFull(lead.createdAt)}>
        <span className={styles.second}>{formatDay(lead.createdAt, now)}</span>
      </div>
    </>
  )
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
