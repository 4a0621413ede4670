import { type ActivityRow, listActivity } from '#db/queries/activity'
import type { EventKind } from '#shared/domain/taxonomy'
import type { EngineContext } from './context.ts'

export type { ActivityRow }

export interface ActivityPage {
  /** Ids below this one; null: from the newest. */
  readonly before: number | null
  /** Empty: all. */
  readonly kinds: readonly EventKind[]
  readonly limit: number
}

/** What has happened, newest first. */
export interface Activity {
  page(page: ActivityPage): { rows: ActivityRow[]; hasMore: boolean }
}

export function createActivity({ db }: Pick<EngineContext, 'db'>): Activity {
  return {
    page(page) {
      const rows = listActivity(db, { ...page, limit: page.limit + 1 })
      return { rows: rows.slice(0, page.limit), hasMore: rows.length > page.limit }
    },
  }
}
