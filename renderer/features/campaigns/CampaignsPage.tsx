import { Button, Skeleton, Stack } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Archive, Plus, Route } from 'lucide-react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { CampaignCard } from './CampaignCard.tsx'
import { useCampaigns } from './use-campaigns.ts'

const SHELVES = [
  { value: 'used', label: 'In use' },
  { value: 'away', label: 'Put away' },
]

/** Every campaign, newest first: how far each is, and what can be done with it. */
export function CampaignsPage() {
  const navigate = useNavigate()
  const { away } = useSearch({ from: '/campaigns' })
  const isArchived = away === true
  const campaigns = useCampaigns(isArchived)
  return (
    <Page
      title="Campaigns"
      description="Sequences of mails to groups of people. Every mail is planned from the start, and an answer stops the rest."
      actions={
        <>
          <FilterTabs
            label="Which campaigns"
            tabs={SHELVES}
            value={isArchived ? 'away' : 'used'}
            onChange={(value) => void navigate({ to: '/campaigns', search: value === 'away' ? { away: true } : {} })}
          />
          <NewCampaign />
        </>
      }
    >
      {campaigns.data === undefined ? (
        campaigns.error === null ? (
          <Skeleton h={240} />
        ) : (
          <ErrorPanel error={campaigns.error} onRetry={() => campaigns.refetch()} />
        )
      ) : campaigns.data.length === 0 ? (
        <Nothing isArchived={isArchived} />
      ) : (
        <Stack gap="sm" component="ul" p={0} m={0} aria-label="Campaigns">
          {campaigns.data.map((campaign) => (
            <CampaignCard key={campaign.id} campaign={campaign} />
          ))}
        </Stack>
      )}
    </Page>
  )
}

function NewCampaign() {
  return (
    <Button
      leftSection={<Plus size={16} aria-hidden />}
      renderRoot={(props) => <Link to="/campaigns/new" {...props} />}
    >
      New campaign
    </Button>
  )
}

function Nothing({ isArchived }: { readonly isArchived: boolean }) {
  if (isArchived) {
    return (
      <EmptyState icon={<Archive size={28} />} title="Nothing is put away">
        Campaigns that have ended can be put away. They are kept here, with everything that was sent.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<Route size={28} />} title="No campaign yet" actions={<NewCampaign />}>
      Write a sequence first: a mail, and the follow-ups for those who do not answer. Then add people, look at the plan,
      and start it.
    </EmptyState>
  )
}
