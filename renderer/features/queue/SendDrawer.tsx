import { Anchor, Button, Drawer, Group, Skeleton, Stack, Text, Timeline, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { OutputAt } from '../../api/paths.ts'
import { AgedWarning } from '../../ui/AgedWarning.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatFull, formatWhen } from '../../ui/format.ts'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { outcomeLabel, sendStatusLabel } from '../../ui/wait-text.ts'
import { EditMail } from './EditMail.tsx'
import styles from './queue.module.css'
import { SendActions } from './SendActions.tsx'
import { standing } from './standing.ts'
import { storyText } from './story-text.ts'
import { useMailboxNames } from './use-mailbox-names.ts'
import { useSend } from './use-queue.ts'
import { WhyThen } from './WhyThen.tsx'

interface Props {
  /** Null: closed. */
  readonly sendId: number | null
  readonly onClose: () => void
}

/** One mail whole: where it stands, its text, its story, and what can be done with it. */
export function SendDrawer({ sendId, onClose }: Props) {
  const whole = useSend(sendId)
  return (
    <Drawer
      opened={sendId !== null}
      onClose={onClose}
      position="right"
      size="36rem"
      title={whole.data === undefined ? 'Mail' : whole.data.send.subject}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {sendId === null ? null : whole.data !== undefined ? (
        <Whole key={sendId} whole={whole.data} />
      ) : whole.error === null ? (
        <Skeleton h={240} />
      ) : (
        <ErrorPanel error={whole.error} onRetry={() => whole.refetch()} />
      )}
    </Drawer>
  )
}

function Whole({ whole }: { readonly whole: OutputAt<'sends.get'> }) {
  const { send, events } = whole
  const mailbox = useMailboxNames().get(send.mailboxId) ?? 'a removed mailbox'
  const now = useNow()
  const { label, tone } = sendStatusLabel(send)
  const outcome = outcomeLabel(send)
  return (
    <Stack gap="md">
      <div>
        <Group gap="xs">
          <StatusBadge tone={tone} label={label} />
          {outcome === null ? null : <StatusBadge {...outcome} />}
          <Text size="sm">{standing(send, now)}</Text>
        </Group>
        <Text size="sm" mt="xs">
          To {send.leadName === '' ? send.to : `${send.leadName} <${send.to}>`}
          {send.company === '' ? '' : `, ${send.company}`}
        </Text>
        <Text size="sm" c="dimmed">
          From {mailbox}, in “{send.campaignName}”
        </Text>
      </div>
      {outcome === null ? null : <AnswersLink sendId={send.id} />}
      <SendActions send={send} />
      {send.status === 'pending' ? <WhyThen send={send} /> : null}
      <MailOrForm whole={whole} />
      <section>
        <Title order={3} size="h5" mb="sm">
          Its story
        </Title>
        <Timeline bulletSize={14} lineWidth={2} active={events.length}>
          {events.map((event) => (
            <Timeline.Item
              key={`${event.at} ${event.kind}`}
              title={storyText(event)}
              classNames={{ itemTitle: styles['storyTitle'] ?? '' }}
            >
              <Text size="xs" c="dimmed" title={formatFull(event.at)}>
                {formatWhen(event.at, now)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </section>
    </Stack>
  )
}

/** The mail as it goes. While it waits it can be written over. */
function MailOrForm({ whole }: { readonly whole: OutputAt<'sends.get'> }) {
  const { send, mail, attachments, aged } = whole
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <EditMail sendId={send.id} onDone={() => setEditing(false)} />
  return (
    <>
      <AgedWarning aged={aged} mail={mail} />
      {send.status === 'pending' ? (
        <Group justify="flex-end">
          <Button
            size="xs"
            variant="default"
            leftSection={<Pencil size={14} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            Edit the text
          </Button>
        </Group>
      ) : null}
      <div className={styles['drawerMail']}>
        <MailView title={`The mail to ${send.to}`} text={mail.text} html={mail.html} />
      </div>
      <MailFiles files={attachments} />
    </>
  )
}

function AnswersLink({ sendId }: { readonly sendId: number }) {
  return (
    <Anchor
      size="sm"
      underline="always"
      renderRoot={(props) => <Link to="/answers" search={{ send: sendId }} {...props} />}
    >
      See what came back, and why it counts as that
    </Anchor>
  )
}
