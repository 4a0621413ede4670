import type { MailboxNeed } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'

/** Asking to send is the one step after which a missing answer may mean that a mail left. */
export type GraphStep = 'prepare' | 'send'

/** What Graph answered when it did not do what it was asked. */
export interface GraphRefusal {
  readonly status: number
  /** `error.code` and the codes of its inner errors, outermost first; empty where the answer is not Graph's. */
  readonly codes: readonly string[]
  /** Null where Graph did not say how long to wait. */
  readonly retryAfterMs: number | null
  /** It wants a token with more claims (Conditional Access), which only a sign-in can bring. */
  readonly wantsClaims: boolean
  /** Microsoft's own number of this request, for its support; null where there is none. */
  readonly requestId: string | null
  /** Our own name of it; absent where there was no request. */
  readonly clientRequestId?: string
}

/** What to do: the actions of docs/providers.md §4. */
type Verdict =
  /** FAIL: this mail, for good. */
  | 'fail'
  /** BACKOFF: this mail, again later. */
  | 'again'
  /** BACKOFF or AFTER: the mailbox rests, for as long as Graph says where it says so. */
  | 'rest'
  /** TOMORROW: the mailbox rests until its 24 hours have room again. */
  | 'tomorrow'
  /** SIGNIN: the token is no good. */
  | 'sign_in'
  /** UNKNOWN: the mail may have left. */
  | 'doubt'
  /** SIGNIN: nobody but the rep or their admin can help. */
  | MailboxNeed

/** Verdict while preparing or looking, and verdict on the send call. */
type Row = readonly [prepare: Verdict, send: Verdict]

const FAIL: Row = ['fail', 'fail']
const SIGN_IN: Row = ['sign_in', 'sign_in']
const TOMORROW: Row = ['tomorrow', 'tomorrow']
const THROTTLED: Row = ['rest', 'rest']
const BUSY: Row = ['rest', 'doubt']
const UNCLEAR: Row = ['again', 'doubt']
const needs = (need: MailboxNeed): Row => [need, need]

/**
 * The table of docs/providers.md §4.2 by code, in lower case. Graph's codes come with varying statuses, so the code decides
 * first (§4.2, below the table). The codes that say nothing (`UnknownError`, `generalException`) are left to the status.
 */
const BY_CODE: Readonly<Record<string, Row>> = {
  errorinvalidrecipients: FAIL,
  errormissingrecipients: FAIL,
  errorinvalidsmtpaddress: FAIL,
  errormimecontentinvalidbase64string: FAIL,
  errormimecontentinvalid: FAIL,
  invalidinternetmessageheader: FAIL,
  invalidinternetmessageheadercollection: FAIL,
  errorinvalididmalformed: FAIL,
  badrequest: FAIL,
  invalidauthenticationtoken: SIGN_IN,
  unauthenticated: SIGN_IN,
  insufficient_claims: SIGN_IN,
  erroraccessdenied: needs('permission'),
  accessdenied: needs('permission'),
  authorization_requestdenied: needs('permission'),
  erroraccountdisabled: needs('account_blocked'),
  errorpasswordexpired: SIGN_IN,
  errorpasswordchangerequired: SIGN_IN,
  errorsendasdenied: needs('sender_not_allowed'),
  errorsubmissionquotaexceeded: TOMORROW,
  errorexceededmessagelimit: TOMORROW,
  errormessagesubmissionblocked: needs('account_blocked'),
  erroritemnotfound: UNCLEAR,
  mailboxnotenabledforrestapi: needs('no_mailbox'),
  extensionerror: needs('no_mailbox'),
  resourcenotfound: needs('no_mailbox'),
  // "Read it again; if it is still a draft, send the same one": exactly what the look-up after a doubt does.
  errorirresolvableconflict: UNCLEAR,
  errorstaleobject: UNCLEAR,
  resourcemodified: UNCLEAR,
  // Reading the inbox starts again by itself; see outlook-reader.ts.
  syncstatenotfound: UNCLEAR,
  resyncrequired: UNCLEAR,
  errormessagesizeexceeded: FAIL,
  errorrequeststreamtoobig: FAIL,
  errormailboxmoveinprogress: BUSY,
  errormailboxfailover: BUSY,
  applicationthrottled: THROTTLED,
  activitylimitreached: THROTTLED,
  errorexceededconnectioncount: THROTTLED,
  mailboxconcurrency: THROTTLED,
  errorinternalservererror: UNCLEAR,
  servicenotavailable: BUSY,
  errorserverbusy: BUSY,
  errorinternalservertransienterror: BUSY,
  errormailboxstoreunavailable: BUSY,
  errorconnectionfailed: BUSY,
  errortimeoutexpired: BUSY,
  errorinsufficientresources: BUSY,
  errorquotaexceeded: needs('mailbox_full'),
  quotalimitreached: needs('mailbox_full'),
}

