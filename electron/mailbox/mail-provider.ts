import type { LookPlace, MailboxKind } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'

/**
 * A mailbox to send from: practice, SMTP, Gmail and Outlook.
 *
 * A provider asks once and reports what it heard. It never retries, never waits, never reads the clock and keeps
 * nothing between calls: those rules belong to the engine, where they are written once and tested without a network.
 * Every method stops soon after `signal` aborts.
 *
 * Failures are `AppError`s with one of five codes; anything else counts as `mail.unanswered`:
 * - `mail.refused`: the provider said clearly that nothing was sent. `details.isFinal` tells whether asking again can
 *   help; `details.providerCode` is its number ("550 5.1.1") or word ("rateLimitExceeded") or null, never its text;
 *   `details.scope` is `message` or `mailbox`. Final for a mailbox means that the rep or their admin must act, and
 *   `details.need` is a `MailboxNeed` (never `sign_in`); not final for a mailbox means that it should rest: for `details.restMs` where the
 *   provider said how long (ms; null: it did not), or until its 24-hour window has room again where `details.isDayLimit`
 *   (`details.limitOf`: `tenant` or `app` where it holds for the whole organisation, or for every mailbox of this kind).
 *   Neither is this mail's fault, unless `details.isServerFault`: the server broke over what was asked, which one mail may cause.
 *   `details.isUnsent`: its draft was seen just now, and has not left.
 * - `mail.unreachable`: it never came to a request; surely nothing was sent. `details.reason` is `no_name`,
 *   `no_connection`, `timeout`, `no_tls`, `untrusted` (its certificate), `not_encrypted` (we demand TLS), `folder`
 *   (practice: disk or rights) or `stopped` (by us).
 * - `mail.signed_out`: the password or token was not accepted; surely nothing was sent. `details.providerCode`.
 * - `mail.invalid`: this mail cannot be written safely and never will be; surely nothing was sent. `details.field`.
 * - `mail.unanswered`: asked, and no clear answer: the mail may have left. Also before the send was asked for, where the draft
 *   is gone and may have been sent by hand.
 */
export interface MailProvider {
  readonly kind: MailboxKind

  /** How `findDraft` proves what became of a mail; null where it cannot (SMTP without IMAP): doubts are the rep's then. */
  readonly proof: ProofTimes | null

  /** Its drafts lie in the mailbox, where the rep can send one by hand while its send waits. */
  readonly hasVisibleDrafts: boolean

  /** Where `findDraft` looks; empty where it cannot. */
  readonly looksAt: readonly LookPlace[]

  /** Incoming and sent mail; null where it cannot be read (no permission, no IMAP): answers go unnoticed then. */
  readonly reader: MailReader | null

  /**
   * Prepares the mail under its key; sends nothing. `draftId` is opaque and all that a later run has. Safe to repeat:
   * where the provider keeps no key of ours (Gmail, Outlook) a lost answer may leave a second draft behind, which
   * `strayDrafts` finds; everywhere else the same key gives the same draft.
   */
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
  ): Promise<AcceptedMail>

  /** A provider that keeps a mail and sends it by itself, with our machine switched off; null where there is no such thing. */
  readonly holding: MailHolding | null

  /** What became of a mail whose sending was never confirmed. Safe to repeat. A failed look-up throws: it is not "absent". */
  findDraft(key: string, draftId: string | null, signal: AbortSignal): Promise<DraftFate>

  /** Throws away a draft that will not be sent. Safe to repeat; a draft that is gone is no error. */
  deleteDraft(draftId: string, signal: AbortSignal): Promise<void>

  /** Drafts that carry a key of ours, whoever wrote the rest of the folder; what no send waits for may be thrown away. */
  strayDrafts(signal: AbortSignal): Promise<readonly { readonly key: string; readonly draftId: string }[]>

  /** Every address that this account sends and receives under, as far as the provider tells; empty where it cannot. */
  ownAddresses(signal: AbortSignal): Promise<readonly string[]>

  /** Signs in once, sending nothing. Fails with the same codes. */
  check(signal: AbortSignal): Promise<CheckedMailbox>
}

