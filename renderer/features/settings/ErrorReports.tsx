import { Badge, Button, Group, Modal, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { CopyField } from '../../ui/CopyField.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes, formatWhen } from '../../ui/format.ts'
import { saveText } from '../../ui/save-text.ts'
import { useNow } from '../../ui/use-now.ts'
import { useStatus } from './use-settings.ts'

type Report = OutputAt<'reports.list'>['rows'][number]

/** What went wrong inside Pacemail: looked at, copied, saved and deleted here, and sent nowhere. */
export function ErrorReports() {
  const { data, error, refetch } = useApi('reports.list', {})
  const { data: status } = useStatus()
  const remove = useCall('reports.remove')
  const [open, setOpen] = useState<Report | null>(null)
  const now = useNow()
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return null
  if (data.rows.length === 0) return <Text size="sm">There are none.</Text>
  return (
    <>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing={6} aria-label="Error reports">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>Where</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map((report) => (
              <ReportRow
                key={report.id}
                report={report}
                when={formatWhen(report.at, now)}
                onOpen={() => setOpen(report)}
                onRemove={status?.role === 'owner' ? () => remove.mutate({ reportId: report.id }) : null}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal opened={open !== null} onClose={() => setOpen(null)} title="Error report" size="xl">
        {open === null ? null : <ReportText report={open} when={formatWhen(open.at, now)} />}
      </Modal>
    </>
  )
}

interface RowProps {
  readonly report: Report
  readonly when: string
  readonly onOpen: () => void
  /** Null: another Pacemail owns the data. */
  readonly onRemove: (() => void) | null
}

function ReportRow({ report, when, onOpen, onRemove }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td className="nowrap">{when}</Table.Td>
      <Table.Td>{SOURCES[report.source]}</Table.Td>
      <Table.Td className="break">
        {report.summary}{' '}
        {report.count > 1 ? (
          <Badge variant="default" tt="none">
            {report.count} times
          </Badge>
        ) : null}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          <Button size="compact-sm" variant="default" aria-label={`Look at the report of ${when}`} onClick={onOpen}>
            Look
          </Button>
          {onRemove === null ? null : (
            <Button size="compact-sm" variant="default" aria-label={`Delete the report of ${when}`} onClick={onRemove}>
              Delete
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

function ReportText({ report, when }: { readonly report: Report; readonly when: string }) {
  const { data, error } = useApi('reports.get', { reportId: report.id })
  if (error !== null) return <ErrorPanel error={error} />
  if (data === undefined) return null
  return (
    <Stack>
      <Text size="sm">
        {SOURCES[report.source]}, {when}. Addresses and keys are taken out. Pacemail sends it to nobody: read it
        through, then copy or save it if somebody is to help you.
      </Text>
      {report.dumpBytes > 0 ? (
        <Text size="sm">
          A picture of the memory ({formatBytes(report.dumpBytes)}) lies in the folder “reports” of your data as{' '}
          {report.id}.dmp. It may hold anything that Pacemail was working with, also mail and passwords: think twice
          before you give it to anybody. It goes when you delete the report.
        </Text>
      ) : null}
      <CopyField label="The report" text={data.text} rows={14} />
      <Group>
        <Button
          variant="default"
          onClick={() => saveText({ fileName: `pacemail-error-${report.id}.txt`, text: data.text })}
        >
          Save as a file
        </Button>
      </Group>
    </Stack>
  )
}

const SOURCES = {
  program: 'Pacemail itself',
  page: 'The window',
  page_process: 'The window',
  helper_process: 'A helper of the window',
  dump: 'A part of Pacemail',
} satisfies Record<Report['source'], string>
