import { Button, Center, Chip, Group, Skeleton, Stack } from '@mantine/core'
import { History } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { DayList } from './DayList.tsx'
import { EVENT_GROUPS, type EventGroup } from './event-groups.ts'
import { useActivity } from './use-activity.ts'

const GROUPS = Object.keys(EVENT_GROUPS) as EventGroup[]

/** What has happened, newest first, in plain sentences. */
export function ActivityPage() {
  const [group, setGroup] = useState<EventGroup>('all')
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useActivity(group)
  const entries = data?.pages.flatMap(({ rows }) => rows) ?? []

  return (
    <Page
      title="Activity"
      description="Everything Pacemail and you have done, newest first. Nothing here is ever changed or removed."
    >
      <Chip.Group value={group} onChange={(value) => setGroup(value)}>
        <Group gap="xs" role="radiogroup" aria-label="Show">
          {GROUPS.map((name) => (
            <Chip key={name} value={name} size="sm" variant="outline">
              {EVENT_GROUPS[name].label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {error === null ? null : <ErrorPanel error={error} onRetry={refetch} />}
      {data === undefined && error === null ? <Loading /> : null}
      {data !== undefined && entries.length === 0 ? <Nothing group={group} onAll={() => setGroup('all')} /> : null}
      <DayList entries={entries} />
      {hasNextPage ? (
        <Center>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </Center>
      ) : null}
    </Page>
  )
}

function Loading() {
  return (
    <Stack gap="xs" role="status" aria-label="Loading" aria-busy>
      {[70, 55, 62, 48, 66].map((width) => (
        <Skeleton key={width} h={22} w={`${width}%`} />
      ))}
    </Stack>
  )
}

function Nothing({ group, onAll }: { readonly group: EventGroup; readonly onAll: () => void }) {
  if (group !== 'all') {
    return (
      <EmptyState
        icon={<History size={28} aria-hidden />}
        title="Nothing of this kind yet"
        actions={
          <Button variant="default" onClick={onAll}>
            Show everything
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState icon={<History size={28} aria-hidden />} title="Nothing has happened yet">
      Import leads or add a mailbox; each step you take and each mail that goes out is written down here.
    </EmptyState>
  )
}
