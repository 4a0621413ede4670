import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { ImportRow } from '#shared/contract/imports'
import type { ImportId } from '#shared/domain/ids'
import type { ImportPurpose, RowVerdict } from '#shared/domain/taxonomy'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatFull } from '../../ui/format.ts'
import { JudgedRows } from '../../ui/JudgedRows.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { verdictWords } from './purpose-words.ts'

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
  const title = verdict === null ? 'All rows' : verdictWords(purpose, verdict).label

  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Pager offset={offset} total={data.total} size={PAGE} onOffset={setOffset} />
      </Group>
      <JudgedRows
        name={title}
        numberHead="Line"
        heads={headsOf(purpose)}
        rows={data.rows.map((row) => ({
          number: row.line,
          cells: cellsOf(purpose, row),
          verdict: verdictWords(purpose, row.verdict).label,
          detail: row.detail,
        }))}
      />
    </div>
  )
}

function headsOf(purpose: ImportPurpose): string[] {
  if (purpose === 'suppressions') return ['Address or domain']
  return purpose === 'history' ? ['Email address', 'Sent'] : ['Email address', 'Name', 'Company']
}

/** In the order of `headsOf`. */
function cellsOf(purpose: ImportPurpose, row: ImportRow): string[] {
  if (purpose === 'suppressions') return [row.email]
  if (purpose === 'history') return [row.email, row.at === null ? '' : formatFull(row.at)]
  return [row.email, `${row.firstName} ${row.lastName}`.trim(), row.company]
}
