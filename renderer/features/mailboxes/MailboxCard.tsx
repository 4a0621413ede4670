import { ActionIcon, Badge, Box, Button, Card, Group, Menu, Stack, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Ellipsis, FlaskConical, KeyRound, MailOpen, Pause, Play, Server, Settings2, Trash2 } from 'lucide-react'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { BudgetBars } from './BudgetBars.tsx'
import { healthWord, KIND_LABELS, stateText, statusBadge } from './mailbox-words.ts'
import { useMailboxActions, type Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onSettings: () => void
  readonly onPractice: () => void
  readonly onSignIn: () => void
}

export function MailboxCard(props: Props) {
  const { mailbox } = props
  const now = useNow()
  const health = healthWord(mailbox.health)
  return (
    <Card withBorder padding="lg" radius="lg" component="article" aria-label={mailbox.address}>
      <Stack gap="md">
        <CardHead {...props} />
        <Group gap="xs">
          <StatusBadge {...statusBadge(mailbox)} />
          <StatusBadge tone={health.tone} label={`Health ${mailbox.health}: ${health.label.toLowerCase()}`} />
          {mailbox.kind === 'practice' ? (
            <Badge variant="outline" color="gray" tt="none">
              No mail leaves this computer
            </Badge>
          ) : null}
        </Group>
        <BudgetBars budget={mailbox.budget} hourlyCap={mailbox.policy.hourlyCap} />
        <Text size="sm">{stateText(mailbox, now)}</Text>
        <CardButtons {...props} />
      </Stack>
    </Card>
  )
}

function CardHead({ mailbox, onSettings }: Props) {
  const { remove } = useMailboxActions()
  const Icon = mailbox.kind === 'practice' ? FlaskConical : Server
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Icon size={22} aria-hidden className="no-shrink" />
        <Box miw={0}>
          <Title order={2} size="h4" textWrap="balance" className="break">
            {mailbox.address}
          </Title>
          <Text size="sm" c="dimmed">
            {KIND_LABELS[mailbox.kind]}
            {mailbox.senderName === '' ? '' : ` · from ${mailbox.senderName}`}
            {mailbox.smtp === null ? '' : ` · ${mailbox.smtp.host}`}
          </Text>
        </Box>
      </Group>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${mailbox.address}`}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Settings2 size={16} aria-hidden />} onClick={onSettings}>
            Hours, pace and signature
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={16} aria-hidden />}
            onClick={() => confirmRemoval(mailbox, () => remove(mailbox.id))}
          >
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

function CardButtons({ mailbox, onSettings, onPractice, onSignIn }: Props) {
  const actions = useMailboxActions()
  const isPaused = mailbox.status === 'paused'
  return (
    <Group gap="xs">
      {mailbox.status === 'needs_sign_in' ? (
        <Button size="xs" leftSection={<KeyRound size={15} aria-hidden />} onClick={onSignIn}>
          Sign in again
        </Button>
      ) : null}
      <Button size="xs" variant="default" leftSection={<Settings2 size={15} aria-hidden />} onClick={onSettings}>
        Settings
      </Button>
      {mailbox.kind === 'practice' ? (
        <Button size="xs" variant="default" leftSection={<MailOpen size={15} aria-hidden />} onClick={onPractice}>
          Practice mail
        </Button>
      ) : null}
      <Button
        size="xs"
        variant="default"
        loading={actions.isBusy}
        leftSection={isPaused ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
        onClick={() => (isPaused ? actions.resume(mailbox.id) : actions.pause(mailbox.id))}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </Group>
  )
}

function confirmRemoval(mailbox: Mailbox, remove: () => void): void {
  modals.openConfirmModal({
    title: `Remove ${mailbox.address}?`,
    children: (
      <Text size="sm">
        Pacemail forgets this mailbox and its password. What it has sent stays in the history. While mail is waiting in
        it, it cannot be removed.
      </Text>
    ),
    labels: { confirm: 'Remove', cancel: 'Keep it' },
    confirmProps: { color: 'red' },
    onConfirm: remove,
  })
}
