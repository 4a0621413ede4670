/** How long after the mail before it a follow-up goes. */
import { z } from 'zod'
import { DelayUnit } from './taxonomy.ts'

export const StepDelay = z.object({
  /** 0: the same day, as soon as the pace allows. */
  days: z.int().min(0).max(365),
  unit: DelayUnit,
})
export type StepDelay = z.infer<typeof StepDelay>
