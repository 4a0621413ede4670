import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Copy, Ellipsis, Pause, Play, RotateCcw, X } from 'lucide-react'
import type { Campaign } from '#shared/contract/campaigns'
import { formatCount } from '../../ui/format.ts'
import { cancelQuestion, isRunning } from './campaign-words.ts'
import { useLifeCalls } from './use-campaigns.ts'

/** What can be done with a campaign where it stands now. */
export function CampaignActions({ campaign }: { readonly campaign: Campaign }) {
  const calls = useLifeCalls(campaign)
  const { status, progress } = campaign
  return (
    <Group gap="xs" wrap="nowrap" className="no-shrink">
      {status === 'paused' ? (
        <Button
          size="xs"
          variant="default"
          disabled={calls.isBusy}
          leftSection={<Play size={14} aria-hidden />}
          onClick={calls.resume}
        >
          Resume
        </Button>
      ) : null}
      {status === 'active' ? (
        <Button
          size="xs"
          variant="default"
          disabled={calls.isBusy}
          leftSection={<Pause size={14} aria-hidden />}
          onClick={calls.pause}
        >
          Pause
        </Button>
      ) : null}
      {progress.failed === 0 ? null : (
        <Button
          size="xs"
          variant="default"
          disabled={calls.isBusy}
          leftSection={<RotateCcw size={14} aria-hidden />}
          onClick={calls.retryFailed}
        >
          Try {formatCount(progress.failed, 'failed mail')} again
        </Button>
      )}
      <More campaign={campaign} calls={calls} />
    </Group>
  )
}

interface MoreProps {
  readonly campaign: Campaign
  readonly calls: ReturnType<typeof useLifeCalls>
}

function More({ campaign, calls }: MoreProps) {
  const navigate = useNavigate()
  const isAway = campaign.archivedAt !== null
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={`More for ${campaign.name}`} disabled={calls.isBusy}>
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Copy size={14} aria-hidden />}
          onClick={() =>
            calls.duplicate(({ id }) => void navigate({ to: '/campaigns/$id', params: { id: String(id) }, search: {} }))
          }
        >
          Duplicate
        </Menu.Item>
        {isRunning(campaign) || campaign.status === 'draft' ? (
          <Menu.Item leftSection={<X size={14} aria-hidden />} onClick={() => askToCancel(campaign, calls.cancel)}>
            Cancel the campaign
          </Menu.Item>
        ) : null}
        {isRunning(campaign) ? null : (
          <Menu.Item
            leftSection={isAway ? <ArchiveRestore size={14} aria-hidden /> : <Archive size={14} aria-hidden />}
            onClick={() => calls.archive(!isAway)}
          >
            {isAway ? 'Take out again' : 'Put away'}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Cancelling cannot be taken back, so it says first how many mails it stops. */
function askToCancel(campaign: Campaign, onYes: () => void): void {
  const count = campaign.progress.pending
  modals.openConfirmModal({
    title: 'Cancel this campaign?',
    children: <Text size="sm">{cancelQuestion(campaign)}</Text>,
    labels: {
      confirm: count === 0 ? 'Cancel the campaign' : `Cancel ${formatCount(count, 'mail')}`,
      cancel: 'Keep it',
    },
    confirmProps: { color: 'red' },
    onConfirm: onYes,
  })
}
