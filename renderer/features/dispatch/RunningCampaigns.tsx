import { CampaignLine } from './CampaignLine.tsx'
import { stillMoving } from './dispatch-label.ts'
import { useCampaigns } from './use-dispatch.ts'

/**
 * The campaign on its way, shown again whenever one comes back to the page: the newest, and rather one of many mails
 * than a single mail. Older ones are in the recent list.
 */
export function RunningCampaigns() {
  const campaigns = useCampaigns()
  const moving = campaigns.data?.filter(({ progress }) => stillMoving(progress) > 0) ?? []
  const running = moving.find(({ progress }) => progress.total > 1) ?? moving[0]
  return running === undefined ? null : <CampaignLine campaign={running} />
}
