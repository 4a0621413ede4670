/** Minutes after midnight as `HH:MM`, for a field of that kind. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Null while a time is only half typed. */
export function minuteOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})/.exec(clock)
  return found === null ? null : Number(found[1]) * 60 + Number(found[2])
}
