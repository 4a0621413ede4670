/** Every status word of the product, once: tables, API and screen use these and no others. */
import { z } from 'zod'

/** "Retrying" is `pending` with attempts > 0. */
export const SendStatus = z.enum(['pending', 'processing', 'sent', 'failed', 'cancelled', 'skipped', 'uncertain'])
export type SendStatus = z.infer<typeof SendStatus>

/** Where a `processing` send stands; null in every other status. `handed_over`: the provider holds it and sends it by itself. */
export const SendStage = z.enum(['drafting', 'drafted', 'sending', 'handed_over'])
export type SendStage = z.infer<typeof SendStage>

/** What came back for a sent mail. */
export const SendOutcome = z.enum(['none', 'bounced', 'replied', 'auto_replied', 'opted_out'])
export type SendOutcome = z.infer<typeof SendOutcome>

export const CampaignStatus = z.enum(['draft', 'active', 'paused', 'completed', 'cancelled'])
export type CampaignStatus = z.infer<typeof CampaignStatus>

/** One lead in one campaign. `on_hold` waits until somebody who is away is back. */
export const EnrolmentStatus = z.enum([
  'active',
  'paused',
  'on_hold',
  'replied',
  'bounced',
  'opted_out',
  'finished',
  'removed',
])
export type EnrolmentStatus = z.infer<typeof EnrolmentStatus>

/** `working_days` counts the days on which the schedule opens; `days` counts all but the rep's own days off. */
export const DelayUnit = z.enum(['days', 'working_days'])
export type DelayUnit = z.infer<typeof DelayUnit>

/** A follow-up is an answer to the mail before it, or a mail of its own. */
export const Threading = z.enum(['reply', 'new'])
export type Threading = z.infer<typeof Threading>

/** What becomes of mail whose time passed while the machine slept. */
export const MissedPolicy = z.enum(['spread', 'expire', 'ask'])
export type MissedPolicy = z.infer<typeof MissedPolicy>

export const LeadReview = z.enum(['new', 'approved', 'rejected'])
export type LeadReview = z.infer<typeof LeadReview>

/** Why a lead is no longer written to; `none` while it may be. */
export const LeadContact = z.enum(['none', 'replied', 'bounced', 'opted_out'])
export type LeadContact = z.infer<typeof LeadContact>

/** On what ground the rep writes to a lead, as the rep recorded it; `shared/domain/country-rules` says which one a country takes. */
export const LawfulBasis = z.enum([
  /** They agreed to get such mail. */
  'consent',
  /** They bought something like it from the sender. */
  'customer',
  /** They asked the sender about it. */
  'inquiry',
  /** They published the address for such mail, and nothing there says no. */
  'published',
  /** None of these: the sender's interest outweighs theirs. */
  'legitimate_interest',
  /** Nobody has said. */
  'unrecorded',
])
export type LawfulBasis = z.infer<typeof LawfulBasis>

/** Why a campaign paused itself: two people in a row were refused in the same words, which is a mistake of ours. */
export const CampaignPause = z.enum(['same_refusals'])
export type CampaignPause = z.infer<typeof CampaignPause>

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
  /** This computer's own store of secrets cannot be opened, such as a locked keyring. */
  'secrets',
])
export type MailboxNeed = z.infer<typeof MailboxNeed>

/** Why a mailbox rests. */
export const RestReason = z.enum([
  /** The provider is busy, or asked for a rest. */
  'asked',
  /** The provider's limit of the day is used up. */
  'day_limit',
  /** No way to it: no network, or no name server. */
  'offline',
  /** It was reached and did not answer in time. */
  'silent',
  /** It could not prove who it is, or the line is not encrypted: something may stand between. */
  'untrusted',
  /** A mistake of ours. */
  'mistake',
])
export type RestReason = z.infer<typeof RestReason>

/** What an incoming mail means for a send of ours. Asked in this order; anything else is none of our business. */
export const IncomingVerdict = z.enum(['bounced', 'auto_replied', 'opted_out', 'replied'])
export type IncomingVerdict = z.infer<typeof IncomingVerdict>

