import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import type { Lead } from '#shared/contract/leads'
import { formatDay, formatFull } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { leadName } from './lead-words.ts'
import { touchText } from './touch-text.ts'
import { useLeadHistory } from './use-lead-history.ts'

/** Shown at first; the rest on demand. */
const FEW = 5
const MOST = 200

/** With whom there was contact, when and by whom, and whether the cool-down still holds. */
export function LeadHistory({ lead }: { readonly lead: Lead }) {
  const [limit, setLimit] = useState(FEW)
  const { history, allow, withdraw, isBusy } = useLeadHistory(lead.id, limit)
  const now = useNow(60_000)
  if (history === undefined || (history.total === 0 && lead.allowedAgain === null)) return null
  const { rows, total, coolDownUntil } = history

  return (
    <Stack gap={6} component="section" aria-label="Contacts so far">
      <Text size="sm" fw={600}>
        Contacts so far
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
        {rows.map((row) => (
          <Text key={`${row.at} ${row.to} ${row.source}`} component="li" size="xs" title={formatFull(row.at)}>
            {touchText(row, now)}
          </Text>
        ))}
      </ul>
      {total <= rows.length ? null : (
        <Group>
          <Button size="compact-xs" variant="subtle" onClick={() => setLimit(MOST)}>
            Show all {total}
          </Button>
        </Group>
      )}
      {lead.allowedAgain !== null ? (
        <Alert p="xs" color="yellow" title="One more mail is allowed">
          <Text size="xs">
            You allowed it {formatDay(lead.allowedAgain.at, now)}, although the cool-down is not over. The next mail
            uses it up; without one it ends {formatDay(lead.allowedAgain.until, now)}.
          </Text>
          <Button size="compact-xs" mt={6} variant="default" loading={isBusy} onClick={withdraw}>
            Take it back
          </Button>
        </Alert>
      ) : coolDownUntil !== null ? (
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            Left alone until {formatDay(coolDownUntil, now)}.
          </Text>
          <Button size="compact-xs" variant="default" loading={isBusy} onClick={() => confirmAllow(lead, allow)}>
            Allow one more mail
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}

function confirmAllow(lead: Lead, onConfirm: () => void): void {
  modals.openConfirmModal({
    title: `Write to ${leadName(lead)} before the cool-down is over?`,
    children: (
      <Text size="sm">
        You were in touch not long ago. This allows one mail to {lead.email} within the next two weeks; every other rule
        still holds. It is noted in the activity and in the story of that mail.
      </Text>
    ),
    labels: { confirm: 'Allow one mail', cancel: 'Leave it' },
    onConfirm,
  })
}
