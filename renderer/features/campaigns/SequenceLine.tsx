import { Skeleton, Text, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { Mail, Reply } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { StepDelay } from '#shared/domain/step-delay'
import type { Threading } from '#shared/domain/taxonomy'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatLocalDate } from '../../ui/format.ts'
import { delayWords, mailName } from './campaign-words.ts'
import { CARD_PX, indexOf, labelledDays, leftOf, placeCards, shutStretches } from './sequence-line.ts'
import styles from './sequence-line.module.css'
import { useExample, type SequenceDays } from './use-campaigns.ts'
import { usePullCard } from './use-pull-card.ts'

export interface LineStep {
  readonly delay: StepDelay
  readonly threading: Threading
  /** Its template, or what stands for several. */
  readonly text: string
  /** Who waits for it, where that is known. */
  readonly people: string | null
}

interface Props {
  readonly steps: readonly LineStep[]
  /** Whose hours and days off count. */
  readonly mailbox: { readonly id: number; readonly address: string }
  readonly at: { readonly local: string; readonly zone: string } | null
  /** Null: it is only looked at. */
  readonly edit: LineEdit | null
}

interface LineEdit {
  readonly onMove: (step: number, days: number) => void
  /** To the fields of a mail. */
  readonly onOpen: (step: number) => void
}

/** A sequence on a line of days: when one person would get each of its mails. */
export function SequenceLine({ steps, mailbox, at, edit }: Props) {
  const { ref, width } = useElementSize()
  const delays = steps.map(({ delay }, step) => (step === 0 ? { ...delay, days: 0 } : delay))
  const example = useExample({ delays, mailboxId: mailbox.id, at })
  const days = example.data
  return (
    <section aria-label="Line of time" className={styles['line']}>
      <div ref={ref}>
        {days === undefined ? (
          example.error === null ? (
            <Skeleton h={120} />
          ) : (
            <ErrorPanel error={example.error} onRetry={() => example.refetch()} />
          )
        ) : width === 0 ? null : (
          <Drawing steps={steps} delays={delays} example={days} width={width} edit={edit} />
        )}
      </div>
      <Text size="xs" c="dimmed">
        {at === null ? 'For somebody who is the first to get it today' : 'For somebody who is the first to get it then'}
        , by the hours and days off of {mailbox.address}. Nothing goes on the hatched days.
        {edit === null || steps.length < 2
          ? ''
          : ' Pull a mail to another day, or move it with Shift and the arrow keys.'}
      </Text>
    </section>
  )
}

interface DrawingProps {
  readonly steps: readonly LineStep[]
  readonly delays: readonly StepDelay[]
  readonly example: SequenceDays
  readonly width: number
  readonly edit: LineEdit | null
}

const AXIS_PX = 42
/** The dates above the days. */
const LABELS_PX = 18

function Drawing({ steps, delays, example, width, edit }: DrawingProps) {
  const { days, dates } = example
  const [moved, setMoved] = useState<number | null>(null)
  const pulling = usePullCard({
    example,
    width,
    delays,
    onMove: (step, wait) => {
      setMoved(step)
      edit?.onMove(step, wait)
    },
  })
  // A new mail has no day before the answer about it has come.
  const shown = steps.slice(0, dates.length)
  if (dates.includes(null)) return <Text size="sm">No mail would go: these hours never open.</Text>
  const indexes = shown.map((_, step) => indexOf(dates[step] ?? '', days))
  const places = placeCards(indexes, days.length, width)
  const rows = 1 + Math.max(0, ...places.map(({ row }) => row))
  const rowPx = edit === null ? 112 : 94
  return (
    <div className={styles['drawing']} style={{ height: AXIS_PX + rows * rowPx }}>
      <Axis example={example} width={width} />
      <ol className={styles['cards']}>
        {shown.map((step, index) => {
          const pull = pulling.pull?.step === index ? pulling.pull : null
          const left = pull?.left ?? leftOf(indexes[index] ?? 0, days.length, width)
          const top = AXIS_PX + (places[index]?.row ?? 0) * rowPx
          const text = <CardText step={step} index={index} date={dates[index] ?? ''} pulledTo={pull?.days ?? null} />
          return (
            <li key={index}>
              <span className={styles['stem']} style={{ left, height: top - LABELS_PX }} aria-hidden />
              <div
                className={styles['card']}
                style={{ left: Math.max(0, Math.min(left, width - CARD_PX)), top, width: CARD_PX, height: rowPx - 8 }}
                data-pulled={pull !== null || undefined}
              >
                {edit === null ? text : <CardButton {...{ index, edit, pulling }}>{text}</CardButton>}
              </div>
            </li>
          )
        })}
      </ol>
      <VisuallyHidden role="status">
        {moved === null ? '' : movedWords(moved, steps[moved], dates[moved])}
      </VisuallyHidden>
    </div>
  )
}

