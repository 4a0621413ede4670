import { Button, Group, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { ImportId } from '#shared/domain/ids'
import type { ImportPurpose, RowVerdict } from '#shared/domain/taxonomy'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatFull, formatNumber } from '../../ui/format.ts'
import { verdictWords } from './purpose-words.ts'
import styles from './imports.module.css'

interface Props {
  readonly importId: ImportId
  readonly purpose: ImportPurpose
  /** Null: all rows. */
  readonly verdict: RowVerdict | null
}

const PAGE = 50

/** The judged rows, a page at a time. */
export function VerdictRows({ importId, purpose, verdict }: Props) {
  const [offset, setOffset] = useState(0)
  const { data, error, refetch } = useApi(
    'imports.rows',
    { importId, verdict, offset, limit: PAGE },
    { keepPrevious: true },
  )
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return null
  const isOfPeople = purpose === 'leads' || purpose === 'pending'
  const title = verdict === null ? 'All rows' : verdictWords(purpose, verdict).label

  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Pager offset={offset} total={data.total} onOffset={setOffset} />
      </Group>
      {/* A box that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.rows} role="region" aria-label={title} tabIndex={0}>
        <Table stickyHeader verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>Line</Table.Th>
              <Table.Th>{purpose === 'suppressions' ? 'Address or domain' : 'Email address'}</Table.Th>
              {isOfPeople ? <Table.Th>Name</Table.Th> : null}
              {isOfPeople ? <Table.Th>Company</Table.Th> : null}
              {purpose === 'history' ? <Table.Th>Sent</Table.Th> : null}
              <Table.Th>Verdict</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map((row) => (
              <Table.Tr key={row.line}>
                <Table.Td>{formatNumber(row.line)}</Table.Td>
                <Table.Td className={styles.example}>{row.email}</Table.Td>
                {isOfPeople ? (
                  <Table.Td className={styles.example}>{`${row.firstName} ${row.lastName}`.trim()}</Table.Td>
                ) : null}
                {isOfPeople ? <Table.Td className={styles.example}>{row.company}</Table.Td> : null}
                {purpose === 'history' ? <Table.Td>{row.at === null ? '' : formatFull(row.at)}</Table.Td> : null}
                <Table.Td>
                  {verdictWords(purpose, row.verdict).label}
                  {row.detail === '' ? null : <span className={styles.detail}> · {row.detail}</span>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  )
}

interface PagerProps {
  readonly offset: number
  readonly total: number
  readonly onOffset: (offset: number) => void
}

function Pager({ offset, total, onOffset }: PagerProps) {
  if (total <= PAGE) return null
  const last = Math.min(total, offset + PAGE)
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {formatNumber(offset + 1)}–{formatNumber(last)} of {formatNumber(total)}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - PAGE))}
      >
        Back
      </Button>
      <Button size="compact-sm" variant="default" disabled={last >= total} onClick={() => onOffset(offset + PAGE)}>
        Next
      </Button>
    </Group>
  )
}
