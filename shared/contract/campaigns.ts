import { z } from 'zod'
import { CampaignId, LeadId, MailboxId, SendId, TemplateId, TemplateVersionId } from '../domain/ids.ts'
import { LocalDate } from '../domain/policy.ts'
import { MOST_STEPS, MOST_VARIANTS } from '../domain/sequence-limits.ts'
import { StepDelay } from '../domain/step-delay.ts'
import {
  CampaignPause,
  CampaignStatus,
  EnrolmentStatus,
  MissedPolicy,
  NeverCode,
  SendOutcome,
  SendPriority,
  SendStage,
  SendStatus,
  Threading,
} from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'
import { Obstacle, Outlook } from './dispatch.ts'
import { LeadSelection } from './leads.ts'
import { Comparison } from './plans.ts'
import { AgedWords, Wait } from './sends.ts'
import { AttachedFile, RenderedMail, TemplateContent } from './templates.ts'
import { WallTime } from './wall-time.ts'

/** One mail of a sequence as the rep writes it. */
export const StepPlan = z.object({
  /** After the mail before it; of the first: 0. */
  delay: StepDelay,
  /** The first is always `new`. */
  threading: Threading,
  /** One, or several that are split evenly among the people. */
  templateIds: z.array(TemplateId).min(1).max(MOST_VARIANTS),
})
export type StepPlan = z.infer<typeof StepPlan>

const CampaignPlan = z.object({
  name: z.string().trim().min(1).max(100),
  steps: z.array(StepPlan).min(1).max(MOST_STEPS),
  /** They take turns; a person stays with the one that wrote first. */
  mailboxIds: z.array(MailboxId).min(1).max(20),
  /** Null: as soon as the rules allow. */
  at: WallTime.nullable(),
  priority: SendPriority.default(1),
  /** Working hours in each lead's own zone where it is known. */
  useLeadZone: z.boolean().default(false),
  /** What becomes of mail whose time passed while the machine slept. */
  missed: MissedPolicy.default('spread'),
  /** With `missed: 'expire'` only: mail this late is let go. */
  expiresAfterHours: z.int().min(1).max(720).nullable().default(null),
})
export type CampaignPlan = z.infer<typeof CampaignPlan>

/** How a text did so far; numbers of mails. */
export const VariantResult = z.object({
  templateId: TemplateId,
  templateName: z.string(),
  versionId: TemplateVersionId,
  version: z.int(),
  sent: z.int(),
  replied: z.int(),
  bounced: z.int(),
  optedOut: z.int(),
})
export type VariantResult = z.infer<typeof VariantResult>

/** A day of a sequence's line of time. */
export const ExampleDay = z.object({
  date: LocalDate,
  /** May anything go on it? */
  isOpen: z.boolean(),
  /** Does a delay in this unit count it? */
  counts: z.object({ working_days: z.boolean(), days: z.boolean() }),
})
export type ExampleDay = z.infer<typeof ExampleDay>

export const CampaignStep = z.object({
  delay: StepDelay,
  threading: Threading,
  variants: z.array(VariantResult),
  /** Texts that the step had before, as far as anything was sent of them. */
  earlier: z.array(VariantResult),
  /** Before the start: its mails that the rep wrote over for single people. */
  byHand: z.int(),
  /** Of them: made from a text, or for a mailbox, that it does not have any more. They go as they are. */
  byHandOld: z.int(),
})
export type CampaignStep = z.infer<typeof CampaignStep>

export const Campaign = z.object({
  id: CampaignId,
  name: z.string(),
  status: CampaignStatus,
  /** Null while it is not paused, and where the rep has paused it. */
  pausedBecause: CampaignPause.nullable(),
  steps: z.array(CampaignStep),
  mailboxIds: z.array(MailboxId),
  priority: SendPriority,
  useLeadZone: z.boolean(),
  missed: MissedPolicy,
  expiresAfterHours: z.int().nullable(),
  scheduledAt: z.int().nullable(),
  createdAt: z.int(),
  archivedAt: z.int().nullable(),
  /** When it was completed or cancelled, epoch ms; null while it is neither. */
  endedAt: z.int().nullable(),
  /** Mails. */
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
    /** Of sent: what came back. */
    bounced: z.int(),
    replied: z.int(),
    optedOut: z.int(),
  }),
  /** When its mails of the last 24 hours were sent, epoch ms, rising: whoever shows a rate counts by the time it is then. */
  sentLatelyAt: z.array(z.int()),
  /** People, by where they stand. */
  people: z.object({ total: z.int(), byStatus: z.partialRecord(EnrolmentStatus, z.int()) }),
  /** Forecast of its last waiting send, epoch ms; null: nothing waits, or it depends on the rep. */
  lastSendAt: z.int().nullable(),
})
export type Campaign = z.infer<typeof Campaign>

