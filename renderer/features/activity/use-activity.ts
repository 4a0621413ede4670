import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import type { OutputAt } from '../../api/paths.ts'
import { useCallOnce } from '../../api/hooks.ts'
import { EVENT_GROUPS, type EventGroup } from './event-groups.ts'

type ActivityPart = OutputAt<'activity.list'>

const LIMIT = 100

/** The newest events, and as many older ones as were asked for. New events make all parts be asked again. */
export function useActivity(group: EventGroup) {
  const callOnce = useCallOnce()
  const kinds = EVENT_GROUPS[group].kinds
  return useInfiniteQuery<ActivityPart, ApiError, InfiniteData<ActivityPart>, readonly unknown[], number | null>({
    queryKey: ['activity.list', { kinds }, 'parts'],
    queryFn: ({ pageParam }) => callOnce('activity.list', { before: pageParam, kinds, limit: LIMIT }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.hasMore ? (last.rows.at(-1)?.id ?? null) : null),
  })
}
