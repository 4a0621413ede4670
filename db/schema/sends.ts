import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type {
  CampaignStatus,
  EventKind,
  NeverCode,
  SendOutcome,
  SendPriority,
  SendStage,
  SendStatus,
} from '#shared/domain/taxonomy'

/** Who gets what and when. One "Dispatch all" is one campaign. */
export const campaigns = sqliteTable('campaigns', {
  id: integer().primaryKey(),
  name: text().notNull(),
  status: text().$type<CampaignStatus>().notNull(),
  mailboxId: integer('mailbox_id').notNull(),
  templateVersionId: integer('template_version_id').notNull(),
  /** The page's key of the press on the button: the same key queues once. */
  requestKey: text('request_key').notNull(),
  scheduledAt: integer('scheduled_at'),
  createdAt: integer('created_at').notNull(),
})

/** One mail to one lead: a row of the queue and its whole life. */
export const sends = sqliteTable('sends', {
  id: integer().primaryKey(),
  campaignId: integer('campaign_id').notNull(),
  step: integer().notNull().default(0),
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
  /** Never before this moment: the rep's date or the next attempt. */
  notBefore: integer('not_before').notNull(),
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
  /** When the provider was asked last. */
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
