/** 5 January 1970 was a Monday. */
const MONDAY_MS = 4 * 86_400_000
const DAY_MS = 86_400_000

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' })

/** Monday first, as the policy counts them. */
export const DAY_NAMES: readonly string[] = [0, 1, 2, 3, 4, 5, 6].map((day) => weekday.format(MONDAY_MS + day * DAY_MS))

export function zoneOptions(): { value: string; label: string }[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }))
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** `Germany (Deutschland)`: found by either name, in the order of the first. */
export function countryOptions(
  countries: readonly { country: string; name: string }[],
): { value: string; label: string }[] {
  return countries
    .map(({ country, name }) => ({ value: country, label: bothNames(regionNames.of(country) ?? country, name) }))
    .toSorted((left, right) => left.label.localeCompare(right.label))
}

function bothNames(english: string, own: string): string {
  return english === own ? own : `${english} (${own})`
}
