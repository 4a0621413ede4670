import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { EVERYTHING, isNarrowed, type ActivityView } from './activity-view.ts'
import { EVENT_GROUPS, type EventGroup } from './event-groups.ts'
import { useActivityChoices } from './use-activity.ts'

const TABS = (Object.keys(EVENT_GROUPS) as EventGroup[]).map((value) => ({ value, label: EVENT_GROUPS[value].label }))
const TYPING_MS = 250

interface Props {
  readonly view: ActivityView
  readonly onChange: (view: ActivityView) => void
}

/** By kind, mailbox, campaign, days and words; all of it together. */
export function ActivityFilters({ view, onChange }: Props) {
  const { mailboxes, campaigns } = useActivityChoices()
  const [typed, setTyped] = useState(view.search)
  const search = useDebouncedCallback((text: string) => onChange({ ...view, search: text }), TYPING_MS)
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <TextInput
          w={260}
          aria-label="Search the activity"
          placeholder="Person, address or campaign"
          leftSection={<Search size={16} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            search(event.currentTarget.value)
          }}
        />
        <Choice
          label="Mailbox"
          data={mailboxes}
          value={view.mailboxId}
          onChange={(mailboxId) => onChange({ ...view, mailboxId })}
        />
        <Choice
          label="Campaign"
          data={campaigns}
          value={view.campaignId}
          onChange={(campaignId) => onChange({ ...view, campaignId })}
        />
        <DatePickerInput
          w={220}
          type="range"
          allowSingleDateInRange
          clearable
          placeholder="Any day"
          value={[view.from, view.to]}
          onChange={([from, to]) => onChange({ ...view, from, to })}
        />
        {isNarrowed(view) ? (
          <Button
            variant="subtle"
            onClick={() => {
              setTyped('')
              onChange(EVERYTHING)
            }}
          >
            Show everything
          </Button>
        ) : null}
      </Group>
      <FilterTabs label="Show" tabs={TABS} value={view.group} onChange={(group) => onChange({ ...view, group })} />
    </Stack>
  )
}

function Choice({
  label,
  data,
  value,
  onChange,
}: {
  label: string
  data: { value: string; label: string }[]
  value: number | null
  onChange: (id: number | null) => void
}) {
  return (
    <Select
      w={200}
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      data={data}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      clearable
      searchable
    />
  )
}