/** For those who do not see it go. */
function movedWords(index: number, step: LineStep | undefined, date: string | null | undefined): string {
  if (step === undefined || date === null || date === undefined) return ''
  return `${mailName(index)}: ${delayWords(step.delay, index)}, ${formatLocalDate(date)}`
}

interface ButtonProps {
  readonly index: number
  readonly edit: LineEdit
  readonly pulling: ReturnType<typeof usePullCard>
  readonly children: ReactNode
}

/** Opens the fields of its mail; the arrows go from one to the next, with Shift they move it. */
function CardButton({ index, edit, pulling, children }: ButtonProps) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (pulling.onKey(event, index)) return event.preventDefault()
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1 }[event.key]
    if (to === undefined || event.shiftKey) return
    event.preventDefault()
    event.currentTarget.closest('ol')?.querySelectorAll<HTMLElement>('button')[to]?.focus()
  }

  return (
    <button
      type="button"
      className={styles['button']}
      data-fixed={index === 0 || undefined}
      onKeyDown={onKeyDown}
      onClick={() => {
        if (!pulling.wasPulled()) edit.onOpen(index)
      }}
      {...pulling.pointer(index)}
    >
      {children}
    </button>
  )
}

interface TextProps {
  readonly step: LineStep
  readonly index: number
  readonly date: string
  /** Days to wait were it let go where it is; null: it stands. */
  readonly pulledTo: number | null
}

function CardText({ step, index, date, pulledTo }: TextProps) {
  const { threading, text, people } = step
  const isReply = index > 0 && threading === 'reply'
  const delay = pulledTo === null ? step.delay : { ...step.delay, days: pulledTo }
  return (
    <>
      <span className={styles['title']}>
        {isReply ? <Reply size={14} aria-hidden /> : <Mail size={14} aria-hidden />}
        {mailName(index)}
        <span className={styles['kind']}>{isReply ? 'answer' : 'new mail'}</span>
      </span>
      <span className={styles['text']} title={text}>
        {text}
      </span>
      <span className={styles['when']}>
        {pulledTo === null ? `${formatLocalDate(date)}, ` : ''}
        {delayWords(delay, index)}
      </span>
      {people === null ? null : <span className={styles['people']}>{people}</span>}
    </>
  )
}

function Axis({ example: { days }, width }: { readonly example: SequenceDays; readonly width: number }) {
  const at = (index: number): number => leftOf(index, days.length, width)
  return (
    <div className={styles['axis']} aria-hidden>
      <span className={styles['days']} />
      {shutStretches(days).map(({ from, to }) => (
        <span key={from} className={styles['shut']} style={{ left: at(from), width: at(to) - at(from) }} />
      ))}
      {labelledDays(days.length, width).map((index) => (
        <span key={index} className={styles['day']} style={{ left: at(index) }}>
          {formatLocalDate(days[index]?.date ?? '', { isShort: true })}
        </span>
      ))}
    </div>
  )
}
