import { Anchor, Group, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '#shared/contract/campaigns'
import { formatCount } from '../../ui/format.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { CAMPAIGN_WORDS, timeWords } from './campaign-words.ts'
import { CampaignActions } from './CampaignActions.tsx'
import { CampaignProgress } from './CampaignProgress.tsx'

/** One campaign of the list. */
export function CampaignCard({ campaign }: { readonly campaign: Campaign }) {
  const now = useNow()
  const { id, name, status, people, steps } = campaign
  return (
    <Paper withBorder p="md" component="li" style={{ listStyle: 'none' }} aria-label={name}>
      <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs" wrap="nowrap">
            <Anchor
              fw={650}
              truncate
              renderRoot={(props) => <Link to="/campaigns/$id" params={{ id: String(id) }} {...props} />}
            >
              {name}
            </Anchor>
            <StatusBadge {...CAMPAIGN_WORDS[status]} />
          </Group>
          <Text size="sm" c="dimmed">
            {formatCount(people.total, 'person', 'people')} · {formatCount(steps.length, 'mail')} each ·{' '}
            {timeWords(campaign, now)}
          </Text>
        </div>
        <CampaignActions campaign={campaign} />
      </Group>
      {status === 'draft' ? null : <CampaignProgress campaign={campaign} />}
    </Paper>
  )
}
