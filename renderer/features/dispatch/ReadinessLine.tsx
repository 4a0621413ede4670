import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { readinessSummary } from '../../ui/readiness-words.ts'
import { useReadiness } from './use-readiness.ts'

/** How far the mailbox is from going live; of a practice mailbox, and once real mail has gone, only what stops it. */
export function ReadinessLine({ mailboxId }: { readonly mailboxId: number }) {
  const { data } = useReadiness(mailboxId)
  if (data === undefined || !data.isReal || (!data.isFirst && !data.isBlocked)) return null
  return (
    <Text size="sm" role="status" c={data.isBlocked ? 'var(--mantine-color-error)' : 'dimmed'}>
      {data.isBlocked
        ? 'Nothing can be queued from this mailbox yet: its postal address or opt-out sentence is missing. '
        : `Before this mailbox’s first mails: ${readinessSummary(data.checks)}. `}
      <Anchor
        inherit
        underline="always"
        renderRoot={(props) => <Link to="/mailboxes" search={{ live: mailboxId }} {...props} />}
      >
        {data.isBlocked ? 'Fill it in' : 'Look at them'}
      </Anchor>
    </Text>
  )
}
