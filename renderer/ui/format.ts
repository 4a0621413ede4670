/**
 * Times, numbers and counts as the rep reads them. Moments are epoch ms; `now` is passed in (`useNow`), so that a
 * sentence and the clock beside it never disagree.
 */
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const number = new Intl.NumberFormat()
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const dayMonth = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const longWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' })
const longDate = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const plural = new Intl.PluralRules('en')

export function formatNumber(value: number): string {
  return number.format(value)
}

/** `1 lead`, `1,234 leads`. The plural adds an s unless `many` is given. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${plural.select(count) === 'one' ? one : many}`
}

/** `14:32`, in the machine's own zone. */
export function formatClock(at: number): string {
  return clock.format(at)
}

/** `14:32`, `tomorrow 09:00`, `Mon 09:00`, `Mon, 3 Mar 09:00`. */
export function formatWhen(at: number, now: number): string {
  const days = daysBetween(now, at)
  if (days === 0) return formatClock(at)
  if (days === 1) return `tomorrow ${formatClock(at)}`
  if (days === -1) return `yesterday ${formatClock(at)}`
  if (days > 1 && days < 7) return `${weekday.format(at)} ${formatClock(at)}`
  return `${formatDay(at, now)} ${formatClock(at)}`
}

/** `today`, `tomorrow`, `Mon, 3 Mar`, `3 Mar 2025` for another year. */
export function formatDay(at: number, now: number): string {
  const days = daysBetween(now, at)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth : dayMonthYear).format(at)
}

/** Date and time in full, for a tooltip. */
export function formatFull(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' }).format(at)
}

/** `in 5 minutes`, `2 hours ago`, `yesterday`. */
export function formatRelative(at: number, now: number): string {
  const gap = at - now
  const size = Math.abs(gap)
  if (size < 45_000) return gap < 0 ? 'just now' : 'in a moment'
  if (size < HOUR_MS) return relative.format(Math.round(gap / MINUTE_MS), 'minute')
  if (size < DAY_MS) return relative.format(Math.round(gap / HOUR_MS), 'hour')
  return relative.format(daysBetween(now, at), 'day')
}

/** `4 s`, `6 min`, `1 h 30 min`. */
export function formatDuration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`
  const minutes = Math.round(ms / MINUTE_MS)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} min`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

const SIZES = ['B', 'kB', 'MB', 'GB']

/** `912 B`, `1.4 MB`. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), SIZES.length - 1)
  const value = bytes / 1_000 ** step
  return `${step === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${SIZES[step]}`
}

/** `Mon, 2 Mar` for the local date `2026-03-02`; `isShort`: `2 Mar`. */
export function formatLocalDate(date: string, { isShort = false }: { isShort?: boolean } = {}): string {
  return (isShort ? shortDate : longDate).format(Date.parse(date))
}

/** 1 is Monday (ISO 8601). */
export function weekdayName(isoDay: number): string {
  // The first of January 2024 was a Monday.
  return longWeekday.format(Date.UTC(2024, 0, isoDay))
}

/** Calendar days from `from` to `to` in the machine's zone; negative for the past. */
function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS)
}

function startOfDay(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
