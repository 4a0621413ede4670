import { Button, Group, SimpleGrid, Stack, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import type { PipelineRunId } from '#shared/domain/ids'
import type { PipelineVerdict } from '#shared/domain/taxonomy'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ItemTable, type Shown } from './ItemTable.tsx'
import { SaveContacts } from './SaveContacts.tsx'
import { StepCard } from './StepCard.tsx'
import { useRun, useRunCalls } from './use-pipeline.ts'

interface Props {
  readonly runId: PipelineRunId
  readonly onLeave: () => void
}

/** One search: its steps side by side, what they found, and the way to leads. */
export function RunView({ runId, onLeave }: Props) {
  const { data: run, error, refetch } = useRun(runId)
  const calls = useRunCalls(runId)
  const [chosen, setChosen] = useState<Shown | null>(null)
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  if (run === undefined) return null
  const isRunning = run.steps.some(({ state }) => state === 'running')
  const shown = chosen ?? { kind: Object.values(run.contacts).some(Boolean) ? 'contact' : 'company', verdict: null }

  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {run.name}
        </Title>
        <Group gap="xs">
          <Button variant="subtle" size="xs" onClick={onLeave}>
            All searches
          </Button>
          <Button variant="default" size="xs" onClick={calls.report}>
            Save report
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={isRunning}
            onClick={() => confirmRemove(run.name, () => calls.remove(onLeave))}
          >
            Remove
          </Button>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
        {run.steps.map((step, index) => (
          <StepCard
            key={step.step}
            number={index + 1}
            step={step}
            run={run}
            isBlocked={isRunning && step.state !== 'running'}
            calls={calls}
            onShow={(verdict: PipelineVerdict | null) =>
              setChosen({ kind: step.step === 'find_companies' ? 'company' : 'contact', verdict })
            }
          />
        ))}
      </SimpleGrid>
      <ItemTable run={run} shown={shown} onShow={setChosen} />
      <SaveContacts run={run} calls={calls} isRunning={isRunning} />
    </Stack>
  )
}

function confirmRemove(name: string, onConfirm: () => void): void {
  modals.openConfirmModal({
    title: `Remove the search “${name}”?`,
    children: 'Its lists and what it found are forgotten. Leads that were saved from it stay.',
    labels: { confirm: 'Remove', cancel: 'Keep it' },
    onConfirm,
  })
}
