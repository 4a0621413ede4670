import { ActionIcon, Button, Fieldset, Group, Stack, Switch, Text } from '@mantine/core'
import { TimeInput } from '@mantine/dates'
import { Plus, X } from 'lucide-react'
import { SearchSelect } from '../../ui/SearchSelect.tsx'
import type { PolicyFieldsProps } from './PolicyForm.tsx'
import { officeRanges, withDay, withMondayAllWeek, type RangeDraft } from './policy-draft.ts'
import { DAY_NAMES, zoneOptions } from './calendar-words.ts'

const FOLLOW = 'follow'

export function HoursFields({ draft, problems, onChange }: PolicyFieldsProps) {
  return (
    <Fieldset legend="Working hours">
      <Stack gap="sm">
        {DAY_NAMES.map((name, day) => (
          <DayFields
            key={name}
            name={name}
            ranges={draft.week[day] ?? []}
            problem={problems.days[day] ?? null}
            onChange={(ranges) => onChange(withDay(draft, day, ranges))}
          />
        ))}
        {problems.week === undefined ? null : (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problems.week}
          </Text>
        )}
        <Group>
          <Button variant="default" size="xs" onClick={() => onChange(withMondayAllWeek(draft))}>
            Use Monday’s hours from Monday to Friday
          </Button>
        </Group>
        <SearchSelect
          label="Time zone of these hours"
          nothingFoundMessage="No zone of that name"
          value={draft.zone ?? FOLLOW}
          data={[{ value: FOLLOW, label: 'Follow this computer, also when it travels' }, ...zoneOptions()]}
          onChange={(value) => onChange({ ...draft, zone: value === FOLLOW ? null : value })}
        />
      </Stack>
    </Fieldset>
  )
}

interface DayProps {
  readonly name: string
  readonly ranges: readonly RangeDraft[]
  readonly problem: string | null
  readonly onChange: (ranges: readonly RangeDraft[]) => void
}

function DayFields({ name, ranges, problem, onChange }: DayProps) {
  const isOpen = ranges.length > 0
  const set = (index: number, range: RangeDraft) => onChange(ranges.map((own, at) => (at === index ? range : own)))
  return (
    <Group align="flex-start" gap="md" wrap="nowrap">
      <Switch
        w={130}
        mt={6}
        label={name}
        checked={isOpen}
        onChange={(event) => onChange(event.currentTarget.checked ? officeRanges() : [])}
      />
      <Stack gap={6} flex={1}>
        {isOpen ? null : (
          <Text size="sm" c="dimmed" mt={6}>
            Closed
          </Text>
        )}
        {ranges.map((range, index) => (
          <Group key={index} gap="xs" wrap="nowrap">
            <TimeInput
              aria-label={`${name}, from`}
              value={range.from}
              error={problem !== null}
              onChange={(event) => set(index, { ...range, from: event.currentTarget.value })}
            />
            <Text size="sm">to</Text>
            <TimeInput
              aria-label={`${name}, to`}
              value={range.to}
              error={problem !== null}
              onChange={(event) => set(index, { ...range, to: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${range.from} to ${range.to} on ${name}`}
              onClick={() => onChange(ranges.filter((_, at) => at !== index))}
            >
              <X size={16} aria-hidden />
            </ActionIcon>
            {index === ranges.length - 1 && ranges.length < 6 ? (
              <ActionIcon
                variant="subtle"
                aria-label={`Add more hours on ${name}`}
                onClick={() => onChange([...ranges, { from: range.to, to: '' }])}
              >
                <Plus size={16} aria-hidden />
              </ActionIcon>
            ) : null}
          </Group>
        ))}
        {problem === null ? null : (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
      </Stack>
    </Group>
  )
}
