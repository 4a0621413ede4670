import { parseMailDate } from '../mail-date.ts'

/** What a failed request to Google tells, without any text or secret of it: safe to keep and to decide on. */
export interface SeenFailure {
  /** HTTP status; null where no answer came. */
  readonly status: number | null
  /** The server's words for it, most telling first: "rateLimitExceeded", "PERMISSION_DENIED", "invalid_grant". */
  readonly reasons: readonly string[]
  /** The server's sentence in lower case; to be searched, never shown or logged. */
  readonly text: string
  /** Node's word where no answer came: "ECONNRESET", "TimeoutError"; else empty. */
  readonly code: string
  /** The system call that failed, where Node tells: "connect", "read"; else empty. */
  readonly syscall: string
  /** How long the server wants us to wait, ms by its own clock; null where it does not tell. */
  readonly restMs: number | null
}

interface Failed {
  readonly code?: unknown
  readonly response?: unknown
  readonly cause?: unknown
}

/**
 * Reads an error of gaxios, the HTTP client of Google's libraries: `response.status`, `response.data.error` and `code`
 * (seen with gaxios 8.3, providers.md §2.1). The error itself holds the whole mail and must not be kept.
 */
export function seenFailure(error: unknown): SeenFailure {
  const { code, response, cause } = record(error) as Failed
  const { status, data, headers } = record(response)
  const body = record(parsed(data))
  const text = sentenceOf(body)
  return {
    status: typeof status === 'number' ? status : null,
    reasons: reasonsOf(body),
    text: text.toLowerCase(),
    code: typeof code === 'string' ? code : '',
    syscall: wordOf(record(cause)['erroredSysCall']),
    restMs: restOf(text, headers),
  }
}

/** `{error: {errors: [{reason}], details: [{reason}], status}}` of the API, `{error}` of the token endpoint. */
function reasonsOf(body: Record<string, unknown>): string[] {
  if (typeof body['error'] === 'string') return [wordOf(body['error'])]
  const error = record(body['error'])
  const found = [...list(error['errors']), ...list(error['details'])].map((entry) => wordOf(record(entry)['reason']))
  return [...found, wordOf(error['status'])].filter((word) => word !== '')
}

function sentenceOf(body: Record<string, unknown>): string {
  const error = record(body['error'])
  const parts = [error['message'], ...list(error['errors']).map((entry) => record(entry)['message'])]
  return [...parts, body['error_description']].filter((part) => typeof part === 'string').join(' ')
}

/** "User-rate limit exceeded. Retry after 2026-11-22T10:00:00.000Z" (Gmail handle-errors), or a Retry-After header. */
function restOf(text: string, headers: unknown): number | null {
  if (!(headers instanceof Headers) && !hasGet(headers)) return null
  const seconds = headers.get('retry-after') ?? ''
  if (/^\d{1,7}$/.test(seconds)) return Number(seconds) * 1_000
  const until = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(text)?.[1] ?? seconds
  // By the server's own clock: ours may be wrong.
  const now = parseMailDate(headers.get('date') ?? '')
  const at = parseMailDate(until)
  return at === null || now === null ? null : Math.max(0, at - now)
}

/** A word is an identifier; anything else could be a text that belongs in no log. */
function wordOf(value: unknown): string {
  return typeof value === 'string' && /^\w{1,60}$/.test(value) ? value : ''
}

/** A streamed answer comes as text. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

function hasGet(value: unknown): value is { get(name: string): string | null } {
  return typeof record(value)['get'] === 'function'
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