const BY_STATUS: Readonly<Record<number, Row>> = {
  400: FAIL,
  401: SIGN_IN,
  403: needs('permission'),
  404: UNCLEAR,
  405: FAIL,
  406: FAIL,
  408: BUSY,
  409: UNCLEAR,
  410: UNCLEAR,
  411: FAIL,
  412: UNCLEAR,
  413: FAIL,
  414: FAIL,
  415: FAIL,
  422: FAIL,
  423: BUSY,
  429: THROTTLED,
  431: FAIL,
  // Not the whole mailbox: one mail that breaks their server would hold up all the others for ever.
  500: UNCLEAR,
  507: needs('mailbox_full'),
  509: THROTTLED,
}

/** Any other 5xx, and answers that are not Graph's: a gateway, a page of the hotel's network. */
const NOT_LISTED: Row = BUSY
const NOT_LISTED_4XX: Row = UNCLEAR

/** An answer that is not the one asked for, in the terms of `MailProvider`. */
export function outlookFailure(refusal: GraphRefusal, step: GraphStep): AppError {
  const verdict = rowOf(refusal)[step === 'send' ? 1 : 0]
  const providerCode = providerCodeOf(refusal)
  const { retryAfterMs: restMs } = refusal
  switch (verdict) {
    case 'doubt':
      return new AppError('mail.unanswered', logText(refusal), { details: { providerCode, restMs } })
    case 'sign_in':
      return new AppError('mail.signed_out', logText(refusal), { details: { providerCode } })
    case 'fail':
      return refused(refusal, { isFinal: true, scope: 'message' })
    case 'again':
      return refused(refusal, { isFinal: false, scope: 'message' })
    case 'rest':
      return refused(refusal, { isFinal: false, scope: 'mailbox', restMs, isDayLimit: false })
    case 'tomorrow':
      return refused(refusal, { isFinal: false, scope: 'mailbox', restMs, isDayLimit: true })
    default:
      return refused(refusal, { isFinal: true, scope: 'mailbox', need: verdict })
  }
}

/** About the size or the rate of what was asked: true whoever says it, Graph or something in front of it. */
const TRUE_WITHOUT_A_CODE = new Set([413, 414, 429, 431, 509])

/**
 * The most specific code that the table knows, then the status. Graph always says a code (learn.microsoft.com/graph/errors): a
 * status alone is the answer of something in between, which knows nothing of this mail or this account (reliability.md §2.4 row 29).
 */
function rowOf({ status, codes, wantsClaims }: GraphRefusal): Row {
  if (wantsClaims) return SIGN_IN
  if (codes.length === 0 && !TRUE_WITHOUT_A_CODE.has(status)) return NOT_LISTED
  for (const code of codes.toReversed()) {
    const name = code.toLowerCase()
    if (Object.hasOwn(BY_CODE, name)) return BY_CODE[name] ?? NOT_LISTED
  }
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? NOT_LISTED_4XX : NOT_LISTED)
}

/** A word, never a sentence: it may end up on the page. */
function providerCodeOf({ status, codes }: GraphRefusal): string {
  return codes.find((code) => /^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(code)) ?? String(status)
}

