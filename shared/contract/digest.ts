import { z } from 'zod'
import { mutation, query } from './define.ts'

const DayFigures = z.object({
  sent: z.int(),
  failed: z.int(),
  /** What came in that day, whenever the mail was sent. */
  replied: z.int(),
  bounced: z.int(),
  optedOut: z.int(),
})

/** Yesterday, today and tomorrow by the machine's zone. */
export const Digest = z.object({
  yesterday: DayFigures,
  today: DayFigures,
  /** Mails that the forecast still has for today, and for tomorrow. */
  planned: z.object({ today: z.int(), tomorrow: z.int() }),
  /** What waits for the rep. */
  needsYou: z.object({ uncertain: z.int(), mailboxes: z.array(z.string()) }),
})
export type Digest = z.infer<typeof Digest>

export const DigestRules = z.object({
  /** Shows the digest as a notification once a day, where the host can. */
  isOn: z.boolean(),
  /** When, by the machine's clock: minutes after midnight. */
  minuteOfDay: z.int().min(0).max(1439),
})
export type DigestRules = z.infer<typeof DigestRules>

export const digest = {
  get: query({ input: z.object({}), output: Digest }),
  rules: query({ input: z.object({}), output: DigestRules }),
  saveRules: mutation({ input: DigestRules, output: DigestRules }),
}
