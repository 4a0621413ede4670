/** An IANA zone as Intl spells it; null when there is no such zone. Offsets such as +02:00 are none: they know no summer. */
export function zoneOf(typed: string): string | null {
  const text = typed.trim()
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(text)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return null
  }
}
