import '@mantine/charts/styles.css'
import { Alert, Button, SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChartColumn } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { DigestCard } from './DigestCard.tsx'
import { Failures } from './Failures.tsx'
import { OverTime } from './OverTime.tsx'
import { RateTables } from './RateTables.tsx'
import { System } from './System.tsx'
import { Throughput } from './Throughput.tsx'
import { Totals } from './Totals.tsx'
import { useOverview, type Days, type Overview } from './use-insights.ts'

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
            <Alert variant="light" color="gray">
              These figures are of practice mail, which nobody has received. Once there is a real mailbox, only real
              mail counts here.
            </Alert>
          ) : null}
          {isBlank(data) ? <NothingYet /> : <Figures overview={data} />}
        </>
      )}
      <System />
    </Page>
  )
}

function Figures({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <Totals totals={overview.totals} />
      <OverTime overview={overview} />
      <Throughput overview={overview} />
      <RateTables overview={overview} />
      <Failures failures={overview.failures} />
    </>
  )
}

/** Nothing went, came back, failed or is planned: tables of zeros would say less. */
function isBlank({ totals, days, throughput, failures }: Overview): boolean {
  const isQuiet = days.every(({ sent, replied, bounced, optedOut }) => sent + replied + bounced + optedOut === 0)
  return (
    isQuiet && totals.sent === 0 && throughput.coming.every(({ planned }) => planned === 0) && failures.length === 0
  )
}

function NothingYet() {
  return (
    <EmptyState
      icon={<ChartColumn size={28} aria-hidden />}
      title="Nothing was sent in this time"
      actions={
        <Button component={Link} to="/dispatch" variant="default">
          Dispatch mail
        </Button>
      }
    >
      Once mail has gone, this page shows what was answered, what came back, and which texts and hours do best.
    </EmptyState>
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
