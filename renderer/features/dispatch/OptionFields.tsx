import { Checkbox, Group, SegmentedControl, Text } from '@mantine/core'
import type { Choices } from './order.ts'

interface Props {
  readonly choices: Choices
  readonly onChange: (part: Partial<Choices>) => void
}

const PRIORITIES = [
  { value: '0', label: 'High' },
  { value: '1', label: 'Normal' },
  { value: '2', label: 'Low' },
]

/** How the mails rank among others, and whose clock counts. */
export function OptionFields({ choices, onChange }: Props) {
  return (
    <>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" id="dispatch-priority">
          Priority
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="dispatch-priority"
          data={PRIORITIES}
          value={String(choices.priority)}
          onChange={(value) => onChange({ priority: value === '0' ? 0 : value === '2' ? 2 : 1 })}
        />
      </Group>
      <Checkbox
        size="sm"
        label="Use each lead’s own time zone"
        title="Working hours count where the lead is, when that is known."
        checked={choices.useLeadZone}
        onChange={(event) => onChange({ useLeadZone: event.currentTarget.checked })}
      />
    </>
  )
}
