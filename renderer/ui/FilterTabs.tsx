import { formatNumber } from './format.ts'
import styles from './FilterTabs.module.css'

export interface FilterTab<Value> {
  readonly value: Value
  readonly label: string
  /** How many rows it leaves; left out: not known. */
  readonly count?: number
}

interface Props<Value> {
  /** What they choose among, for those who do not see it. */
  readonly label: string
  readonly tabs: readonly FilterTab<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** As wide as the place they stand in. */
  readonly isWide?: boolean
}

/** One of a few: which rows of a list are shown, on every page alike, or how a lead is judged. */
export function FilterTabs<Value extends string | null>({ label, tabs, value, onChange, isWide }: Props<Value>) {
  return (
    <div role="group" aria-label={label} className={styles['tabs']} data-wide={isWide || undefined}>
      {tabs.map((tab) => (
        <button
          key={tab.value ?? ''}
          type="button"
          className={styles['tab']}
          aria-pressed={tab.value === value}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
          {tab.count === undefined ? null : <span className={styles['count']}>{formatNumber(tab.count)}</span>}
        </button>
      ))}
    </div>
  )
}