/** Mail that the provider holds until its time (Exchange). */
export interface MailHolding {
  /**
   * Like `sendDraft`, and NOT safe to repeat either: the provider will send it at `leavesAt` (epoch ms), unless it is taken
   * back before. Whatever does not end in a clear refusal may mean that it is held. `left`: it had left already, by hand.
   */
  handOver(
    draftId: string,
    mail: OutgoingMail,
    when: { readonly leavesAt: number; readonly beforeFirstByte: () => boolean },
    signal: AbortSignal,
  ): Promise<{ readonly left: AcceptedMail | null; readonly restMs: number | null }>

  /** Throws away what is held, so that it does not leave. Safe to repeat. */
  takeBack(key: string, draftId: string, signal: AbortSignal): Promise<TakenBack>

  /** Everything with a key of ours that is held now. */
  listHeld(
    signal: AbortSignal,
  ): Promise<readonly { readonly key: string; readonly draftId: string; readonly leavesAt: number }[]>
}

export type TakenBack =
  | { readonly fate: 'taken_back' }
  /** Too late. */
  | (DraftFate & { readonly fate: 'sent' })
  /** It is not to be seen whether that worked. */
  | { readonly fate: 'unknown' }

/** What signing in has shown. */
export interface CheckedMailbox {
  /** The largest mail that the server announces, encoded; null: it announces none. */
  readonly mostMailBytes: number | null
}

/** How long to wait before a look-up proves something; the engine waits, the adapter only looks. All ms. */
export interface ProofTimes {
  /** Not looked at before this long after the send was asked for. */
  readonly firstLookMs: number
  /** A draft that is still there proves "not sent" after this long … */
  readonly draftAgeMs: number
  /** … when this many looks in a row, `betweenLooksMs` apart, agree. */
  readonly draftLooks: number
  readonly betweenLooksMs: number
  /** After this long without a trace the rep decides. */
  readonly giveUpMs: number
}

/** A mail that was sent. Ids are the provider's, opaque. */
export interface SentMail {
  readonly providerMessageId: string
  /** Null where the provider knows no threads. */
  readonly threadId: string | null
  /** The Message-ID under which it really left, with its brackets; null while it is not known: see `MailReader.readSent`. */
  readonly messageId: string | null
}

/** By what a mail will be known once it has left; null where the provider says that only then. */
export type MailTraces = { readonly [Name in keyof SentMail]: SentMail[Name] | null }

/** What a provider says when it takes a mail. */
export interface AcceptedMail extends SentMail {
  /** It took the mail and wants to be left alone for so long, ms (Outlook); the mailbox should rest. */
  readonly restMs?: number
}

/** The reading half of a mailbox. Nothing here changes anything. */
export interface MailReader {
  /**
   * Mail that arrived after `cursor`, oldest first and a page at a time: ask again while `isMore`. Without a cursor, or when
   * the provider has forgotten it, everything that arrived since `since` (epoch ms) comes, some of it perhaps again.
   * Drafts and the rep's own sent mail are left out; spam is not.
   */
  changesSince(
    from: { readonly cursor: string | null; readonly since: number },
    signal: AbortSignal,
  ): Promise<MailChanges>

