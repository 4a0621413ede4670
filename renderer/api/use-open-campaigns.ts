import { useApi } from './hooks.ts'

/** Campaigns that still take people, newest first. */
export function useOpenCampaigns() {
  const { data = [] } = useApi('campaigns.list', { limit: 50 })
  return data.filter(({ status }) => status !== 'cancelled')
}
