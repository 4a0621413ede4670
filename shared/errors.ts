/**
 * Every code that may cross the API, as `area.reason`. Closed: the page holds one sentence for each
 * (`renderer/app/error-text.ts`), and a code without a sentence does not compile.
 */
export const ERROR_CODES = [
  'internal',
  'request.invalid',
  'request.unknown',
  'request.cancelled',
  'app.viewer',
  'app.closing',
  'app.disconnected',
  'app.foreign_endpoint',
  'db.damaged',
  'db.foreign',
  'db.from_future',
  'db.readonly',
  'db.locked',
  'disk.full',
  'file.too_large',
  'file.incomplete',
  'file.unreadable',
  'report.not_found',
  'import.not_found',
  'import.not_text',
  'import.unclosed_quote',
  'import.too_many_rows',
  'import.too_many_columns',
  'import.empty',
  'import.no_address_column',
  'import.no_date_column',
  'import.old_excel',
  'import.bomb',
  'import.busy',
  'pipeline.not_found',
  'pipeline.busy',
  'pipeline.no_input',
  'pipeline.unreadable',
  'pipeline.no_name_servers',
  'pipeline.nothing_to_save',
  'lead.not_found',
  'lead.changed',
  'lead.address_invalid',
  'lead.address_taken',
  'lead.address_erased',
  'export.not_found',
  'person.in_flight',
  'person.not_confirmed',
  'undo.gone',
  'template.not_found',
  'template.invalid',
  'template.name_taken',
  'attachment.not_found',
  'attachment.blocked',
  'attachment.too_large',
  'attachment.too_many',
  'attachment.empty',
  'snippet.not_found',
  'snippet.name_taken',
  'mailbox.not_found',
  'mailbox.never_opens',
  'mailbox.gap_reversed',
  'mailbox.in_use',
  'mailbox.address_taken',
  'mailbox.address_invalid',
  'mailbox.kind_mismatch',
  'mail.unreachable',
  'mail.refused',
  'mail.signed_out',
  'mail.unanswered',
  'mail.invalid',
  'secrets.unavailable',
  'sign_in.cancelled',
  'sign_in.timed_out',
  'sign_in.declined',
  'sign_in.wrong_account',
  'sign_in.permission_missing',
  'sign_in.admin_needed',
  'sign_in.client_missing',
  'sign_in.client_refused',
  'sign_in.other_organisation',
  'sign_in.no_mailbox',
  'sign_in.refused',
  'sign_in.unreachable',
  'sign_in.not_found',
  'dispatch.nothing_to_queue',
  'dispatch.in_the_past',
  'dispatch.no_such_time',
  'dispatch.missing_fields',
  'dispatch.attachments_too_large',
  'dispatch.not_ready',
  'readiness.paused',
  'readiness.not_ready',
  'readiness.limit_used',
  'campaign.not_found',
  'campaign.not_draft',
  'campaign.no_such_mail',
  'campaign.over',
  'campaign.not_over',
  'send.not_found',
  'send.too_late',
  'send.changed',
  'send.not_uncertain',
  'send.not_failed',
  'suppression.invalid',
  'alias.invalid',
  'alias.free_mail',
  'history.not_found',
  'history.not_readable',
  'history.busy',
  'incoming.not_found',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** Facts for the sentence on the page: plain values only, never text from a provider or a stack. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>

/** An expected failure: the user, the file or the network is at fault. `message` is for the log only. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details ?? {}
  }
}

/** An error as it travels: `ref` is the line to look for in the log, present for `internal` only. */
export interface WireError {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  readonly ref: string | null
}