/** One mail of one person. */
export const PersonStep = z.object({
  sendId: SendId,
  /** Counted from 0. */
  step: z.int(),
  /** Which of the step's texts. */
  variant: z.int(),
  status: SendStatus,
  stage: SendStage.nullable(),
  /** Of a sent one: what came back. */
  outcome: SendOutcome,
  /** Skipped ones only: why. */
  skipped: NeverCode.nullable(),
  /** When it was sent or ended, epoch ms; null while it waits. */
  finishedAt: z.int().nullable(),
  /** Pending ones only. */
  wait: Wait.nullable(),
})

export const Person = z.object({
  leadId: LeadId,
  leadName: z.string(),
  email: z.string(),
  company: z.string(),
  status: EnrolmentStatus,
  /** While on hold: until when, epoch ms. */
  heldUntil: z.int().nullable(),
  mailboxId: MailboxId,
  /** Empty before the campaign has started. */
  steps: z.array(PersonStep),
  /** Before the start: their mails that the rep wrote over. */
  byHand: z.array(
    z.object({
      /** Counted from 0. */
      step: z.int(),
      /** Made from a text, or for a mailbox, that the step does not have any more. It goes as it is. */
      isOld: z.boolean(),
    }),
  ),
})
export type Person = z.infer<typeof Person>

/** One mail of one person, as starting the campaign now would queue it. */
export const DraftMail = RenderedMail.extend({
  /** Counted from 0. */
  step: z.int(),
  /** Which of the step's texts. */
  variant: z.int(),
  templateId: TemplateId,
  attachments: z.array(AttachedFile),
  /** Words that will not be true when it goes, if the first mail went now; it would be held back for them. */
  aged: z.array(AgedWords),
  /** Its subject is that of its thread, whatever is written for it. */
  isAnswer: z.boolean(),
  /** The rep wrote it over. */
  isByHand: z.boolean(),
  /** By hand, from a text or for a mailbox that the step does not have any more. */
  isOld: z.boolean(),
  /** As one can write it over; a field that this lead lacks stands there as in the template, and has to be written over. */
  source: TemplateContent,
})
export type DraftMail = z.infer<typeof DraftMail>

const Which = z.object({ campaignId: CampaignId })
const Who = Which.extend({ leadIds: z.array(LeadId).min(1).max(10_000) })
const One = Which.extend({ leadId: LeadId })
const Changed = z.object({ changed: z.int() })
const AcceptsFailedChecks = {
  /** The rep knows of the failed checks of a mailbox that never sent anything. */
  acceptsFailedChecks: z.boolean().default(false),
}
const BAD_PLAN = [
  'template.not_found',
  'template.invalid',
  'dispatch.attachments_too_large',
  'mailbox.not_found',
  'dispatch.in_the_past',
  'dispatch.no_such_time',
] as const

