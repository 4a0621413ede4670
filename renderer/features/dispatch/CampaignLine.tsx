import { Anchor, Group, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '#shared/contract/campaigns'
import { CampaignBar } from '../../ui/CampaignBar.tsx'
import { CampaignButtons } from './CampaignButtons.tsx'
import { campaignLabel } from './dispatch-label.ts'

/** A running campaign in one line, above the choice of the next. */
export function CampaignLine({ campaign }: { readonly campaign: Campaign }) {
  const label = campaignLabel(campaign)
  return (
    <Paper withBorder px="sm" py={6} flex="none">
      <Group gap="md" wrap="nowrap">
        <Text size="sm" fw={700} role="status">
          {label}
        </Text>
        <Anchor
          renderRoot={(props) => <Link to="/dispatch" search={{ campaign: campaign.id }} {...props} />}
          size="sm"
          underline="always"
          truncate
          maw="16rem"
        >
          {campaign.name}
        </Anchor>
        <CampaignBar progress={campaign.progress} label={label} size="md" />
        <CampaignButtons campaign={campaign} />
      </Group>
    </Paper>
  )
}
