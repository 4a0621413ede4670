import { Temporal } from 'temporal-polyfill'
import { QUARTER_MS } from '#db/queries/insights'

/** What the clocks of a zone show in a quarter of an hour. */
export interface LocalQuarter {
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** 1 is Monday (ISO 8601). */
  readonly weekday: number
  readonly hour: number
}

/** Remembers what it has worked out: the same quarters are asked for each time somebody looks. */
export interface Quarters {
  at(quarter: number, zone: string): LocalQuarter
}

/** A year of one zone; then everything is worked out anew. */
const MOST_KEPT = 4 * 24 * 366

export function createQuarters(): Quarters {
  const zones = new Map<string, Map<number, LocalQuarter>>()

  function keptOf(zone: string): Map<number, LocalQuarter> {
    let kept = zones.get(zone)
    if (kept === undefined || kept.size > MOST_KEPT) zones.set(zone, (kept = new Map()))
    return kept
  }

  return {
    at(quarter, zone) {
      const kept = keptOf(zone)
      let known = kept.get(quarter)
      if (known === undefined) {
        const local = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS).toZonedDateTimeISO(zone)
        known = { date: local.toPlainDate().toString(), weekday: local.dayOfWeek, hour: local.hour }
        kept.set(quarter, known)
      }
      return known
    },
  }
}
