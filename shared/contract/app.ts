import { z } from 'zod'
import { Absence } from '../domain/absences.ts'
import { SuppressionKind, SuppressionReason, EventKind } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'
import { Comparison } from './plans.ts'

export const AppStatus = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'web']),
  /** `viewer`: another Pacemail owns this data folder and sends; this one only shows. */
  role: z.enum(['owner', 'viewer']),
  isPaused: z.boolean(),
  /** There are mailboxes, and none of them is real: no mail leaves this computer. */
  isPractice: z.boolean(),
  /** When the pause ends by itself, epoch ms; null: the rep ends it, or there is none. */
  pausedUntil: z.int().nullable(),
  /** No mailbox and no lead yet: the page offers the first choice. */
  isFirstStart: z.boolean(),
  /** The machine's IANA zone, as last seen. */
  zone: z.string(),
  dataFolder: z.string(),
  /** What this host can do beyond a web page. */
  capabilities: z.object({
    tray: z.boolean(),
    loginItem: z.boolean(),
    openFolder: z.boolean(),
    notifications: z.boolean(),
    updates: z.boolean(),
  }),
  /** How secrets are protected here. */
  secrets: z.enum(['keychain', 'key_file', 'weak', 'none']),
  today: z.object({ sent: z.int(), planned: z.int() }),
  waiting: z.int(),
  /** Sends that only the rep can decide. */
  uncertain: z.int(),
  failed: z.int(),
  /** Epoch ms; null: nothing planned. */
  nextSendAt: z.int().nullable(),
  /** Free space is below the safety line; nothing is claimed until there is more. */
  isDiskFull: z.boolean(),
})
export type AppStatus = z.infer<typeof AppStatus>

export const app = {
  status: query({ input: z.object({}), output: AppStatus }),

  /** Effective at once, also for a send that has not reached its provider yet. `tomorrow`: 0:00 in the machine's zone. */
  pause: mutation({
    input: z.object({ until: z.enum(['resumed', 'in_an_hour', 'tomorrow']).default('resumed') }),
    output: AppStatus,
  }),

  resume: mutation({ input: z.object({}), output: AppStatus }),

  /** A viewer tries to become the owner; succeeds when the other instance has ended. Allowed for a viewer. */
  takeOver: mutation({ input: z.object({}), output: AppStatus, throws: ['db.locked'] }),

  /** First start, one click: practice mailbox, sample leads, a template. Does nothing when there are leads already. */
  addSamples: mutation({ input: z.object({}), output: AppStatus }),

  /** When the rep is away, soonest first. */
  absences: query({ input: z.object({}), output: z.array(Absence) }),

  /** Replaces them. Nothing is sent meanwhile, delay clocks stand still, and first mails stop some days before. */
  saveAbsences: mutation({ input: z.object({ absences: z.array(Absence).max(100) }), output: z.array(Absence) }),

  /** The plan of all mailboxes as it is and as `saveAbsences` would make it; nothing is kept. Dates are this machine's. */
  whatIfAway: query({ input: z.object({ absences: z.array(Absence).max(100) }), output: Comparison }),

  /** Does the app look for a newer one once a day, where the host can? Off until the rep switches it on. */
  updates: query({ input: z.object({}), output: z.object({ isOn: z.boolean() }) }),

  saveUpdates: mutation({ input: z.object({ isOn: z.boolean() }), output: z.object({ isOn: z.boolean() }) }),

  /** Does the app start with the computer, where the host can? The system keeps the answer. */
  loginItem: query({ input: z.object({}), output: z.object({ isOn: z.boolean() }) }),

  saveLoginItem: mutation({ input: z.object({ isOn: z.boolean() }), output: z.object({ isOn: z.boolean() }) }),

  /** Where the host has a file manager. */
  openFolder: mutation({ input: z.object({ folder: z.enum(['data', 'practice']) }), output: z.object({}) }),
}

export const ActivityEntry = z.object({
  id: z.int(),
  /** Epoch ms. */
  at: z.int(),
  kind: EventKind,
  /** Who it is about, if anybody. */
  leadName: z.string().nullable(),
  to: z.string().nullable(),
  sendId: z.int().nullable(),
  leadId: z.int().nullable(),
  campaignId: z.int().nullable(),
  campaignName: z.string().nullable(),
  mailboxAddress: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>

export const activity = {
  /**
   * Newest first. `before`: the `next` of the part before. All conditions must hold; a part may be empty and still have
   * more, because a rare thing is looked for in steps.
   */
  list: query({
    input: z.object({
      before: z.int().positive().nullable().default(null),
      kinds: z.array(EventKind).max(100).default([]),
      mailboxId: z.int().positive().nullable().default(null),
      campaignId: z.int().positive().nullable().default(null),
      leadId: z.int().positive().nullable().default(null),
      /** Epoch ms; `until` is not included. */
      since: z.int().nullable().default(null),
      until: z.int().nullable().default(null),
      /** Part of a person's name or address, or of a campaign's name. */
      search: z.string().max(200).default(''),
      limit: z.int().min(1).max(200).default(100),
    }),
    output: z.object({ rows: z.array(ActivityEntry), hasMore: z.boolean(), next: z.int().nullable() }),
  }),
}

export const Suppression = z.object({
  id: z.int(),
  kind: SuppressionKind,
  value: z.string(),
  reason: SuppressionReason,
  createdAt: z.int(),
})
export type Suppression = z.infer<typeof Suppression>

export const suppressions = {
  list: query({
    input: z.object({
      search: z.string().max(200).default(''),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(100),
    }),
    output: z.object({ rows: z.array(Suppression), total: z.int() }),
  }),

  /** Addresses (`ann@corp.example`) and domains (`corp.example`), one each; waiting sends to them are skipped. */
  add: mutation({
    input: z.object({ values: z.array(z.string().trim().min(1).max(320)).min(1).max(10_000) }),
    output: z.object({ added: z.int(), known: z.int(), skippedSends: z.int() }),
    throws: ['suppression.invalid'],
  }),

  remove: mutation({ input: z.object({ id: z.int().positive() }), output: z.object({}) }),

  /** All of it as CSV, which `imports.open` for `suppressions` takes back. */
  export: query({ input: z.object({}), output: z.object({ fileName: z.string(), text: z.string() }) }),
}
