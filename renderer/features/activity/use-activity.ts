import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import type { InputAt, OutputAt } from '../../api/paths.ts'
import { useApi, useCallOnce } from '../../api/hooks.ts'
import { EVENT_GROUPS } from './event-groups.ts'
import { daySpan, type ActivityView } from './activity-view.ts'

type ActivityPart = OutputAt<'activity.list'>

const LIMIT = 100

/** The newest events, and as many older ones as were asked for. New events make all parts be asked again. */
export function useActivity(view: ActivityView) {
  const callOnce = useCallOnce()
  const filter = filterOf(view)
  return useInfiniteQuery<ActivityPart, ApiError, InfiniteData<ActivityPart>, readonly unknown[], number | null>({
    queryKey: ['activity.list', filter, 'parts'],
    queryFn: ({ pageParam }) => callOnce('activity.list', { ...filter, before: pageParam, limit: LIMIT }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
  })
}

function filterOf(view: ActivityView): InputAt<'activity.list'> {
  return {
    kinds: EVENT_GROUPS[view.group].kinds,
    mailboxId: view.mailboxId,
    campaignId: view.campaignId,
    leadId: view.leadId,
    search: view.search.trim(),
    ...daySpan(view),
  }
}

/** What the feed can be narrowed to. */
export function useActivityChoices() {
  const { data: mailboxes } = useApi('mailboxes.list', {})
  const { data: campaigns } = useApi('campaigns.list', {})
  return {
    mailboxes: (mailboxes ?? []).map(({ id, address }) => ({ value: String(id), label: address })),
    campaigns: (campaigns ?? []).map(({ id, name }) => ({ value: String(id), label: name || 'Unnamed' })),
  }
}
