/**
 * How the fake Microsoft treats one operation. A mood says when it acts, if at all, and what the client hears of it. The
 * numbers are sections of docs/providers.md.
 */
export interface Mood {
  /** `at once`; `later`: when the client has gone away; `not` at all. */
  readonly acts: 'at once' | 'later' | 'not'
  /** `good`: as documented; `none`: the connection is cut; `held`: silence until the test releases it. */
  readonly answers: 'good' | 'none' | 'held' | GraphRefusalAnswer
  /** Sent beside a good answer as well. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface GraphRefusalAnswer {
  readonly status: number
  /** Graph's error body; without a code: the page of a gateway. */
  readonly code?: string
  readonly innerCode?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const OPERATIONS = [
  'token',
  'me',
  'folder',
  'draft',
  'reply',
  'update',
  'send',
  'get',
  'list',
  'delete',
  'delta',
  'value',
  'files',
  'attach',
  'session',
  'piece',
  'detach',
] as const
export type Operation = (typeof OPERATIONS)[number]

const refuses = (status: number, code?: string, headers?: Record<string, string>): Mood => ({
  acts: 'not',
  answers: { status, ...(code === undefined ? {} : { code }), ...(headers === undefined ? {} : { headers }) },
})

export const MOODS = {
  /** As documented. */
  'answers well': { acts: 'at once', answers: 'good' },
  /** §4.4, "may have been sent": ECONNRESET. Here it was not. */
  'drops before acting': { acts: 'not', answers: 'none' },
  /** §4.4, "may have been sent": ECONNRESET. Here it was. */
  'acts and drops': { acts: 'at once', answers: 'none' },
  /** A slow server; the client's time-out decides. */
  'acts and is silent': { acts: 'at once', answers: 'held' },
  'is silent and does nothing': { acts: 'not', answers: 'held' },
  /** Slow 504 of reliability.md §2.4 row 24: accepted after the client has gone. */
  'acts when the client has gone': { acts: 'later', answers: 'held' },
  /** learn Q&A 2286986: four 504 retries were four mails delivered. */
  'acts and answers 504': { acts: 'at once', answers: { status: 504 } },
  /** §4.2: UnknownError with 500. */
  'acts and answers 500': { acts: 'at once', answers: { status: 500, code: 'UnknownError' } },
  /** concepts/throttling.md: 429 with Retry-After in seconds. */
  'throttles for 120 s': refuses(429, 'ApplicationThrottled', { 'retry-after': '120' }),
  /** §3.2: MailboxConcurrency, seen without a Retry-After. */
  'throttles without saying how long': refuses(429, 'ApplicationThrottled'),
  /** msgraph-sdk-java#1487: 202 with Retry-After was accepted all the same. */
  'acts and asks to slow down': { acts: 'at once', answers: 'good', headers: { 'retry-after': '30' } },
  /** concepts/errors.md: the token has expired or was revoked. */
  'refuses the token': refuses(401, 'InvalidAuthenticationToken'),
  /** Continuous access evaluation: errors.md, `insufficient_claims`. */
  'wants more claims': refuses(401, 'InvalidAuthenticationToken', {
    'www-authenticate': 'Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="',
  }),
  /** §4.2: permission withdrawn. */
  'denies access': refuses(403, 'ErrorAccessDenied'),
  'says the account is disabled': refuses(403, 'ErrorAccountDisabled'),
  'says the password has expired': refuses(403, 'ErrorPasswordExpired'),
  /** EWS responsecode.md. */
  'does not allow this sender': refuses(403, 'ErrorSendAsDenied'),
  /** Also EWS: the limit of recipients in 24 hours. */
  'reached its daily limit': refuses(429, 'ErrorSubmissionQuotaExceeded'),
  'reached its message limit': refuses(403, 'ErrorExceededMessageLimit'),
  /** Outlook.com's "verify your account". */
  'wants the account verified': refuses(403, 'ErrorMessageSubmissionBlocked'),
  'refuses the recipient': refuses(400, 'ErrorInvalidRecipients'),
  'calls it a bad request': refuses(400, 'BadRequest'),
  'has no such item': refuses(404, 'ErrorItemNotFound'),
  /** errors.md: an account without Exchange Online. */
  'has no mailbox': refuses(404, 'MailboxNotEnabledForRESTAPI'),
  'has a conflict': refuses(409, 'ErrorIrresolvableConflict'),
  'has forgotten the state': refuses(410, 'syncStateNotFound'),
  'calls it our bug': refuses(415, 'UnsupportedMediaType'),
  'calls it too large': refuses(413, 'ErrorMessageSizeExceeded'),
  'moves the mailbox': refuses(423, 'ErrorMailboxMoveInProgress'),
  breaks: refuses(500, 'ErrorInternalServerError'),
  'is not available': refuses(503, 'serviceNotAvailable', { 'retry-after': '60' }),
  'is busy': refuses(503, 'ErrorServerBusy'),
  'has a bad gateway': refuses(502),
  'has a gateway time-out': refuses(504),
  'has no room left': refuses(507, 'ErrorQuotaExceeded'),
  'has no bandwidth left': refuses(509, undefined, { 'retry-after': '300' }),
  /** A captive portal: reliability.md §2.4 row 29. */
  'shows the page of a hotel': refuses(200),
  /** The same with a status of its own: a proxy or a portal refuses in Graph's place. */
  'is kept away by a page with 400': refuses(400),
  'is kept away by a page with 401': refuses(401),
  'is kept away by a page with 403': refuses(403),
  'is kept away by a page with 404': refuses(404),
  'is kept away by a page with 507': refuses(507),
} satisfies Record<string, Mood>

export type MoodName = keyof typeof MOODS

/** Answers of the token endpoint (§1.2, "How silent refresh fails"). */
export const TOKEN_REFUSALS = {
  /** AADSTS700082: not used for 90 days. */
  inactive: { status: 400, error: 'invalid_grant', number: 700082 },
  /** AADSTS50173: revoked, or the password was changed. */
  revoked: { status: 400, error: 'invalid_grant', number: 50173 },
  'bad token': { status: 400, error: 'invalid_grant', number: 70000, suberror: 'bad_token' },
  'consent withdrawn': { status: 400, error: 'invalid_grant', number: 65001, suberror: 'consent_required' },
  /** AADSTS50076: multi-factor. */
  'wants a second factor': { status: 400, error: 'interaction_required', number: 50076 },
  'unknown client': { status: 400, error: 'unauthorized_client', number: 700016 },
  unavailable: { status: 503, error: 'temporarily_unavailable', number: 90033 },
  throttled: { status: 429, error: 'temporarily_unavailable', number: 50196 },
} as const satisfies Record<string, TokenRefusal>

export type TokenRefusalName = keyof typeof TOKEN_REFUSALS

export interface TokenRefusal {
  readonly status: number
  readonly error: string
  readonly number: number
  readonly suberror?: string
}
