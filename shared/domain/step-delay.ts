/** How long after the mail before it a follow-up goes. */
import { z } from 'zod'
import { DelayUnit } from './taxonomy.ts'

/** Days. */
export const LONGEST_DELAY = 365

export const StepDelay = z.object({
  /** 0: the same day, as soon as the pace allows. */
  days: z.int().min(0).max(LONGEST_DELAY),
  unit: DelayUnit,
})
export type StepDelay = z.infer<typeof StepDelay>
