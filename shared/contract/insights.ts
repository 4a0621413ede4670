import { z } from 'zod'
import { MailboxId, SendId, TemplateId } from '../domain/ids.ts'
import { MailboxKind, MailboxNeed, MailboxStatus } from '../domain/taxonomy.ts'
import { query } from './define.ts'

/** A rate and how sure it is; the rule is in `shared/domain/rates`. Shares are 0–1. */
export const RateView = z.object({
  sent: z.int(),
  hits: z.int(),
  /** Null: nothing was sent. */
  share: z.number().nullable(),
  /** Wilson's 95 % interval. */
  low: z.number(),
  high: z.number(),
  /** False: too few mails for a rate that means something. */
  isEnough: z.boolean(),
})

/** Of the mails sent in the range: how many got an answer from a person by now. */
const Replies = z.object({ rate: RateView })

export const Overview = z.object({
  /** Local dates of the machine's zone, without a gap, the oldest first. */
  days: z.array(
    z.object({
      date: z.string(),
      sent: z.int(),
      /** What came in on that day, whenever the mail was sent. */
      replied: z.int(),
      bounced: z.int(),
      optedOut: z.int(),
    }),
  ),
  totals: z.object({ sent: z.int(), replied: RateView, bounced: RateView, optedOut: RateView }),
  byTemplate: z.array(
    Replies.extend({ templateId: TemplateId, name: z.string(), version: z.int(), isClearBest: z.boolean() }),
  ),
  /** Steps count from 0, the first mail. */
  byStep: z.array(Replies.extend({ step: z.int() })),
  /** By the mailbox's own clock. 1 is Monday (ISO 8601). */
  byWeekday: z.array(Replies.extend({ weekday: z.int().min(1).max(7), isClearBest: z.boolean() })),
  byHour: z.array(Replies.extend({ hour: z.int().min(0).max(23), isClearBest: z.boolean() })),
  throughput: z.object({
    /** The coming seven days as the forecast has them, today first. `planned` comes on top of what was sent today. */
    coming: z.array(z.object({ date: z.string(), planned: z.int() })),
    /** What all mailboxes together may send in 24 hours, as their limits are set now. */
    dailyLimit: z.int(),
    /** Over the days of the range on which something was sent; null: none. */
    sentPerSendingDay: z.number().nullable(),
  }),
  failures: z.array(
    z.object({
      code: z.string(),
      providerCode: z.string().nullable(),
      count: z.int(),
      /** The newest few. */
      sends: z.array(z.object({ sendId: SendId, to: z.string(), finishedAt: z.int() })),
    }),
  ),
  /** There is only practice mail so far: nobody has really received any of it. Otherwise practice mail is not counted. */
  isPractice: z.boolean(),
})
export type Overview = z.infer<typeof Overview>

export const SystemHealth = z.object({
  mailboxes: z.array(
    z.object({
      id: MailboxId,
      kind: MailboxKind,
      address: z.string(),
      status: MailboxStatus,
      need: MailboxNeed.nullable(),
      health: z.int(),
      restingUntil: z.int().nullable(),
      mayRead: z.boolean(),
      readAt: z.int().nullable(),
    }),
  ),
  /** `lastAt`: null before the first one. */
  backups: z.object({ lastAt: z.int().nullable(), count: z.int(), sizeBytes: z.int() }),
  disk: z.object({ freeBytes: z.number() }),
  database: z.object({ sizeBytes: z.int() }),
  /** `now` is the engine's clock; `lastJumpAt`: when it was last found to have jumped, null: not lately. */
  clock: z.object({ now: z.int(), zone: z.string(), lastJumpAt: z.int().nullable() }),
  /** The local log files; `days`: whole days since the oldest was begun, null: there is none. */
  log: z.object({ days: z.int().nullable(), sizeBytes: z.int() }),
})
export type SystemHealth = z.infer<typeof SystemHealth>

export const insights = {
  /** The last 7, 30 or 90 days including today. */
  overview: query({ input: z.object({ days: z.literal([7, 30, 90]).default(30) }), output: Overview }),

  system: query({ input: z.object({}), output: SystemHealth }),
}
