import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import type { DateFormat } from '#shared/contract/imports'
import { SearchSelect } from '../../ui/SearchSelect.tsx'
import styles from './imports.module.css'

interface Props {
  readonly dates: DateFormat
  readonly onDates: (dates: DateFormat) => void
}

const ORDERS = [
  { value: 'mdy', label: 'Month first: 3/4/2026 is 4 March' },
  { value: 'dmy', label: 'Day first: 3/4/2026 is 3 April' },
]

/** How dates are read that could mean two things. */
export function DateFields({ dates, onDates }: Props) {
  const zones = useMemo(() => [...new Set([dates.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])], [dates.zone])
  return (
    <div className={styles.format}>
      <NativeSelect
        size="xs"
        w={250}
        label="Dates such as 3/4/2026"
        data={ORDERS}
        value={dates.order}
        onChange={(event) => onDates({ ...dates, order: event.currentTarget.value === 'dmy' ? 'dmy' : 'mdy' })}
      />
      <SearchSelect
        size="xs"
        w={250}
        label="Dates that name no time zone are in"
        limit={100}
        data={zones}
        value={dates.zone}
        onChange={(zone) => onDates({ ...dates, zone: zone ?? dates.zone })}
      />
    </div>
  )
}
