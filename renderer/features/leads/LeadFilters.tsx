import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { BookOpenCheck, Search } from 'lucide-react'
import { memo, useState, type RefObject } from 'react'
import type { LeadFilter } from '#shared/contract/leads'
import type { ListId } from '#shared/domain/ids'
import type { LeadReview } from '#shared/domain/taxonomy'
import { BASIS_WORDS } from '../../ui/basis-words.ts'
import { formatNumber } from '../../ui/format.ts'
import { isFiltered } from './lead-query.ts'
import { REVIEW_WORDS, WRITTEN_WORDS } from './lead-words.ts'
import styles from './leads.module.css'
import { useHeldListIds, type LeadFacets } from './use-lead-facets.ts'

interface Props {
  readonly filter: LeadFilter
  readonly facets: LeadFacets
  readonly search: RefObject<HTMLInputElement | null>
  readonly onFilter: (change: Partial<LeadFilter>) => void
  readonly onClear: () => void
  /** Where Enter and Escape lead from the search. */
  readonly table: RefObject<HTMLDivElement | null>
  readonly isReviewing: boolean
  readonly onReviewing: (isReviewing: boolean) => void
}

const TABS: readonly (LeadReview | null)[] = [null, 'new', 'approved', 'rejected']

/** Not drawn again while the cursor moves. */
export const LeadFilters = memo(function LeadFilters(props: Props) {
  const { filter, facets, search, onFilter, onClear, table } = props
  const held = useHeldListIds()
  return (
    <div className={styles.filters}>
      <div role="group" aria-label="Review state" className={styles.tabs}>
        {TABS.map((review) => (
          <button
            key={review ?? 'all'}
            type="button"
            className={styles.tab}
            aria-pressed={filter.review === review}
            onClick={() => onFilter({ review })}
          >
            {review === null ? 'All' : REVIEW_WORDS[review]}
            <span className={styles.tabCount}>
              {formatNumber(review === null ? facets.total : facets.byReview[review])}
            </span>
          </button>
        ))}
      </div>
      <Button
        variant="default"
        title="V"
        aria-pressed={props.isReviewing}
        leftSection={<BookOpenCheck size={16} aria-hidden />}
        onClick={() => props.onReviewing(!props.isReviewing)}
      >
        {props.isReviewing ? 'Show the table' : 'Review with mails'}
      </Button>
      <div className={styles.finders}>
        <SearchBox
          text={filter.search}
          input={search}
          onSearch={(text) => onFilter({ search: text })}
          onLeave={() => table.current?.focus()}
        />
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
        {isFiltered(filter) ? (
          <Button variant="subtle" onClick={onClear}>
            Show all
          </Button>
        ) : null}
      </div>
    </div>
  )
})

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
