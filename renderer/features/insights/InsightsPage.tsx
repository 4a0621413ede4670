import '@mantine/charts/styles.css'
import { Alert, SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { useState } from 'react'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { DigestCard } from './DigestCard.tsx'
import { Failures } from './Failures.tsx'
import { OverTime } from './OverTime.tsx'
import { RateTables } from './RateTables.tsx'
import { System } from './System.tsx'
import { Throughput } from './Throughput.tsx'
import { Totals } from './Totals.tsx'
import { useOverview, type Days } from './use-insights.ts'

const RANGES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
]

/** What was sent, what came of it, and whether everything is well. */
export function InsightsPage() {
  const [days, setDays] = useState<Days>(30)
  const { data, error, refetch } = useOverview(days)
  return (
    <Page
      title="Insights"
      description="What was sent and what came of it. A rate is shown with the range in which it truly lies, and only where there is enough mail to tell."
      actions={
        <SegmentedControl
          aria-label="Time"
          data={RANGES}
          value={String(days)}
          onChange={(value) => setDays(Number(value) as Days)}
        />
      }
    >
      <DigestCard />
      {error === null ? null : <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined ? null : (
        <>
          {data.isPractice && data.totals.sent > 0 ? (
            <Alert variant="light" color="yellow">
              These figures are of practice mail, which nobody has received. Once there is a real mailbox, only real
              mail counts here.
            </Alert>
          ) : null}
          <Totals totals={data.totals} />
          <OverTime overview={data} />
          <Throughput overview={data} />
          <RateTables overview={data} />
          <Failures failures={data.failures} />
        </>
      )}
      <System />
    </Page>
  )
}

function Loading() {
  return (
    <Stack gap="md" role="status" aria-label="Loading" aria-busy>
      <Skeleton h={90} />
      <Skeleton h={320} />
      <Skeleton h={280} />
    </Stack>
  )
}