function logText(refusal: GraphRefusal): string {
  return `graph answered ${refusal.status} ${providerCodeOf(refusal)}, request ${refusal.requestId ?? 'unnumbered'}, ours ${refusal.clientRequestId || 'unnumbered'}`
}

function refused(refusal: GraphRefusal, details: Record<string, string | number | boolean | null>): AppError {
  return new AppError('mail.refused', logText(refusal), {
    details: { ...details, providerCode: providerCodeOf(refusal) },
  })
}

/** Waits longer than this are not believed. */
const MOST_REST_MS = 24 * 60 * 60 * 1_000

/**
 * `Retry-After` (RFC 9110 §10.2.3) as ms: seconds, or a date, which is compared with the server's own `Date` and not with
 * our clock. Null when it says nothing usable.
 */
export function retryAfterMs(retryAfter: string | null, serverNow: number | null, at: number | null): number | null {
  if (retryAfter === null) return null
  const seconds = /^\s*(\d{1,9})\s*$/.exec(retryAfter)?.[1]
  if (seconds !== undefined) return Math.min(Number(seconds) * 1_000, MOST_REST_MS)
  return serverNow === null || at === null ? null : Math.min(Math.max(0, at - serverNow), MOST_REST_MS)
}

/** Node's codes of docs/providers.md §4.4 after which surely nothing was asked, and why, for the sentence on the page. */
const NEVER_ASKED: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no_name',
  EAI_AGAIN: 'no_name',
  ECONNREFUSED: 'no_connection',
  ENETUNREACH: 'no_connection',
  EHOSTUNREACH: 'no_connection',
  ENETDOWN: 'no_connection',
  EADDRNOTAVAIL: 'no_connection',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
}
const UNTRUSTED = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT|HOSTNAME_MISMATCH)/
const NO_TLS = /^ERR_TLS/
/** Also seen in the middle of a connection, when a mail may already be on its way. */
const BROKEN_TLS = /^(?:ERR_SSL|EPROTO)/

const TIMED_OUT = new Set(['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/**
 * A request that got no answer at all (docs/providers.md §4.4). `isStopped`: we stopped it ourselves. On the send call
 * everything but "there was never a connection" is a doubt; elsewhere nothing can have left.
 */
export function networkFailure(error: unknown, step: GraphStep, isStopped: boolean): AppError {
  const reason = reasonNeverAsked(error)
  if (reason !== null) return unreachable(reason, error)
  if (step === 'send') {
    return new AppError('mail.unanswered', 'no answer after the send was asked for', {
      details: { providerCode: null, restMs: null },
      cause: error,
    })
  }
  if (isStopped) return unreachable('stopped', error)
  const names = namesOf(error)
  if (names.some((name) => BROKEN_TLS.test(name))) return unreachable('no_tls', error)
  return unreachable(names.some((name) => TIMED_OUT.has(name)) ? 'timeout' : 'no_connection', error)
}

/** "It never came to a request; surely nothing was sent." */
export function unreachable(reason: string, cause?: unknown): AppError {
  return new AppError('mail.unreachable', `never came to a request: ${reason}`, { details: { reason }, cause })
}

function reasonNeverAsked(error: unknown): string | null {
  for (const name of namesOf(error)) {
    if (Object.hasOwn(NEVER_ASKED, name)) return NEVER_ASKED[name] ?? null
    if (UNTRUSTED.test(name)) return 'untrusted'
    if (NO_TLS.test(name)) return 'no_tls'
  }
  return null
}

/** Names and codes of an error and of what caused it: Node's fetch hides the code in `cause`. */
function namesOf(error: unknown): string[] {
  const names: string[] = []
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code, syscall } = cause as { code?: unknown; syscall?: unknown }
    names.push(cause.name)
    // A connection that never came about; the same code later on means that one was lost.
    if (code === 'ETIMEDOUT' && syscall === 'connect') names.push('UND_ERR_CONNECT_TIMEOUT')
    else if (typeof code === 'string') names.push(code)
  }
  return names
}
