import HolidayCalendar from 'date-holidays'
import type { Policy } from '#shared/domain/policy'

/** Public holidays by country, from the `date-holidays` data. */
export interface Holidays {
  /** Is this local date (`YYYY-MM-DD`) a public holiday there? */
  isHoliday(place: NonNullable<Policy['holidays']>, date: string): boolean
  /** Countries and regions with data, by name. */
  countries(): { country: string; name: string; regions: { region: string; name: string }[] }[]
}

export function createHolidays(): Holidays {
  const years = new Map<string, ReadonlySet<string>>()

  function datesOf(place: NonNullable<Policy['holidays']>, year: string): ReadonlySet<string> {
    const name = `${place.country}|${place.region ?? ''}|${year}`
    const known = years.get(name)
    if (known) return known
    const calendar = place.region
      ? new HolidayCalendar(place.country, place.region)
      : new HolidayCalendar(place.country)
    const dates = calendar.getHolidays(Number(year)).filter((day) => day.type === 'public')
    const made = new Set(dates.map((day) => day.date.slice(0, 10)))
    years.set(name, made)
    return made
  }

  return {
    isHoliday: (place, date) => datesOf(place, date.slice(0, 4)).has(date),
    countries() {
      const all = new HolidayCalendar()
      return Object.entries(all.getCountries()).map(([country, name]) => ({
        country,
        name,
        regions: Object.entries(all.getStates(country) ?? {}).map(([region, label]) => ({ region, name: label })),
      }))
    },
  }
}
