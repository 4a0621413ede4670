import { Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Pause, Play, X } from 'lucide-react'
import type { Campaign } from '#shared/contract/campaigns'
import { formatCount } from '../../ui/format.ts'
import { showNote } from '../../ui/note.ts'
import { stillMoving } from './dispatch-label.ts'
import { useCampaignCalls } from './use-dispatch.ts'

/** Pause, resume and cancel; gone once nothing waits any more. */
export function CampaignButtons({ campaign }: { readonly campaign: Campaign }) {
  const { pause, resume, cancel } = useCampaignCalls()
  const input = { campaignId: campaign.id }
  if (stillMoving(campaign.progress) === 0) return null

  function askToCancel(): void {
    modals.openConfirmModal({
      title: 'Cancel what is still waiting?',
      children: (
        <Text size="sm">
          {formatCount(campaign.progress.pending, 'mail')} of “{campaign.name}” will not be sent. What has been sent
          stays sent.
        </Text>
      ),
      labels: { confirm: 'Cancel the mails', cancel: 'Keep them' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        cancel.mutate(input, {
          onSuccess: ({ stopped }) => showNote(`${formatCount(stopped, 'mail')} cancelled.`),
        }),
    })
  }

  return (
    <Group gap="xs" wrap="nowrap">
      {campaign.status === 'paused' ? (
        <Button
          size="xs"
          variant="default"
          loading={resume.isPending}
          leftSection={<Play size={14} aria-hidden />}
          onClick={() => resume.mutate(input)}
        >
          Resume
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          loading={pause.isPending}
          leftSection={<Pause size={14} aria-hidden />}
          onClick={() => pause.mutate(input)}
        >
          Pause
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={cancel.isPending}
        leftSection={<X size={14} aria-hidden />}
        onClick={askToCancel}
      >
        Cancel
      </Button>
    </Group>
  )
}
