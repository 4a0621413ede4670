import { formatFull, formatWhen } from '../../ui/format.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { verdictRemark, verdictWord } from './answer-words.ts'
import styles from './answers.module.css'
import type { Answer } from './use-answers.ts'

interface Props {
  readonly index: number
  /** Undefined: on its way. */
  readonly answer: Answer | undefined
  readonly now: number
  /** Null: there is only one. */
  readonly mailbox: string | null
  readonly isActive: boolean
  readonly onOpen: (index: number) => void
}

export function rowId(index: number): string {
  return `answer-${index}`
}

/** One answer of the list. */
export function AnswerRow({ index, answer, now, mailbox, isActive, onOpen }: Props) {
  return (
    // The grid hears the keys for its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={rowId(index)}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      data-active={isActive || undefined}
      data-wide={mailbox !== null || undefined}
      data-undone={(answer !== undefined && answer.undoneAt !== null) || undefined}
      className={styles['row']}
      onClick={() => onOpen(index)}
    >
      <span
        role="gridcell"
        className={styles['time']}
        title={answer === undefined ? '' : formatFull(answer.receivedAt)}
      >
        {answer === undefined ? '…' : formatWhen(answer.receivedAt, now)}
      </span>
      <span role="gridcell" className={styles['clip']}>
        {answer === undefined ? '' : answer.leadName === '' ? answer.from : answer.leadName}
        <span className={styles['second']}>{answer === undefined || answer.leadName === '' ? '' : answer.from}</span>
      </span>
      <span role="gridcell" className={styles['clip']}>
        {answer?.subject}
      </span>
      {mailbox === null ? null : (
        <span role="gridcell" className={`${styles['clip']} ${styles['mailbox']}`}>
          {mailbox}
        </span>
      )}
      <span role="gridcell" className={styles['clip']}>
        {answer === undefined ? null : <Verdict answer={answer} now={now} />}
      </span>
    </div>
  )
}

function Verdict({ answer, now }: { readonly answer: Answer; readonly now: number }) {
  const remark = verdictRemark(answer, now)
  if (answer.undoneAt !== null) {
    return (
      <>
        <StatusWord tone="quiet" label="Taken back" /> was: {verdictWord(answer).label}
      </>
    )
  }
  return (
    <span title={remark}>
      <StatusWord {...verdictWord(answer)} /> {remark}
    </span>
  )
}
