import { MailboxNeed } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'

/** What an answer of a provider tells about the mailbox rather than about one mail. */
export type MailboxTrouble =
  /** Not to be reached, or busy: it rests. `restMs` is how long the provider asked for; null: it did not say. */
  | { readonly type: 'unreachable'; readonly restMs: number | null }
  /**
   * The provider's own limit of the day: it rests until its 24-hour window has room. `of`: it is not this mailbox's alone but of all
   * mailboxes of its organisation (its domain), or of all of its kind (our app).
   */
  | { readonly type: 'day_limit'; readonly of?: 'tenant' | 'app' }
  /** Nothing goes before the rep or their admin has acted. */
  | { readonly type: 'needs'; readonly need: MailboxNeed }

/** Null where the mailbox is not at fault: the mail is, or our own disk. */
export function troubleOf(error: unknown): MailboxTrouble | null {
  if (!(error instanceof AppError)) return { type: 'unreachable', restMs: null }
  switch (error.code) {
    case 'mail.signed_out':
      return { type: 'needs', need: 'sign_in' }
    case 'mail.refused':
      return error.details['scope'] === 'mailbox' ? troubleOfRefusal(error) : null
    case 'disk.full':
    case 'db.locked':
    case 'mail.invalid':
      return null
    default:
      return { type: 'unreachable', restMs: null }
  }
}

function troubleOfRefusal({ details }: AppError): MailboxTrouble {
  if (details['isFinal'] === true) {
    const need = MailboxNeed.safeParse(details['need'])
    return { type: 'needs', need: need.success ? need.data : 'account_blocked' }
  }
  if (details['isDayLimit'] === true) {
    const of = details['limitOf']
    return of === 'tenant' || of === 'app' ? { type: 'day_limit', of } : { type: 'day_limit' }
  }
  const restMs = details['restMs']
  return { type: 'unreachable', restMs: typeof restMs === 'number' ? restMs : null }
}
