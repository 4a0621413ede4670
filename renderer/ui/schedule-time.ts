import { Temporal } from 'temporal-polyfill'
import { momentOfWallTime, type WallTime } from '#shared/domain/wall-time'

/** A wall-clock time as the contract writes it, `YYYY-MM-DDTHH:mm`, under the words of a button. */
export interface Shortcut {
  readonly label: string
  readonly local: string
}

/** `now`: the moment and the zone in which the rep thinks. Mondays that are tomorrow are offered once. */
export function scheduleShortcuts(nowAt: number, zone: string): Shortcut[] {
  const now = Temporal.Instant.fromEpochMilliseconds(nowAt).toZonedDateTimeISO(zone)
  const today = now.toPlainDate()
  const tomorrow = today.add({ days: 1 })
  const monday = today.add({ days: 8 - today.dayOfWeek })
  const inAnHour = now.add({ hours: 1 }).round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  const shortcuts = [
    { label: 'In 1 hour', local: wallTime(inAnHour.toPlainDateTime()) },
    { label: 'Tomorrow 9:00', local: `${tomorrow.toString()}T09:00` },
  ]
  if (!monday.equals(tomorrow)) shortcuts.push({ label: 'Monday 9:00', local: `${monday.toString()}T09:00` })
  return shortcuts
}

/** The calendar day of a moment, `YYYY-MM-DD`. */
export function dayIn(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

export type TimeProblem = 'past' | 'no_such_time'

/** Why this time cannot be used, or null. The hour that spring skips does not exist; the hour that autumn repeats does. */
export function timeProblem(wall: WallTime, nowAt: number): TimeProblem | null {
  const at = momentOfWallTime(wall)
  if (at === null) return 'no_such_time'
  return at < nowAt ? 'past' : null
}

/** A sentence for under the field. */
export function timeProblemText(problem: TimeProblem, zone: string): string {
  switch (problem) {
    case 'past':
      return `That is in the past in ${zoneLabel(zone)}. Choose a later time.`
    case 'no_such_time':
      return `The clocks in ${zoneLabel(zone)} skip that time. Choose an hour earlier or later.`
  }
}

/** `America/New_York` reads `America/New York`, so that it is found by typing. */
export function zoneLabel(zone: string): string {
  return zone.replaceAll('_', ' ')
}

/** Every zone the browser knows, and the machine's own one in any case. */
export function zoneChoices(machineZone: string): { value: string; label: string }[] {
  const zones = new Set([machineZone, ...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return [...zones].map((zone) => ({ value: zone, label: zoneLabel(zone) }))
}

/** The date picker speaks `YYYY-MM-DD HH:mm:ss`, the contract `YYYY-MM-DDTHH:mm`. */
export function toPicker(local: string | null): string | null {
  return local === null ? null : `${local.replace('T', ' ')}:00`
}

export function fromPicker(value: string | null): string | null {
  return value === null || value === '' ? null : value.slice(0, 16).replace(' ', 'T')
}

function wallTime(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'minute' })
}
