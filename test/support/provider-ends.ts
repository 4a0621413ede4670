/** What providers.md §4 and §5 want of every mood, at every step, as the rep sees it. */
import type { MailboxNeed } from '#shared/domain/taxonomy'
import type { MoodName, TOKEN_REFUSALS } from '#test/fakes/graph-moods'
import type { GMAIL_MOODS, GOOGLE_TOKEN_MOODS } from './provider-gmail.ts'
import type { MICROSOFT_TOKEN_MOODS } from './provider-outlook.ts'

export type End =
  /** It leaves as if nothing had happened. */
  | { readonly end: 'sent' }
  /** It leaves, and then the mailbox is left alone for so long, ms. */
  | { readonly end: 'sent, then rests'; readonly ms: number }
  /** BACKOFF and AFTER: the mailbox rests for so long, ms; then the mail goes. */
  | { readonly end: 'rests'; readonly ms: number }
  /** TOMORROW: the mailbox rests until its 24 hours have room again. */
  | { readonly end: 'rests until the window rolls' }
  /** BACKOFF of this mail alone. */
  | { readonly end: 'tried again' }
  /** SIGNIN. */
  | { readonly end: 'needs'; readonly need: MailboxNeed }
  /** FAIL. */
  | { readonly end: 'failed' }
  /** UNKNOWN: nobody knows at first whether it left. `restMs`: how long the mailbox rests beside. */
  | { readonly end: 'in doubt'; readonly hasLeft: boolean; readonly restMs?: number }

