import { Skeleton, VisuallyHidden } from '@mantine/core'
import { Fragment, useState } from 'react'
import type { DayMark } from '#shared/contract/sends'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatClock } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { DayLane } from './DayLane.tsx'
import { hoursOf, placeOf, shownSpan } from './day-line.ts'
import styles from './day-line.module.css'
import type { Said } from './use-move-mark.ts'
import { dayLabel, dayOf, machineZone } from './days.ts'

interface Props {
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** Only this one; null: all. */
  readonly mailboxId: number | null
  readonly onOpen: (sendId: DayMark['sendId']) => void
}

/** One day, a line for each mailbox: when it may send, what went, what goes when, and what is held. */
export function DayLine({ date, mailboxId, onOpen }: Props) {
  const now = useNow(30_000)
  const day = useApi('sends.day', { date }, { keepPrevious: true })
  const [said, setSaid] = useState<Said | null>(null)
  const title = dayLabel(date, dayOf(now, machineZone()))
  if (day.data === undefined) {
    return day.error === null ? <Skeleton h={96} /> : <ErrorPanel error={day.error} onRetry={() => day.refetch()} />
  }
  const lanes = day.data.mailboxes.filter((lane) => mailboxId === null || lane.mailboxId === mailboxId)
  if (lanes.length === 0) return null
  const span = shownSpan({ ...day.data, mailboxes: lanes }, now)
  return (
    <section className={styles['day']} aria-label={`${title}, by mailbox`}>
      <div className={styles['lanes']}>
        {lanes.map((lane) => (
          <Fragment key={lane.mailboxId}>
            <DayLane lane={lane} span={span} now={now} onOpen={onOpen} onSay={setSaid} />
          </Fragment>
        ))}
        <span />
        <div className={styles['axis']} aria-hidden>
          {hoursOf(span).map((hour) => (
            <span key={hour} className={styles['hour']} style={{ left: `${placeOf(hour, span)}%` }}>
              {formatClock(hour)}
            </span>
          ))}
        </div>
      </div>
      <p className={styles['said']} data-move={said?.isMove}>
        {said === null ? <Legend title={title} /> : said.text}
      </p>
      <VisuallyHidden role="status">{said?.isMove === true ? said.text : ''}</VisuallyHidden>
    </section>
  )
}

function Legend({ title }: { readonly title: string }) {
  return (
    <>
      <b>{title}</b>
      {(['sent', 'sending', 'planned'] as const).map((kind) => (
        <span key={kind} className={styles['key']}>
          <span className={styles['sample']} data-kind={kind} aria-hidden /> {KINDS[kind]}
        </span>
      ))}
      <span className={styles['hint']}>Pull a planned mail to another time, or Shift and ← → on it.</span>
    </>
  )
}

const KINDS = { sent: 'sent', sending: 'being sent', planned: 'planned' } as const
