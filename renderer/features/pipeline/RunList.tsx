import { Anchor, Button, Stack, Table, TextInput, Title } from '@mantine/core'
import { SearchCheck } from 'lucide-react'
import { useState } from 'react'
import type { PipelineRunId } from '#shared/domain/ids'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatWhen } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './pipeline.module.css'
import { useNewRun, useRuns } from './use-pipeline.ts'

/** The searches so far, and the way to a new one. */
export function RunList({ onOpen }: { readonly onOpen: (runId: PipelineRunId) => void }) {
  const { data, error, refetch } = useRuns()
  const [name, setName] = useState('')
  const create = useNewRun(onOpen)
  const now = useNow()
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  return (
    <Stack gap="lg">
      <form
        className={styles.begin}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') create.begin(name.trim())
        }}
      >
        <TextInput
          label="Name of a new search"
          placeholder="Bakeries in Lyon"
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={create.isBusy} disabled={name.trim() === ''}>
          Begin
        </Button>
      </form>
      {data === undefined ? null : data.length === 0 ? (
        <EmptyState icon={<SearchCheck size={28} />} title="No search yet">
          You give it a list of companies, then files with people; it finds who works there, checks their addresses, and
          makes leads of the good ones, which wait for your review like any import.
        </EmptyState>
      ) : (
        <div>
          <Title order={2} size="h4" mb="xs">
            Searches so far
          </Title>
          <Table maw="40rem">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Begun</Table.Th>
                <Table.Th>State</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((run) => (
                <Table.Tr key={run.runId}>
                  <Table.Td>
                    <Anchor component="button" type="button" onClick={() => onOpen(run.runId)}>
                      {run.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{formatWhen(run.createdAt, now)}</Table.Td>
                  <Table.Td>{run.isRunning ? 'Running' : ''}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  )
}
