import { type Calendar, createCalendar } from '#shared/domain/calendar'
import { type Absence, isBefore, isWithin } from '#shared/domain/absences'
import type { Policy } from '#shared/domain/policy'
import type { Clock } from '../../platform/clock.ts'
import type { Holidays } from './holidays.ts'

/** Calendars of policies and zones, made once each: the days they have worked out are worth keeping. */
export interface Calendars extends Schedule {
  /** The same, were the rep away on these days instead. */
  under(absences: readonly Absence[]): Schedule
}

export interface Schedule {
  /**
   * The schedule of a policy in a zone; '' is the policy's own, which may follow the machine. First mails stop before the rep
   * leaves, follow-ups do not.
   */
  of(policy: Policy, zone: string, isFollowUp: boolean): Calendar
}

/** More than this many different schedules and zones at once, and the cache starts anew. */
const MOST_KEPT = 200

export function createCalendars(clock: Clock, holidays: Holidays, absences: () => readonly Absence[]): Calendars {
  const kept = new Map<string, Calendar>()
  const names = new WeakMap<object, string>()

  function nameOf(thing: object, text: () => string): string {
    const known = names.get(thing)
    if (known !== undefined) return known
    const name = text()
    names.set(thing, name)
    return name
  }

  const under = (away: readonly Absence[]): Schedule => ({
    of(policy, zone, isFollowUp) {
      const effective = zone || policy.zone || clock.zone()
      const schedule = nameOf(policy, () => JSON.stringify([policy.hours, policy.holidays, policy.daysOff]))
      // Where nobody goes away, both kinds of mail have the same calendar.
      const kind =
        away.length === 0 ? '' : `${isFollowUp ? 'next' : 'first'}${nameOf(away, () => JSON.stringify(away))}`
      const name = `${effective}|${schedule}|${kind}`
      const known = kept.get(name)
      if (known) return known
      if (kept.size >= MOST_KEPT) kept.clear()
      const daysOff = new Set(policy.daysOff)
      const place = policy.holidays
      const made = createCalendar({
        hours: policy.hours,
        zone: effective,
        isDayOff: (date) => place !== null && holidays.isHoliday(place, date),
        isAway: (date) => daysOff.has(date) || isWithin(away, date),
        isClosing: isFollowUp ? () => false : (date) => isBefore(away, date),
      })
      kept.set(name, made)
      return made
    },
  })

  return { of: (policy, zone, isFollowUp) => under(absences()).of(policy, zone, isFollowUp), under }
}
