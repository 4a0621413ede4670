import type { ApiError } from '../../api/api-error.ts'
import type { SmtpDraft } from './smtp-draft.ts'

/** Where a server's refusal is shown; null: above the buttons. */
export function fieldOf(error: ApiError): keyof SmtpDraft | null {
  if (error.code === 'mail.unreachable') return error.details['server'] === 'imap' ? 'imapHost' : 'host'
  return FIELDS[error.code] ?? null
}

const FIELDS: Partial<Record<string, keyof SmtpDraft>> = {
  'mailbox.address_invalid': 'address',
  'mailbox.address_taken': 'address',
  'mail.refused': 'password',
  'mail.signed_out': 'password',
}
