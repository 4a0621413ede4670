import { useSearch } from '@tanstack/react-router'
import { CampaignView } from './CampaignView.tsx'
import { ComposeView } from './ComposeView.tsx'
import { readDispatchSearch } from './dispatch-search.ts'

/** Choose who gets which mail and when, or watch a campaign go out. */
export function DispatchPage() {
  const { campaignId, handedOver, words } = readDispatchSearch(useSearch({ strict: false }))
  return campaignId === null ? (
    <ComposeView key={JSON.stringify([handedOver, words])} handedOver={handedOver} words={words} />
  ) : (
    <CampaignView key={campaignId} campaignId={campaignId} />
  )
}
