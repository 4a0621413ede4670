import { Text } from '@mantine/core'
import type { SendLook } from '#shared/contract/sends'
import { formatFull, formatWhen } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { lookText } from './look-text.ts'
import styles from './queue.module.css'

/** What the rep decides by: which looks were made, when, where, and what each found. */
export function Evidence({ looks, who }: { readonly looks: readonly SendLook[]; readonly who: string }) {
  const now = useNow()
  if (looks.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt={4}>
        Nobody has looked for it yet.
      </Text>
    )
  }
  return (
    <ul className={styles['evidence']} aria-label={`What was found about the mail to ${who}`}>
      {looks.map((look) => (
        <li key={`${look.at} ${look.times}`}>
          <span title={formatFull(look.at)}>{formatWhen(look.at, now)}</span> {lookText(look)}
        </li>
      ))}
    </ul>
  )
}
