import { z } from 'zod'
import { MailboxId } from '../domain/ids.ts'
import { TestMailStatus } from '../domain/readiness.ts'
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
  /** Today's digest as a mail to oneself; null: none is wanted. */
  mail: z
    .object({
      /** From it, and to it; '' where the mailbox was removed. */
      address: z.string(),
      /** `preparing`: not asked for yet, so it may still go today. All others are the end of it. */
      status: TestMailStatus,
      /** Why it waits, did not leave or is uncertain: an error code; else null. */
      code: z.string().nullable(),
      /** When it was asked for, or while it waits is due; epoch ms; null: it was never asked for. */
      at: z.int().nullable(),
    })
    .nullable(),
})
export type Digest = z.infer<typeof Digest>

export const DigestRules = z.object({
  /** Shows the digest as a notification once a day, where the host can. */
  isOn: z.boolean(),
  /** When, by the machine's clock: minutes after midnight. */
  minuteOfDay: z.int().min(0).max(1439),
  /** Also mails it from this mailbox to its own address, once a day; null: no. */
  mailboxId: MailboxId.nullable().default(null),
})
export type DigestRules = z.infer<typeof DigestRules>

export const digest = {
  get: query({ input: z.object({}), output: Digest }),
  rules: query({ input: z.object({}), output: DigestRules }),
  /** Where mails are asked for after the time of the day, the first is tomorrow's. */
  saveRules: mutation({ input: DigestRules, output: DigestRules, throws: ['mailbox.not_found'] }),
}
