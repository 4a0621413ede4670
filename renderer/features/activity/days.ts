import { formatDay } from '../../ui/format.ts'
import type { OutputAt } from '../../api/paths.ts'

export type ActivityEntry = OutputAt<'activity.list'>['rows'][number]

export interface ActivityDay {
  /** `Today`, `Mon, 3 Mar`. */
  readonly title: string
  readonly entries: readonly ActivityEntry[]
}

/** Entries that follow each other on one day, under its name. */
export function byDay(entries: readonly ActivityEntry[], now: number): readonly ActivityDay[] {
  const days: { title: string; entries: ActivityEntry[] }[] = []
  for (const entry of entries) {
    const title = capital(formatDay(entry.at, now))
    const last = days.at(-1)
    if (last?.title === title) last.entries.push(entry)
    else days.push({ title, entries: [entry] })
  }
  return days
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
