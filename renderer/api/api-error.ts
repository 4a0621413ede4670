import type { ErrorCode, ErrorDetails, WireError } from '#shared/errors'

/** A call that was answered with a failure, or not at all (`app.disconnected`). Its sentence is in `app/error-text.ts`. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** The line to look for in the log; only for `internal`. */
  readonly ref: string | null

  constructor(error: WireError) {
    super(error.code)
    this.name = 'ApiError'
    this.code = error.code
    this.details = error.details
    this.ref = error.ref
  }
}