  /** The whole mail as it arrived, cut off after `mostBytes`; null when it is gone. */
  readMail(providerMessageId: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array | null>

  /** What an answer to this mail would name, whether it has left or not. Asks nobody. */
  tracesOf(key: string, draftId: string | null): MailTraces

  /** Under which Message-ID and thread a mail of ours really left; null when it is gone. */
  readSent(providerMessageId: string, signal: AbortSignal): Promise<SentMail | null>

  /**
   * A mail of ours to the mailbox's own address, as it came in: in the inbox or, if not there, in the spam folder. Null while
   * it is in neither.
   */
  findReceived(mail: OwnMail, signal: AbortSignal): Promise<ReceivedMail | null>

  /** Everything that left this mailbox since `since` (epoch ms), by whatever program. At most `most`, newest first. */
  sentSince(since: number, most: number, signal: AbortSignal): Promise<readonly SentRecord[]>

  /**
   * The same for a stretch of the past, `since` up to but not including `before` (epoch ms). As many as `most` may mean that
   * there is more.
   */
  sentBetween(
    span: { readonly since: number; readonly before: number },
    most: number,
    signal: AbortSignal,
  ): Promise<readonly SentRecord[]>
}

/** By what a mail of ours is known. */
export interface OwnMail {
  readonly key: string
  /** Null where it is not known whether it left. */
  readonly providerMessageId: string | null
  /** With brackets; null where the provider did not tell. */
  readonly messageId: string | null
}

export interface ReceivedMail {
  readonly place: 'inbox' | 'spam'
  /** Epoch ms. */
  readonly receivedAt: number
}

export interface MailChanges {
  readonly heads: readonly MailHead[]
  /**
   * Mails of this page that the mailbox has and cannot tell of, though it answers otherwise. Who keeps the cursor leaves them
   * behind for good. Where none of several can be told of, the mailbox is at fault, and that is thrown instead.
   */
  readonly unlisted: readonly UnlistedMail[]
  /** Opaque; to be kept once everything of this page has had its effect. */
  readonly cursor: string
  readonly isMore: boolean
}

export interface UnlistedMail {
  readonly providerMessageId: string
  /** Epoch ms; null where not even that is told. */
  readonly receivedAt: number | null
  readonly failure: AppError
}

/** What a list says of a mail, without opening it. */
export interface MailHead {
  readonly providerMessageId: string
  readonly threadId: string | null
  /** Epoch ms. */
  readonly receivedAt: number
  /** Lower case, without name; empty when there is none (a bounce may come from nobody). */
  readonly from: string
  readonly subject: string
  /** With brackets; empty where the list does not tell. */
  readonly messageId: string
  /** The Message-IDs of In-Reply-To and References, with brackets; empty where there are none or the list does not tell. */
  readonly refersTo: readonly string[]
}

export interface SentRecord {
  readonly providerMessageId: string
  readonly threadId: string | null
  /** Epoch ms. */
  readonly sentAt: number
  /** Every recipient, lower case. */
  readonly to: readonly string[]
  /** Our key where it carries one: a mail of ours. */
  readonly key: string | null
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
  /** In the order in which they are shown. */
  readonly attachments: readonly OutgoingFile[]
  /** The Date header, epoch ms. */
  readonly date: number
  /** The mail of ours that this one follows in the same thread; null for a first mail. */
  readonly follows: Followed | null
  /** Carries `List-Unsubscribe: <mailto:…>` (RFC 2369) to the sender's own address. */
  readonly hasUnsubscribe: boolean
}

/** A file as it leaves: under this name, byte for byte. */
export interface OutgoingFile {
  /** By `safeFileName`. */
  readonly name: string
  /** SHA-256 of the bytes, lower-case hex: bytes that have changed on our disk never leave. */
  readonly hash: string
  readonly bytes: Uint8Array
}

/** Where a follow-up belongs. Its subject must be the first one's, with "Re: " (Gmail starts a new thread otherwise). */
export interface Followed {
  readonly providerMessageId: string
  readonly threadId: string | null
  /** Message-IDs of the thread so far, first to last, with brackets. At least one. */
  readonly messageIds: readonly string[]
}

export type DraftFate =
  /** `sentAt` epoch ms, where the provider tells. */
  | ({ readonly fate: 'sent'; readonly sentAt?: number } & SentMail)
  /** Still there, not sent: it may be sent under this id. */
  | { readonly fate: 'draft'; readonly draftId: string }
  /** Proved absent: it was neither drafted nor sent. */
  | { readonly fate: 'absent' }
  /** No trace yet, or this mailbox cannot tell: a mail may be somewhere that was not found. */
  | { readonly fate: 'unknown'; readonly why?: 'leaving' | 'thrown_away' }

/** Is one mail at fault, as far as a failure to read it tells, rather than the mailbox, the way to it or our own disk? */
export function isOfOneMail(error: unknown): boolean {
  if (!(error instanceof AppError)) return true
  if (error.code === 'mail.refused')
    return error.details['scope'] !== 'mailbox' || error.details['isServerFault'] === true
  return error.code === 'mail.unanswered' || error.code === 'mail.invalid'
}
