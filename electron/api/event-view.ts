import type { ActivityEntry } from '#shared/contract/app'
import type { ActivityRow } from '../engine/records/activity.ts'

/** An event as the page gets it. */
export function entryView(row: ActivityRow): ActivityEntry {
  return { ...row, leadName: row.leadName || null, data: parsed(row.data) }
}

/** What an event keeps beside its kind; nothing is an empty object. */
export function parsed(data: string | null): Record<string, unknown> {
  return data === null ? {} : (JSON.parse(data) as Record<string, unknown>)
}