/** Where a mailbox is looked at for a mail whose outcome is not known. */
export const LookPlace = z.enum(['draft', 'thread', 'sent', 'key', 'message_id', 'folder'])
export type LookPlace = z.infer<typeof LookPlace>

/** What such a look found. `no_answer` is a look that failed: it proves nothing. */
export const LookFinding = z.enum([
  'sent',
  /** Still there, unsent. */
  'draft',
  /** Surely neither drafted nor sent. */
  'absent',
  /** No trace, which proves nothing. */
  'nothing',
  /** The provider has it and will send it by itself. */
  'leaving',
  /** The draft lies among the deleted mail. */
  'thrown_away',
  'no_answer',
])
export type LookFinding = z.infer<typeof LookFinding>

/** Lower goes first among what is due at the same time. */
export const PRIORITIES = { high: 0, normal: 1, low: 2 } as const
export const SendPriority = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type SendPriority = z.infer<typeof SendPriority>

/** `company`: everybody whose lead names a company of that key, whatever the domain. */
export const SuppressionKind = z.enum(['address', 'domain', 'company'])
export type SuppressionKind = z.infer<typeof SuppressionKind>

/** `company_stop` marks a domain or a company that is left alone because somebody there answered. */
export const SuppressionReason = z.enum(['by_hand', 'opted_out', 'bounced', 'company_stop', 'imported', 'erased'])
export type SuppressionReason = z.infer<typeof SuppressionReason>

/**
 * Earlier contacts on their way into the history: a mailbox is `reading` until everything is `found`, or `stopped` before
 * the end; a file is `found` at once. What the rep keeps goes `keeping → kept`, and may be undone as a whole.
 */
export const TouchImportStage = z.enum(['reading', 'stopped', 'found', 'keeping', 'kept', 'undoing', 'undone'])
export type TouchImportStage = z.infer<typeof TouchImportStage>

/** Who made a contact: Pacemail, an import of earlier mail, or the rep by another program. */
export const TouchSource = z.enum(['sent', 'imported', 'by_hand'])
export type TouchSource = z.infer<typeof TouchSource>

/** What a file holds: people to write to, what waits in another tool, earlier mail, or who must not be written to. */
export const ImportPurpose = z.enum(['leads', 'pending', 'history', 'suppressions'])
export type ImportPurpose = z.infer<typeof ImportPurpose>

/**
 * The verdict on one row of an imported file. Only `new` and, where the rep asks for it, `role` become leads. `waiting`: a
 * lead for whom mail is queued already. `no_date`: earlier mail whose moment cannot be read.
 */
export const RowVerdict = z.enum([
  'new',
  'duplicate',
  'duplicate_in_file',
  'written_to',
  'suppressed',
  'invalid',
  'role',
  'waiting',
  'no_date',
])
export type RowVerdict = z.infer<typeof RowVerdict>

/** Why a send is not due before its time: the rep's date, the next attempt, the pause of its step, an absence, a limit, or that it was taken back. */
export const DueCode = z.enum(['scheduled', 'retry', 'step_delay', 'out_of_office', 'domain_cap', 'taken_back'])
export type DueCode = z.infer<typeof DueCode>

/** Why a send stands beside its lane until something happens to it alone. */
export const ParkCode = z.enum([
  'step_before',
  'person_paused',
  'list_held',
  'basis_missing',
  'text_aged',
  'missed',
  /** A backup was restored, and it may have left since. */
  'restored',
])
export type ParkCode = z.infer<typeof ParkCode>

/** The steps of a search for leads, in their order; each may be run again alone. */
export const PipelineStep = z.enum(['find_companies', 'find_contacts', 'check_addresses'])
export type PipelineStep = z.infer<typeof PipelineStep>

/** Where a step of a search stands. `stopped`: by the rep; it may go on where it was. */
export const PipelineStepState = z.enum(['waiting', 'running', 'stopped', 'failed', 'done'])
export type PipelineStepState = z.infer<typeof PipelineStepState>

