import { Temporal } from 'temporal-polyfill'

/** A moment as the rep says it: `YYYY-MM-DDTHH:mm` in an IANA zone. */
export interface WallTime {
  readonly local: string
  readonly zone: string
}

/**
 * The moment of a wall time, epoch ms. Null when the clock skips it there (spring), or when date or zone do not exist. When
 * the clock shows it twice (autumn) it is the first.
 */
export function momentOfWallTime(wall: WallTime): number | null {
  try {
    const local = Temporal.PlainDateTime.from(wall.local)
    const moment = local.toZonedDateTime(wall.zone, { disambiguation: 'earlier' })
    return moment.toPlainDateTime().equals(local) ? moment.epochMilliseconds : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Local midnight before a moment, epoch ms. */
export function startOfDay(moment: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).startOfDay().epochMilliseconds
}

/** A local date (`YYYY-MM-DD`) from its midnight to the next one, epoch ms. Null for what is no date. */
export function spanOfDate(date: string, zone: string): { readonly from: number; readonly to: number } | null {
  try {
    const day = Temporal.PlainDate.from(date)
    return {
      from: day.toZonedDateTime(zone).epochMilliseconds,
      to: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
    }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** A moment as ISO 8601 in UTC, `2026-03-02T09:00:00Z`: for files that others read. */
export function utcText(moment: number): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toString()
}

/** The local date of a moment, `YYYY-MM-DD`. */
export function localDateOf(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/**
 * How many moments (epoch ms, rising) each local date has, the soonest first; dates without any are left out. Each date is
 * worked out once: asking each of thousands of moments for its own took as long as planning them.
 */
export function countPerDay(
  moments: readonly number[],
  zone: string,
): { readonly date: string; readonly count: number }[] {
  const days: { date: string; count: number }[] = []
  let endsAt = Number.NEGATIVE_INFINITY
  for (const moment of moments) {
    if (moment >= endsAt) {
      const date = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate()
      endsAt = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
      days.push({ date: date.toString(), count: 0 })
    }
    const day = days.at(-1)
    if (day) day.count += 1
  }
  return days
}
