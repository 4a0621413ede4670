import { ActionIcon, Button, Group, Pagination, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { Link } from '@tanstack/react-router'
import { Download, FileUp, Plus, Search, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatDay, formatNumber } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { AddSuppressions } from './AddSuppressions.tsx'
import { KIND_TEXTS, REASON_TEXTS } from './suppression-words.ts'
import {
  SUPPRESSIONS_PAGE,
  useExportSuppressions,
  useRemoveSuppression,
  useSuppressions,
  type Suppression,
} from './use-settings.ts'

const TYPING_MS = 200

/** Addresses and domains that must never be written to. */
export function SuppressionList() {
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const [isAdding, setAdding] = useState(false)
  const [searched] = useDebouncedValue(search.trim(), TYPING_MS)
  const { data, error, refetch } = useSuppressions(searched, page)
  const whole = useExportSuppressions()

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <TextInput
          aria-label="Search the do-not-contact list"
          placeholder="Search an address or domain"
          leftSection={<Search size={16} aria-hidden />}
          w={320}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            setPage(1)
          }}
        />
        <Group gap="xs">
          <Button
            variant="subtle"
            leftSection={<Download size={16} aria-hidden />}
            loading={whole.isPending}
            disabled={data === undefined || (searched === '' && data.total === 0)}
            onClick={() => whole.mutate()}
          >
            Export
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/leads/import" search={{ for: 'suppressions' }} {...props} />}
            leftSection={<FileUp size={16} aria-hidden />}
          >
            Import a list
          </Button>
          <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            Add addresses or domains
          </Button>
        </Group>
      </Group>
      {whole.error === null ? null : <ErrorPanel error={whole.error} />}
      {error === null ? null : <ErrorPanel error={error} onRetry={refetch} />}
      {data === undefined && error === null ? <Skeleton h={90} /> : null}
      {data?.total === 0 ? <Nobody search={searched} /> : null}
      {data === undefined || data.total === 0 ? null : <Rows rows={data.rows} />}
      {data === undefined || data.total <= SUPPRESSIONS_PAGE ? null : (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {formatNumber(data.total)} entries
          </Text>
          <Pagination
            size="sm"
            total={Math.ceil(data.total / SUPPRESSIONS_PAGE)}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          />
        </Group>
      )}
      <AddSuppressions isOpen={isAdding} onClose={() => setAdding(false)} />
    </Stack>
  )
}

function Nobody({ search }: { readonly search: string }) {
  return (
    <Text size="sm" c="dimmed" py="sm">
      {search === ''
        ? 'Nobody is on this list yet. Add an address such as ann@corp.example, or a whole domain such as corp.example.'
        : `No entry contains “${search}”.`}
    </Text>
  )
}

function Rows({ rows }: { readonly rows: readonly Suppression[] }) {
  const now = useNow(60_000)
  const remove = useRemoveSuppression()
  return (
    <Table verticalSpacing={6} aria-label="Do not contact">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Address or domain</Table.Th>
          <Table.Th>Why</Table.Th>
          <Table.Th>Since</Table.Th>
          <Table.Th w={50}>
            <span className="sr-only">Remove</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td className="break">
              {row.value}{' '}
              <Text span size="xs" c="dimmed">
                {KIND_TEXTS[row.kind]}
              </Text>
            </Table.Td>
            <Table.Td>{REASON_TEXTS[row.reason]}</Table.Td>
            <Table.Td>{formatDay(row.createdAt, now)}</Table.Td>
            <Table.Td>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={`Remove ${row.value}`}
                onClick={() => confirmRemoval(row, () => remove.mutate({ id: row.id }))}
              >
                <Trash2 size={16} aria-hidden />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function confirmRemoval(row: Suppression, remove: () => void): void {
  modals.openConfirmModal({
    title: `Take ${row.value} off the list?`,
    children: (
      <Text size="sm">
        {row.reason === 'opted_out'
          ? 'This person asked not to be written to. In many countries it is against the law to go on.'
          : 'Mail to it may be queued again afterwards. Nothing is sent by this alone.'}
      </Text>
    ),
    labels: { confirm: 'Take it off', cancel: 'Keep it' },
    confirmProps: { color: 'red' },
    onConfirm: remove,
  })
}
