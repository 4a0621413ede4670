import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useApi } from '../../api/hooks.ts'
import { useOpenCampaigns } from '../../api/use-open-campaigns.ts'
import { CampaignMenu } from '../../ui/CampaignMenu.tsx'
import { formatCount } from '../../ui/format.ts'
import type { ImportWizard } from './use-import.ts'
import type { SaveChoice } from './use-save-choice.ts'

interface Props {
  readonly wizard: ImportWizard
  readonly choice: SaveChoice
}

/** What waited in another tool is here as leads; Dispatch or a campaign queues their mail. */
export function TakenOver({ wizard, choice }: Props) {
  const navigate = useNavigate()
  const tag = choice.tags[0] ?? ''
  const tagged = useApi('leads.facets', {}).data?.tags.find((one) => one.tag === tag)?.count

  const campaigns = useOpenCampaigns()
  const selection = { by: 'filter' as const, filter: { tag, review: 'approved' as const }, except: [] }

  function dispatch(): void {
    wizard.restart()
    void navigate({ to: '/dispatch', search: { selection } })
  }

  /** The campaign shows what adding them would do before it does it; whoever is in it already stays as they are. */
  function enrol(campaignId: number | null): void {
    wizard.restart()
    if (campaignId === null) void navigate({ to: '/campaigns/new', search: { selection } })
    else void navigate({ to: '/campaigns/$id', params: { id: String(campaignId) }, search: { add: true, selection } })
  }

  return (
    <Stack>
      <Alert
        role="status"
        color="green"
        icon={<CircleCheck size={18} aria-hidden />}
        title={tagged === undefined ? 'They are here' : `${formatCount(tagged, 'lead')} with the tag “${tag}”`}
      >
        They are approved and wait for nothing but your mail. Stop them in the other tool before you write to them here,
        or people hear from you twice.
      </Alert>
      <Group>
        <Button onClick={dispatch}>Write to them in Dispatch</Button>
        <CampaignMenu label="Add them to a campaign…" campaigns={campaigns} onChoose={enrol} />
        <Button variant="subtle" onClick={wizard.restart}>
          Import another file
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        Nothing is queued yet: Dispatch and the campaign show first what would happen.
      </Text>
    </Stack>
  )
}
