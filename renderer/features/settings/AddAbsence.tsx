import { Button, Group, NumberInput, Stack } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type Absence, DEFAULT_STOP_BEFORE_DAYS } from '#shared/domain/absences'
import { AwayWhatIf } from './AwayWhatIf.tsx'
import { type AbsenceDraft, type AbsenceProblems, readDraft } from './absence-words.ts'

const EMPTY: AbsenceDraft = { from: null, to: null, stopBeforeDays: DEFAULT_STOP_BEFORE_DAYS }

const PICKER = {
  placeholder: 'Choose a day',
  valueFormat: 'ddd D MMM YYYY',
  firstDayOfWeek: 1,
  w: 200,
  clearable: false,
  hideOutsideDates: true,
  ariaLabels: { nextMonth: 'Next month', previousMonth: 'Previous month' },
} as const

interface Props {
  readonly absences: readonly Absence[]
  /** `YYYY-MM-DD`. */
  readonly today: string
  readonly isSaving: boolean
  readonly onAdd: (absence: Absence, onSaved: () => void) => void
}

/** From when to when, and how long before no first mails go. */
export function AddAbsence({ absences, today, isSaving, onAdd }: Props) {
  const [draft, setDraft] = useState(EMPTY)
  const [problems, setProblems] = useState<AbsenceProblems>({})

  const more = useMemo(() => readDraft(draft, { absences, today }).absence, [draft, absences, today])

  function change(part: Partial<AbsenceDraft>): void {
    setDraft({ ...draft, ...part })
    setProblems({})
  }

  function add(): void {
    const read = readDraft(draft, { absences, today })
    setProblems(read.problems)
    if (read.absence) onAdd(read.absence, () => setDraft(EMPTY))
  }

  return (
    <Stack gap="xs">
      <Group align="flex-start" gap="sm">
        <DatePickerInput
          {...PICKER}
          label="First day away"
          minDate={today}
          value={draft.from}
          error={problems.from}
          onChange={(from) => change({ from })}
        />
        <DatePickerInput
          {...PICKER}
          label="Last day away"
          minDate={today}
          value={draft.to}
          error={problems.to}
          onChange={(to) => change({ to })}
        />
        <NumberInput
          label="Days before without first mails"
          w={260}
          min={0}
          max={14}
          allowDecimal={false}
          value={draft.stopBeforeDays}
          error={problems.stopBeforeDays}
          onChange={(stopBeforeDays) => change({ stopBeforeDays })}
        />
        <Button variant="default" mt={25} leftSection={<Plus size={16} aria-hidden />} loading={isSaving} onClick={add}>
          Add
        </Button>
      </Group>
      <AwayWhatIf absences={absences} more={more} />
    </Stack>
  )
}
