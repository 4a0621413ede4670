import { Text } from '@mantine/core'
import { formatCount, formatNumber, formatWhen } from './format.ts'
import { type MovedMail, movedText } from './moved-text.ts'
import { planDayLabel, heldText, type PlanFacts } from './plan-text.ts'
import styles from './Plan.module.css'
import { useNow } from './use-now.ts'

const SHOWN_DAYS = 7

interface Props {
  readonly plan: PlanFacts
  readonly moved: MovedMail
}

/** When the mails would go: first, last, how many each day, and what moves for them. */
export function Plan({ plan, moved }: Props) {
  const now = useNow()
  const others = movedText(moved, now)
  if (plan.heldBy !== null) {
    return (
      <Text size="sm" role="status">
        {heldText(plan.heldBy)}
      </Text>
    )
  }
  if (plan.firstAt === null || plan.lastAt === null) return null
  const most = Math.max(...plan.perDay.map(({ count }) => count), 1)
  const further = plan.perDay.slice(SHOWN_DAYS)
  return (
    <section aria-label="Plan">
      <Text size="sm">
        First mail <b>{formatWhen(plan.firstAt, now)}</b>
        {plan.lastAt === plan.firstAt ? null : (
          <>
            , last one <b>{formatWhen(plan.lastAt, now)}</b>
          </>
        )}
      </Text>
      <ul className={styles['days']}>
        {plan.perDay.slice(0, SHOWN_DAYS).map(({ date, count }) => (
          <li key={date}>
            <span>{planDayLabel(date)}</span>
            <span className={styles['dayTrack']} aria-hidden>
              <span className={styles['dayBar']} style={{ width: `${(100 * count) / most}%` }} />
            </span>
            <span className={styles['dayCount']}>{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
      {further.length === 0 ? null : (
        <Text size="xs" c="dimmed">
          and {formatCount(further.length, 'more day')}
        </Text>
      )}
      {others === null ? null : (
        <Text size="sm" mt="xs">
          {others}
        </Text>
      )}
    </section>
  )
}
