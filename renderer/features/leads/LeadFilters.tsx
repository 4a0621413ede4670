import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { BookOpenCheck, Search } from 'lucide-react'
import { memo, useState, type RefObject } from 'react'
import type { LeadFilter } from '#shared/contract/leads'
import type { ListId } from '#shared/domain/ids'
import type { LeadReview } from '#shared/domain/taxonomy'
import { BASIS_WORDS } from '../../ui/basis-words.ts'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { formatNumber } from '../../ui/format.ts'
import type { ColumnId } from './columns.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { FiltersMenu } from './FiltersMenu.tsx'
import { isFiltered } from './lead-query.ts'
import { REVIEW_WORDS, WRITTEN_WORDS } from './lead-words.ts'
import styles from './leads.module.css'
import type { Filters } from './use-filters.ts'
import { useHeldListIds, type LeadFacets } from './use-lead-facets.ts'

interface Props {
  readonly filters: Filters
  readonly facets: LeadFacets
  readonly search: RefObject<HTMLInputElement | null>
  /** Where Enter and Escape lead from the search. */
  readonly table: RefObject<HTMLDivElement | null>
  readonly columns: readonly ColumnId[]
  readonly onColumns: (columns: readonly ColumnId[]) => void
}

const TABS: readonly (LeadReview | null)[] = [null, 'new', 'approved', 'rejected']

/** Not drawn again while the cursor moves. */
export const LeadFilters = memo(function LeadFilters(props: Props) {
  const { filters, facets, search, table } = props
  const { isReviewing, wanted, change } = filters
  return (
    <div className={styles.filters}>
      <ReviewTabs filters={filters} facets={facets} />
      <Button
        variant="default"
        title="V"
        aria-pressed={isReviewing}
        leftSection={<BookOpenCheck size={16} aria-hidden />}
        onClick={() => filters.setReviewing(!isReviewing)}
      >
        {isReviewing ? 'Show the table' : 'Review with mails'}
      </Button>
      <FiltersMenu wanted={wanted} onShow={filters.show} />
      {isReviewing ? null : <ColumnsMenu chosen={props.columns} onChoose={props.onColumns} />}
      <div className={styles.finders}>
        <SearchBox
          text={wanted.filter.search}
          input={search}
          onSearch={(text) => change({ search: text })}
          onLeave={() => table.current?.focus()}
        />
        <Choices filter={wanted.filter} facets={facets} onFilter={change} />
        {isFiltered(wanted.filter) ? (
          <Button variant="subtle" onClick={filters.clear}>
            Show all
          </Button>
        ) : null}
      </div>
    </div>
  )
})

function ReviewTabs({ filters, facets }: Pick<Props, 'filters' | 'facets'>) {
  return (
    <FilterTabs
      label="Review state"
      tabs={TABS.map((review) => ({
        value: review,
        label: review === null ? 'All' : REVIEW_WORDS[review],
        count: review === null ? facets.total : facets.byReview[review],
      }))}
      value={filters.wanted.filter.review}
      onChange={(review) => filters.change({ review })}
    />
  )
}

interface ChoicesProps {
  readonly filter: LeadFilter
  readonly facets: LeadFacets
  readonly onFilter: Filters['change']
}

function Choices({ filter, facets, onFilter }: ChoicesProps) {
  const held = useHeldListIds()
  return (
    <>
      <Select
        w={150}
        aria-label="Tag"
        placeholder="Any tag"
        searchable
        clearable
        nothingFoundMessage="No such tag"
        data={facets.tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${formatNumber(count)})` }))}
        value={filter.tag}
        onChange={(tag) => onFilter({ tag })}
      />
      <Select
        w={170}
        aria-label="List"
        placeholder="Any list"
        searchable
        clearable
        nothingFoundMessage="No such list"
        data={facets.lists.map(({ listId, name, count }) => ({
          value: String(listId),
          label: `${held.has(listId) ? 'Held: ' : ''}${name} (${formatNumber(count)})`,
        }))}
        value={filter.listId === null ? null : String(filter.listId)}
        onChange={(id) => onFilter({ listId: id === null ? null : (Number(id) as ListId) })}
      />
      <Select
        w={170}
        aria-label="Written to"
        placeholder="Written or not"
        clearable
        data={Object.entries(WRITTEN_WORDS).map(([value, label]) => ({ value, label }))}
        value={filter.written}
        onChange={(written) => onFilter({ written: written as LeadFilter['written'] })}
      />
      <Select
        w={170}
        aria-label="Why you may write to them"
        placeholder="Any reason"
        clearable
        data={Object.entries(BASIS_WORDS).map(([value, label]) => ({ value, label }))}
        value={filter.basis ?? null}
        onChange={(basis) => onFilter({ basis: basis as LeadFilter['basis'] })}
      />
    </>
  )
}

interface SearchProps {
  readonly text: string
  readonly input: RefObject<HTMLInputElement | null>
  readonly onSearch: (text: string) => void
  readonly onLeave: () => void
}

function SearchBox({ text, input, onSearch, onLeave }: SearchProps) {
  /** What is typed, while the box has the focus; null: what the address says. */
  const [draft, setDraft] = useState<string | null>(null)
  const shown = draft ?? text

  /** Each letter is asked at once: an answer takes less time than the next letter. */
  function type(next: string): void {
    setDraft(next)
    onSearch(next)
  }

  return (
    <TextInput
      ref={input}
      className={styles.search}
      type="search"
      aria-label="Search leads"
      placeholder="Name, company, title, address, tag"
      leftSection={<Search size={16} aria-hidden />}
      rightSection={
        shown === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />
      }
      maxLength={200}
      value={shown}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && shown !== '') type('')
        else if (['Escape', 'Enter', 'ArrowDown'].includes(event.key)) onLeave()
        else return
        event.preventDefault()
      }}
    />
  )
}
