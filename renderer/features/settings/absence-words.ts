import { Temporal } from 'temporal-polyfill'
import type { Absence } from '#shared/domain/absences'
import { formatCount, formatLocalDate } from '../../ui/format.ts'

/** What has been typed so far; a date is null until it is chosen. */
export interface AbsenceDraft {
  readonly from: string | null
  readonly to: string | null
  readonly stopBeforeDays: number | string
}

export interface AbsenceProblems {
  readonly from?: string
  readonly to?: string
  readonly stopBeforeDays?: string
}

const MOST_DAYS_BEFORE = 14

/** `today` is a local date, `YYYY-MM-DD`. */
interface Known {
  readonly absences: readonly Absence[]
  readonly today: string
}

/** The absence as it is saved; null: it cannot be, and each field at fault has its sentence. */
export function readDraft(
  draft: AbsenceDraft,
  known: Known,
): { readonly absence: Absence | null; readonly problems: AbsenceProblems } {
  const problems = problemsOf(draft, known)
  const { from, to, stopBeforeDays } = draft
  if (from === null || to === null || Object.keys(problems).length > 0) return { absence: null, problems }
  return { absence: { from, to, stopBeforeDays: Number(stopBeforeDays) }, problems }
}

function problemsOf({ from, to, stopBeforeDays }: AbsenceDraft, known: Known): AbsenceProblems {
  const days = stopBeforeDays === '' ? Number.NaN : Number(stopBeforeDays)
  const isCount = Number.isInteger(days) && days >= 0 && days <= MOST_DAYS_BEFORE
  return {
    ...(from === null ? { from: 'Choose your first day away.' } : {}),
    ...lastDayProblem({ from, to }, known),
    ...(isCount ? {} : { stopBeforeDays: `A whole number from 0 to ${MOST_DAYS_BEFORE}.` }),
  }
}

function lastDayProblem({ from, to }: Pick<AbsenceDraft, 'from' | 'to'>, { absences, today }: Known): AbsenceProblems {
  if (to === null) return { to: 'Choose your last day away.' }
  if (from !== null && to < from) return { to: 'This is before your first day away. Choose that day or a later one.' }
  if (to < today) return { to: 'These days are over already. Choose days to come.' }
  if (absences.some((known) => known.from === from && known.to === to))
    return { to: 'These days are on the list already.' }
  return {}
}

/** `Mon, 2 Mar 2026 to Fri, 6 Mar 2026`; one day is named once, and a year only where it is another one. */
export function daysText({ from, to }: Absence, today: string): string {
  return from === to ? dayText(from, today) : `${dayText(from, today)} to ${dayText(to, today)}`
}

/** What happens around it: when the first mails stop, that it is going on, or that it is over. */
export function stateText({ from, to, stopBeforeDays }: Absence, today: string): string {
  if (to < today) return 'Over.'
  if (from <= today) return `You are away. Mail goes on after ${dayText(to, today)}.`
  if (stopBeforeDays === 0) return 'First mails go until you leave.'
  const stopsOn = Temporal.PlainDate.from(from).subtract({ days: stopBeforeDays }).toString()
  return `No first mails from ${dayText(stopsOn, today)} on, ${formatCount(stopBeforeDays, 'day')} before.`
}

function dayText(date: string, today: string): string {
  const year = date.slice(0, 4)
  return year === today.slice(0, 4) ? formatLocalDate(date) : `${formatLocalDate(date)} ${year}`
}
