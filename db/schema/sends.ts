import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { TemplateFormat } from '#shared/contract/templates'
import type {
  CampaignStatus,
  DelayUnit,
  DueCode,
  EnrolmentStatus,
  EventKind,
  MissedPolicy,
  NeverCode,
  ParkCode,
  SendOutcome,
  SendPriority,
  SendStage,
  CampaignPause,
  SendStatus,
  Threading,
} from '#shared/domain/taxonomy'

/** Who gets what and when. One "Dispatch all" is one campaign. */
export const campaigns = sqliteTable('campaigns', {
  id: integer().primaryKey(),
  name: text().notNull(),
  status: text().$type<CampaignStatus>().notNull(),
  /** The page's key of the press on the button: the same key queues once. */
  requestKey: text('request_key').notNull(),
  scheduledAt: integer('scheduled_at'),
  /** Given to the mail that is queued; it can be changed there. */
  priority: integer().$type<SendPriority>().notNull().default(1),
  useLeadZone: integer('use_lead_zone', { mode: 'boolean' }).notNull().default(false),
  /** What becomes of mail whose time passed while the machine slept. */
  missed: text().$type<MissedPolicy>().notNull().default('spread'),
  expiresAfterMs: integer('expires_after_ms'),
  /** While paused, and when it ended in that pause: since when. Delay clocks stand still from then on. */
  pausedAt: integer('paused_at'),
  /** Null: by the rep. */
  pausedBecause: text('paused_because').$type<CampaignPause>(),
  archivedAt: integer('archived_at'),
  createdAt: integer('created_at').notNull(),
})

/** The mailboxes of a campaign that take turns. A person stays with the one that wrote first. */
export const campaignMailboxes = sqliteTable(
  'campaign_mailboxes',
  {
    campaignId: integer('campaign_id').notNull(),
    mailboxId: integer('mailbox_id').notNull(),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.position] })],
)

/** One mail of a campaign, counted from 0, and how long after the one before it goes. */
export const campaignSteps = sqliteTable(
  'campaign_steps',
  {
    campaignId: integer('campaign_id').notNull(),
    step: integer().notNull(),
    delayDays: integer('delay_days').notNull(),
    delayUnit: text('delay_unit').$type<DelayUnit>().notNull(),
    threading: text().$type<Threading>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.step] })],
)

/** The texts of a step: one, or several that are split evenly. */
export const stepVariants = sqliteTable(
  'step_variants',
  {
    campaignId: integer('campaign_id').notNull(),
    step: integer().notNull(),
    variant: integer().notNull(),
    templateVersionId: integer('template_version_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.step, table.variant] })],
)

/** One lead in one campaign. */
export const enrolments = sqliteTable('enrolments', {
  id: integer().primaryKey(),
  campaignId: integer('campaign_id').notNull(),
  leadId: integer('lead_id').notNull(),
  mailboxId: integer('mailbox_id').notNull(),
  status: text().$type<EnrolmentStatus>().notNull().default('active'),
  /** While paused: since when. */
  pausedAt: integer('paused_at'),
  /** While on hold: until when. */
  heldUntil: integer('held_until'),
  createdAt: integer('created_at').notNull(),
})

/** A mail of a draft that the rep wrote over for one person, as its source. */
export const handEdits = sqliteTable(
  'hand_edits',
  {
    campaignId: integer('campaign_id').notNull(),
    leadId: integer('lead_id').notNull(),
    step: integer().notNull(),
    /** Whose signature stands in it. */
    mailboxId: integer('mailbox_id').notNull(),
    /** The text that it was made from. */
    templateVersionId: integer('template_version_id').notNull(),
    /** Null: of an answer, which has the subject of its thread. */
    subject: text(),
    body: text().notNull(),
    format: text().$type<TemplateFormat>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.leadId, table.step] })],
)

