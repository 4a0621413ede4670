/**
 * Working hours as moments: when a schedule is open, and when it opens next. Zones and daylight saving are Temporal's.
 */
import { Temporal } from 'temporal-polyfill'
import type { WeekHours } from './policy.ts'
import type { DelayUnit } from './taxonomy.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export interface CalendarRules {
  readonly hours: WeekHours
  /** IANA zone. */
  readonly zone: string
  /** Is this local date (`YYYY-MM-DD`) a holiday or a day off? */
  readonly isDayOff: (date: string) => boolean
  /** Is the rep away on this local date? Then no delay clock runs. Left out: never. */
  readonly isAway?: (date: string) => boolean
  /** Is this local date closed because the rep leaves soon after it? Left out: never. */
  readonly isClosing?: (date: string) => boolean
}

export type Opening =
  | { readonly isOpen: true }
  /** `opensAt` epoch ms; null when nothing opens within a year. */
  | {
      readonly isOpen: false
      readonly opensAt: number | null
      readonly because: 'hours' | 'day_off' | 'away_soon' | 'never_opens'
    }

export interface Calendar {
  /** What the schedule says about a moment (epoch ms). */
  at(moment: number): Opening
  /** When it is open between two moments (epoch ms), in order. For a few days, not for years. */
  openIn(from: number, to: number): { readonly from: number; readonly to: number }[]
  /** The local date of a moment, `YYYY-MM-DD`. */
  dateOf(moment: number): string
  /** The same time of day, this many counted days later, epoch ms. Days on which the rep is away never count. */
  after(moment: number, days: number, unit: DelayUnit): number
  /** How much of this stretch (epoch ms) lies on counted days, ms; 0 for one that ends before it begins. */
  countedMs(from: number, to: number, unit: DelayUnit): number
  /** When so many ms of counted days have passed since `moment`, epoch ms. */
  onward(moment: number, countedMs: number, unit: DelayUnit): number
}

interface Day {
  readonly date: Temporal.PlainDate
  /** Epoch ms of local midnight and of the next one: 23, 24 or 25 hours apart. */
  readonly from: number
  readonly to: number
  readonly isOff: boolean
  readonly isAway: boolean
  readonly isClosing: boolean
  /** Open from (included) to (excluded), epoch ms, in order. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[]
  readonly tomorrow: Temporal.PlainDate
  /** The day after, once somebody asked for it. */
  next: Day | null
}

/** A closed stretch: every moment of it (`from` included, `to` excluded, epoch ms) has the same answer. */
interface Shut {
  readonly from: number
  readonly to: number
  readonly opensAt: number | null
}

/** Made once: reading it from an object took as long as adding it. */
const ONE_DAY = Temporal.Duration.from({ days: 1 })

/** Holidays and leap days included, a schedule that has not opened after this many days never will. */
const HORIZON_DAYS = 370

/**
 * In the spring gap a range starts at the first valid minute after it; in the autumn overlap its borders are the first
 * occurrence, once. Days are worked out once and kept.
 */
export function createCalendar(rules: CalendarRules): Calendar {
  const days = new Map<string, Day>()
  let latest: Day | null = null
  let shut: Shut | null = null

  function dayOn(date: Temporal.PlainDate, from?: number): Day {
    const name = date.toString()
    const known = days.get(name)
    if (known) return known
    const made = makeDay(rules, date, from ?? midnightOf(date, rules.zone))
    days.set(name, made)
    return made
  }

  function dayAfter(day: Day): Day {
    day.next ??= dayOn(day.tomorrow, day.to)
    return day.next
  }

  /** Time mostly goes on: from the latest day it is a step or two. */
  function dayAt(moment: number): Day {
    let day = latest
    for (let steps = 0; day && moment >= day.to && steps < 4; steps += 1) day = dayAfter(day)
    if (!day || moment < day.from || moment >= day.to) day = dayOn(localDate(moment, rules.zone))
    latest = day
    return day
  }

  function opensAfter(moment: number): number | null {
    if (!shut || moment < shut.from || moment >= shut.to) shut = shutFrom(moment)
    return shut.opensAt
  }

  function shutFrom(moment: number): Shut {
    const today = dayAt(moment)
    let day = today
    for (let ahead = 0; ahead <= HORIZON_DAYS; ahead += 1) {
      const range = day.isOff ? undefined : day.ranges.find((candidate) => candidate.from > moment)
      if (range) return { from: moment, to: range.from, opensAt: range.from }
      day = dayAfter(day)
    }
    return { from: moment, to: today.to, opensAt: null }
  }

  return {
    at(moment) {
      const day = dayAt(moment)
      if (!day.isOff && day.ranges.some((range) => moment >= range.from && moment < range.to)) return { isOpen: true }
      const opensAt = opensAfter(moment)
      if (opensAt === null) return { isOpen: false, opensAt, because: 'never_opens' }
      return { isOpen: false, opensAt, because: closedBecause(day) }
    },
    openIn: (from, to) => openIn({ dayAt, dayAfter }, { from, to }),
    dateOf: (moment) => dayAt(moment).date.toString(),
    after(moment, count, unit) {
      const today = dayAt(moment)
      let day = today
      for (let left = count, ahead = 0; left > 0 && ahead < HORIZON_DAYS; ahead += 1) {
        day = dayAfter(day)
        if (countsAs(day, unit)) left -= 1
      }
      return day === today ? moment : sameTimeOn(day, { today, moment, zone: rules.zone })
    },
    countedMs: (from, to, unit) => countedMs({ dayAt, dayAfter }, { from, to }, unit),
    onward: (moment, ms, unit) => onward({ dayAt, dayAfter }, { from: moment, ms }, unit),
  }
}

