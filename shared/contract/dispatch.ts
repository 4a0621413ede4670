import { z } from 'zod'
import { CampaignId, LeadId, MailboxId, TemplateId } from '../domain/ids.ts'
import { MOST_EDITS } from '../domain/sequence-limits.ts'
import { ObstacleReason } from '../domain/obstacle.ts'
import { SendPriority } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'
import { LeadSelection } from './leads.ts'
import { PlanFigures } from './plans.ts'
import { AgedWords } from './sends.ts'
import { AttachedFile, RenderedMail, TemplateContent } from './templates.ts'
import { WallTime } from './wall-time.ts'

/** A mail as the rep wrote it over. */
const Wording = TemplateContent.pick({ subject: true, body: true })

/** Who gets what, from where and when. */
const Order = z.object({
  selection: LeadSelection,
  templateId: TemplateId,
  mailboxId: MailboxId,
  /** Null: as soon as the rules allow. */
  at: WallTime.nullable(),
  priority: SendPriority.default(1),
  /** Working hours in each lead's own zone where it is known. */
  useLeadZone: z.boolean().default(false),
  /** Mails that the rep wrote over for single leads, as `source` gives them; of fields, only those dated at dispatch. */
  edits: z
    .array(Wording.extend({ leadId: LeadId }))
    .max(MOST_EDITS)
    .default([]),
})

/** Why a lead of the selection will not be queued. */
export const Obstacle = z.object({
  leadId: LeadId,
  to: z.string(),
  leadName: z.string(),
  reason: ObstacleReason,
  /** Names of the missing fields; empty for other reasons. */
  fields: z.array(z.string()),
})

/** Waiting mail that would go at another time. */
const MovedMail = z.object({
  /** A few minutes are no other time. */
  count: z.int(),
  /** How much later at most; 0: none of them later. */
  latestMs: z.int(),
  /** Campaigns whose last mail would go on another day, `from` and `to` epoch ms. */
  ends: z.array(z.object({ name: z.string(), from: z.int(), to: z.int() })),
})

/** What would be planned. */
export const Outlook = z.object({
  /** Leads that can be queued. */
  ready: z.int(),
  /** The first 200. */
  obstacles: z.array(Obstacle),
  obstacleCount: z.int(),
  /** Of their mail; dates are local to the first mailbox. */
  plan: PlanFigures,
  /** What becomes of the mail that waits already. */
  moved: MovedMail,
})
export type Outlook = z.infer<typeof Outlook>

export const dispatch = {
  /** What pressing the button would do: how many, who not and why, and the plan. Changes nothing. */
  check: query({
    input: Order,
    output: Outlook,
    throws: [
      'template.not_found',
      'mailbox.not_found',
      'dispatch.in_the_past',
      'dispatch.no_such_time',
      'template.invalid',
      'dispatch.attachments_too_large',
    ],
  }),

  /** One lead's mail, exactly as it would be sent; `template.invalid` also where `edit` cannot be. */
  preview: query({
    input: z.object({
      leadId: LeadId,
      templateId: TemplateId,
      mailboxId: MailboxId,
      /** Written over by the rep; null: the template's. */
      edit: Wording.nullable().default(null),
      /** When it would go; null, or a time that is not there: now. */
      at: WallTime.nullable().default(null),
    }),
    output: RenderedMail.extend({
      attachments: z.array(AttachedFile),
      /** Words that will not be true when it goes; it would be held back for them. */
      aged: z.array(AgedWords),
    }),
    throws: ['lead.not_found', 'template.not_found', 'mailbox.not_found', 'template.invalid'],
  }),

  /**
   * The same mail as one can write it over, with its signature; what comes of it goes into `edits`. A field that this lead
   * lacks stands there as in the template, and has to be written over. `words` stand in the place of the template's, as
   * they are; an empty part leaves the template's.
   */
  source: query({
    input: z.object({
      leadId: LeadId,
      templateId: TemplateId,
      mailboxId: MailboxId,
      words: z
        .object({ subject: z.string().max(500), body: z.string().max(5_000) })
        .nullable()
        .default(null),
    }),
    output: TemplateContent,
    throws: ['lead.not_found', 'template.not_found', 'mailbox.not_found', 'template.invalid'],
  }),

  /**
   * Queues; nothing is sent from here. `requestKey` makes pressing twice harmless: the same key queues once and
   * answers with the same campaign. Leads with obstacles are left out and counted.
   */
  queue: mutation({
    input: Order.extend({
      requestKey: z.string().min(8).max(64),
      name: z.string().trim().max(100).default(''),
      /** The rep's deliberate click: they know of the failed checks of a mailbox that never sent anything. */
      acceptsFailedChecks: z.boolean().default(false),
    }),
    output: z.object({ campaignId: CampaignId, queued: z.int(), left: z.int() }),
    throws: [
      'template.not_found',
      'template.invalid',
      'dispatch.attachments_too_large',
      'mailbox.not_found',
      'dispatch.in_the_past',
      'dispatch.no_such_time',
      'dispatch.nothing_to_queue',
      'dispatch.not_ready',
      'disk.full',
    ],
  }),
}
