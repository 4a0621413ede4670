import { Button, Group, SegmentedControl, Select, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { PipelineItem, PipelineRun } from '#shared/contract/pipeline'
import type { PipelineVerdict } from '#shared/domain/taxonomy'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/format.ts'
import { VERDICT_WORDS, VERDICTS } from './pipeline-words.ts'
import styles from './pipeline.module.css'

export interface Shown {
  readonly kind: 'company' | 'contact'
  /** Null: all. */
  readonly verdict: PipelineVerdict | null
}

interface Props {
  readonly run: PipelineRun
  readonly shown: Shown
  readonly onShow: (shown: Shown) => void
}

const PAGE = 50

/** Everything the steps found, each with its verdict, a page at a time. */
export function ItemTable({ run, shown, onShow }: Props) {
  const { kind, verdict } = shown
  const key = `${kind} ${verdict ?? ''}`
  const [place, setPlace] = useState({ key, offset: 0 })
  const offset = place.key === key ? place.offset : 0
  const { data, error, refetch } = useApi(
    'pipeline.items',
    { runId: run.runId, kind, verdict, offset, limit: PAGE },
    { keepPrevious: true },
  )
  const counts = kind === 'company' ? run.companies : run.contacts
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />

  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="What to show"
            data={[
              { value: 'company', label: 'Companies' },
              { value: 'contact', label: 'Contacts' },
            ]}
            value={kind}
            onChange={(next) => onShow({ kind: next, verdict: null })}
          />
          <Select
            size="xs"
            w={200}
            aria-label="Verdict"
            placeholder="Any verdict"
            clearable
            data={VERDICTS.filter((one) => counts[one] > 0 || one === verdict).map((one) => ({
              value: one,
              label: `${VERDICT_WORDS[one]} (${formatNumber(counts[one])})`,
            }))}
            value={verdict}
            onChange={(next) => onShow({ kind, verdict: next })}
          />
        </Group>
        <Pager offset={offset} total={data?.total ?? 0} onOffset={(next) => setPlace({ key, offset: next })} />
      </Group>
      {data === undefined || data.total === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing to show yet. What a step finds stands here, row by row.
        </Text>
      ) : (
        <Rows kind={kind} rows={data.rows} />
      )}
    </div>
  )
}

function Rows({ kind, rows }: { readonly kind: Shown['kind']; readonly rows: readonly PipelineItem[] }) {
  const isCompany = kind === 'company'
  return (
    // A box that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.rows} role="region" aria-label={isCompany ? 'Companies' : 'Contacts'} tabIndex={0}>
      <Table stickyHeader verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={60}>Row</Table.Th>
            {isCompany ? null : <Table.Th>Name</Table.Th>}
            {isCompany ? null : <Table.Th>Email address</Table.Th>}
            <Table.Th>Company</Table.Th>
            {isCompany ? <Table.Th>Domain</Table.Th> : null}
            <Table.Th>From</Table.Th>
            <Table.Th>Verdict</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.position}>
              <Table.Td>{formatNumber(row.position)}</Table.Td>
              {isCompany ? null : (
                <Table.Td className={styles.cell}>{`${row.firstName} ${row.lastName}`.trim()}</Table.Td>
              )}
              {isCompany ? null : <Table.Td className={styles.cell}>{row.email}</Table.Td>}
              <Table.Td className={styles.cell}>{row.company}</Table.Td>
              {isCompany ? <Table.Td className={styles.cell}>{row.domain}</Table.Td> : null}
              <Table.Td className={styles.cell}>{row.source}</Table.Td>
              <Table.Td>
                {VERDICT_WORDS[row.verdict]}
                {row.detail === '' ? null : <span className={styles.detail}> · {row.detail}</span>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
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
