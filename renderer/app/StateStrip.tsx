import { ActionIcon, Badge, Button, Group, Menu, Skeleton, Text, Tooltip } from '@mantine/core'
import { ChevronDown, CirclePause, CirclePlay, Clock, Pause, Play } from 'lucide-react'
import type { OutputAt } from '../api/paths.ts'
import { formatFull, formatNumber, formatWhen } from '../ui/format.ts'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import { useNow } from '../ui/use-now.ts'
import { waitText } from '../ui/wait-text.ts'
import { senderLabel } from './sender-label.ts'
import type { AppStatusView } from './use-app-status.ts'

type AppStatus = OutputAt<'app.status'>

/** What Pacemail is doing, on every page. */
export function StateStrip({ view }: { readonly view: AppStatusView }) {
  const now = useNow()
  const { status } = view
  if (status === undefined) return <Skeleton w={280} h={20} role="status" aria-label="Loading the state" />
  return (
    <Group gap="md" wrap="nowrap">
      {status.isPractice ? <PracticeBadge /> : null}
      <StateBadge status={status} wait={view.nextWait} now={now} />
      <Text size="sm" visibleFrom="xs" className="no-wrap">
        Today <b>{formatNumber(status.today.sent)}</b>
        {status.today.planned > 0 ? ` of ${formatNumber(status.today.sent + status.today.planned)}` : ''} sent
      </Text>
      <NextSend status={status} now={now} />
      {status.role === 'owner' ? <PauseButton view={view} isPaused={status.isPaused} /> : null}
    </Group>
  )
}

/** Beside everything that says sent. */
function PracticeBadge() {
  return (
    <Tooltip label="No real mailbox is connected: no mail leaves this computer">
      <Badge variant="outline" color="gray" size="md" tt="none" fw={600} visibleFrom="xs">
        Practice
      </Badge>
    </Tooltip>
  )
}

interface BadgeProps {
  readonly status: AppStatus
  readonly wait: AppStatusView['nextWait']
  readonly now: number
}

function StateBadge({ status, wait, now }: BadgeProps) {
  if (status.role === 'viewer') return <StatusBadge tone="quiet" label="Viewing" />
  if (status.isPaused) {
    const label = status.pausedUntil === null ? 'Paused' : `Paused until ${formatWhen(status.pausedUntil, now)}`
    return <StatusBadge tone="warning" label={label} icon={<CirclePause size={13} aria-hidden />} />
  }
  if (status.isDiskFull) return <StatusBadge tone="bad" label="Disk full" />
  if (status.waiting === 0) return <StatusBadge tone="quiet" label="Nothing to send" />
  const { label, tone } = senderLabel(wait, now)
  const badge = (
    <Text span display="inline-flex">
      <StatusBadge
        tone={tone}
        label={label}
        icon={tone === 'good' ? <CirclePlay size={13} aria-hidden /> : <Clock size={13} aria-hidden />}
      />
    </Text>
  )
  return wait === null ? badge : <Tooltip label={`The next mail goes ${waitText(wait, now)}`}>{badge}</Tooltip>
}

function NextSend({ status, now }: { readonly status: AppStatus; readonly now: number }) {
  if (status.isPaused || status.isDiskFull || status.nextSendAt === null) return null
  const isNow = status.nextSendAt <= now
  return (
    <Tooltip label={formatFull(status.nextSendAt)}>
      <Text size="sm" visibleFrom="md" className="no-wrap">
        Next {isNow ? 'now' : formatWhen(status.nextSendAt, now)}
      </Text>
    </Tooltip>
  )
}

function PauseButton({ view, isPaused }: { readonly view: AppStatusView; readonly isPaused: boolean }) {
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={isPaused ? 'Send again, at the normal pace (Shift+P)' : 'Stop all sending at once (Shift+P)'}>
        <Button
          size="xs"
          variant={isPaused ? 'filled' : 'default'}
          leftSection={isPaused ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
          loading={view.isChanging}
          onClick={isPaused ? view.resume : () => view.pause()}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="Pause for a while" disabled={view.isChanging}>
            <ChevronDown size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => view.pause('in_an_hour')}>Pause for an hour</Menu.Item>
          <Menu.Item onClick={() => view.pause('tomorrow')}>Pause until tomorrow</Menu.Item>
          <Menu.Item onClick={() => view.pause()}>Pause until I resume</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
