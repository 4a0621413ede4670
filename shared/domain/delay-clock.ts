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

/** A pause that is over, epoch ms both. */
export interface Stop {
  readonly from: number
  readonly to: number
}

/** When it is due after all of these, epoch ms. They are in order; two at once stop the clock once. */
export function dueAfterStops(calendar: Calendar, clock: DelayClock, stops: readonly Stop[]): number {
  let { due } = clock
  let reached = clock.from
  for (const { from, to } of stops) {
    const begin = Math.max(from, reached)
    if (to <= begin) continue
    due = dueAfterPause(calendar, { ...clock, due }, { from: begin, to })
    reached = to
  }
  return due
}

/** What the days of a clock are counted by. */
export interface Count {
  readonly calendar: Calendar
  readonly delay: StepDelay
}

/** When it is due by another calendar or with another delay, epoch ms: pauses have stopped it for as long. */
export function dueBy(after: Count, before: Count, { from, due }: Pick<DelayClock, 'from' | 'due'>): number {
  const unstopped = ({ calendar, delay }: Count): number => calendar.after(from, delay.days, delay.unit)
  const stoppedMs = before.calendar.countedMs(unstopped(before), due, before.delay.unit)
  return after.calendar.onward(unstopped(after), stoppedMs, after.delay.unit)
}
