import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

/** When the rep wants to be left alone: every night from one time to another, and whole weekends. */
export const QuietHours = z.object({
  isOn: z.boolean(),
  /** Minutes after midnight by the machine's clock; a span over midnight is one night. The same twice: no time of the day. */
  fromMinute: z.int().min(0).max(1439),
  untilMinute: z.int().min(0).max(1439),
  /** Saturdays and Sundays count as one long night. */
  hasWeekends: z.boolean(),
})
export type QuietHours = z.infer<typeof QuietHours>

const SATURDAY = 6

export function isQuiet(moment: number, zone: string, quiet: QuietHours): boolean {
  return quiet.isOn && isQuietAt(localOf(moment, zone), quiet)
}

/**
 * The first moment from this one on that is not quiet, epoch ms; the moment itself where it is not. Local times that a clock skips
 * or shows twice are asked as they are shown.
 */
export function quietUntil(moment: number, zone: string, quiet: QuietHours): number {
  let at = localOf(moment, zone)
  // A weekend of five boundaries at most, and a change of the clock in it.
  while (quiet.isOn && isQuietAt(at, quiet)) at = nextBoundary(at, quiet)
  return at.epochMilliseconds
}

function isQuietAt(at: Temporal.ZonedDateTime, { fromMinute, untilMinute, hasWeekends }: QuietHours): boolean {
  if (hasWeekends && at.dayOfWeek >= SATURDAY) return true
  const minute = at.hour * 60 + at.minute
  return fromMinute <= untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute
}

/** The next moment at which the answer may change: the end of the night, midnight, or a change of the clock. */
function nextBoundary(at: Temporal.ZonedDateTime, { untilMinute }: QuietHours): Temporal.ZonedDateTime {
  const midnight = at.add({ days: 1 }).startOfDay()
  const until = at.withPlainTime({ hour: Math.floor(untilMinute / 60), minute: untilMinute % 60 })
  const turn = at.getTimeZoneTransition('next')
  return [until, turn, midnight]
    .filter((each) => each !== null)
    .filter((each) => each.epochMilliseconds > at.epochMilliseconds)
    .reduce((one, other) => (one.epochMilliseconds <= other.epochMilliseconds ? one : other))
}

function localOf(moment: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
}
