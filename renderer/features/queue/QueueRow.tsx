import { memo } from 'react'
import type { Send } from '#shared/contract/sends'
import { formatClock } from '../../ui/format.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { NEVER_TEXTS, outcomeLabel, sendStatusLabel, waitText } from '../../ui/wait-text.ts'
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
  readonly onPick: (index: number, isRange: boolean) => void
  readonly onOpen: (index: number) => void
}

export function rowId(index: number): string {
  return `queue-${index}`
}

/** One mail of the queue. No library components: there may be ten thousand of these. */
export const QueueRow = memo(function QueueRow(props: Props) {
  const { index, send, heading, today, mailbox, steps, isActive, isChosen, onPick, onOpen } = props
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
      {/* The grid hears the keys for its rows. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        id={rowId(index)}
        role="row"
        tabIndex={-1}
        aria-rowindex={index + 2}
        aria-selected={isChosen}
        data-active={isActive || undefined}
        className={styles['row']}
        onClick={(event) => {
          const isTick = event.target instanceof Element && event.target.closest('[data-tick]') !== null
          if (isTick || event.shiftKey || event.ctrlKey || event.metaKey) onPick(index, event.shiftKey)
          else onOpen(index)
        }}
      >
        <span role="gridcell" data-tick className={styles['tickCell']}>
          <span className={styles['tick']} />
        </span>
        <span role="gridcell" className={styles['time']}>
          {send === undefined ? '…' : at === null ? '–' : formatClock(at)}
        </span>
        <span role="gridcell" className={styles['clip']}>
          {send === undefined ? '' : send.leadName === '' ? send.to : send.leadName}
          <span className={styles['second']}>
            {send === undefined ? '' : send.company === '' ? send.to : send.company}
          </span>
        </span>
        <span role="gridcell" className={styles['clip']}>
          {send?.subject}
          {send === undefined || steps === undefined || steps < 2 ? null : (
            <span className={styles['second']}>
              Mail {send.step + 1} of {steps}
            </span>
          )}
        </span>
        <span role="gridcell" className={`${styles['clip']} ${styles['mailbox']}`}>
          {mailbox}
        </span>
        <span role="gridcell" className={styles['clip']}>
          {send === undefined ? null : <Standing {...props} send={send} />}
        </span>
      </div>
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
  const remark = remarkOf(send)
  const outcome = outcomeLabel(send)
  return (
    <span title={remark}>
      <StatusWord tone={tone} label={label} /> {outcome === null ? null : <StatusWord {...outcome} />} {remark}
    </span>
  )
}

function remarkOf(send: Send): string {
  if (send.status === 'skipped' && send.skipped !== null) return NEVER_TEXTS[send.skipped]
  if (send.status === 'failed' && send.failure !== null) return failureText(send.failure)
  return ''
}
