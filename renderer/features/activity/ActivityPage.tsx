import { Button, Center, Loader, Skeleton, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useEffect, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { ActivityFilters } from './ActivityFilters.tsx'
import { EVERYTHING, isNarrowed, type ActivityView } from './activity-view.ts'
import { DayList } from './DayList.tsx'
import { useActivity } from './use-activity.ts'

/** What has happened, newest first, in plain sentences. */
export function ActivityPage() {
  const { lead: leadId = null } = useSearch({ from: '/activity' })
  const navigate = useNavigate({ from: '/activity' })
  const [kept, setKept] = useState(EVERYTHING)
  const view: ActivityView = { ...kept, leadId }

  function show(next: ActivityView): void {
    setKept(next)
    if (next.leadId !== leadId) void navigate({ search: next.leadId === null ? {} : { lead: next.leadId } })
  }

  return (
    <Page
      title="Activity"
      description="Everything Pacemail and you have done, newest first. Nothing here is ever changed or removed."
    >
      <ActivityFilters view={view} onChange={show} />
      {leadId === null ? null : (
        <Text size="sm" fw={600}>
          Only what concerns one lead.
        </Text>
      )}
      <Feed view={view} onAll={() => show(EVERYTHING)} />
    </Page>
  )
}

function Feed({ view, onAll }: { readonly view: ActivityView; readonly onAll: () => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useActivity(view)
  const entries = data?.pages.flatMap(({ rows }) => rows) ?? []
  const isSearching = entries.length === 0 && hasNextPage && error === null
  // A rare thing is looked for in steps: go on until the first one is found.
  useEffect(() => {
    if (isSearching && !isFetchingNextPage) void fetchNextPage()
  }, [isSearching, isFetchingNextPage, fetchNextPage])
  return (
    <>
      {error === null ? null : <ErrorPanel error={error} onRetry={refetch} />}
      {data === undefined && error === null ? <Loading /> : null}
      {isSearching && data !== undefined ? (
        <Center role="status" aria-label="Looking further back">
          <Loader size="sm" />
        </Center>
      ) : null}
      {data !== undefined && entries.length === 0 && !hasNextPage ? <Nothing view={view} onAll={onAll} /> : null}
      <DayList entries={entries} />
      {hasNextPage && entries.length > 0 ? (
        <Center>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </Center>
      ) : null}
    </>
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

function Nothing({ view, onAll }: { readonly view: ActivityView; readonly onAll: () => void }) {
  if (isNarrowed(view)) {
    return (
      <EmptyState
        icon={<History size={28} aria-hidden />}
        title="Nothing of this kind"
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
