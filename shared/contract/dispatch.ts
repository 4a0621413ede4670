import { z } from 'zod'
import { CampaignId, LeadId, MailboxId, TemplateId } from '../domain/ids.ts'
import { CampaignStatus, NeverCode, SendPriority } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'
import { LeadSelection } from './leads.ts'
import { RenderedMail } from './templates.ts'

/** A moment as the rep says it: wall-clock time in a zone. */
export const WallTime = z.object({
  /** `YYYY-MM-DDTHH:mm`. */
  local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  zone: z.string().min(1).max(64),
})
export type WallTime = z.infer<typeof WallTime>

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
})

/** Why a lead of the selection will not be queued. */
export const Obstacle = z.object({
  leadId: LeadId,
  to: z.string(),
  leadName: z.string(),
  reason: z.union([NeverCode, z.enum(['missing_fields', 'already_queued', 'not_approved'])]),
  /** Names of the missing fields; empty for other reasons. */
  fields: z.array(z.string()),
})

export const Campaign = z.object({
  id: CampaignId,
  name: z.string(),
  status: CampaignStatus,
  templateName: z.string(),
  mailboxId: MailboxId,
  scheduledAt: z.int().nullable(),
  createdAt: z.int(),
  progress: z.object({
    total: z.int(),
    pending: z.int(),
    /** Of pending: tried at least once. */
    retrying: z.int(),
    processing: z.int(),
    sent: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    skipped: z.int(),
    uncertain: z.int(),
  }),
  /** Forecast of its last waiting send, epoch ms; null: nothing waits, or it depends on the rep. */
  lastSendAt: z.int().nullable(),
})
export type Campaign = z.infer<typeof Campaign>

export const dispatch = {
  /** What pressing the button would do: how many, who not and why, and the plan. Changes nothing. */
  check: query({
    input: Order,
    output: z.object({
      ready: z.int(),
      /** The first 200. */
      obstacles: z.array(Obstacle),
      obstacleCount: z.int(),
      plan: z.object({
        firstAt: z.int().nullable(),
        lastAt: z.int().nullable(),
        /** `date` is local to the mailbox. */
        perDay: z.array(z.object({ date: z.string(), count: z.int() })),
        /** Why nothing can be planned; null when it can. */
        heldBy: z.string().nullable(),
      }),
    }),
    throws: [
      'template.not_found',
      'mailbox.not_found',
      'dispatch.in_the_past',
      'dispatch.no_such_time',
      'template.invalid',
    ],
  }),

  /** One lead's mail, exactly as it would be sent. */
  preview: query({
    input: z.object({ leadId: LeadId, templateId: TemplateId, mailboxId: MailboxId }),
    output: RenderedMail,
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
      'mailbox.not_found',
      'dispatch.in_the_past',
      'dispatch.no_such_time',
      'dispatch.nothing_to_queue',
      'dispatch.not_ready',
      'disk.full',
    ],
  }),
}

export const campaigns = {
  /** Newest first. */
  list: query({ input: z.object({ limit: z.int().min(1).max(200).default(50) }), output: z.array(Campaign) }),
  get: query({ input: z.object({ campaignId: CampaignId }), output: Campaign, throws: ['campaign.not_found'] }),
  pause: mutation({ input: z.object({ campaignId: CampaignId }), output: Campaign, throws: ['campaign.not_found'] }),
  resume: mutation({ input: z.object({ campaignId: CampaignId }), output: Campaign, throws: ['campaign.not_found'] }),
  /** Cancels what is still waiting; `stopped` says how many. */
  cancel: mutation({
    input: z.object({ campaignId: CampaignId }),
    output: z.object({ campaign: Campaign, stopped: z.int() }),
    throws: ['campaign.not_found'],
  }),
}
