/**
 * A mailbox to send from: practice, SMTP, later Gmail and Outlook.
 *
 * A provider asks once and reports what it heard. It never retries, never waits, never reads the clock and keeps
 * nothing between calls: those rules belong to the engine, where they are written once and tested without a network.
 * Every method stops soon after `signal` aborts.
 *
 * Failures are `AppError`s with one of five codes; anything else counts as `mail.unanswered`:
 * - `mail.refused`: the provider said clearly that nothing was sent. `details.isFinal` tells whether asking again can
 *   help; `details.providerCode` is its number ("550 5.1.1") or null, never its text; `details.scope` is `message` or
 *   `mailbox`. Final for a mailbox means that the rep must act (a blocked account, a sender that is not theirs); not
 *   final for a mailbox means that it should rest (a daily limit, a busy server): neither is this mail's fault.
 * - `mail.unreachable`: it never came to a request; surely nothing was sent. `details.reason` is `no_name`,
 *   `no_connection`, `timeout`, `no_tls`, `untrusted` (its certificate), `not_encrypted` (we demand TLS), `folder`
 *   (practice: disk or rights) or `stopped` (by us).
 * - `mail.signed_out`: the password or token was not accepted; surely nothing was sent. `details.providerCode`.
 * - `mail.invalid`: this mail cannot be written safely and never will be; surely nothing was sent. `details.field`.
 * - `mail.unanswered`: asked, and no clear answer: the mail may have left.
 */
export interface MailProvider {
  readonly kind: 'practice' | 'smtp'

  /**
   * Can `findDraft` prove what became of a mail? Where not (SMTP without IMAP), doubts are the rep's to decide.
   */
  readonly canProve: boolean

  /** Prepares the mail under its key. Safe to repeat: the same key gives the same draft, never two. */
  createDraft(mail: OutgoingMail, signal: AbortSignal): Promise<{ draftId: string }>

  /**
   * NOT safe to repeat. `beforeFirstByte` is called once, right before anything that could make the mail leave, and not at
   * all when it never comes to that; when it returns false or throws, the provider stops: surely nothing was sent.
   */
  sendDraft(
    draftId: string,
    mail: OutgoingMail,
    beforeFirstByte: () => boolean,
    signal: AbortSignal,
  ): Promise<{ providerMessageId: string }>

  /** What became of a mail whose sending was never confirmed. Safe to repeat. A failed look-up throws: it is not "absent". */
  findDraft(key: string, draftId: string | null, signal: AbortSignal): Promise<DraftFate>

  /** Throws away a draft that will not be sent. Safe to repeat; a draft that is gone is no error. */
  deleteDraft(draftId: string, signal: AbortSignal): Promise<void>

  /** Signs in and out once, sending nothing. Fails with the same codes. */
  check(signal: AbortSignal): Promise<void>
}

/** One mail to one person, as approved. */
export interface OutgoingMail {
  /** Our own key: base32 of an HMAC, the same for the same send after any crash or restored backup. Also a file name. */
  readonly key: string
  readonly from: { readonly name: string; readonly address: string }
  /** Exactly one recipient; the envelope is this address (its `ascii` form by `parseAddress`) and nothing else. */
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  /** Null for a plain-text mail. */
  readonly html: string | null
  /** The Date header, epoch ms. */
  readonly date: number
}

export type DraftFate =
  | { readonly fate: 'sent'; readonly providerMessageId: string }
  /** Still there, not sent: it may be sent under this id. */
  | { readonly fate: 'draft'; readonly draftId: string }
  /** Proved absent: it was neither drafted nor sent. */
  | { readonly fate: 'absent' }
  /** This mailbox cannot tell. */
  | { readonly fate: 'unknown' }
