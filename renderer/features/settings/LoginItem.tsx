import { Switch } from '@mantine/core'
import { useApi, useCall } from '../../api/hooks.ts'
import { useStatus } from './use-settings.ts'

/** Whether Pacemail starts with the computer; nothing where it cannot say so. */
export function LoginItem() {
  const { data: status } = useStatus()
  const canStart = status?.capabilities.loginItem === true
  const { data } = useApi('app.loginItem', {}, { enabled: canStart })
  const save = useCall('app.saveLoginItem')
  if (!canStart) return null
  return (
    <Switch
      label="Start when I log in"
      description="Without a window, in the tray: what is due goes out whether you remember to open Pacemail or not."
      checked={save.isPending ? save.variables.isOn : (data?.isOn ?? false)}
      disabled={data === undefined}
      onChange={(event) => save.mutate({ isOn: event.currentTarget.checked })}
    />
  )
}
