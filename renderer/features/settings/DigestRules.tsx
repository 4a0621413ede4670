import { Select, Stack, Switch, Text } from '@mantine/core'
import { TimeInput } from '@mantine/dates'
import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { digestMailText } from '../../ui/digest-mail-text.ts'
import { Spot } from './Spot.tsx'
import { clockOf, minuteOf } from '../../ui/time-of-day.ts'
import { useStatus } from './use-settings.ts'

type Rules = OutputAt<'digest.rules'>

/** When the digest comes: as a notification, where this host can show one, and as a mail to oneself. */
export function DigestRules() {
  const { data: status } = useStatus()
  const { data } = useApi('digest.rules', {})
  const save = useCall('digest.saveRules')
  const rules = save.isPending ? save.variables : data
  if (status === undefined || rules === undefined) return null
  const hasNotes = status.capabilities.notifications
  const change = (part: Partial<Rules>) => save.mutate({ ...rules, ...part })
  return (
    <Stack gap="md">
      {hasNotes ? (
        <Spot id="digest-note">
          <Switch
            label="Show the digest once a day"
            description="What went out yesterday, what came back, what is planned today. Nothing leaves this computer for it."
            checked={rules.isOn}
            onChange={(event) => change({ isOn: event.currentTarget.checked })}
          />
        </Spot>
      ) : (
        <Text size="sm">
          Yesterday and today in a few lines stand at the top of the Insights page. In the desktop app they also come as
          a notification once a day.
        </Text>
      )}
      <Spot id="digest-mail">
        <DigestByMail
          mailboxId={rules.mailboxId ?? null}
          onChange={(mailboxId) => change({ mailboxId: mailboxId as Rules['mailboxId'] })}
        />
      </Spot>
      <Spot id="digest-time">
        <TimeInput
          label="Time of the digest"
          w={160}
          disabled={!(hasNotes && rules.isOn) && rules.mailboxId == null}
          value={clockOf(rules.minuteOfDay)}
          onChange={(event) => {
            const minuteOfDay = minuteOf(event.currentTarget.value)
            if (minuteOfDay !== null) change({ minuteOfDay })
          }}
        />
      </Spot>
    </Stack>
  )
}

interface ByMailProps {
  readonly mailboxId: number | null
  readonly onChange: (mailboxId: number | null) => void
}

function DigestByMail({ mailboxId, onChange }: ByMailProps) {
  const { data: mailboxes = [] } = useApi('mailboxes.list', {})
  const { data: digest } = useApi('digest.get', {})
  const first = mailboxes.find(({ kind, status }) => kind !== 'practice' && status === 'ready') ?? mailboxes[0]
  return (
    <Stack gap="xs">
      <Switch
        label="Also send it to me by mail"
        description="Once a day, from this mailbox to its own address. It counts against the mailbox’s limits, and is never sent twice."
        checked={mailboxId !== null}
        disabled={mailboxId === null && first === undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? (first?.id ?? null) : null)}
      />
      {mailboxId === null ? null : (
        <Select
          label="From and to"
          w="20rem"
          allowDeselect={false}
          data={mailboxes.map(({ id, address, kind }) => ({
            value: String(id),
            label: kind === 'practice' ? `${address} (practice)` : address,
          }))}
          value={String(mailboxId)}
          onChange={(value) => onChange(value === null ? null : Number(value))}
        />
      )}
      {digest?.mail == null ? null : (
        <Text size="sm" role="status">
          {digestMailText(digest.mail)}
        </Text>
      )}
    </Stack>
  )
}
