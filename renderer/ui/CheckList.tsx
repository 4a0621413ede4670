import { Group, Text } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Check, CheckState } from '#shared/domain/readiness'
import styles from './CheckList.module.css'
import { CHECK_TITLES, checkText } from './readiness-words.ts'
import { useNow } from './use-now.ts'

const STATES = {
  ok: { word: 'Fine', Icon: CircleCheck, color: 'var(--pacemail-green-ink)' },
  failed: { word: 'Failed', Icon: CircleAlert, color: 'var(--pacemail-red-ink)' },
  unknown: { word: 'Not known', Icon: CircleHelp, color: 'var(--pacemail-yellow-ink)' },
} satisfies Record<CheckState, object>

interface Props {
  readonly checks: readonly Check[]
  /** What can be done about a check, beside it. */
  readonly action?: (check: Check) => ReactNode
}

/** Each check with its state as a word, what was found and what to do. */
export function CheckList({ checks, action }: Props) {
  const now = useNow()
  return (
    <ul className={styles['list']}>
      {checks.map((check) => {
        const { word, Icon, color } = STATES[check.state]
        return (
          <li key={check.code} className={styles['item']}>
            <Icon size={18} color={color} aria-hidden className="no-shrink" />
            <div className={styles['words']}>
              <Group gap="xs" justify="space-between" wrap="nowrap">
                <Text size="sm" fw={600}>
                  {CHECK_TITLES[check.code]}
                </Text>
                <Text size="sm" c={color} className="no-shrink">
                  {word}
                </Text>
              </Group>
              <Text size="sm" c="dimmed" className="break">
                {checkText(check, now)}
              </Text>
              {action?.(check)}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
