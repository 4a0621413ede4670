import { formatDay } from '../../ui/format.ts'
import type { OutputAt } from '../../api/paths.ts'
import type { ActivityLine } from './folded.ts'

export type ActivityEntry = OutputAt<'activity.list'>['rows'][number]

export interface ActivityDay {
  /** `Today`, `Mon, 3 Mar`. */
  readonly title: string
  readonly lines: readonly ActivityLine[]
}

/** Lines that follow each other on one day, under its name. */
export function byDay(lines: readonly ActivityLine[], now: number): readonly ActivityDay[] {
  const days: { title: string; lines: ActivityLine[] }[] = []
  for (const line of lines) {
    const title = capital(formatDay(line.entry.at, now))
    const last = days.at(-1)
    if (last?.title === title) last.lines.push(line)
    else days.push({ title, lines: [line] })
  }
  return days
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
