/** How long after the mail before it a follow-up goes. */
import { z } from 'zod'
import { DelayUnit } from './taxonomy.ts'

export const StepDelay = z.object({
  /** 0: the same day, as soon as the pace allows. */
  days: z.int().min(0).max(365),
  unit: DelayUnit,
})
export type StepDelay = z.infer<typeof StepDelay>

/** What a new sequence begins with: at once, three and seven working days after the mail before. */
export const DEFAULT_DELAYS: readonly StepDelay[] = [0, 3, 7].map((days) => ({ days, unit: 'working_days' as const }))
