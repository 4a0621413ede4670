import { formatFull, formatWhen } from '../../ui/format.ts'
import { ClipCell, GridRow, SecondLine } from '../../ui/GridRow.tsx'
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
}

export function rowId(index: number): string {
  return `answer-${index}`
}

/** One answer of the list. */
export function AnswerRow({ index, answer, now, mailbox, isActive }: Props) {
  return (
    <GridRow
      id={rowId(index)}
      index={index}
      isActive={isActive}
      data-wide={mailbox !== null || undefined}
      data-undone={(answer !== undefined && answer.undoneAt !== null) || undefined}
      className={styles['row'] ?? ''}
    >
      <span
        role="gridcell"
        className={styles['time']}
        title={answer === undefined ? '' : formatFull(answer.receivedAt)}
      >
        {answer === undefined ? '…' : formatWhen(answer.receivedAt, now)}
      </span>
      <ClipCell>
        {answer === undefined ? '' : answer.leadName === '' ? answer.from : answer.leadName}
        <SecondLine>{answer === undefined || answer.leadName === '' ? '' : answer.from}</SecondLine>
      </ClipCell>
      <ClipCell>{answer?.subject}</ClipCell>
      {mailbox === null ? null : <ClipCell className={styles['mailbox'] ?? ''}>{mailbox}</ClipCell>}
      <ClipCell>{answer === undefined ? null : <Verdict answer={answer} now={now} />}</ClipCell>
    </GridRow>
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
