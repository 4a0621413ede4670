import { MailboxNeed, type RestReason } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'

/** What an answer of a provider tells about the mailbox rather than about one mail. */
export type MailboxTrouble =
  /**
   * Not to be reached, or busy: it rests. `restMs` is how long the provider asked for; null: it did not say. Without a
   * `reason` the provider was reached and wants to be left alone.
   */
  | { readonly type: 'unreachable'; readonly restMs: number | null; readonly reason?: RestReason }
  /**
   * The provider's own limit of the day: it rests until its 24-hour window has room. `of`: it is not this mailbox's alone but of all
   * mailboxes of its organisation (its domain), or of all of its kind (our app).
   */
  | { readonly type: 'day_limit'; readonly of?: 'tenant' | 'app' }
  /** Nothing goes before the rep or their admin has acted. */
  | { readonly type: 'needs'; readonly need: MailboxNeed }

/** Null where the mailbox is not at fault: the mail is, or our own disk. */
export function troubleOf(error: unknown): MailboxTrouble | null {
  if (!(error instanceof AppError)) return resting('mistake')
  switch (error.code) {
    case 'mail.signed_out':
      return { type: 'needs', need: 'sign_in' }
    case 'mail.refused':
      return error.details['scope'] === 'mailbox' ? troubleOfRefusal(error) : null
    case 'disk.full':
    case 'db.locked':
    case 'mail.invalid':
      return null
    case 'mail.unreachable':
      return resting(REASONS[String(error.details['reason'])] ?? 'offline')
    case 'mail.unanswered':
      return resting('silent')
    // Waiting mends neither.
    case 'sign_in.client_missing':
      return { type: 'needs', need: 'configuration' }
    case 'secrets.unavailable':
      return { type: 'needs', need: 'secrets' }
    default:
      return resting('mistake')
  }
}

/** Of `mail.unreachable`. */
const REASONS: Readonly<Record<string, RestReason>> = {
  timeout: 'silent',
  untrusted: 'untrusted',
  no_tls: 'untrusted',
  not_encrypted: 'untrusted',
}

function resting(reason: RestReason): MailboxTrouble {
  return { type: 'unreachable', restMs: null, reason }
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
