import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { formatCount, formatNumber } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { comingDays, dayLabel, dayOf, machineZone, shortDay } from './days.ts'
import styles from './queue.module.css'

interface Props {
  readonly counts: readonly { date: string; planned: number; sent: number }[]
  /** The one that is drawn below. */
  readonly shown: string
  readonly onDay: (day: string) => void
}

const DAYS = 14

/** Today and the coming days, a bar each: how many mails went and how many are planned. A click shows that day. */
export function Timeline({ counts, shown, onDay }: Props) {
  const now = useNow(60_000)
  const today = dayOf(now, machineZone())
  const days = comingDays(today, DAYS).map((date) => {
    const found = counts.find((entry) => entry.date === date)
    return { date, planned: found?.planned ?? 0, sent: found?.sent ?? 0 }
  })
  const most = Math.max(1, ...days.map(({ planned, sent }) => planned + sent))
  return (
    <ol className={styles['timeline']} aria-label="Today and the coming days">
      {days.map((day) => (
        <li key={day.date}>
          <Day {...day} today={today} most={most} isShown={day.date === shown} onPress={() => onDay(day.date)} />
        </li>
      ))}
    </ol>
  )
}

interface DayProps {
  readonly date: string
  readonly planned: number
  readonly sent: number
  readonly today: string
  readonly most: number
  readonly isShown: boolean
  readonly onPress: () => void
}

function Day({ date, planned, sent, today, most, isShown, onPress }: DayProps) {
  const { weekday, date: number } = shortDay(date)
  const detail = `${formatCount(planned, 'mail')} planned${sent === 0 ? '' : `, ${formatNumber(sent)} sent`}`
  const content = (
    <>
      <span className={styles['bars']} aria-hidden>
        <span className={styles['barPlanned']} style={{ height: `${(100 * planned) / most}%` }} />
        <span className={styles['barSent']} style={{ height: `${(100 * sent) / most}%` }} />
      </span>
      <span className={styles['dayFigure']}>{formatNumber(planned + sent)}</span>
      <span className={styles['dayName']}>{date === today ? 'Today' : `${weekday} ${number}`}</span>
    </>
  )
  return (
    <UnstyledButton
      className={styles['day']}
      title={`${dayLabel(date, today)}: ${detail}`}
      aria-pressed={isShown}
      onClick={onPress}
    >
      {content}
      <VisuallyHidden>: {detail}. Show this day.</VisuallyHidden>
    </UnstyledButton>
  )
}
