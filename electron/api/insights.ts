import type { PacemailHandlers } from '#shared/contract/index'
import type { Rooms } from '../engine/rooms.ts'

export function createInsightsApi(rooms: Pick<Rooms, 'insights' | 'systemHealth'>): PacemailHandlers['insights'] {
  return {
    overview: ({ days }) => rooms.insights.overview(days),
    system: () => rooms.systemHealth(),
  }
}