/** The verdict on one company or contact of a search. Only `good` and, where the rep asks for it, `role` and `unsure` become leads. */
export const PipelineVerdict = z.enum([
  /** Taken; a contact waits for the check of its address. */
  'found',
  /** The same company or person as one before it. */
  'repeated',
  /** A line that names no company, a card that cannot be read. */
  'unreadable',
  /** A contact of none of the companies. */
  'no_company',
  'no_address',
  'invalid',
  'suppressed',
  'written_to',
  'duplicate',
  'disposable',
  /** Nobody takes mail for its domain. */
  'no_mail_server',
  /** The name servers gave no answer. */
  'unsure',
  'role',
  'good',
  /** It is a lead now. */
  'saved',
])
export type PipelineVerdict = z.infer<typeof PipelineVerdict>

/**
 * The one thing a send waits for. In the order of the gates, then the times of `DueCode`, then `turn`: other mail of the
 * mailbox that goes first.
 */
export const WaitCode = z.enum([
  'app_paused',
  'campaign_paused',
  'mailbox_paused',
  'mailbox_resting',
  'mailbox_signed_out',
  'mailbox_unhealthy',
  ...ParkCode.options,
  'hours',
  'day_off',
  'away_soon',
  'gap',
  'hourly_cap',
  'daily_cap',
  'ramp',
  ...DueCode.options,
  'turn',
  'never_opens',
])
export type WaitCode = z.infer<typeof WaitCode>

/** Every gate, in the order in which they are asked. */
export const GateName = z.enum([
  'app',
  'campaign',
  'mailbox',
  'health',
  'lead',
  'suppression',
  'contact',
  'company_stop',
  'person',
  'list',
  'basis',
  'cool_down',
  'hours',
  'gap',
  'hourly_cap',
  'daily_cap',
  'ramp',
  'company_cap',
  'text',
])
export type GateName = z.infer<typeof GateName>

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
  /** The mail that it would have followed did not go. */
  'step_before',
  /** The rep had this one left out. */
  'left_out',
  /** Its time passed while the machine slept, and the campaign lets such mail go. */
  'expired',
])
export type NeverCode = z.infer<typeof NeverCode>

/** What an event is about. Events are past facts; `data` holds plain values only. */
export const EventKind = z.enum([
  'send_queued',
  'send_claimed',
  'send_drafted',
  'send_started',
  'send_handed_over',
  'send_taken_back',
  'send_accepted',
  'send_refused',
  'send_retried',
  'send_new_thread',
  'send_unanswered',
  'send_proved_sent',
  'send_proved_unsent',
  'send_looked_up',
  'send_held',
  'send_cancelled',
  'send_skipped',
  'send_requeued',
  'send_settled',
  'send_prioritised',
  'send_postponed',
  'send_parked',
  'send_released',
  'send_revived',
  'send_moved',
  'send_edited',
  'send_rewritten',
  'send_allowed_again',
  'mail_received',
  'mail_unopened',
  'verdict_undone',
  'leads_imported',
  'lead_edited',
  'leads_reviewed',
  'leads_tagged',
  'leads_removed',
  'lead_suppressed',
  'lead_allowed_again',
  'lead_allowance_withdrawn',
  'suppression_removed',
  'domains_joined',
  'domains_parted',
  'history_imported',
  'history_import_undone',
  'person_erased',
  'app_paused',
  'app_resumed',
  'app_started',
  'app_recovered',
  'database_restored',
  'clock_jumped',
  'zone_changed',
  'absences_changed',
  'mailbox_added',
  'mailbox_changed',
  'mailbox_paused',
  'mailbox_resumed',
  'mailbox_removed',
  'mailbox_not_revoked',
  'mailbox_signed_out',
  'mailbox_signed_in',
  'mailbox_health_changed',
  'drafts_swept',
  'pause_tried',
  'failed_checks_accepted',
  'test_mail_asked',
  'test_mail_settled',
  'test_mail_received',
  'digest_mailed',
  'campaign_created',
  'campaign_started',
  'campaign_changed',
  'campaign_archived',
  'campaign_paused',
  'campaign_resumed',
  'campaign_cancelled',
  'campaign_completed',
  'list_held',
  'list_released',
  'leads_enrolled',
  'enrolment_paused',
  'enrolment_resumed',
  'enrolment_removed',
  'enrolment_put_back',
  'enrolment_ended',
  'template_saved',
  'template_archived',
  'backup_made',
])
export type EventKind = z.infer<typeof EventKind>
