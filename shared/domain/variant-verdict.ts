/**
 * Does one text of a step bring more answers than the others? Said only when chance is a poor explanation.
 *
 * Each text's reply rate is known within its 95 % Wilson score interval. A text is better than the others when its whole
 * interval lies above every other one; intervals that do not touch are stricter than a two-proportion test at 5 %, which
 * makes up for comparing up to four texts and for looking again every day. Below `LEAST_SENT` mails of each text nothing is
 * said at all: with fewer a single answer moves the rate by more than three points.
 */
import { rateOf } from './rates.ts'

export const LEAST_SENT = 30

export interface VariantFigures {
  readonly sent: number
  readonly replied: number
}

export type VariantVerdict =
  /** Nothing to compare. */
  | { readonly says: 'single' }
  /** `missing`: how many more mails the text with the fewest needs. */
  | { readonly says: 'too_few'; readonly missing: number }
  | { readonly says: 'no_difference' }
  /** `best`: which text, counted from 0. */
  | { readonly says: 'better'; readonly best: number }

export function variantVerdict(variants: readonly VariantFigures[]): VariantVerdict {
  if (variants.length < 2) return { says: 'single' }
  const fewest = Math.min(...variants.map(({ sent }) => sent))
  if (fewest < LEAST_SENT) return { says: 'too_few', missing: LEAST_SENT - fewest }
  const rates = variants.map(({ sent, replied }) => rateOf(replied, sent))
  const best = rates.findIndex((one) => rates.every((other) => other === one || one.low > other.high))
  return best === -1 ? { says: 'no_difference' } : { says: 'better', best }
}
