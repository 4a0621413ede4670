import { Temporal } from 'temporal-polyfill'
import type { Send } from '#shared/contract/sends'
import type { OutputAt } from '../../api/paths.ts'
import { tabCount } from './tabs.ts'

/** The zone of this machine: the one in which the rep reads days. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function dayOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

const QUARTER_MS = 15 * 60_000

/** `dayOf` for long lists: every zone's days begin on a quarter of an hour, so each quarter is worked out once. */
export function createDayReader(zone: string): (at: number) => string {
  const known = new Map<number, string>()
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS)
    const day = known.get(quarter) ?? dayOf(at, zone)
    known.set(quarter, day)
    return day
  }
}

/** "Today", "Tomorrow", "Yesterday", else the weekday and date, with the year where it is another one. */
export function dayLabel(day: string, today: string): string {
  const date = Temporal.PlainDate.from(day)
  const days = Temporal.PlainDate.from(today).until(date).days
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  if (days === -1) return 'Yesterday'
  return date.toLocaleString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  })
}

/** For a narrow bar: `Mon` and `23`. */
export function shortDay(day: string): { weekday: string; date: string } {
  const date = Temporal.PlainDate.from(day)
  return { weekday: date.toLocaleString(undefined, { weekday: 'short' }), date: String(date.day) }
}

/** `count` consecutive days, today first. */
export function comingDays(today: string, count: number): string[] {
  const start = Temporal.PlainDate.from(today)
  return Array.from({ length: count }, (_, days) => start.add({ days }).toString())
}

/** What there is to draw: bars of the coming days where a mail has a day, one day drawn out where any mail waits as well. */
export function drawnDays({ byDay, byStatus }: OutputAt<'sends.counts'>): { hasBars: boolean; hasLine: boolean } {
  const hasBars = byDay.some(({ planned, sent }) => planned + sent > 0)
  return { hasBars, hasLine: hasBars || tabCount('waiting', byStatus) > 0 }
}

/** The moment a send is listed under: its forecast while it waits, its end afterwards; null: nothing says when. */
export function listedAt(
  send: Pick<Send, 'status' | 'wait' | 'finishedAt' | 'startedAt' | 'createdAt'>,
): number | null {
  if (send.status === 'pending') return send.wait?.at ?? null
  return send.finishedAt ?? send.startedAt ?? send.createdAt
}

/** The row of the waiting list with which a day begins: everything planned before it comes first. */
export function firstRowOf(day: string, counts: readonly { date: string; planned: number }[]): number {
  return counts.filter((entry) => entry.date < day).reduce((sum, entry) => sum + entry.planned, 0)
}
