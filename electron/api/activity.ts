import type { PacemailHandlers } from '#shared/contract/index'
import type { Activity, ActivityRow } from '../engine/activity.ts'
import { parsed } from './sends.ts'

export function createActivityApi(activity: Activity): PacemailHandlers['activity'] {
  return {
    list(page) {
      const { rows, ...rest } = activity.page(page)
      return { rows: rows.map(entryView), ...rest }
    },
  }
}

function entryView(row: ActivityRow) {
  return { ...row, leadName: row.leadName || null, data: parsed(row.data) }
}
