import { AuthError, InteractionRequiredAuthError, ServerError } from '@azure/msal-node'
import { AppError } from '#shared/errors'
import { networkFailure } from './outlook-failure.ts'

/** Answers of the token endpoint after which only the rep can go on (providers.md §1.2). */
const NEEDS_SIGN_IN = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required'])
/** The app itself is unknown or switched off (§4.1 speaks of the same ones at Google). */
const CLIENT_REFUSED = new Set(['unauthorized_client', 'invalid_client', 'invalid_request', 'invalid_scope'])
/** "User or admin has not consented", "admin consent is required" (twice): providers.md §1.2. */
const ADMIN_NEEDED = /\bAADSTS(?:65001|90094|900941)\b/

export function needsSignIn(error: unknown): boolean {
  if (error instanceof InteractionRequiredAuthError) return true
  return error instanceof ServerError && NEEDS_SIGN_IN.has(error.errorCode)
}

export function isAdminNeeded(error: unknown): boolean {
  return error instanceof AuthError && ADMIN_NEEDED.test(error.message)
}

export function isClientRefused(error: unknown): boolean {
  return error instanceof AuthError && (CLIENT_REFUSED.has(error.errorCode) || /\bAADSTS700016\b/.test(error.message))
}

/** The app is for the accounts of one directory, and this one is of another (AADSTS50020, AADSTS500208). */
export function isOtherOrganisation(error: unknown): boolean {
  return error instanceof AuthError && /\bAADSTS(?:50020|500208)\b/.test(error.message)
}

/** `network_error` of MSAL as `mail.unreachable`, with the reason that `failure` still knows; null for anything else. */
export function unreachableIn(error: unknown, failure: unknown, isStopped: boolean): AppError | null {
  if (!(error instanceof AuthError) || error.errorCode !== 'network_error') return null
  return networkFailure(failure ?? error, 'prepare', isStopped)
}

/** Microsoft's number of the refusal ("AADSTS700082") or its word; never its text. */
export function providerCodeOf(error: unknown): string | null {
  if (!(error instanceof AuthError)) return null
  return /\bAADSTS\d{4,9}\b/.exec(error.message)?.[0] ?? error.errorCode
}

/** Why there is no token, in the terms of `MailProvider`: nothing was sent in any case. */
export function tokenFailure(error: unknown, failure: unknown, isStopped: boolean): AppError {
  if (error instanceof AppError) return error
  const providerCode = providerCodeOf(error)
  const message = `no token: ${providerCode ?? 'unknown'}`
  const isOut = unreachableIn(error, failure, isStopped)
  if (isOut !== null) return isOut
  if (needsSignIn(error)) return new AppError('mail.signed_out', message, { details: { providerCode }, cause: error })
  const details = isClientRefused(error)
    ? { isFinal: true, providerCode, scope: 'mailbox', need: 'configuration' }
    : { isFinal: false, providerCode, scope: 'mailbox', restMs: null, isDayLimit: false }
  return new AppError('mail.refused', message, { details, cause: error })
}
