/**
 * Every status word of the product, once: tables, API and screen use these and no others.
 */
import { z } from 'zod'

/** "Retrying" is `pending` with attempts > 0. */
export const SendStatus = z.enum(['pending', 'processing', 'sent', 'failed', 'cancelled', 'skipped', 'uncertain'])
export type SendStatus = z.infer<typeof SendStatus>

/** Where a `processing` send stands; null in every other status. */
export const SendStage = z.enum(['drafting', 'drafted', 'sending'])
export type SendStage = z.infer<typeof SendStage>

/** What came back for a sent mail. */
export const SendOutcome = z.enum(['none', 'bounced', 'replied', 'auto_replied', 'opted_out'])
export type SendOutcome = z.infer<typeof SendOutcome>

export const CampaignStatus = z.enum(['draft', 'active', 'paused', 'completed', 'cancelled'])
export type CampaignStatus = z.infer<typeof CampaignStatus>

export const LeadReview = z.enum(['new', 'approved', 'rejected'])
export type LeadReview = z.infer<typeof LeadReview>

/** Why a lead is no longer written to; `none` while it may be. */
export const LeadContact = z.enum(['none', 'replied', 'bounced', 'opted_out'])
export type LeadContact = z.infer<typeof LeadContact>

export const MailboxStatus = z.enum(['ready', 'paused', 'resting', 'needs_sign_in'])
export type MailboxStatus = z.infer<typeof MailboxStatus>

export const MailboxKind = z.enum(['practice', 'smtp', 'gmail', 'outlook'])
export type MailboxKind = z.infer<typeof MailboxKind>

/** What only the rep or their admin can put right while a mailbox `needs_sign_in`. */
export const MailboxNeed = z.enum([
  /** The password or token is not accepted any more. */
  'sign_in',
  /** The provider blocked the account, or wants it to be verified. */
  'account_blocked',
  /** The admin does not allow this app, or mail at all. */
  'admin',
  'mailbox_full',
  /** There is no mailbox behind this account. */
  'no_mailbox',
  /** The account may not send under this address. */
  'sender_not_allowed',
  /** A permission was not ticked, or was taken back. */
  'permission',
  /** The client id is wrong or switched off. */
  'configuration',
])
export type MailboxNeed = z.infer<typeof MailboxNeed>

/** What an incoming mail means for a send of ours. Asked in this order; anything else is none of our business. */
export const IncomingVerdict = z.enum(['bounced', 'auto_replied', 'opted_out', 'replied'])
export type IncomingVerdict = z.infer<typeof IncomingVerdict>

/** Lower goes first among what is due at the same time. */
export const PRIORITIES = { high: 0, normal: 1, low: 2 } as const
export const SendPriority = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type SendPriority = z.infer<typeof SendPriority>

export const SuppressionKind = z.enum(['address', 'domain'])
export type SuppressionKind = z.infer<typeof SuppressionKind>

/** `company_stop` marks a domain that is left alone because somebody there answered. */
export const SuppressionReason = z.enum(['by_hand', 'opted_out', 'bounced', 'company_stop', 'imported', 'erased'])
export type SuppressionReason = z.infer<typeof SuppressionReason>

/** The verdict on one row of an imported file. Only `new` and, where the rep asks for it, `role` become leads. */
export const RowVerdict = z.enum([
  'new',
  'duplicate',
  'duplicate_in_file',
  'written_to',
  'suppressed',
  'invalid',
  'role',
])
export type RowVerdict = z.infer<typeof RowVerdict>

/**
 * The one thing a send waits for. In the order of the gates; `scheduled`, `retry` and `turn` are times
 * rather than gates: the rep's own date, the next attempt, other mail of the mailbox that goes first.
 */
export const WaitCode = z.enum([
  'app_paused',
  'campaign_paused',
  'mailbox_paused',
  'mailbox_resting',
  'mailbox_signed_out',
  'mailbox_unhealthy',
  'hours',
  'day_off',
  'gap',
  'hourly_cap',
  'daily_cap',
  'ramp',
  'scheduled',
  'retry',
  'turn',
  'never_opens',
])
export type WaitCode = z.infer<typeof WaitCode>

/** Why a rule forbids a send for good. */
export const NeverCode = z.enum([
  'suppressed',
  'lead_replied',
  'lead_bounced',
  'lead_opted_out',
  'company_stop',
  'cool_down',
  'lead_removed',
  'lead_rejected',
  'address_invalid',
])
export type NeverCode = z.infer<typeof NeverCode>

/** What an event is about. Events are past facts; `data` holds plain values only. */
export const EventKind = z.enum([
  'send_queued',
  'send_claimed',
  'send_drafted',
  'send_started',
  'send_accepted',
  'send_refused',
  'send_retried',
  'send_unanswered',
  'send_proved_sent',
  'send_proved_unsent',
  'send_held',
  'send_cancelled',
  'send_skipped',
  'send_requeued',
  'send_settled',
  'send_prioritised',
  'send_postponed',
  'mail_received',
  'verdict_undone',
  'leads_imported',
  'lead_edited',
  'leads_reviewed',
  'leads_tagged',
  'leads_removed',
  'lead_suppressed',
  'suppression_removed',
  'person_erased',
  'app_paused',
  'app_resumed',
  'app_started',
  'app_recovered',
  'clock_jumped',
  'zone_changed',
  'mailbox_added',
  'mailbox_changed',
  'mailbox_paused',
  'mailbox_resumed',
  'mailbox_removed',
  'mailbox_signed_out',
  'mailbox_signed_in',
  'mailbox_health_changed',
  'drafts_swept',
  'campaign_created',
  'campaign_paused',
  'campaign_resumed',
  'campaign_cancelled',
  'campaign_completed',
  'template_saved',
  'template_archived',
  'backup_made',
])
export type EventKind = z.infer<typeof EventKind>
