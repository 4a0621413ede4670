import { Temporal } from 'temporal-polyfill'
import type { EventGroup } from './event-groups.ts'

/** What of the feed is shown. */
export interface ActivityView {
  readonly group: EventGroup
  readonly mailboxId: number | null
  readonly campaignId: number | null
  readonly leadId: number | null
  readonly search: string
  /** Local dates, `YYYY-MM-DD`, both included; null: open. */
  readonly from: string | null
  readonly to: string | null
}

export const EVERYTHING: ActivityView = {
  group: 'all',
  mailboxId: null,
  campaignId: null,
  leadId: null,
  search: '',
  from: null,
  to: null,
}

export function isNarrowed(view: ActivityView): boolean {
  return Object.entries(EVERYTHING).some(([part, value]) => view[part as keyof ActivityView] !== value)
}

/** The days as moments of the machine's zone; `until` is not included. */
export function daySpan(
  { from, to }: Pick<ActivityView, 'from' | 'to'>,
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone,
): { since: number | null; until: number | null } {
  const startOf = (date: Temporal.PlainDate): number => date.toZonedDateTime(zone).epochMilliseconds
  return {
    since: from === null ? null : startOf(Temporal.PlainDate.from(from)),
    until: to === null ? null : startOf(Temporal.PlainDate.from(to).add({ days: 1 })),
  }
}
