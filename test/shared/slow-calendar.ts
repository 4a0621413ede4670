/**
 * Opening hours found the slow way: a local day is walked minute by minute with nothing but Temporal.
 */
import { Temporal } from 'temporal-polyfill'
import type { WeekHours } from '#shared/domain/policy'

export interface SlowRules {
  readonly hours: WeekHours
  readonly zone: string
  readonly daysOff: readonly string[]
}

interface Stretch {
  readonly from: number
  readonly to: number
}

const MINUTE = 60_000

/** The minutes of a local day in order: their moments (epoch ms), and what the clock shows, in minutes after midnight. */
const walked = new Map<string, { readonly minutes: readonly (readonly [number, number])[]; readonly end: number }>()

function minutesOf(zone: string, date: string) {
  const known = walked.get(`${zone} ${date}`)
  if (known) return known
  const minutes: [number, number][] = []
  let moment = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds
  for (;;) {
    const local = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
    if (local.toPlainDate().toString() !== date) break
    minutes.push([moment, local.hour * 60 + local.minute])
    moment += MINUTE
  }
  const made = { minutes, end: moment }
  walked.set(`${zone} ${date}`, made)
  return made
}

/** When a local date is open, epoch ms: each border is the first minute at which the clock shows it, or more. */
export function slowStretches(rules: SlowRules, date: string): Stretch[] {
  if (rules.daysOff.includes(date)) return []
  const { minutes, end } = minutesOf(rules.zone, date)
  const border = (wanted: number): number => minutes.find(([, shown]) => shown >= wanted)?.[0] ?? end
  return (rules.hours[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? [])
    .map((range) => ({ from: border(range.from), to: border(range.to) }))
    .filter((stretch) => stretch.from < stretch.to)
}

export function isOpenSlowly(rules: SlowRules, moment: number): boolean {
  const date = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(rules.zone).toPlainDate().toString()
  return slowStretches(rules, date).some((stretch) => moment >= stretch.from && moment < stretch.to)
}
