import { memo } from 'react'
import type { Send } from '#shared/contract/sends'
import { formatClock } from '../../ui/format.ts'
import { ClipCell, GridRow, SecondLine, TickCell } from '../../ui/GridRow.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { heldText, NEVER_TEXTS, outcomeLabel, sendStatusLabel, waitText } from '../../ui/wait-text.ts'
import { dayLabel, listedAt } from './days.ts'
import styles from './queue.module.css'
import { failureText } from './story-text.ts'
import { waitWords } from './wait-words.ts'

interface Props {
  readonly index: number
  /** Undefined: on its way. */
  readonly send: Send | undefined
  /** The day that begins with this row, `undated`, or null. */
  readonly heading: string | null
  readonly today: string
  readonly now: number
  readonly mailbox: string
  /** How many mails the sequence has; undefined: not known. */
  readonly steps: number | undefined
  readonly isActive: boolean
  readonly isChosen: boolean
}

export function rowId(index: number): string {
  return `queue-${index}`
}

/** One mail of the queue. No library components: there may be ten thousand of these. */
export const QueueRow = memo(function QueueRow(props: Props) {
  const { index, send, heading, today, mailbox, steps, isActive, isChosen } = props
  const at = send === undefined ? null : listedAt(send)
  return (
    <>
      {heading === null ? null : (
        <div role="row" className={styles['heading']}>
          <span role="gridcell" aria-colspan={6}>
            {heading === 'undated' ? 'No time yet' : dayLabel(heading, today)}
          </span>
        </div>
      )}
      <GridRow id={rowId(index)} index={index} isActive={isActive} isChosen={isChosen} className={styles['row'] ?? ''}>
        <TickCell />
        <span role="gridcell" className={styles['time']}>
          {send === undefined ? '…' : at === null ? '–' : formatClock(at)}
        </span>
        <ClipCell>
          {send === undefined ? '' : send.leadName === '' ? send.to : send.leadName}
          <SecondLine>{send === undefined ? '' : send.company === '' ? send.to : send.company}</SecondLine>
        </ClipCell>
        <ClipCell>
          {send?.subject}
          {send === undefined || steps === undefined || steps < 2 ? null : (
            <SecondLine>
              Mail {send.step + 1} of {steps}
            </SecondLine>
          )}
        </ClipCell>
        <ClipCell className={styles['mailbox'] ?? ''}>{mailbox}</ClipCell>
        <ClipCell>{send === undefined ? null : <Standing {...props} send={send} />}</ClipCell>
      </GridRow>
    </>
  )
})

/** The status word, where it is not the tab's own, and the reason or the result. */
function Standing({ send, now }: Props & { readonly send: Send }) {
  const { label, tone } = sendStatusLabel(send)
  if (send.status === 'pending' && send.wait !== null) {
    const words = waitWords(send.wait)
    return (
      <span title={send.wait.willSkip === null ? waitText(send.wait, now) : words}>
        {send.wait.willSkip === null ? null : <StatusWord tone="warning" label="Will be skipped" />}
        {send.attempts > 0 ? <StatusWord tone={tone} label={label} /> : null} {words}{' '}
        {send.priority === 1 ? null : <StatusWord tone="quiet" label={send.priority === 0 ? 'High' : 'Low'} />}
      </span>
    )
  }
  const remark = remarkOf(send, now)
  const outcome = outcomeLabel(send)
  return (
    <span title={remark}>
      <StatusWord tone={tone} label={label} /> {outcome === null ? null : <StatusWord {...outcome} />} {remark}
    </span>
  )
}

function remarkOf(send: Send, now: number): string {
  if (send.status === 'processing') return heldText(send, now)
  if (send.status === 'skipped' && send.skipped !== null) return NEVER_TEXTS[send.skipped]
  if (send.status === 'failed' && send.failure !== null) return failureText(send.failure)
  return ''
}
