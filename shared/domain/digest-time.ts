import { Temporal } from 'temporal-polyfill'

export interface DigestPlan {
  /** Epoch ms. */
  readonly now: number
  readonly zone: string
  /** When the rep wants it, minutes after midnight. */
  readonly minuteOfDay: number
  /** The local date of the last one, `YYYY-MM-DD`; '' before the first. */
  readonly lastDate: string
}

/**
 * When the next digest is due, epoch ms: once a local day, at its time or as soon as possible after it. A moment in the past
 * means now. Where the clock skips the time (spring) it comes at the first moment after.
 */
export function nextDigestAt({ now, zone, minuteOfDay, lastDate }: DigestPlan): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate()
  // A clock or a zone that was set back must not bring a second one: dates are compared, not only told apart.
  const isDone = lastDate !== '' && Temporal.PlainDate.compare(Temporal.PlainDate.from(lastDate), today) >= 0
  const date = isDone ? Temporal.PlainDate.from(lastDate).add({ days: 1 }) : today
  const time = new Temporal.PlainTime(Math.floor(minuteOfDay / 60), minuteOfDay % 60)
  return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
}
