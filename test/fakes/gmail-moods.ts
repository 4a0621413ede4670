/**
 * How a fake Google treats the next requests of one kind. Each mood names the behaviour it imitates; "providers.md" is the
 * collection of facts this is built on.
 */
export interface Mood {
  /** Is the request carried out? */
  readonly does: 'it' | 'nothing' | 'it once the client has gone'
  /**
   * What the client gets: the result; another answer; a connection that is cut, before or in the middle of the answer;
   * nothing at all; the result after `letGo()`.
   */
  readonly gives: 'the result' | 'a cut' | 'half the result' | 'nothing' | 'the result when let go' | Answering
  /** What a look-up shows: everything; not yet what was sent lately; still the draft that was sent. */
  readonly shows?: 'not yet the sent mail' | 'still the draft'
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** By the clock of the server, epoch ms. */
export type Answering = (now: number) => Answer

/** Carried out and answered. */
export const FINE: Mood = { does: 'it', gives: 'the result' }

/** A slow server: carried out at once, answered after `letGo()`. */
export const SLOW: Mood = { does: 'it', gives: 'the result when let go' }

/** A connection reset on the way there (providers.md §4.4: ECONNRESET, "may have been sent", and was not). */
export const DROPS_BEFORE: Mood = { does: 'nothing', gives: 'a cut' }
/** A connection reset on the way back: the same error, and it was sent (providers.md §4.4). */
export const DROPS_AFTER: Mood = { does: 'it', gives: 'a cut' }
/** The answer breaks off in the middle (ERR_STREAM_PREMATURE_CLOSE, providers.md §4.4). */
export const DROPS_IN_ANSWER: Mood = { does: 'it', gives: 'half the result' }
/** Never answers and never did anything (TimeoutError, providers.md §4.4). */
export const SILENT: Mood = { does: 'nothing', gives: 'nothing' }
/** Took the mail and never answers. */
export const SILENT_AFTER: Mood = { does: 'it', gives: 'nothing' }
/** Takes the mail when the client has long given up: a queue behind a front end (providers.md §4.1, 5xx row). */
export const ACCEPTS_TOO_LATE: Mood = { does: 'it once the client has gone', gives: 'nothing' }

/** 503, and yet sent: "throws error while sending email, but still sends email" (google-api-python-client#1474). */
export const FAILS_AND_DOES_IT: Mood = {
  does: 'it',
  gives: apiError(503, 'backendError', 'Backend Error', 'UNAVAILABLE'),
}

/** A captive portal or a proxy that answers in Google's place. */
export const STRANGER_ANSWERS: Mood = {
  does: 'nothing',
  gives: () => ({ status: 200, body: '<html>Welcome to our hotel</html>', headers: { 'content-type': 'text/html' } }),
}
/** The same with a status of its own: a proxy or a portal refuses in Google's place (reliability.md §2.4 row 29). */
export const STRANGER_REFUSES = {
  pageWith400: strangerRefuses(400),
  pageWith401: strangerRefuses(401),
  pageWith403: strangerRefuses(403),
  pageWith404: strangerRefuses(404),
} as const satisfies Record<string, Mood>
export const REDIRECTS: Mood = {
  does: 'nothing',
  gives: () => ({ status: 307, body: '', headers: { location: '/elsewhere' } }),
}

/** The index lags after a send: a look does not show it yet (providers.md §5.1, "search index lags"). */
export const LOOK_LAGS: Mood = { ...FINE, shows: 'not yet the sent mail' }
/** The draft is still shown though it was sent (providers.md §5.3, residual risk). */
export const DRAFT_LINGERS: Mood = { ...FINE, shows: 'still the draft' }

/** Refusals of the Gmail API, row by row of providers.md §4.1. */
export const REFUSES = {
  /** 400: the address or the mail itself. */
  badRequest: refuses(400, 'badRequest', 'Bad Request', 'INVALID_ARGUMENT'),
  invalidTo: refuses(400, 'invalidArgument', 'Invalid To header', 'INVALID_ARGUMENT'),
  noRecipient: refuses(400, 'invalidArgument', 'Recipient address required', 'INVALID_ARGUMENT'),
  /** 400: an account without Gmail. */
  noMailService: refuses(400, 'failedPrecondition', 'Mail service not enabled', 'FAILED_PRECONDITION'),
  precondition: refuses(400, 'failedPrecondition', 'Precondition check failed.', 'FAILED_PRECONDITION'),
  /** 401: the access token. */
  invalidCredentials: refuses(401, 'authError', 'Invalid Credentials', 'UNAUTHENTICATED'),
  /** 403: the project's limit of the day. */
  dailyLimit: refuses(403, 'dailyLimitExceeded', 'Daily Limit Exceeded', 'PERMISSION_DENIED'),
  userRate: refuses(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', 'PERMISSION_DENIED'),
  rate: refuses(403, 'rateLimitExceeded', 'Rate Limit Exceeded', 'PERMISSION_DENIED'),
  quota: refuses(403, 'forbidden', "Quota exceeded for quota metric 'Queries'", 'PERMISSION_DENIED'),
  domainPolicy: refuses(
    403,
    'domainPolicy',
    'The domain administrators have disabled Gmail apps.',
    'PERMISSION_DENIED',
  ),
  permissions: refuses(403, 'insufficientPermissions', 'Insufficient Permission', 'PERMISSION_DENIED'),
  scope: refuses(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'Request had insufficient scopes.', 'PERMISSION_DENIED'),
  notConfigured: refuses(403, 'accessNotConfigured', 'Gmail API has not been used in project 1', 'PERMISSION_DENIED'),
  disabled: refuses(403, 'SERVICE_DISABLED', 'Gmail API is disabled', 'PERMISSION_DENIED'),
  delegation: refuses(403, 'forbidden', 'Delegation denied for rita@pacemail.example', 'PERMISSION_DENIED'),
  forbidden: refuses(403, 'forbidden', 'Forbidden', 'PERMISSION_DENIED'),
  notFound: refuses(404, 'notFound', 'Requested entity was not found.', 'NOT_FOUND'),
  timeout: refuses(408, 'requestTimeout', 'Request Timeout', 'DEADLINE_EXCEEDED'),
  conflict: refuses(409, 'aborted', 'The operation was aborted.', 'ABORTED'),
  tooLarge: refuses(413, 'uploadTooLarge', 'Request Entity Too Large', 'INVALID_ARGUMENT'),
  unsupported: refuses(415, 'badContent', 'Unsupported media type', 'INVALID_ARGUMENT'),
  concurrent: refuses(429, 'rateLimitExceeded', 'Too many concurrent requests for user', 'RESOURCE_EXHAUSTED'),
  tooMany: refuses(429, 'rateLimitExceeded', 'User-rate limit exceeded.', 'RESOURCE_EXHAUSTED'),
  /** 429 with the time to come back, in the sentence itself (Gmail handle-errors). */
  tooManyFor10Minutes: refusesUntil(10 * 60_000),
  /** The limit of the day: more than an hour away. */
  limitReached: refusesUntil(9 * 60 * 60_000),
  tooManyRetryAfter: {
    does: 'nothing',
    gives: (now) => ({
      ...apiError(429, 'rateLimitExceeded', 'Slow down', 'RESOURCE_EXHAUSTED')(now),
      headers: { 'retry-after': '90' },
    }),
  },
  internal: refuses(500, 'backendError', 'Internal error encountered.', 'INTERNAL'),
  badGateway: refuses(502, 'backendError', 'Bad Gateway', 'INTERNAL'),
  unavailable: refuses(503, 'backendError', 'The service is currently unavailable.', 'UNAVAILABLE'),
  gatewayTimeout: refuses(504, 'backendError', 'Deadline exceeded', 'DEADLINE_EXCEEDED'),
} as const satisfies Record<string, Mood>

/** Refusals of the token endpoint: providers.md §4.1, below the table. */
export const TOKEN_REFUSES = {
  invalidGrant: tokenRefuses(400, 'invalid_grant', 'Token has been expired or revoked.'),
  /** A Workspace that asks for the password again. */
  reauth: tokenRefuses(400, 'invalid_grant', 'reauth related error (invalid_rapt)'),
  invalidClient: tokenRefuses(401, 'invalid_client', 'The OAuth client was not found.'),
  unauthorizedClient: tokenRefuses(401, 'unauthorized_client', 'Unauthorized'),
  deletedClient: tokenRefuses(401, 'deleted_client', 'The OAuth client was deleted.'),
  noSecret: tokenRefuses(400, 'invalid_request', 'client_secret is missing.'),
  adminPolicy: tokenRefuses(400, 'admin_policy_enforced', 'Access to your account is restricted.'),
  internal: tokenRefuses(500, 'internal_failure', 'Backend error'),
  unavailable: tokenRefuses(503, 'temporarily_unavailable', 'Try again'),
} as const satisfies Record<string, Mood>

/** An error as Google writes it (https://google.aip.dev/193 with the older `errors` list of Gmail). */
export function apiError(status: number, reason: string, message: string, word: string): Answering {
  return () => {
    const isWord = reason === reason.toUpperCase()
    const details = isWord ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] : []
    const errors = [{ message, domain: 'global', reason: isWord ? 'forbidden' : reason }]
    return { status, body: { error: { code: status, message, errors, status: word, details } } }
  }
}

function refuses(status: number, reason: string, message: string, word: string): Mood {
  return { does: 'nothing', gives: apiError(status, reason, message, word) }
}

function strangerRefuses(status: number): Mood {
  return {
    does: 'nothing',
    gives: () => ({
      status,
      body: '<html>Please sign in to the network</html>',
      headers: { 'content-type': 'text/html' },
    }),
  }
}

function refusesUntil(restMs: number): Mood {
  const sentence = (now: number) => `User-rate limit exceeded.  Retry after ${new Date(now + restMs).toISOString()}`
  return {
    does: 'nothing',
    gives: (now) => apiError(429, 'rateLimitExceeded', sentence(now), 'RESOURCE_EXHAUSTED')(now),
  }
}

function tokenRefuses(status: number, error: string, description: string): Mood {
  return { does: 'nothing', gives: () => ({ status, body: { error, error_description: description } }) }
}
