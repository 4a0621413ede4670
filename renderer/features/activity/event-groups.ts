import type { EventKind } from '#shared/domain/taxonomy'

export type EventGroup =
  | 'all'
  | 'planned'
  | 'mail'
  | 'answers'
  | 'trouble'
  | 'leads'
  | 'mailboxes'
  | 'campaigns'
  | 'app'

/** What the rep can ask for. Kinds may belong to two groups. */
export const EVENT_GROUPS = {
  all: { label: 'Everything', kinds: [] },
  planned: {
    label: 'Scheduled mail',
    kinds: [
      'send_queued',
      'send_requeued',
      'send_prioritised',
      'send_postponed',
      'send_released',
      'send_revived',
      'send_moved',
      'send_edited',
      'send_rewritten',
      'send_handed_over',
      'send_taken_back',
      'send_cancelled',
    ],
  },
  mail: {
    label: 'Sent mail',
    kinds: ['send_accepted', 'send_new_thread', 'send_proved_sent', 'send_settled'],
  },
  answers: {
    label: 'Answers',
    kinds: ['mail_received', 'mail_unopened', 'verdict_undone', 'send_postponed'],
  },
  trouble: {
    label: 'Trouble',
    kinds: [
      'send_refused',
      'send_retried',
      'send_unanswered',
      'send_proved_unsent',
      'send_held',
      'send_skipped',
      'send_parked',
      'list_held',
      'list_released',
      'mailbox_signed_out',
      'mailbox_health_changed',
      'app_recovered',
      'database_restored',
      'clock_jumped',
    ],
  },
  leads: {
    label: 'Leads',
    kinds: [
      'leads_imported',
      'lead_edited',
      'leads_reviewed',
      'leads_tagged',
      'leads_removed',
      'lead_suppressed',
      'suppression_removed',
      'lead_allowed_again',
      'lead_allowance_withdrawn',
      'domains_joined',
      'domains_parted',
      'history_imported',
      'history_import_undone',
      'person_erased',
    ],
  },
  mailboxes: {
    label: 'Mailboxes',
    kinds: [
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
    ],
  },
  campaigns: {
    label: 'Campaigns',
    kinds: [
      'campaign_created',
      'campaign_paused',
      'campaign_resumed',
      'campaign_cancelled',
      'campaign_completed',
      'template_saved',
      'template_archived',
      'campaign_started',
      'campaign_changed',
      'campaign_archived',
      'leads_enrolled',
      'enrolment_paused',
      'enrolment_resumed',
      'enrolment_removed',
      'enrolment_ended',
    ],
  },
  app: {
    label: 'Pacemail',
    kinds: [
      'app_paused',
      'app_resumed',
      'app_started',
      'app_recovered',
      'database_restored',
      'clock_jumped',
      'zone_changed',
      'backup_made',
      'absences_changed',
    ],
  },
} satisfies Record<EventGroup, { readonly label: string; readonly kinds: EventKind[] }>
