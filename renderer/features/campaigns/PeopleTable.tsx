import { Box, VisuallyHidden } from '@mantine/core'
import { Users } from 'lucide-react'
import { useState } from 'react'
import type { Campaign } from '#shared/contract/campaigns'
import type { EnrolmentStatus } from '#shared/domain/taxonomy'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { listKeys } from '../../ui/list-keys.ts'
import { CHOOSE, KeyHints, MOVE, OPEN } from '../../ui/KeyHints.tsx'
import { GridHead } from '../../ui/GridRow.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useNow } from '../../ui/use-now.ts'
import { VirtualRows } from '../../ui/VirtualRows.tsx'
import { mailName, PERSON_STATUSES, PERSON_WORDS } from './campaign-words.ts'
import styles from './campaigns.module.css'
import { PeopleBar } from './PeopleBar.tsx'
import { PersonDrawer } from './PersonDrawer.tsx'
import { columns, PersonRow, personRowId } from './PersonRow.tsx'
import { usePeopleList } from './use-people-list.ts'

const ROW_PX = 48

/** Everybody in the campaign, with every mail of theirs. */
export function PeopleTable({ campaign }: { readonly campaign: Campaign }) {
  const [status, setStatus] = useState<EnrolmentStatus | null>(null)
  return (
    <>
      <StatusFilter campaign={campaign} status={status} onChange={setStatus} />
      <Rows key={status ?? 'all'} campaign={campaign} status={status} />
    </>
  )
}

interface FilterProps {
  readonly campaign: Campaign
  readonly status: EnrolmentStatus | null
  readonly onChange: (status: EnrolmentStatus | null) => void
}

/** Only statuses that somebody has, and the one that is shown. */
function StatusFilter({ campaign: { people }, status, onChange }: FilterProps) {
  const shown = PERSON_STATUSES.filter((each) => (people.byStatus[each] ?? 0) > 0 || each === status)
  if (shown.length < 2 && status === null) return null
  return (
    <Box mb="xs">
      <FilterTabs
        label="Where they stand"
        tabs={[null, ...shown].map((each) => ({
          value: each,
          label: each === null ? 'All' : PERSON_WORDS[each].label,
          count: each === null ? people.total : (people.byStatus[each] ?? 0),
        }))}
        value={status}
        onChange={onChange}
      />
    </Box>
  )
}

interface RowsProps {
  readonly campaign: Campaign
  readonly status: EnrolmentStatus | null
}

function Rows({ campaign, status }: RowsProps) {
  const list = usePeopleList(campaign.id, status)
  const { pages, active, move, pick } = list
  const [isShown, setShown] = useState(false)
  const now = useNow()
  const steps = campaign.steps.length
  const open = (index: number) => {
    move(index)
    setShown(true)
  }
  useKeys([
    ['j', () => move(active + 1)],
    ['k', () => move(active - 1)],
    ['x', () => pick(active, false)],
    ['o', () => open(active)],
  ])

  if (pages.error !== null) return <ErrorPanel error={pages.error} onRetry={pages.refetch} />
  if (pages.total === 0 && !pages.isPending) return <Nobody isAll={status === null} />
  return (
    <>
      <PeopleBar campaign={campaign} list={list} />
      <VirtualRows
        className={styles['list'] ?? ''}
        aria-label="People"
        aria-rowcount={pages.total + 1}
        aria-multiselectable
        aria-activedescendant={personRowId(active)}
        count={pages.total}
        rowHeight={ROW_PX}
        active={active}
        onFirst={list.setFirst}
        onKeyDown={listKeys({
          active,
          last: list.last,
          move,
          pick,
          open,
          clear: list.clear,
          all: list.chooseLoaded,
        })}
        onRowPress={({ index, isToggle, isRange }) => {
          if (isToggle || isRange) pick(index, isRange)
          else open(index)
        }}
        header={<Head steps={steps} />}
        renderRow={(index) => {
          const person = pages.rowAt(index)
          return (
            <PersonRow
              index={index}
              person={person}
              steps={steps}
              now={now}
              isActive={index === active}
              isChosen={person !== undefined && list.chosen.has(person.leadId)}
            />
          )
        }}
      />
      <KeyHints hints={[MOVE, CHOOSE, OPEN]} />
      <PersonDrawer
        campaign={campaign}
        person={isShown ? pages.rowAt(active) : undefined}
        onClose={() => setShown(false)}
      />
    </>
  )
}

function Head({ steps }: { readonly steps: number }) {
  return (
    <GridHead style={{ gridTemplateColumns: columns(steps) }}>
      <span role="columnheader">
        <VisuallyHidden>Chosen</VisuallyHidden>
      </span>
      <span role="columnheader">Person</span>
      {Array.from({ length: steps }, (_, step) => (
        <span key={step} role="columnheader">
          {mailName(step)}
        </span>
      ))}
      <span role="columnheader">Standing</span>
    </GridHead>
  )
}

function Nobody({ isAll }: { readonly isAll: boolean }) {
  return (
    <EmptyState icon={<Users size={28} />} title={isAll ? 'Nobody is in it yet' : 'Nobody stands here'}>
      {isAll
        ? 'Press “Add people” and choose approved leads by list, tag or search. You can also choose them on the Leads page and press “Campaign…”.'
        : 'Choose another standing, or all of them.'}
    </EmptyState>
  )
}
