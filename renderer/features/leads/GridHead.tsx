import type { LeadSort } from '#shared/contract/leads'
import styles from './leads.module.css'

interface Props {
  readonly sort: LeadSort
  readonly onSort: (sort: LeadSort) => void
  readonly isAllChosen: boolean
  readonly onChooseAll: () => void
}

export function GridHead({ sort, onSort, isAllChosen, onChooseAll }: Props) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <div role="columnheader" className={styles.headCell}>
          <button
            type="button"
            className={styles.checkButton}
            aria-pressed={isAllChosen}
            aria-label="Choose all leads in this filter"
            onClick={onChooseAll}
          >
            <span className={styles.check} data-on={isAllChosen || undefined} aria-hidden="true" />
          </button>
        </div>
        <SortHead label="Name" isOn={sort === 'name'} direction="ascending" onSort={() => onSort('name')} />
        <SortHead
          label="Company"
          column="company"
          isOn={sort === 'company'}
          direction="ascending"
          onSort={() => onSort('company')}
        />
        <SortHead label="Email" isOn={sort === 'email'} direction="ascending" onSort={() => onSort('email')} />
        <PlainHead label="Tags" column="tags" />
        <PlainHead label="Review" />
        <PlainHead label="Newest mail" column="mail" />
        <SortHead
          label="Added"
          column="added"
          isOn={sort === 'newest' || sort === 'oldest'}
          direction={sort === 'oldest' ? 'ascending' : 'descending'}
          onSort={() => onSort(sort === 'newest' ? 'oldest' : 'newest')}
        />
      </div>
    </div>
  )
}

function PlainHead({ label, column }: { readonly label: string; readonly column?: string }) {
  return (
    <div role="columnheader" className={styles.headCell} data-column={column}>
      {label}
    </div>
  )
}

interface SortProps {
  readonly label: string
  readonly column?: string
  readonly isOn: boolean
  readonly direction: 'ascending' | 'descending'
  readonly onSort: () => void
}

function SortHead({ label, column, isOn, direction, onSort }: SortProps) {
  return (
    <div role="columnheader" className={styles.headCell} data-column={column} aria-sort={isOn ? direction : 'none'}>
      <button type="button" className={styles.sortButton} onClick={onSort}>
        {label}
        <span aria-hidden="true">{isOn ? (direction === 'ascending' ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </div>
  )
}
