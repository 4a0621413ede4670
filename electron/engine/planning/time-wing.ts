/** Everything that says when the rep works: holidays, absences, and the calendars made from them. */
import { type Away, createAway } from './away.ts'
import { type Calendars, createCalendars } from './calendars.ts'
import type { EngineContext } from '../context.ts'
import { createHolidays, type Holidays } from './holidays.ts'
import { createRunningDelays, type RunningDelays, type Schedules } from './running-delays.ts'

export interface TimeWing {
  readonly holidays: Holidays
  readonly away: Away
  readonly calendars: Calendars
  readonly delays: RunningDelays
}

export interface TimeWingDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  /** The mailboxes with their schedules. */
  readonly policies: Schedules
  /** The plan changed: look again. */
  readonly replan: () => void
}

export function createTimeWing(deps: TimeWingDeps): TimeWing {
  const holidays = createHolidays()
  const calendars = createCalendars(deps.clock, holidays, () => away.list())
  const delays = createRunningDelays({ ...deps, calendars })
  const away: Away = createAway({ ...deps, delays })
  return { holidays, away, calendars, delays }
}
