import { Group, Switch, Text } from '@mantine/core'
import { TimeInput } from '@mantine/dates'
import { useApi, useCall } from '../../api/hooks.ts'
import { useStatus } from './use-settings.ts'

/** When the digest comes as a notification, where this host can show one. */
export function DigestRules() {
  const { data: status } = useStatus()
  const { data } = useApi('digest.rules', {})
  const save = useCall('digest.saveRules')
  const rules = save.isPending ? save.variables : data
  if (status?.capabilities.notifications === false) {
    return (
      <Text size="sm">
        Yesterday and today in a few lines stand at the top of the Insights page. In the desktop app they also come as a
        notification once a day.
      </Text>
    )
  }
  return (
    <Group align="flex-end" gap="xl">
      <Switch
        label="Show the digest once a day"
        description="What went out yesterday, what came back, what is planned today. Nothing leaves this computer for it."
        checked={rules?.isOn ?? false}
        disabled={rules === undefined}
        onChange={(event) => rules && save.mutate({ ...rules, isOn: event.currentTarget.checked })}
      />
      <TimeInput
        label="At"
        w={110}
        disabled={rules?.isOn !== true}
        value={rules === undefined ? '' : clockOf(rules.minuteOfDay)}
        onChange={(event) => {
          const minuteOfDay = minuteOf(event.currentTarget.value)
          if (rules && minuteOfDay !== null) save.mutate({ ...rules, minuteOfDay })
        }}
      />
    </Group>
  )
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Null while a time is only half typed. */
function minuteOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})/.exec(clock)
  return found === null ? null : Number(found[1]) * 60 + Number(found[2])
}
