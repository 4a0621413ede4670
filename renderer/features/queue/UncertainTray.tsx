import { Anchor, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import type { Send, SendLook } from '#shared/contract/sends'
import { useApi } from '../../api/hooks.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount, formatWhen } from '../../ui/format.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Evidence } from './Evidence.tsx'
import styles from './queue.module.css'
import type { QueueSearch } from './queue-search.ts'
import { SettleButtons } from './SettleButtons.tsx'
import { failureText } from './story-text.ts'
import { TABS } from './tabs.ts'
import { useMailboxNames } from './use-mailbox-names.ts'
import { listInput, useLooks } from './use-queue.ts'

interface Props {
  readonly view: QueueSearch
  readonly onOpen: (sendId: number) => void
}

/** The mails that only the rep can decide about, each with what is known. */
export function UncertainTray({ view, onOpen }: Props) {
  const uncertain = useApi('sends.list', { ...listInput(view), limit: 100 }, { keepPrevious: true })
  const names = useMailboxNames()
  const looks = useLooks(uncertain.data?.rows.map(({ id }) => id) ?? [])
  if (uncertain.data === undefined) {
    return uncertain.error === null ? (
      <Skeleton h={120} />
    ) : (
      <ErrorPanel error={uncertain.error} onRetry={() => uncertain.refetch()} />
    )
  }
  const { rows, total } = uncertain.data
  if (total === 0) {
    return (
      <EmptyState icon={<CircleCheck size={28} />} title={TABS.uncertain.emptyTitle}>
        {TABS.uncertain.emptyText}
      </EmptyState>
    )
  }
  return (
    <ScrollRegion className={styles['tray']} name="Uncertain mails" isGoal>
      <Text size="sm">
        The mail service was asked to send {rows.length === 1 ? 'this mail' : 'these mails'}, and no clear answer came
        back. Pacemail looks for {rows.length === 1 ? 'it' : 'them'} and says here what it found. What a look cannot
        prove is yours to decide: look into the Sent folder of the mailbox first. Nothing is sent again unless you say
        so.
      </Text>
      <Stack component="ul" gap="sm" className={styles['cards'] ?? ''}>
        {rows.map((send) => (
          <Case
            key={send.id}
            send={send}
            looks={looks.get(send.id)}
            mailbox={names.get(send.mailboxId) ?? 'a removed mailbox'}
            onOpen={onOpen}
          />
        ))}
      </Stack>
      {total > rows.length ? (
        <Text size="sm" c="dimmed">
          And {formatCount(total - rows.length, 'more mail')} after these.
        </Text>
      ) : null}
    </ScrollRegion>
  )
}

interface CaseProps {
  readonly send: Send
  /** Not known yet while it is undefined. */
  readonly looks: readonly SendLook[] | undefined
  readonly mailbox: string
  readonly onOpen: (sendId: number) => void
}

function Case({ send, looks, mailbox, onOpen }: CaseProps) {
  const now = useNow()
  const who = send.leadName === '' ? send.to : send.leadName
  return (
    <Paper component="li" withBorder p="md">
      <Group justify="space-between" gap="md" align="flex-start">
        <div className={styles['case']}>
          <Anchor
            component="button"
            type="button"
            fw={600}
            underline="always"
            ta="left"
            onClick={() => onOpen(send.id)}
          >
            {send.subject}
          </Anchor>
          <Text size="sm">To {send.leadName === '' ? send.to : `${send.leadName}, ${send.to}`}</Text>
          <Text size="sm" c="dimmed">
            {send.startedAt === null ? 'Handed over' : `Handed over ${formatWhen(send.startedAt, now)}`} by {mailbox}
            {send.failure === null ? '; no answer came back.' : `; ${failureText(send.failure)}.`}
          </Text>
          {looks === undefined ? null : <Evidence looks={looks} who={who} />}
        </div>
        <SettleButtons sendId={send.id} who={who} />
      </Group>
    </Paper>
  )
}