interface Days {
  readonly dayAt: (moment: number) => Day
  readonly dayAfter: (day: Day) => Day
}

function openIn(
  { dayAt, dayAfter }: Days,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number }[] {
  const open: { readonly from: number; readonly to: number }[] = []
  for (let day = dayAt(from); day.from < to; day = dayAfter(day)) {
    if (day.isOff) continue
    for (const range of day.ranges) {
      const part = { from: Math.max(from, range.from), to: Math.min(to, range.to) }
      if (part.from < part.to) open.push(part)
    }
  }
  return open
}

function countedMs(
  { dayAt, dayAfter }: Days,
  { from, to }: { readonly from: number; readonly to: number },
  unit: DelayUnit,
): number {
  let counted = 0
  for (let day = dayAt(from); day.from < to; day = dayAfter(day)) {
    if (countsAs(day, unit)) counted += Math.max(0, Math.min(day.to, to) - Math.max(day.from, from))
  }
  return counted
}

function onward(
  { dayAt, dayAfter }: Days,
  { from, ms }: { readonly from: number; readonly ms: number },
  unit: DelayUnit,
): number {
  let [reached, left] = [from, ms]
  for (let day = dayAt(from), ahead = 0; left > 0 && ahead < HORIZON_DAYS; day = dayAfter(day), ahead += 1) {
    if (!countsAs(day, unit)) continue
    const begin = Math.max(day.from, from)
    const part = Math.min(left, day.to - begin)
    reached = begin + part
    left -= part
  }
  return reached
}

function closedBecause(day: Day): 'hours' | 'day_off' | 'away_soon' {
  if (!day.isOff || day.ranges.length === 0) return 'hours'
  return day.isClosing ? 'away_soon' : 'day_off'
}

function countsAs(day: Day, unit: DelayUnit): boolean {
  if (day.isAway) return false
  return unit === 'days' || ((day.isClosing || !day.isOff) && day.ranges.length > 0)
}

/** A time that the clock skips on that day is the one after the gap; one that comes twice is the first. */
function sameTimeOn(day: Day, { today, moment, zone }: { today: Day; moment: number; zone: string }): number {
  if (today.to - today.from === DAY_MS && day.to - day.from === DAY_MS) return day.from + (moment - today.from)
  const time = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainTime()
  return day.date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
}

/** The local date of a moment in a zone. */
function localDate(moment: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate()
}

/** Epoch ms. */
function midnightOf(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds
}

/** `from`: its midnight, which whoever knows the day before knows already. */
function makeDay(rules: CalendarRules, date: Temporal.PlainDate, from: number): Day {
  const tomorrow = date.add(ONE_DAY)
  const to = midnightOf(tomorrow, rules.zone)
  const isPlain = to - from === DAY_MS
  const momentOf = (minutes: number): number =>
    isPlain ? from + minutes * MINUTE_MS : borderOf(rules.zone, date, minutes)
  const ranges = (rules.hours[date.dayOfWeek - 1] ?? [])
    .map((range) => ({ from: momentOf(range.from), to: momentOf(range.to) }))
    .filter((range) => range.from < range.to)
    .toSorted((a, b) => a.from - b.from)
  const name = date.toString()
  const isAway = rules.isAway?.(name) ?? false
  const isOff = isAway || rules.isDayOff(name)
  const isClosing = !isOff && (rules.isClosing?.(name) ?? false)
  return { date, from, to, isOff: isOff || isClosing, isAway, isClosing, ranges, tomorrow, next: null }
}

/** On a day whose clock changes: the first moment at which it shows these minutes after midnight, or later. */
function borderOf(zone: string, date: Temporal.PlainDate, minutes: number): number {
  if (minutes === 1440) return date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
  const wall = date.toPlainDateTime(new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60))
  const moment = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (moment.toPlainDateTime().equals(wall)) return moment.epochMilliseconds
  return moment.getTimeZoneTransition('next')?.epochMilliseconds ?? moment.epochMilliseconds
}
