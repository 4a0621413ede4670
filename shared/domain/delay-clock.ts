/**
 * The clock of a delay. It runs on the days that count, round the clock, and stands still on all others and while something
 * is paused: a pause over a weekend costs the hours of Friday and Monday, not the weekend.
 */
import type { Calendar } from './calendar.ts'
import type { StepDelay } from './step-delay.ts'
import type { DelayUnit } from './taxonomy.ts'

export interface DelayClock {
  /** When the mail before it left or was left out, epoch ms. */
  readonly from: number
  /** When it is due, epoch ms. */
  readonly due: number
  readonly unit: DelayUnit
}

/** When it is due after a pause (epoch ms both), epoch ms: later by what the clock would have run meanwhile. */
export function dueAfterPause(
  calendar: Calendar,
  { from, due, unit }: DelayClock,
  pause: { readonly from: number; readonly to: number },
): number {
  const stoppedMs = calendar.countedMs(Math.max(pause.from, from), pause.to, unit)
  return pause.from < due ? calendar.onward(due, stoppedMs, unit) : due
}

/** When it is due by another calendar, epoch ms: after as long a run of the clock. */
export function dueBy(after: Calendar, before: Calendar, { from, due, unit }: DelayClock): number {
  return after.onward(from, before.countedMs(from, due, unit), unit)
}

/** When it is due with another delay, epoch ms: pauses have stopped it for as long. */
export function dueByDelay(
  calendar: Calendar,
  { from, due, unit }: DelayClock,
  { before, after }: { readonly before: StepDelay; readonly after: StepDelay },
): number {
  const stoppedMs = calendar.countedMs(calendar.after(from, before.days, before.unit), due, unit)
  return calendar.onward(calendar.after(from, after.days, after.unit), stoppedMs, after.unit)
}
