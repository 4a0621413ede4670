import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useMemo } from 'react'
import { useNow } from './use-now.ts'
import {
  dayIn,
  fromPicker,
  scheduleShortcuts,
  timeProblemText,
  toPicker,
  zoneChoices,
  type TimeProblem,
} from './schedule-time.ts'
import styles from './WhenFields.module.css'

/** Null: as soon as the rules allow; `local` null: a time is wanted, but none chosen yet. */
export type When = { readonly local: string | null; readonly zone: string } | null

interface Props {
  readonly when: When
  readonly onChange: (when: When) => void
  readonly machineZone: string
  readonly problem: TimeProblem | null
  /** Without the choice of "as soon as possible". */
  readonly isTimeOnly?: boolean
}

const PICKER_ID = 'dispatch-when'

const CHOICES = [
  { value: 'now', label: 'As soon as possible' },
  { value: 'later', label: 'At a time' },
]

/** Now, or from a wall-clock time in a zone on. */
export function WhenFields({ when, onChange, machineZone, problem, isTimeOnly = false }: Props) {
  const now = useNow()
  const zones = useMemo(() => zoneChoices(machineZone), [machineZone])
  return (
    <>
      {isTimeOnly ? null : (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="When to send"
          data={CHOICES}
          value={when === null ? 'now' : 'later'}
          onChange={(value) => onChange(value === 'now' ? null : { local: null, zone: machineZone })}
        />
      )}
      {when === null ? null : (
        <>
          <DateTimePicker
            label="Not before"
            placeholder="Choose a date and a time"
            valueFormat="ddd D MMM YYYY, HH:mm"
            firstDayOfWeek={1}
            value={toPicker(when.local)}
            onChange={(value) => onChange({ ...when, local: fromPicker(value) })}
            error={problem === null ? null : timeProblemText(problem, when.zone)}
            timePickerProps={{ hoursInputLabel: 'Hours', minutesInputLabel: 'Minutes' }}
            submitButtonProps={{ 'aria-label': 'Take this time' }}
            // The popover names itself after the element with its own id.
            id={PICKER_ID}
            popoverProps={{ id: PICKER_ID }}
            minDate={dayIn(now, when.zone)}
            hideOutsideDates
            classNames={{ day: styles['pickerDay'] ?? '' }}
            ariaLabels={{ nextMonth: 'Next month', previousMonth: 'Previous month' }}
          />
          <Shortcuts now={now} zone={when.zone} onPick={(local) => onChange({ ...when, local })} />
          <Select
            label="Time zone"
            searchable
            allowDeselect={false}
            limit={100}
            data={zones}
            value={when.zone}
            onChange={(zone) => onChange({ ...when, zone: zone ?? machineZone })}
          />
        </>
      )}
    </>
  )
}

interface ShortcutsProps {
  readonly now: number
  readonly zone: string
  readonly onPick: (local: string) => void
}

function Shortcuts({ now, zone, onPick }: ShortcutsProps) {
  return (
    <Group gap={6} role="group" aria-label="Shortcuts">
      {scheduleShortcuts(now, zone).map(({ label, local }) => (
        <Button key={label} size="compact-xs" variant="default" onClick={() => onPick(local)}>
          {label}
        </Button>
      ))}
    </Group>
  )
}
