import { AppError } from '#shared/errors'
import { gmailFailure } from './gmail-failure.ts'
import { seenFailure } from './gmail-seen.ts'
import { createOAuthClient, READ_SCOPE, type GoogleMeans } from './google-client.ts'
import type { MailboxSecret } from '../sign-in.ts'

/** What Google gave us at sign-in, under its own names, and as the secret store keeps it. */
export interface GoogleSecret {
  readonly refresh_token: string
  readonly access_token: string
  /** Epoch ms by the clock of this machine. */
  readonly expiry_date: number
  /** Separated by spaces: what the rep really allowed. */
  readonly scope: string
}

export interface GoogleTokens {
  /** An access token that should work; renewed first where it is about to end. Throws the codes of `MailProvider`. */
  current(signal: AbortSignal): Promise<string>
  /** Another one, after the server has refused `refusedToken`. */
  renewed(refusedToken: string, signal: AbortSignal): Promise<string>
}

/** The text for the secret store. */
export function secretText(secret: GoogleSecret): string {
  return JSON.stringify(secret)
}

/** Null for a text that is not ours: the rep must sign in again. */
export function parseSecret(text: string): GoogleSecret | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return isSecret(value) ? value : null
}

/** Did the rep allow reading? What is false here can send and nothing else. */
export function grantsReading(text: string): boolean {
  return parseSecret(text)?.scope.split(' ').includes(READ_SCOPE) ?? false
}

/** One renewal at a time: who waits for it finds its result in the store. */
export function createGoogleTokens(means: GoogleMeans & { readonly secret: MailboxSecret }): GoogleTokens {
  let last: Promise<unknown> = Promise.resolve()

  function inTurn(work: () => Promise<string>): Promise<string> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    current: (signal) =>
      inTurn(async () => {
        const secret = await stored(means.secret)
        return renewedIfNeeded(means, secret, signal)
      }),
    renewed: (refusedToken, signal) =>
      inTurn(async () => {
        const secret = await stored(means.secret)
        // Somebody may have renewed it while we waited for our turn.
        const isOld = secret.access_token === refusedToken
        return renewedIfNeeded(means, isOld ? { ...secret, access_token: '' } : secret, signal)
      }),
  }
}

async function stored(secret: MailboxSecret): Promise<GoogleSecret> {
  const text = await secret.read()
  const known = text === null ? null : parseSecret(text)
  if (known === null) throw new AppError('mail.signed_out', 'no Google token', { details: { providerCode: null } })
  return known
}

/** The library decides by its own clock; a token without text is always renewed. */
async function renewedIfNeeded(
  means: GoogleMeans & { readonly secret: MailboxSecret },
  secret: GoogleSecret,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) throw stopped()
  const oauth = createOAuthClient(means, { signal })
  oauth.setCredentials({ ...secret })
  // Rotated refresh tokens are told only by this event: the library puts the old one back into its credentials.
  let rotated = secret.refresh_token
  oauth.on('tokens', (tokens) => {
    rotated = tokens.refresh_token ?? rotated
  })
  try {
    await oauth.getAccessToken()
  } catch (error) {
    throw signal.aborted ? stopped() : gmailFailure(error, 'token')
  }
  const { access_token, expiry_date, scope } = oauth.credentials
  if (!access_token)
    throw new AppError('mail.unreachable', 'Google gave no token', { details: { reason: 'no_connection' } })
  if (access_token !== secret.access_token) {
    const next = {
      refresh_token: rotated,
      access_token,
      expiry_date: expiry_date ?? EXPIRED,
      scope: scope ?? secret.scope,
    }
    await means.secret.write(secretText(next))
  }
  return access_token
}

/** A token that does not say when it ends is renewed before its next use. Zero would mean "never ends" to the library. */
const EXPIRED = 1

/** Takes back all that the rep allowed us for this account (reliability.md §3.7). */
export async function revokeAtGoogle(means: GoogleMeans, text: string, signal: AbortSignal): Promise<void> {
  const secret = parseSecret(text)
  if (secret === null) return
  try {
    await createOAuthClient(means, { signal }).revokeToken(secret.refresh_token)
  } catch (error) {
    // What Google does not know any more is revoked.
    if (seenFailure(error).reasons.includes('invalid_token')) return
    throw signal.aborted ? stopped() : gmailFailure(error, 'token')
  }
}

function stopped(): AppError {
  return new AppError('mail.unreachable', 'stopped', { details: { reason: 'stopped' } })
}

function isSecret(value: unknown): value is GoogleSecret {
  if (typeof value !== 'object' || value === null) return false
  const { refresh_token, access_token, expiry_date, scope } = value as Partial<Record<keyof GoogleSecret, unknown>>
  const areTexts = [refresh_token, access_token, scope].every((text) => typeof text === 'string')
  return areTexts && refresh_token !== '' && typeof expiry_date === 'number'
}
