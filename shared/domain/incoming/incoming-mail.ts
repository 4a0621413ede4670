/** What comes back: one received mail as the rules look at it, and what they say of it. Plain values throughout. */
import { parseAddress } from '../address.ts'

/** A received mail, read from its bytes. All of it was written by strangers; every text is cut to a bounded length. */
export interface IncomingMail {
  /** Lower case, without name; empty when it comes from nobody, as bounces do. */
  readonly from: string
  /** To and Cc, lower case, without names. */
  readonly to: readonly string[]
  readonly subject: string
  /** Epoch ms, the provider's time rather than the mail's own Date. */
  readonly receivedAt: number
  /** The provider's; null where it knows none. */
  readonly threadId: string | null
  /** With brackets; empty when there is none. */
  readonly messageId: string
  /** Message-IDs of In-Reply-To and References with brackets, the one it answers first. */
  readonly refersTo: readonly string[]
  /** The first of each header the rules look at, by its lower-case name; see `KEPT_HEADERS`. */
  readonly headers: Readonly<Partial<Record<KeptHeader, string>>>
  /** What the sender wrote: without quotes, signature and the footers of phones. */
  readonly newText: string
  /** With quotes and signature. */
  readonly text: string
  readonly report: DeliveryReport | null
  /** From one of the mailbox's own addresses: it never counts. */
  readonly isFromSelf: boolean
}

/** What a server says about one mail of ours (RFC 3464). Forgeable: to be believed only about an address we mailed. */
export interface DeliveryReport {
  /** A report as RFC 3464 has it, Google's header, the words of an old server; or a complaint (RFC 5965). */
  readonly source: 'dsn' | 'header' | 'prose' | 'feedback'
  /** Lower case; null when it names none. */
  readonly failedAddress: string | null
  /** Lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`; empty when it says none. Of a complaint: its type. */
  readonly action: string
  /** `5.1.1`; null when it gives none. */
  readonly status: string | null
  /** What the remote server answered, one line; empty when it is not told. */
  readonly diagnosticCode: string
  /** The Message-ID, with brackets, of the mail that did not arrive. */
  readonly originalMessageId: string | null
  /** Our own key, from the copy of our mail that came back. */
  readonly originalKey: string | null
}

export const KEPT_HEADERS = [
  'auto-submitted',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'precedence',
  'return-path',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-failed-recipients',
] as const
export type KeptHeader = (typeof KEPT_HEADERS)[number]

/** One mail of ours that something may have come back for. */
export interface SentCandidate {
  readonly sendId: number
  readonly key: string
  /** The Message-ID under which it left, with brackets; null while it is not known. */
  readonly messageId: string | null
  readonly threadId: string | null
  /** Its one recipient. */
  readonly to: string
  readonly subject: string
  /** Epoch ms; of one in doubt, when its provider was asked. */
  readonly sentAt: number
  /**
   * Nobody knows whether it left. Only what names this very mail is about it, and proves that it did; `threadId` is that of
   * a thread which it would have begun.
   */
  readonly isInDoubt: boolean
}

/** The link between a received mail and a send, the surest first; `company` is somebody else of the same domain. */
export type MatchHow = 'key' | 'original_id' | 'reference' | 'thread' | 'failed_address' | 'sender' | 'company'

export interface IncomingMatch {
  readonly candidate: SentCandidate
  readonly how: MatchHow
}

/** Why a verdict was given: codes, and header facts of one word. Never a word of what somebody wrote. */
export interface Evidence {
  readonly rule: EvidenceRule
  /** How the mail was linked to a send; null: not at all. */
  readonly how: MatchHow | null
  /** The enhanced status code of a bounce. */
  readonly status?: string
  /** The header that decided, and the first word of its value. */
  readonly header?: KeptHeader
  readonly value?: string
  /** The language of the words that decided. */
  readonly language?: Language
}

export type EvidenceRule =
  | 'dsn'
  | 'failed_recipients'
  | 'bounce_text'
  | 'dsn_not_failed'
  | 'dsn_untrusted'
  | 'complaint'
  | 'complaint_untrusted'
  | 'feedback_only'
  | 'auto_header'
  | 'auto_subject'
  | 'read_receipt'
  | 'unsubscribe_mail'
  | 'opt_out_words'
  | 'reply'
  /** It could not be opened: only what the list says of it is known. */
  | 'unopened'
  | 'self'
  | 'mailing_list'
  | 'unrelated'

export type Language = 'en' | 'de' | 'fr' | 'es' | 'nl' | 'it'

/** `blocked`: refused by policy; the address is not to blame. */
export type BounceSeverity = 'hard' | 'soft' | 'blocked'

/** What a bounce says about the rep's own account rather than about the recipient (providers.md §4.3). */
export type AccountProblem =
  /** The mailbox has sent all it may for now: rest until the 24-hour window has room. */
  | 'day_limit'
  /** The organisation has sent all it may for now: all its mailboxes rest. */
  | 'tenant_limit'
  /** The account or its tenant may not send: an admin must act. */
  | 'restricted'
  /** The sending domain lacks SPF, DKIM or DMARC: a warning. */
  | 'authentication'

export type IncomingVerdict =
  | {
      readonly kind: 'bounced'
      readonly severity: BounceSeverity
      /** An address we mailed, in lower case. */
      readonly failedAddress: string
      readonly status: string | null
      readonly concerns: 'recipient' | 'our_account'
      /** Null exactly when it concerns the recipient. */
      readonly accountProblem: AccountProblem | null
      readonly evidence: Evidence
    }
  | {
      readonly kind: 'auto_replied'
      /** Start of the day on which the person is back, epoch ms; null when the text does not say it clearly. */
      readonly returnsAt: number | null
      /** The person no longer works there, or the address is no longer read. */
      readonly hasLeft: boolean
      readonly evidence: Evidence
    }
  /** Not sure: no mail of ours to this address is known, or a colleague asked. */
  | { readonly kind: 'opted_out'; readonly isSure: boolean; readonly evidence: Evidence }
  /** `maybeOptOut`: the words of an opt-out are in it, but not clearly meant as one; the rep is asked. */
  | { readonly kind: 'replied'; readonly maybeOptOut: boolean; readonly evidence: Evidence }
  | { readonly kind: 'other'; readonly evidence: Evidence }

/** The person behind an address as others wrote it: see `Address.identity`. Null when it is no address we could mail. */
export function identityOfText(address: string): string | null {
  const parsed = parseAddress(address)
  return parsed.ok ? parsed.address.identity : null
}

/** Is it an address from which servers, not people, write about mail that did not arrive? Empty counts: nobody. */
export function isBounceSender(from: string): boolean {
  return from === '' || BOUNCE_SENDER.test(from)
}

const BOUNCE_SENDER =
  /^(?:nobody@(?:gmail|googlemail)\.com$|(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|microsoftexchange[0-9a-z]*)(?:@|$))/i