/** One mail to one lead: a row of the queue and its whole life. */
export const sends = sqliteTable('sends', {
  id: integer().primaryKey(),
  campaignId: integer('campaign_id').notNull(),
  /** Counted from 0. */
  step: integer().notNull().default(0),
  /** Which of the step's texts. */
  variant: integer().notNull().default(0),
  /** The version its text was made from: what it brings back is told of that one, and its attachments are the mail's. */
  templateVersionId: integer('template_version_id'),
  /** `step > 0`, for the index of the lanes. */
  isFollowUp: integer('is_follow_up', { mode: 'boolean' })
    .notNull()
    .generatedAlwaysAs(sql`step > 0`, { mode: 'virtual' }),
  leadId: integer('lead_id').notNull(),
  mailboxId: integer('mailbox_id').notNull(),
  /** Rises when the rep has an uncertain mail sent again: a new key for a new mail. */
  generation: integer().notNull().default(0),
  /** base32(HMAC(install secret, campaign, step, lead, generation)): the mail's identity at the provider. */
  key: text().notNull(),
  toAddress: text('to_address').notNull(),
  /** Who is meant by it; the lead may have another address by now. */
  toIdentity: text('to_identity').notNull().default(''),
  toName: text('to_name').notNull(),
  status: text().$type<SendStatus>().notNull().default('pending'),
  stage: text().$type<SendStage>(),
  outcome: text().$type<SendOutcome>().notNull().default('none'),
  priority: integer().$type<SendPriority>().notNull().default(1),
  /** IANA zone whose working hours count; '' is the mailbox's. */
  zone: text().notNull().default(''),
  /** Never before this moment, for the reason of `dueCode`. Of no meaning while it waits for the step before. */
  notBefore: integer('not_before').notNull(),
  dueCode: text('due_code').$type<DueCode>().notNull().default('scheduled'),
  /** Why it stands beside its lane; null: it is in it. */
  parked: text().$type<ParkCode>(),
  /** The rep lets it go as it is, however late: an aged text does not stop it again. */
  isApprovedLate: integer('is_approved_late', { mode: 'boolean' }).notNull().default(false),
  /** Its step got another text while it was on its way, in doubt or ended: it takes that text when it waits again. */
  owesText: integer('owes_text', { mode: 'boolean' }).notNull().default(false),
  scheduledAt: integer('scheduled_at'),
  attempts: integer().notNull().default(0),
  draftId: text('draft_id'),
  providerMessageId: text('provider_message_id'),
  threadId: text('thread_id'),
  /** The Message-ID under which it really left, with its brackets; null while it is not known. */
  messageId: text('message_id'),
  skippedCode: text('skipped_code').$type<NeverCode>(),
  failureCode: text('failure_code'),
  failureProviderCode: text('failure_provider_code'),
  /** When the provider was asked last; of a send that was handed over when it is to leave. */
  startedAt: integer('started_at'),
  /** `startedAt` as the pacing counts it: set back when the clock was set back. */
  pacedAt: integer('paced_at'),
  finishedAt: integer('finished_at'),
  createdAt: integer('created_at').notNull(),
  /** The owner that claimed it last (fencing). */
  epoch: integer().notNull().default(0),
  revision: integer().notNull().default(0),
})

/** The mail as approved, and once an attempt was made as that one had it; what is sent is this and nothing else. */
export const sendBodies = sqliteTable('send_bodies', {
  sendId: integer('send_id').primaryKey(),
  subject: text().notNull(),
  text: text().notNull(),
  html: text(),
})

/** The mail as approved, with marks for what is dated at dispatch, beside the text of the latest attempt. */
export const datedBodies = sqliteTable('dated_bodies', {
  sendId: integer('send_id').primaryKey(),
  subject: text().notNull(),
  text: text().notNull(),
  html: text(),
})

/** Append-only facts. `data` holds codes and numbers, never an address or a text of a mail. */
export const events = sqliteTable('events', {
  id: integer().primaryKey(),
  at: integer().notNull(),
  kind: text().$type<EventKind>().notNull(),
  sendId: integer('send_id'),
  leadId: integer('lead_id'),
  campaignId: integer('campaign_id'),
  mailboxId: integer('mailbox_id'),
  data: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
})

/** When each waiting send was last foreseen to go, epoch ms; null: it depended on the rep. */
export const foreseen = sqliteTable('foreseen', {
  sendId: integer('send_id').primaryKey(),
  at: integer(),
})

/** How that changed, with the event that caused it; null: time passed otherwise than foreseen. */
export const forecastChanges = sqliteTable('forecast_changes', {
  id: integer().primaryKey(),
  sendId: integer('send_id').notNull(),
  notedAt: integer('noted_at').notNull(),
  fromAt: integer('from_at'),
  toAt: integer('to_at'),
  eventId: integer('event_id'),
})
