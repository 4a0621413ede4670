/** Rates that say how sure they are. With few mails, chance decides more than the text; then no rate is shown. */

export interface Rate {
  readonly sent: number
  readonly hits: number
  /** 0–1; null: nothing was sent. */
  readonly share: number | null
  /** Between these the true rate lies in 19 of 20 cases (Wilson's 95 % interval), 0–1. */
  readonly low: number
  readonly high: number
  /** The documented rule: at least `LEAST_SENT` mails, and an interval no wider than `WIDEST`. */
  readonly isEnough: boolean
}

/** Fewer mails say nothing. */
export const LEAST_SENT = 20
/** A wider interval says too little: "between 5 and 30 of 100" is no finding. */
export const WIDEST = 0.2

/** The 97.5th percentile of the normal distribution: two-sided 95 %. */
const Z = 1.959_963_984_540_054

/** `hits` of `sent`, with Wilson's score interval: it stays within 0–1 and holds for few mails and rare answers too. */
export function rateOf(hits: number, sent: number): Rate {
  if (sent === 0) return { sent, hits, share: null, low: 0, high: 1, isEnough: false }
  const share = hits / sent
  const shrink = 1 + (Z * Z) / sent
  const middle = (share + (Z * Z) / (2 * sent)) / shrink
  const reach = (Z / shrink) * Math.sqrt((share * (1 - share)) / sent + (Z * Z) / (4 * sent * sent))
  const low = Math.max(0, middle - reach)
  const high = Math.min(1, middle + reach)
  return { sent, hits, share, low, high, isEnough: sent >= LEAST_SENT && high - low <= WIDEST }
}

/**
 * The place of the one that is surely better than each of the others, null where there is none: its interval lies above
 * all of theirs. Those with too few mails neither win nor stand in the way.
 */
export function clearBest(rates: readonly Rate[]): number | null {
  const judged = rates.map((rate, index) => ({ rate, index })).filter(({ rate }) => rate.isEnough)
  if (judged.length < 2) return null
  const [best, ...others] = judged.toSorted((a, b) => b.rate.low - a.rate.low)
  return best !== undefined && others.every(({ rate }) => rate.high < best.rate.low) ? best.index : null
}
