import type { PacemailHandlers } from '#shared/contract/index'
import type { Activity } from '../engine/records/activity.ts'
import { entryView } from './event-view.ts'

export function createActivityApi(activity: Activity): PacemailHandlers['activity'] {
  return {
    list(page) {
      const { rows, ...rest } = activity.page(page)
      return { rows: rows.map(entryView), ...rest }
    },
  }
}