export interface Ends {
  /** While a draft is made, or something is read. */
  readonly ask: End
  readonly send: End
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** The first pause of a mailbox, unless its provider wants a longer one. */
const PAUSE = 2 * MINUTE

const both = (end: End): Ends => ({ ask: end, send: end })
const rests = (ms = PAUSE): End => ({ end: 'rests', ms })
const needs = (need: MailboxNeed): Ends => both({ end: 'needs', need })
const doubt = (hasLeft: boolean): End => ({ end: 'in doubt', hasLeft })

const SENT: Ends = both({ end: 'sent' })
const FAILED: Ends = both({ end: 'failed' })
const WINDOW: End = { end: 'rests until the window rolls' }
const AGAIN: End = { end: 'tried again' }
/** No clear answer: harmless before the send, a doubt in it. */
const LOST: Ends = { ask: rests(), send: doubt(false) }
const LOST_BUT_DONE: Ends = { ask: rests(), send: doubt(true) }

/** providers.md §4.1. */
export const GMAIL_ENDS: Readonly<Record<keyof typeof GMAIL_MOODS, Ends>> = {
  'answers well': SENT,
  'is slow': SENT,
  'drops before acting': LOST,
  'acts and drops': LOST_BUT_DONE,
  'acts and breaks off': LOST_BUT_DONE,
  'is silent and does nothing': LOST,
  'acts and is silent': LOST_BUT_DONE,
  'acts when the client has gone': LOST_BUT_DONE,
  'acts and answers 503': LOST_BUT_DONE,
  'shows the page of a hotel': LOST,
  pageWith400: LOST,
  pageWith401: LOST,
  pageWith403: LOST,
  pageWith404: LOST,
  redirects: LOST,
  'does not show the sent mail yet': SENT,
  'still shows the draft': SENT,
  badRequest: FAILED,
  invalidTo: FAILED,
  noRecipient: FAILED,
  noMailService: needs('no_mailbox'),
  precondition: needs('no_mailbox'),
  invalidCredentials: needs('sign_in'),
  dailyLimit: both(WINDOW),
  userRate: both(rests()),
  rate: both(rests()),
  quota: both(rests()),
  domainPolicy: needs('admin'),
  permissions: needs('permission'),
  scope: needs('permission'),
  notConfigured: needs('configuration'),
  disabled: needs('configuration'),
  delegation: needs('configuration'),
  forbidden: both(rests()),
  notFound: { ask: { end: 'failed' }, send: doubt(false) },
  timeout: LOST,
  conflict: LOST,
  tooLarge: FAILED,
  unsupported: FAILED,
  concurrent: both(rests()),
  tooMany: both(rests()),
  tooManyFor10Minutes: both(rests(10 * MINUTE)),
  limitReached: { ask: rests(9 * HOUR), send: WINDOW },
  tooManyRetryAfter: both(rests()),
  internal: LOST,
  badGateway: LOST,
  unavailable: LOST,
  gatewayTimeout: LOST,
}

/** providers.md §4.1, below the table. Before the send and in it: a refused token sent nothing. */
export const GOOGLE_TOKEN_ENDS: Readonly<Record<keyof typeof GOOGLE_TOKEN_MOODS, End>> = {
  'answers well': { end: 'sent' },
  'drops before acting': rests(),
  'acts and drops': rests(),
  'is silent and does nothing': rests(),
  'shows the page of a hotel': rests(),
  pageWith400: rests(),
  pageWith401: rests(),
  pageWith403: rests(),
  pageWith404: rests(),
  invalidGrant: { end: 'needs', need: 'sign_in' },
  reauth: { end: 'needs', need: 'sign_in' },
  invalidClient: { end: 'needs', need: 'configuration' },
  unauthorizedClient: { end: 'needs', need: 'configuration' },
  deletedClient: { end: 'needs', need: 'configuration' },
  noSecret: { end: 'needs', need: 'configuration' },
  adminPolicy: { end: 'needs', need: 'admin' },
  internal: rests(),
  unavailable: rests(),
}

/** providers.md §4.2. */
export const OUTLOOK_ENDS: Readonly<Record<MoodName, Ends>> = {
  'answers well': SENT,
  'drops before acting': LOST,
  'acts and drops': LOST_BUT_DONE,
  'acts and is silent': LOST_BUT_DONE,
  'is silent and does nothing': LOST,
  'acts when the client has gone': LOST_BUT_DONE,
  'acts and answers 504': LOST_BUT_DONE,
  'acts and answers 500': { ask: AGAIN, send: doubt(true) },
  'throttles for 120 s': both(rests()),
  'throttles without saying how long': both(rests()),
  'acts and asks to slow down': { ask: { end: 'sent' }, send: { end: 'sent, then rests', ms: PAUSE } },
  'refuses the token': needs('sign_in'),
  'wants more claims': needs('sign_in'),
  'denies access': needs('permission'),
  'says the account is disabled': needs('account_blocked'),
  'says the password has expired': needs('sign_in'),
  'does not allow this sender': needs('sender_not_allowed'),
  'reached its daily limit': both(WINDOW),
  'reached its message limit': both(WINDOW),
  'wants the account verified': needs('account_blocked'),
  'refuses the recipient': FAILED,
  'calls it a bad request': FAILED,
  'has no such item': { ask: AGAIN, send: doubt(false) },
  'has no mailbox': needs('no_mailbox'),
  'has a conflict': { ask: AGAIN, send: doubt(false) },
  'has forgotten the state': { ask: AGAIN, send: doubt(false) },
  'calls it our bug': FAILED,
  'calls it too large': FAILED,
  'moves the mailbox': LOST,
  breaks: { ask: AGAIN, send: doubt(false) },
  'is not available': { ask: rests(), send: { end: 'in doubt', hasLeft: false, restMs: PAUSE } },
  'is busy': LOST,
  'has a bad gateway': LOST,
  'has a gateway time-out': LOST,
  'has no room left': needs('mailbox_full'),
  'has no bandwidth left': both(rests(5 * MINUTE)),
  'shows the page of a hotel': LOST,
  'is kept away by a page with 400': LOST,
  'is kept away by a page with 401': LOST,
  'is kept away by a page with 403': LOST,
  'is kept away by a page with 404': LOST,
  'is kept away by a page with 507': LOST,
}

/** providers.md §1.2, "How silent refresh fails". */
export const MICROSOFT_REFUSAL_ENDS: Readonly<Record<keyof typeof TOKEN_REFUSALS, End>> = {
  inactive: { end: 'needs', need: 'sign_in' },
  revoked: { end: 'needs', need: 'sign_in' },
  'bad token': { end: 'needs', need: 'sign_in' },
  'consent withdrawn': { end: 'needs', need: 'sign_in' },
  'wants a second factor': { end: 'needs', need: 'sign_in' },
  'unknown client': { end: 'needs', need: 'configuration' },
  unavailable: rests(),
  throttled: rests(),
}

export const MICROSOFT_TOKEN_ENDS: Readonly<Record<(typeof MICROSOFT_TOKEN_MOODS)[number], End>> = {
  'answers well': { end: 'sent' },
  'drops before acting': rests(),
  'acts and drops': rests(),
  'shows the page of a hotel': rests(),
  'is kept away by a page with 400': rests(),
  'is kept away by a page with 401': rests(),
  'is kept away by a page with 403': rests(),
  'is not available': rests(),
  'has a bad gateway': rests(),
}
