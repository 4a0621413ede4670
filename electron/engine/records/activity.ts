import {
  type ActivityFilter,
  type ActivityRow,
  findActivityEnd,
  findActivityStart,
  listActivity,
} from '#db/queries/activity'
import type { EngineContext } from '../context.ts'

export type { ActivityRow }

export interface ActivityPage extends ActivityFilter {
  /** Ids below this one; null: from the newest. */
  readonly before: number | null
  readonly limit: number
}

export interface ActivityPart {
  readonly rows: ActivityRow[]
  readonly hasMore: boolean
  /** `before` for the part that follows; null: nothing is left. */
  readonly next: number | null
}

/** What has happened, newest first. */
export interface Activity {
  /** May find nothing and still have more: a rare thing is looked for in steps, so that nobody waits. */
  page(page: ActivityPage): ActivityPart
}

/** How many events are looked at in one step: a tenth of a second (measured with 5,000,000). */
const STEP = 100_000

export function createActivity({ db }: Pick<EngineContext, 'db'>): Activity {
  return {
    page({ before, limit, ...filter }) {
      const end = findActivityEnd(db, filter.until)
      const top = before === null ? end : Math.min(before, end)
      const bottom = filter.since === null ? 1 : findActivityStart(db, filter.since) || top
      const from = Math.max(bottom, top - STEP)
      const rows = listActivity(db, filter, { before: top, from, limit: limit + 1 })
      if (rows.length > limit) {
        const shown = rows.slice(0, limit)
        return { rows: shown, hasMore: true, next: shown.at(-1)?.id ?? null }
      }
      return { rows, hasMore: from > bottom, next: from > bottom ? from : null }
    },
  }
}
