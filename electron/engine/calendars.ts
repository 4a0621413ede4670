import { type Calendar, createCalendar } from '#shared/domain/calendar'
import type { Policy } from '#shared/domain/policy'
import type { Clock } from '../platform/clock.ts'
import type { Holidays } from './holidays.ts'

/** Calendars of policies and zones, made once each: the days they have worked out are worth keeping. */
export interface Calendars {
  /** The schedule of a policy in a zone; '' is the policy's own, which may follow the machine. */
  of(policy: Policy, zone: string): Calendar
}

/** More than this many different schedules and zones at once, and the cache starts anew. */
const MOST_KEPT = 200

export function createCalendars(clock: Clock, holidays: Holidays): Calendars {
  const kept = new Map<string, Calendar>()
  const names = new WeakMap<Policy, string>()

  function nameOf(policy: Policy): string {
    const known = names.get(policy)
    if (known !== undefined) return known
    const name = JSON.stringify([policy.hours, policy.holidays, policy.daysOff])
    names.set(policy, name)
    return name
  }

  return {
    of(policy, zone) {
      const effective = zone || policy.zone || clock.zone()
      const name = `${effective}|${nameOf(policy)}`
      const known = kept.get(name)
      if (known) return known
      if (kept.size >= MOST_KEPT) kept.clear()
      const daysOff = new Set(policy.daysOff)
      const place = policy.holidays
      const made = createCalendar({
        hours: policy.hours,
        zone: effective,
        isDayOff: (date) => daysOff.has(date) || (place !== null && holidays.isHoliday(place, date)),
      })
      kept.set(name, made)
      return made
    },
  }
}
