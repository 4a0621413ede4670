import { Button, Skeleton, Text, Title } from '@mantine/core'
import { useId, useState } from 'react'
import type { Send } from '#shared/contract/sends'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount } from '../../ui/format.ts'
import { aheadText, gateName, gateText, rangeText, reasonOf, SAY_LABELS, type GateFacts } from '../../ui/gate-text.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './queue.module.css'
import { standing } from './standing.ts'
import { TimeChanges } from './TimeChanges.tsx'
import { useExplanation } from './use-queue.ts'

/** Why a waiting mail goes when it goes: between which times, and what each rule says, in the order they are asked. */
export function WhyThen({ send }: { readonly send: Send }) {
  const now = useNow()
  const titleId = useId()
  const { data, error, refetch } = useExplanation(send.id)
  const willHold = data?.gates.some(({ say }) => say === 'hold') ?? false
  return (
    <section aria-labelledby={titleId}>
      <Title order={3} size="h5" mb="xs" id={titleId}>
        Why then?
      </Title>
      {data !== undefined ? (
        <>
          <Text size="sm">
            {data.range === null
              ? 'Nobody can say when it goes.'
              : rangeText(data.range, now, willHold ? 'Its turn comes' : 'It goes')}
            {data.range === null || send.wait === null ? '' : aheadText(send.wait.ahead)}
          </Text>
          <Gates send={send} gates={data.gates} />
          <TimeChanges changes={data.changes} now={now} />
        </>
      ) : error === null ? (
        <Skeleton h={60} />
      ) : (
        <ErrorPanel error={error} onRetry={() => refetch()} />
      )}
    </section>
  )
}

/** What is in the way; all the others on demand. */
function Gates({ send, gates }: { readonly send: Send; readonly gates: readonly GateFacts[] }) {
  const now = useNow()
  const listId = useId()
  const [isWhole, setWhole] = useState(false)
  const reason = reasonOf(gates, send.wait)
  const shown = isWhole ? gates : gates.filter(({ say }) => say !== 'pass')
  const passing = gates.filter(({ say }) => say === 'pass').length
  return (
    <>
      <ol id={listId} className={styles['gates']} aria-label="What the rules say now, in order">
        {reason === null ? <GateLine name="Its time and turn" text={standing(send, now)} say="wait" isReason /> : null}
        {shown.map((facts) => (
          <GateLine
            key={facts.gate}
            name={gateName(facts.gate)}
            text={gateText(facts, now, facts.gate === reason)}
            say={facts.say}
            isReason={facts.gate === reason}
          />
        ))}
      </ol>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={isWhole}
        aria-controls={listId}
        onClick={() => setWhole(!isWhole)}
      >
        {isWhole ? 'Show only what is in the way' : `Show the ${formatCount(passing, 'rule')} that let it pass`}
      </Button>
    </>
  )
}

interface LineProps {
  readonly name: string
  readonly text: string
  readonly say: GateFacts['say']
  readonly isReason: boolean
}

function GateLine({ name, text, say, isReason }: LineProps) {
  return (
    <li className={styles['gate']} data-reason={isReason || undefined}>
      <div className={styles['case']}>
        <Text size="sm" fw={600}>
          {name}
          {isReason ? (
            <Text span size="sm" fw={500} c="var(--mantine-primary-color-light-color)">
              {' '}
              – the reason
            </Text>
          ) : null}
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      <StatusBadge {...SAY_LABELS[say]} />
    </li>
  )
}
