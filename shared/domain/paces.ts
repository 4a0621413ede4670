/**
 * The values the policy editor offers. Apart from `policy.ts`, so that the page can show them without its schemas.
 */
import type { WeekHours } from './policy.ts'

const MINUTE = 60_000

/** 09:00–12:00 and 13:00–17:00, Monday to Friday. */
export const OFFICE_HOURS: WeekHours = [1, 2, 3, 4, 5, 6, 7].map((day) =>
  day <= 5
    ? [
        { from: 540, to: 720 },
        { from: 780, to: 1020 },
      ]
    : [],
)

/** Careful is the default: in the band of what other careful senders use (reference: Instantly 9+0–5 min, Smartlead 5–12 min). */
export const PACES = {
  careful: { gapMs: { min: 6 * MINUTE, max: 16 * MINUTE }, hourlyCap: 10, dailyCap: 40 },
  steady: { gapMs: { min: 2 * MINUTE, max: 5 * MINUTE }, hourlyCap: 20, dailyCap: 100 },
  quick: { gapMs: { min: 4_000, max: 4_000 }, hourlyCap: 50, dailyCap: 100 },
} as const