export const campaigns = {
  /** Newest first. */
  list: query({
    input: z.object({ limit: z.int().min(1).max(200).default(50), archived: z.boolean().default(false) }),
    output: z.array(Campaign),
  }),
  get: query({ input: Which, output: Campaign, throws: ['campaign.not_found'] }),

  /** Makes a draft: nothing is queued yet. */
  create: mutation({ input: CampaignPlan, output: Campaign, throws: [...BAD_PLAN] }),

  /**
   * Changes what is not sent yet: texts of waiting mail are written anew, delays counted anew, steps added for everybody who
   * is still in it, mail of steps that are gone is cancelled. Mail on its way, in doubt, failed or skipped takes the new text
   * if it waits again. Sent mail stays as it is.
   */
  change: mutation({
    input: CampaignPlan.extend({
      campaignId: CampaignId,
      /**
       * Before the start: of each step the place that it had, null for a new one. What was written by hand for single people
       * goes with its step, and with a step that is gone. Null: nothing has moved.
       */
      cameFrom: z.array(z.int().min(0).nullable()).max(MOST_STEPS).nullable().default(null),
    }),
    output: z.object({
      campaign: Campaign,
      /** Waiting mails with a new text. */
      rewritten: z.int(),
      /**
       * Mails that keep their text: the rep wrote them over, or the new one lacks a field of theirs. Before the start those
       * that were written by hand; afterwards waiting ones.
       */
      kept: z.int(),
      /** Before the start: mails written by hand whose step is gone. */
      dropped: z.int(),
      /** On their way or in doubt: they take the new text if they turn out not to have left. */
      undecided: z.int(),
      cancelled: z.int(),
      added: z.int(),
    }),
    throws: ['campaign.not_found', 'campaign.over', ...BAD_PLAN],
  }),

  /** The plan of its waiting mail as it is and as `change` would make it; nothing is kept. Dates are this machine's. */
  whatIf: query({
    input: CampaignPlan.extend({ campaignId: CampaignId }),
    output: Comparison,
    throws: ['campaign.not_found', 'campaign.over', ...BAD_PLAN],
  }),

  /**
   * When one person would get each mail of such a sequence from this mailbox, were it started at `at` or now: by the planner,
   * for somebody whom no rule keeps away and with nothing else to send. Dates are the mailbox's.
   */
  example: query({
    input: z.object({
      /** Of each mail; of the first: 0. */
      delays: z.array(StepDelay).min(1).max(MOST_STEPS),
      mailboxId: MailboxId,
      at: WallTime.nullable(),
    }),
    output: z.object({
      days: z.array(ExampleDay),
      at: z.array(z.int().nullable()),
      dates: z.array(LocalDate.nullable()),
    }),
    throws: ['mailbox.not_found'],
  }),

  /** How many people get each mail next, by step. Of a draft everybody gets the first. */
  standing: query({ input: Which, output: z.array(z.int()), throws: ['campaign.not_found'] }),

  /** What adding these leads would do. Changes nothing. */
  checkLeads: query({
    input: Which.extend({ selection: LeadSelection }),
    output: Outlook,
    throws: ['campaign.not_found', ...BAD_PLAN],
  }),

  /** Into a draft: they are queued when it starts. Into a running one: queued at once. Those who are in it stay as they are. */
  addLeads: mutation({
    input: Which.extend({ selection: LeadSelection, ...AcceptsFailedChecks }),
    output: z.object({ added: z.int(), left: z.int() }),
    throws: ['campaign.not_found', 'campaign.over', 'dispatch.not_ready', 'disk.full', ...BAD_PLAN],
  }),

  /** What starting it would do. Changes nothing. */
  check: query({ input: Which, output: Outlook, throws: ['campaign.not_found', ...BAD_PLAN] }),

  /** Queues everybody with the newest versions of the texts. Leads with obstacles are taken out and counted in `left`. */
  start: mutation({
    input: Which.extend(AcceptsFailedChecks),
    output: z.object({ campaign: Campaign, queued: z.int(), left: z.int() }),
    throws: [
      'campaign.not_found',
      'campaign.not_draft',
      'dispatch.nothing_to_queue',
      'dispatch.not_ready',
      'disk.full',
      ...BAD_PLAN,
    ],
  }),

  pause: mutation({ input: Which, output: Campaign, throws: ['campaign.not_found'] }),
  /** Delay clocks go on where they stopped. */
  resume: mutation({ input: Which, output: Campaign, throws: ['campaign.not_found'] }),
  /** Cancels what is still waiting; `stopped` says how many. */
  cancel: mutation({
    input: Which,
    output: z.object({ campaign: Campaign, stopped: z.int() }),
    throws: ['campaign.not_found'],
  }),
  /** Failed mail of it, back to the queue. */
  retryFailed: mutation({
    input: Which,
    output: z.object({ campaign: Campaign, retried: z.int() }),
    throws: ['campaign.not_found'],
  }),
  /** A draft with the same steps, mailboxes and options, without people, and so without what was written for them by hand. */
  duplicate: mutation({ input: Which, output: Campaign, throws: ['campaign.not_found', ...BAD_PLAN] }),
  /** Only what has ended can be put away. */
  archive: mutation({
    input: Which.extend({ isArchived: z.boolean() }),
    output: Campaign,
    throws: ['campaign.not_found', 'campaign.not_over'],
  }),

  /** In the order in which they were added. */
  people: query({
    input: Which.extend({
      statuses: z.array(EnrolmentStatus).max(8).default([]),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(Person), total: z.int() }),
    throws: ['campaign.not_found'],
  }),
  /** Every mail of one person of a draft, in their order. */
  draftMails: query({
    input: One,
    output: z.array(DraftMail),
    throws: ['campaign.not_found', 'campaign.not_draft', 'campaign.no_such_mail', ...BAD_PLAN],
  }),
  /**
   * Writes one mail of a draft over for one person, as `draftMails` gives its source; of fields, only those dated at dispatch.
   * It is queued so when the campaign starts, whatever its template says by then; a first mail says how to opt out all the
   * same. `words` null: the template's again. Refused where the step has another template than `templateId` by now.
   */
  writeDraftMail: mutation({
    input: One.extend({ step: z.int().min(0), templateId: TemplateId, words: TemplateContent.nullable() }),
    output: z.object({}),
    throws: ['campaign.not_found', 'campaign.not_draft', 'campaign.no_such_mail', ...BAD_PLAN],
  }),
  /** Nothing more goes to them from this campaign, and their delay clocks stand still, until they are resumed. */
  pausePeople: mutation({ input: Who, output: Changed, throws: ['campaign.not_found'] }),
  resumePeople: mutation({ input: Who, output: Changed, throws: ['campaign.not_found'] }),
  /** Cancels what still waits for them. */
  removePeople: mutation({ input: Who, output: Changed, throws: ['campaign.not_found'] }),
  /**
   * Those who were taken out go on where they were: the mails that they have not got are queued anew, their days counted from
   * the one that they got last. `left`: who cannot, and why; the first 200.
   */
  putBackPeople: mutation({
    input: Who,
    output: Changed.extend({ left: z.array(Obstacle), leftCount: z.int() }),
    throws: ['campaign.not_found', 'campaign.over'],
  }),
}
