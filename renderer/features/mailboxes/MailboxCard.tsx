import { ActionIcon, Badge, Box, Button, Card, Group, Menu, Stack, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import {
  Ellipsis,
  FlaskConical,
  KeyRound,
  Mail,
  MailOpen,
  Pause,
  Play,
  RefreshCw,
  Server,
  Settings2,
  Trash2,
  type LucideIcon,
} from 'lucide-react'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { BudgetBars } from './BudgetBars.tsx'
import { LatelyCharts } from './LatelyCharts.tsx'
import { LiveLine } from './LiveLine.tsx'
import type { MailboxTab } from './MailboxDrawer.tsx'
import { ACTION_LABELS, needWords } from './mailbox-needs.ts'
import {
  healthReasonsText,
  healthWord,
  isUnhealthy,
  KIND_LABELS,
  readingText,
  stateText,
  statusBadge,
} from './mailbox-words.ts'
import { useMailboxActions, useReadNow, type Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onSettings: (tab: MailboxTab) => void
  readonly onPractice: () => void
  readonly onSignIn: () => void
  readonly onAdmin: () => void
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
        <BudgetBars budget={mailbox.budget} policy={mailbox.policy} />
        <LatelyCharts mailbox={mailbox} />
        <Stack gap={4}>
          <Text size="sm" className="pretty">
            {stateText(mailbox, now)}
          </Text>
          {mailbox.healthReasons.length === 0 ? null : (
            <Text size="sm" c="dimmed" className="pretty">
              {healthReasonsText(mailbox)}
            </Text>
          )}
          {mailbox.status === 'needs_sign_in' ? null : <Reading mailbox={mailbox} now={now} />}
        </Stack>
        <CardButtons {...props} />
      </Stack>
    </Card>
  )
}

function CardHead({ mailbox, onSettings, onSignIn }: Props) {
  const { remove } = useMailboxActions()
  const Icon = KIND_ICONS[mailbox.kind]
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
          <Menu.Item leftSection={<Settings2 size={16} aria-hidden />} onClick={() => onSettings('pace')}>
            Hours, pace and signature
          </Menu.Item>
          {mailbox.kind === 'smtp' ? (
            <Menu.Item leftSection={<Server size={16} aria-hidden />} onClick={() => onSettings('servers')}>
              Server settings…
            </Menu.Item>
          ) : null}
          {mailbox.kind === 'practice' || mailbox.status === 'needs_sign_in' ? null : (
            <Menu.Item leftSection={<KeyRound size={16} aria-hidden />} onClick={onSignIn}>
              Sign in again
            </Menu.Item>
          )}
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

const KIND_ICONS = {
  practice: FlaskConical,
  smtp: Server,
  gmail: Mail,
  outlook: Mail,
} satisfies Record<Mailbox['kind'], LucideIcon>

/** When answers were read, and the button that reads them at once. */
function Reading({ mailbox, now }: { readonly mailbox: Mailbox; readonly now: number }) {
  const readNow = useReadNow()
  const canRead = mailbox.kind !== 'practice' && mailbox.mayRead
  return (
    <Group gap="xs">
      <Text size="sm" c={mailbox.mayRead ? 'dimmed' : 'var(--pacemail-yellow-ink)'} className="pretty">
        {readingText(mailbox, now)}
      </Text>
      {canRead ? (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={readNow.isPending}
          leftSection={<RefreshCw size={13} aria-hidden />}
          aria-label={`Read now the answers of ${mailbox.address}`}
          onClick={() => readNow.mutate({ mailboxId: mailbox.id })}
        >
          Read now
        </Button>
      ) : null}
    </Group>
  )
}

/** What the rep can do about what is wrong. */
function NeedButtons({ mailbox, onSignIn, onAdmin }: Pick<Props, 'mailbox' | 'onSignIn' | 'onAdmin'>) {
  const { resume, isBusy } = useMailboxActions()
  const acts = { sign_in: onSignIn, client: onSignIn, admin: onAdmin, resume: () => resume(mailbox.id) }
  return needWords(mailbox).actions.map((action, index) => (
    <Button
      key={action}
      size="xs"
      variant={index === 0 ? 'filled' : 'default'}
      loading={action === 'resume' && isBusy}
      leftSection={action === 'sign_in' ? <KeyRound size={15} aria-hidden /> : null}
      onClick={acts[action]}
    >
      {ACTION_LABELS[action]}
    </Button>
  ))
}

function CardButtons({ mailbox, onSettings, onPractice, onSignIn, onAdmin }: Props) {
  const actions = useMailboxActions()
  const isStopped = mailbox.status === 'paused' || isUnhealthy(mailbox)
  return (
    <Group gap="xs">
      {mailbox.status === 'needs_sign_in' ? (
        <NeedButtons mailbox={mailbox} onSignIn={onSignIn} onAdmin={onAdmin} />
      ) : null}
      <Button
        size="xs"
        variant="default"
        leftSection={<Settings2 size={15} aria-hidden />}
        onClick={() => onSettings('pace')}
      >
        Settings
      </Button>
      <LiveLine mailboxId={mailbox.id} onOpen={() => onSettings('live')} />
      {mailbox.kind === 'practice' ? (
        <Button size="xs" variant="default" leftSection={<MailOpen size={15} aria-hidden />} onClick={onPractice}>
          Practice mail
        </Button>
      ) : null}
      {mailbox.status === 'needs_sign_in' ? null : (
        <Button
          size="xs"
          variant="default"
          loading={actions.isBusy}
          leftSection={isStopped ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
          onClick={() => (isStopped ? actions.resume(mailbox.id) : actions.pause(mailbox.id))}
        >
          {isStopped ? 'Resume' : 'Pause'}
        </Button>
      )}
    </Group>
  )
}

function confirmRemoval(mailbox: Mailbox, remove: () => void): void {
  modals.openConfirmModal({
    title: `Remove ${mailbox.address}?`,
    children: (
      <Text size="sm">
        Pacemail forgets this mailbox and its {mailbox.kind === 'gmail' ? 'sign-in, and tells Google so' : 'password'}.
        What it has sent stays in the history. While mail is waiting in it, it cannot be removed.
      </Text>
    ),
    labels: { confirm: 'Remove', cancel: 'Keep it' },
    confirmProps: { color: 'red' },
    onConfirm: remove,
  })
}
