/** Where the mails of a sequence stand on its line of time. Dates are the engine's; here is only what is drawn of them. */
import type { ExampleDay } from '#shared/contract/campaigns'
import { Temporal } from 'temporal-polyfill'
import { LONGEST_DELAY } from '#shared/domain/step-delay'
import type { DelayUnit } from '#shared/domain/taxonomy'

export const CARD_PX = 168
const GAP_PX = 8
/** A date at the line needs so much. */
const LABEL_PX = 56

export interface Place {
  readonly left: number
  /** Counted from 0, downwards. */
  readonly row: number
}

/** Days between the first of the line and a date. */
export function indexOf(date: string, days: readonly ExampleDay[]): number {
  const first = days[0]?.date ?? date
  return Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(date)).days
}

/** Where a day begins on a line so many px wide. */
export function leftOf(index: number, days: number, width: number): number {
  return days === 0 ? 0 : (index * width) / days
}

/** Which day lies there. */
export function dayAt(left: number, days: number, width: number): number {
  return Math.min(days - 1, Math.max(0, Math.floor((left * days) / width)))
}

/**
 * A card for each day, none over another. A later one stands higher, so that the stem of an earlier one, at its left edge,
 * meets none on its way down.
 */
export function placeCards(indexes: readonly number[], days: number, width: number): Place[] {
  const rows: number[] = []
  return indexes
    .toReversed()
    .map((index) => {
      const left = Math.max(0, Math.min(leftOf(index, days, width), width - CARD_PX))
      const free = rows.findIndex((first) => left + CARD_PX + GAP_PX <= first)
      const row = free < 0 ? rows.length : free
      rows[row] = left
      return { left, row }
    })
    .toReversed()
}

/** Days of the line that have their date below it. */
export function labelledDays(days: number, width: number): number[] {
  const stride = Math.max(1, Math.ceil((LABEL_PX * days) / width))
  return Array.from({ length: Math.ceil(days / stride) }, (_, index) => index * stride)
}

/** Stretches of days on which nothing goes, as first and one past the last. */
export function shutStretches(days: readonly ExampleDay[]): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = []
  for (const [index, { isOpen }] of days.entries()) {
    if (isOpen) continue
    const last = stretches.at(-1)
    if (last?.to === index) last.to += 1
    else stretches.push({ from: index, to: index + 1 })
  }
  return stretches
}

/** How long a mail on day `to` waits after one on day `from`: the days in between that its unit counts. */
export function delayTo(
  days: readonly ExampleDay[],
  { from, to }: { readonly from: number; readonly to: number },
  unit: DelayUnit,
): number {
  const counted = days.slice(from + 1, Math.max(from, to) + 1).filter(({ counts }) => counts[unit]).length
  return Math.min(LONGEST_DELAY, counted)
}
