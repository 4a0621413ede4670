import { formatClock, formatCount, formatDay, formatLocalDate, formatNumber, formatWhen } from './format.ts'
import { heldText } from './plan-text.ts'

/** A plan in figures; the shape of the contract's `PlanFigures`. */
export interface PlanFigures {
  readonly planned: number
  /** Epoch ms; null: nothing planned. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  readonly perDay: readonly { readonly date: string; readonly count: number }[]
  readonly heldBy: string | null
}

export interface WhatIf {
  readonly before: PlanFigures
  readonly after: PlanFigures
}

/** What the changes in a form would do to the mail that waits, as a sentence. */
export function whatIfText({ before, after }: WhatIf, now: number): string {
  if (after.lastAt === null) return after.heldBy === null ? NOTHING_WAITS : heldText(after.heldBy)
  if (before.lastAt === null) return `With this: last mail ${dayText(after.lastAt, now)}.`
  const more = moreText(after.planned - before.planned)
  if (isSame(before, after)) return 'With this the plan of the waiting mail stays as it is.'
  if (after.lastAt === before.lastAt) return `With this the last mail stays where it is; others move.${more}`
  return `With this: last mail ${lastText(before.lastAt, after.lastAt, now)}.${more}`
}

const NOTHING_WAITS = 'No mail waits, so nothing moves.'

/** The rows of the table: what is compared, as it is, and as it would be. None where nothing is planned either way. */
export function whatIfRows({ before, after }: WhatIf, now: number): readonly (readonly [string, string, string])[] {
  if (before.planned === 0 && after.planned === 0) return []
  const row = (name: string, say: (plan: PlanFigures) => string) => [name, say(before), say(after)] as const
  return [
    row('Mails with a date', ({ planned }) => formatNumber(planned)),
    row('First mail', ({ firstAt }) => whenText(firstAt, now)),
    row('Last mail', ({ lastAt }) => whenText(lastAt, now)),
    row('Days with mail', ({ perDay }) => formatNumber(perDay.length)),
    row('Fullest day', fullestText),
  ]
}

function lastText(before: number, after: number, now: number): string {
  if (formatDay(before, now) !== formatDay(after, now))
    return `${dayText(after, now)} instead of ${formatDay(before, now)}`
  return `${dayText(after, now)} at ${formatClock(after)} instead of ${formatClock(before)}`
}

/** `today`, `on Tue, 12 Mar`. */
function dayText(at: number, now: number): string {
  const day = formatDay(at, now)
  return NAMED_DAYS.has(day) ? day : `on ${day}`
}

const NAMED_DAYS: ReadonlySet<string> = new Set(['today', 'tomorrow', 'yesterday'])

/** A cool-down that grows or shrinks lets fewer or more of them go. */
function moreText(change: number): string {
  if (change === 0) return ''
  return ` ${formatCount(Math.abs(change), 'mail')} ${change > 0 ? 'more' : 'fewer'} would go.`
}

function whenText(at: number | null, now: number): string {
  return at === null ? 'not known' : formatWhen(at, now)
}

function fullestText({ perDay }: PlanFigures): string {
  const [first, ...rest] = perDay
  if (first === undefined) return 'none'
  const most = rest.reduce((fullest, day) => (day.count > fullest.count ? day : fullest), first)
  return `${formatNumber(most.count)} on ${formatLocalDate(most.date)}`
}

function isSame(before: PlanFigures, after: PlanFigures): boolean {
  return (
    before.planned === after.planned &&
    before.firstAt === after.firstAt &&
    before.lastAt === after.lastAt &&
    JSON.stringify(before.perDay) === JSON.stringify(after.perDay)
  )
}
