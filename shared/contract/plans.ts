import { z } from 'zod'
import { LocalDate } from '../domain/policy.ts'
import { WaitCode } from '../domain/taxonomy.ts'

/** A plan in figures. */
export const PlanFigures = z.object({
  /** Waiting mails with a date. */
  planned: z.int(),
  /** Epoch ms; null: nothing planned. */
  firstAt: z.int().nullable(),
  lastAt: z.int().nullable(),
  /** By local date, the soonest first; days without mail are left out. */
  perDay: z.array(z.object({ date: LocalDate, count: z.int() })),
  /** What holds the mail that waits; null while anything is planned, or nothing waits. */
  heldBy: WaitCode.nullable(),
})
export type PlanFigures = z.infer<typeof PlanFigures>

/** The plan as it is and as it would be. */
export const Comparison = z.object({ before: PlanFigures, after: PlanFigures })
export type Comparison = z.infer<typeof Comparison>
