import { Button, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Play } from 'lucide-react'
import type { Campaign } from '#shared/contract/campaigns'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount } from '../../ui/format.ts'
import styles from './campaigns.module.css'
import { handWords } from './hand-words.ts'
import { OutlookView } from './OutlookView.tsx'
import { useLifeCalls, useStartCheck } from './use-campaigns.ts'

interface Props {
  readonly campaign: Campaign
  readonly onAdd: () => void
}

/** Before the start: what pressing it would do. */
export function StartPanel({ campaign, onAdd }: Props) {
  const hasPeople = campaign.people.total > 0
  const check = useStartCheck(campaign.id, hasPeople)
  const calls = useLifeCalls(campaign)
  const ready = hasPeople ? (check.data?.ready ?? null) : 0
  const byHand = handWords(campaign, check.data?.obstacleCount ?? 0)
  return (
    <Paper withBorder p="md" className={styles['start'] ?? ''} component="section" aria-label="Start">
      <Stack gap="sm">
        <Title order={2} size="h5">
          Not started yet
        </Title>
        {!hasPeople ? (
          <>
            <Text size="sm">
              Nobody is in this campaign. Add people first; then you see here when each mail would go.
            </Text>
            <Button variant="default" onClick={onAdd}>
              Add people
            </Button>
          </>
        ) : check.error !== null ? (
          <ErrorPanel error={check.error} title="The plan cannot be worked out" onRetry={() => check.refetch()} />
        ) : check.data === undefined ? (
          <Skeleton h={160} />
        ) : (
          <OutlookView outlook={check.data} />
        )}
        {byHand.map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        <Button
          disabled={ready === null || ready === 0 || check.error !== null}
          loading={calls.isBusy}
          leftSection={<Play size={16} aria-hidden />}
          onClick={() => void calls.start()}
        >
          {ready === null || ready === 0 ? 'Start' : `Start with ${formatCount(ready, 'person', 'people')}`}
        </Button>
      </Stack>
    </Paper>
  )
}
