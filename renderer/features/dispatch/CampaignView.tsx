import { Button, Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { CampaignPanel } from './CampaignPanel.tsx'
import { CampaignSends } from './CampaignSends.tsx'
import { RecentCampaigns } from './RecentCampaigns.tsx'
import { useCampaign } from './use-dispatch.ts'

/** A campaign on its way: the progress where the button was, and every lead's mail below it. */
export function CampaignView({ campaignId }: { readonly campaignId: number }) {
  const campaign = useCampaign(campaignId)
  return (
    <Page
      title="Dispatch"
      description="You can leave this page: the mails go out at your mailbox’s pace."
      actions={
        <>
          <RecentCampaigns />
          <Button variant="default" leftSection={<Plus size={16} aria-hidden />} component={Link} to="/dispatch">
            New dispatch
          </Button>
        </>
      }
      isFull
    >
      {campaign.data !== undefined ? (
        <>
          <CampaignPanel campaign={campaign.data} size="lg" />
          <CampaignSends campaignId={campaignId} />
        </>
      ) : campaign.error === null ? (
        <Skeleton flex={1} />
      ) : (
        <ErrorPanel error={campaign.error} onRetry={() => campaign.refetch()} />
      )}
    </Page>
  )
}
