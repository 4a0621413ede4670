/** Everything that says when the rep works: holidays, absences, and the calendars made from them. */
import { type Away, createAway } from './away.ts'
import { type Calendars, createCalendars } from './calendars.ts'
import type { EngineContext } from './context.ts'
import { createHolidays, type Holidays } from './holidays.ts'
import { createRunningDelays, type Schedules } from './running-delays.ts'

export interface TimeWing {
  readonly holidays: Holidays
  readonly away: Away
  readonly calendars: Calendars
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
  const away: Away = createAway({ ...deps, delays: createRunningDelays({ ...deps, calendars }) })
  return { holidays, away, calendars }
}
