import { useApi } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'

export type Overview = OutputAt<'insights.overview'>
export type SystemHealth = OutputAt<'insights.system'>
export type RateView = Overview['totals']['replied']
export type Digest = OutputAt<'digest.get'>
export type Days = 7 | 30 | 90

export function useOverview(days: Days) {
  return useApi('insights.overview', { days }, { keepPrevious: true })
}

export function useSystemHealth() {
  return useApi('insights.system', {})
}

export function useDigest() {
  return useApi('digest.get', {})
}
