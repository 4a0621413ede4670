import { Anchor, Group, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '#shared/contract/campaigns'
import { formatWhen } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { CampaignBar } from '../../ui/CampaignBar.tsx'
import { CampaignButtons } from './CampaignButtons.tsx'
import { campaignLabel, campaignRemarks, stillMoving } from './dispatch-label.ts'
import styles from './dispatch.module.css'

interface Props {
  readonly campaign: Campaign
  /** `lg` in the place of the button, `sm` in a list. */
  readonly size: 'sm' | 'lg'
}

/** How far a campaign is, in words and as a bar, and the buttons that stop it. */
export function CampaignPanel({ campaign, size }: Props) {
  const now = useNow()
  const { progress } = campaign
  const label = campaignLabel(campaign)
  const remarks = campaignRemarks(progress)
  const isLarge = size === 'lg'
  return (
    <Paper withBorder p={isLarge ? 'md' : 'sm'} className={styles['panel'] ?? ''}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div className={styles['who']}>
          <Text fw={700} size={isLarge ? 'xl' : 'sm'} role={isLarge ? 'status' : undefined}>
            {label}
          </Text>
          <Text size="sm" c="dimmed" className={styles['clip'] ?? ''}>
            {isLarge ? (
              campaign.name
            ) : (
              <Anchor
                underline="always"
                renderRoot={(props) => <Link to="/dispatch" search={{ campaign: campaign.id }} {...props} />}
              >
                {campaign.name}
              </Anchor>
            )}
            {`, ${aboutTime(campaign, now)}`}
          </Text>
        </div>
        <CampaignButtons campaign={campaign} />
      </Group>
      <CampaignBar progress={progress} label={label} size={isLarge ? 'xl' : 'md'} />
      {remarks.length === 0 ? null : (
        <Text size="sm">
          {remarks.join(' · ')}
          {progress.uncertain === 0 ? null : (
            <>
              {' · '}
              <Anchor
                renderRoot={(props) => <Link to="/queue" search={{ status: 'uncertain' }} {...props} />}
                size="sm"
                underline="always"
              >
                Decide now
              </Anchor>
            </>
          )}
        </Text>
      )}
    </Paper>
  )
}

function aboutTime({ progress, lastSendAt, createdAt, scheduledAt }: Campaign, now: number): string {
  if (stillMoving(progress) === 0) return `dispatched ${formatWhen(createdAt, now)}`
  if (progress.sent === 0 && scheduledAt !== null && scheduledAt > now)
    return `scheduled for ${formatWhen(scheduledAt, now)}`
  return lastSendAt === null ? 'no end can be named yet' : `the last one goes ${formatWhen(lastSendAt, now)}`
}
