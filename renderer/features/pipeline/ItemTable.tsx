import { Group, Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { PipelineItem, PipelineRun } from '#shared/contract/pipeline'
import type { PipelineVerdict } from '#shared/domain/taxonomy'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { formatNumber } from '../../ui/format.ts'
import { JudgedRows, type JudgedRow } from '../../ui/JudgedRows.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { VERDICT_WORDS, VERDICTS } from './pipeline-words.ts'

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
          <FilterTabs<typeof kind>
            label="What to show"
            tabs={[
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
        <Pager
          offset={offset}
          total={data?.total ?? 0}
          size={PAGE}
          onOffset={(next) => setPlace({ key, offset: next })}
        />
      </Group>
      {data === undefined || data.total === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing to show yet. What a step finds stands here, row by row.
        </Text>
      ) : (
        <JudgedRows
          name={kind === 'company' ? 'Companies' : 'Contacts'}
          numberHead="Row"
          heads={HEADS[kind]}
          rows={data.rows.map((row) => judgedRow(kind, row))}
        />
      )}
    </div>
  )
}

const HEADS = {
  company: ['Company', 'Domain', 'From'],
  contact: ['Name', 'Email address', 'Company', 'From'],
}

function judgedRow(kind: Shown['kind'], row: PipelineItem): JudgedRow {
  const { company, domain, email, source } = row
  const name = `${row.firstName} ${row.lastName}`.trim()
  return {
    number: row.position,
    cells: kind === 'company' ? [company, domain, source] : [name, email, company, source],
    verdict: VERDICT_WORDS[row.verdict],
    detail: row.detail,
  }
}
