import { Button, Skeleton, Tabs } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Pencil, UserPlus } from 'lucide-react'
import type { Campaign } from '#shared/contract/campaigns'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { readSelection } from '../../ui/read-selection.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { useNow } from '../../ui/use-now.ts'
import { WayBack } from '../../ui/WayBack.tsx'
import { AddPeople } from './AddPeople.tsx'
import { CAMPAIGN_WORDS, isOpen, timeWords } from './campaign-words.ts'
import { CampaignActions } from './CampaignActions.tsx'
import { CampaignProgress } from './CampaignProgress.tsx'
import styles from './campaigns.module.css'
import { EditCampaign } from './EditCampaign.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import { StartPanel } from './StartPanel.tsx'
import { StepResults } from './StepResults.tsx'
import { useCampaign } from './use-campaigns.ts'

const BACK = (
  <WayBack>
    <Link to="/campaigns">All campaigns</Link>
  </WayBack>
)

/** One campaign: how far it is, its mails with their results, its people. */
export function CampaignPage() {
  const campaignId = Number(useParams({ from: '/campaigns/$id' }).id)
  const { edit } = useSearch({ from: '/campaigns/$id' })
  const campaign = useCampaign(campaignId)
  if (campaign.data === undefined) {
    return (
      <Page title="Campaign" back={BACK}>
        {campaign.error === null ? (
          <Skeleton h={320} />
        ) : (
          <ErrorPanel error={campaign.error} onRetry={() => campaign.refetch()} />
        )}
      </Page>
    )
  }
  if (edit === true && isOpen(campaign.data)) return <EditCampaign campaign={campaign.data} />
  return <Overview campaign={campaign.data} />
}

function Overview({ campaign }: { readonly campaign: Campaign }) {
  const now = useNow()
  const navigate = useNavigate()
  const search = useSearch({ from: '/campaigns/$id' })
  const isDraft = campaign.status === 'draft'
  const tab = search.tab === 'mails' ? 'mails' : 'people'
  const show = (next: { readonly add?: true; readonly edit?: true; readonly tab?: string }) =>
    void navigate({
      to: '/campaigns/$id',
      params: { id: String(campaign.id) },
      search: { ...(tab === 'people' ? {} : { tab }), ...next },
    })
  return (
    <Page
      title={campaign.name}
      back={BACK}
      description={
        <>
          <StatusWord {...CAMPAIGN_WORDS[campaign.status]} /> {timeWords(campaign, now)}
        </>
      }
      actions={
        <>
          {isOpen(campaign) ? (
            <>
              <Button
                size="xs"
                variant="default"
                leftSection={<UserPlus size={14} aria-hidden />}
                onClick={() => show({ add: true })}
              >
                Add people
              </Button>
              <Button
                size="xs"
                variant="default"
                leftSection={<Pencil size={14} aria-hidden />}
                onClick={() => show({ edit: true })}
              >
                Edit
              </Button>
            </>
          ) : null}
          <CampaignActions campaign={campaign} />
        </>
      }
      isFull
    >
      {isDraft ? null : <CampaignProgress campaign={campaign} />}
      <div className={styles['desk']} data-draft={isDraft || undefined}>
        {isDraft ? <StartPanel campaign={campaign} onAdd={() => show({ add: true })} /> : null}
        <Parts campaign={campaign} tab={tab} onTab={(chosen) => show({ tab: chosen })} />
      </div>
      <AddPeople
        campaign={campaign}
        isOpen={search.add === true && isOpen(campaign)}
        handedOver={readSelection(search.selection)}
        onClose={() => show({})}
        onChooseHere={() => show({ add: true })}
      />
    </Page>
  )
}

interface PartsProps {
  readonly campaign: Campaign
  readonly tab: string
  readonly onTab: (tab: string) => void
}

function Parts({ campaign, tab, onTab }: PartsProps) {
  return (
    <Tabs
      value={tab}
      onChange={(value) => onTab(value ?? 'people')}
      keepMounted={false}
      className={styles['tabs'] ?? ''}
    >
      <Tabs.List>
        <Tabs.Tab value="people">People {formatNumber(campaign.people.total)}</Tabs.Tab>
        <Tabs.Tab value="mails">Mails {formatNumber(campaign.steps.length)}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="people" className={styles['panel'] ?? ''}>
        <PeopleTable campaign={campaign} />
      </Tabs.Panel>
      <Tabs.Panel value="mails" className={`${styles['panel']} ${styles['scrolls']}`}>
        <StepResults campaign={campaign} />
      </Tabs.Panel>
    </Tabs>
  )
}
