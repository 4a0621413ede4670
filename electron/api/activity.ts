import type { PacemailHandlers } from '#shared/contract/index'
import type { Activity, ActivityRow } from '../engine/activity.ts'
import { parsed } from './sends.ts'

export function createActivityApi(activity: Activity): PacemailHandlers['activity'] {
  return {
    list(page) {
      const { rows, hasMore } = activity.page(page)
      return { rows: rows.map(entryView), hasMore }
    },
  }
}

function entryView(row: ActivityRow) {
  return { ...row, leadName: row.leadName || null, data: parsed(row.data) }
}
