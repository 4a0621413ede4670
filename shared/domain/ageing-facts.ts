import { Temporal } from 'temporal-polyfill'

/** The days that the rules for ageing text compare, all in the zone in which the mail goes out. */
export interface AgeingFacts {
  /** The day for which the text was approved. */
  readonly meant: Temporal.PlainDate
  /** The day on which it goes. */
  readonly at: Temporal.PlainDate
  /** The day of the mail before it, for a follow-up. */
  readonly previous: Temporal.PlainDate | null
}

export type PeriodUnit = 'week' | 'month' | 'quarter' | 'year'

export function localDay(moment: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate()
}

/** Calendar days from one day to another; negative when it lies before. */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return from.until(to, { largestUnit: 'day' }).days
}

/** The first day of the week (Monday), month, quarter or year in which a day lies. */
export function periodStart(day: Temporal.PlainDate, unit: PeriodUnit): Temporal.PlainDate {
  switch (unit) {
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 })
    case 'month':
      return day.with({ day: 1 })
    case 'quarter':
      return day.with({ day: 1, month: day.month - ((day.month - 1) % 3) })
    case 'year':
      return day.with({ day: 1, month: 1 })
  }
}

export function isSamePeriod(one: Temporal.PlainDate, other: Temporal.PlainDate, unit: PeriodUnit): boolean {
  return periodStart(one, unit).equals(periodStart(other, unit))
}

/** Is `earlier` in the week, month, quarter or year directly before that of `day`? */
export function isPeriodBefore(earlier: Temporal.PlainDate, day: Temporal.PlainDate, unit: PeriodUnit): boolean {
  return isSamePeriod(earlier, periodStart(day, unit).subtract({ days: 1 }), unit)
}

/** The first day with this weekday (Monday is 1) after a day. */
export function weekdayAfter(day: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return day.add({ days: ((weekday - day.dayOfWeek + 6) % 7) + 1 })
}

/** The last day with this weekday before a day. */
export function weekdayBefore(day: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return day.subtract({ days: ((day.dayOfWeek - weekday + 6) % 7) + 1 })
}

/** Easter Sunday of a year: the anonymous Gregorian algorithm (Nature, 1876). */
export function easterOf(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return Temporal.PlainDate.from({ year, month: Math.floor(f / 31), day: (f % 31) + 1 })
}
