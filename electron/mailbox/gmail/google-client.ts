import { CodeChallengeMethod, OAuth2Client } from 'google-auth-library'
import { gmail_v1 } from 'googleapis/build/src/apis/gmail/v1.js'
import type { Endpoints } from '../endpoints.ts'
import type { OAuthClient } from '../sign-in.ts'

/** Google's libraries are imported here and nowhere else. */
export type GmailUsers = gmail_v1.Resource$Users
export type GmailMessage = gmail_v1.Schema$Message
export type GoogleOAuthClient = OAuth2Client
export const PKCE_METHOD = CodeChallengeMethod.S256

/** Drafts and sending; reading is a second permission that the rep may refuse (providers.md §1.1). */
export const COMPOSE_SCOPE = 'https://www.googleapis.com/auth/gmail.compose'
export const READ_SCOPE = 'https://www.googleapis.com/auth/gmail.readonly'

/** Which Google, as whom, and how patiently. */
export interface GoogleMeans {
  readonly client: OAuthClient
  readonly endpoints: Endpoints['google']
  /** Silence of the server, ms, after which a request fails. */
  readonly timeoutMs: number
}

/** The token endpoint answers fast or not at all. */
const MAX_TOKEN_MS = 30_000

/**
 * For sign-in and renewal. Its requests end with `signal`. Library retries are off: a provider asks once (providers.md
 * §2.1: the token endpoint would be asked four times).
 */
export function createOAuthClient(
  { client, endpoints, timeoutMs }: GoogleMeans,
  { signal, redirectUri }: { signal: AbortSignal; redirectUri?: string },
): GoogleOAuthClient {
  return new OAuth2Client({
    clientId: client.clientId,
    ...(client.clientSecret === null ? {} : { clientSecret: client.clientSecret }),
    ...(redirectUri === undefined ? {} : { redirectUri }),
    endpoints: {
      oauth2AuthBaseUrl: endpoints.authorizeUrl,
      oauth2TokenUrl: endpoints.tokenUrl,
      // Beside the token endpoint (developers.google.com/identity/protocols/oauth2/native-app, "Revoking a token").
      oauth2RevokeUrl: new URL('revoke', endpoints.tokenUrl).href,
    },
    transporterOptions: { ...once(signal, Math.min(timeoutMs, MAX_TOKEN_MS)), retryConfig: { retry: 0 } },
  })
}

/**
 * The Gmail API with one access token. It has no refresh token, so that the library can never renew it and repeat a request
 * by itself: it would replay a refused send (providers.md §2.1).
 */
export function gmailUsers(
  { endpoints, timeoutMs }: GoogleMeans,
  { accessToken, signal }: { accessToken: string; signal: AbortSignal },
): GmailUsers {
  const auth = new OAuth2Client({ credentials: { access_token: accessToken, token_type: 'Bearer' } })
  return new gmail_v1.Gmail({ auth, rootUrl: endpoints.gmailUrl, ...once(signal, timeoutMs) }).users
}

/** One request, no repetition; also not by following a redirect, which would be a second request. */
function once(signal: AbortSignal, timeoutMs: number) {
  return { retry: false, signal, timeout: timeoutMs, redirect: 'error', noProxy: LOOPBACK } as const
}

/** gaxios would ask a proxy for these as well (providers.md §2.1). */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']
