import type { LeadSort } from '#shared/contract/leads'
import { COLUMNS, type ShownColumn } from './columns.ts'
import styles from './leads.module.css'

interface Props {
  readonly columns: readonly ShownColumn[]
  readonly sort: LeadSort
  readonly onSort: (sort: LeadSort) => void
  readonly isAllChosen: boolean
  readonly onChooseAll: () => void
}

export function GridHead({ columns, sort, onSort, isAllChosen, onChooseAll }: Props) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map((id) =>
          id === 'tick' ? (
            <div key={id} role="columnheader" className={styles.headCell}>
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
          ) : (
            <Head key={id} id={id} sort={sort} onSort={onSort} />
          ),
        )}
      </div>
    </div>
  )
}

interface HeadProps extends Pick<Props, 'sort' | 'onSort'> {
  readonly id: Exclude<ShownColumn, 'tick'>
}

function Head({ id, sort, onSort }: HeadProps) {
  const { label, sort: own } = COLUMNS[id]
  if (id === 'added') {
    return (
      <SortHead
        label={label}
        isOn={sort === 'newest' || sort === 'oldest'}
        direction={sort === 'oldest' ? 'ascending' : 'descending'}
        onSort={() => onSort(sort === 'newest' ? 'oldest' : 'newest')}
      />
    )
  }
  if (own !== undefined) {
    return <SortHead label={label} isOn={sort === own} direction="ascending" onSort={() => onSort(own)} />
  }
  return (
    <div role="columnheader" className={styles.headCell}>
      {label}
    </div>
  )
}

interface SortProps {
  readonly label: string
  readonly isOn: boolean
  readonly direction: 'ascending' | 'descending'
  readonly onSort: () => void
}

function SortHead({ label, isOn, direction, onSort }: SortProps) {
  return (
    <div role="columnheader" className={styles.headCell} aria-sort={isOn ? direction : 'none'}>
      <button type="button" className={styles.sortButton} onClick={onSort}>
        {label}
        <span aria-hidden="true">{isOn ? (direction === 'ascending' ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </div>
  )
}
