import { Button, Text } from '@mantine/core'
import { useId, useState } from 'react'
import type { OutputAt } from '../../api/paths.ts'
import { eventText } from '../../ui/event-text.ts'
import { formatWhen } from '../../ui/format.ts'
import styles from './queue.module.css'

type TimeChange = OutputAt<'sends.explain'>['changes'][number]

/** More of them stay behind a button. */
const FIRST_SHOWN = 3

/** How the time of a waiting mail has changed since it was queued, and what each change came from. */
export function TimeChanges({ changes, now }: { readonly changes: readonly TimeChange[]; readonly now: number }) {
  const listId = useId()
  const [isWhole, setWhole] = useState(false)
  if (changes.length === 0) return null
  const shown = isWhole ? changes : changes.slice(0, FIRST_SHOWN)
  return (
    <>
      <Text size="sm" fw={600} mt="sm" id={`${listId}-title`}>
        How its time has changed
      </Text>
      <ol id={listId} className={styles['gates']} aria-labelledby={`${listId}-title`}>
        {shown.map((change) => (
          <li key={`${change.notedAt} ${change.to}`} className={styles['gate']}>
            <div className={styles['case']}>
              <Text size="sm">{changeText(change, now)}</Text>
              <Text size="sm" c="dimmed">
                {causeText(change)} ({formatWhen(change.cause?.at ?? change.notedAt, now)})
              </Text>
            </div>
          </li>
        ))}
      </ol>
      {changes.length > FIRST_SHOWN ? (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isWhole}
          aria-controls={listId}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show only the newest' : `Show all ${changes.length}`}
        </Button>
      ) : null}
    </>
  )
}

/** "From Mon, 10:05 to Wed, 9:12." */
function changeText({ from, to }: TimeChange, now: number): string {
  if (to === null) return `It was to go ${formatWhen(from ?? now, now)}, and was held.`
  return from === null
    ? `It was held, and is to go ${formatWhen(to, now)}.`
    : `From ${formatWhen(from, now)} to ${formatWhen(to, now)}.`
}

function causeText({ cause }: TimeChange): string {
  return cause === null ? 'This computer was asleep, or other mail took longer than foreseen.' : eventText(cause)
}
