import { Switch, Text } from '@mantine/core'
import { useApi, useCall } from '../../api/hooks.ts'
import { Spot } from './Spot.tsx'
import { useStatus } from './use-settings.ts'

/** The one thing this app asks a server for by itself, so it is off until the rep wants it. */
export function Updates() {
  const { data: status } = useStatus()
  const { data } = useApi('app.updates', {})
  const save = useCall('app.saveUpdates')
  if (status?.capabilities.updates !== true) {
    return <Text size="sm">This Pacemail does not update itself. A newer one comes from where you got this one.</Text>
  }
  return (
    <Spot id="updates">
      <Switch
        label="Look for updates"
        description="Asks once a day where Pacemail was downloaded from, fetches a newer version and installs it when you quit. While this is off, nobody is asked."
        checked={(save.isPending ? save.variables : data)?.isOn ?? false}
        disabled={data === undefined}
        onChange={(event) => save.mutate({ isOn: event.currentTarget.checked })}
      />
    </Spot>
  )
}
