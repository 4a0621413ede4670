/** When the rep is away: nothing is sent, delay clocks stand still, and first mails stop some days before. */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { LocalDate } from './policy.ts'

export const Absence = z
  .object({
    /** First and last day, both included. */
    from: LocalDate,
    to: LocalDate,
    /** No first mails on this many days before, so that answers do not land in an empty chair. */
    stopBeforeDays: z.int().min(0).max(14),
  })
  .refine((absence) => absence.from <= absence.to, { message: 'absence_reversed' })
export type Absence = z.infer<typeof Absence>

export const DEFAULT_STOP_BEFORE_DAYS = 2

/** `date` is `YYYY-MM-DD`, in whichever zone the mail goes by. */
export function isWithin(absences: readonly Absence[], date: string): boolean {
  return absences.some(({ from, to }) => from <= date && date <= to)
}

/** Is it one of the days before an absence on which no first mail goes? */
export function isBefore(absences: readonly Absence[], date: string): boolean {
  return absences.some(({ from, stopBeforeDays }) => date < from && daysUntil(date, from) <= stopBeforeDays)
}

function daysUntil(date: string, later: string): number {
  return Temporal.PlainDate.from(date).until(Temporal.PlainDate.from(later), { largestUnit: 'day' }).days
}
