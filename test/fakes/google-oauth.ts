import { createHash } from 'node:crypto'
import { apiError, type Answer } from './gmail-moods.ts'

export const COMPOSE = 'https://www.googleapis.com/auth/gmail.compose'
export const READONLY = 'https://www.googleapis.com/auth/gmail.readonly'

/** What a person chooses on Google's sign-in page. */
export interface SignInChoice {
  /** The hint's account, or the first one, unless it is said otherwise. */
  readonly account?: string
  /** The ticked permissions; all that were asked for unless it is said otherwise. */
  readonly scopes?: readonly string[]
  /** Google's own word for a refusal: "access_denied" (declined), "admin_policy_enforced", "org_internal". */
  readonly error?: string
}

/** One person's consent to one client. Everything under it dies together. */
interface Grant {
  readonly address: string
  readonly scopes: readonly string[]
  readonly refreshToken: string
  isRevoked: boolean
}

interface Code {
  readonly grant: Grant
  readonly redirectUri: string
  readonly challenge: string
  isUsed: boolean
}

export interface GoogleClient {
  readonly clientId: string
  readonly clientSecret: string
}

/** Google's token endpoint and its memory. */
export interface GoogleOAuth {
  /** Seconds that the next access tokens live. */
  expiresIn: number
  /** How often a token was renewed. */
  readonly renewals: number
  /** Every token and code ever given out, and every verifier that came, to look for where none belongs. */
  readonly secrets: readonly string[]
  /** Consent without a page: for a test that begins with a signed-in mailbox. */
  grant(address: string, scopes: readonly string[]): { refresh_token: string; access_token: string; scope: string }
  /** The sign-in page's answer: where the browser is sent. Throws for a request that Google would not show a page for. */
  decide(query: URLSearchParams, choice: SignInChoice & { readonly account: string }): string
  token(form: URLSearchParams): Answer
  revoke(token: string): Answer
  /** Who calls with this access token, and what they may; null where it is not valid (any more). */
  caller(authorization: string): { address: string; scopes: readonly string[] } | null
  /** The rep takes the permission back in their Google account. */
  revokeAccount(address: string): void
  /** Every access token of now is refused from now on; refresh tokens live. */
  expireAccessTokens(): void
}

export const INVALID_CREDENTIALS = apiError(401, 'authError', 'Invalid Credentials', 'UNAUTHENTICATED')

interface Memory {
  readonly grants: Grant[]
  readonly codes: Map<string, Code>
  readonly accessTokens: Map<string, Grant>
  readonly secrets: string[]
  expiresIn: number
  renewals: number
  count: number
}

export function createGoogleOAuth(client: GoogleClient): GoogleOAuth {
  const memory: Memory = {
    grants: [],
    codes: new Map(),
    accessTokens: new Map(),
    secrets: [],
    expiresIn: 3_599,
    renewals: 0,
    count: 0,
  }
  return {
    get expiresIn() {
      return memory.expiresIn
    },
    set expiresIn(seconds) {
      memory.expiresIn = seconds
    },
    get renewals() {
      return memory.renewals
    },
    secrets: memory.secrets,
    grant(address, scopes) {
      const grant = newGrant(memory, address, scopes)
      return { refresh_token: grant.refreshToken, access_token: newAccessToken(memory, grant), scope: scopes.join(' ') }
    },
    decide: (query, choice) => decide(memory, query, choice),
    token: (form) => {
      const problem = problemOfClient(client, form)
      if (problem !== null) return problem
      return form.get('grant_type') === 'refresh_token' ? refresh(memory, form) : exchange(memory, form)
    },
    revoke: (token) => {
      const grant = memory.accessTokens.get(token) ?? memory.grants.find(({ refreshToken }) => refreshToken === token)
      if (grant === undefined || grant.isRevoked) return refusal(400, 'invalid_token', 'Token expired or revoked')
      grant.isRevoked = true
      return { status: 200, body: {} }
    },
    caller: (authorization) => {
      const grant = memory.accessTokens.get(authorization.replace(/^Bearer /, ''))
      return grant === undefined || grant.isRevoked ? null : { address: grant.address, scopes: grant.scopes }
    },
    revokeAccount: (address) => {
      for (const grant of memory.grants) if (grant.address === address) grant.isRevoked = true
    },
    expireAccessTokens: () => memory.accessTokens.clear(),
  }
}

function decide(memory: Memory, query: URLSearchParams, choice: SignInChoice & { readonly account: string }): string {
  const redirectUri = query.get('redirect_uri') ?? ''
  const url = new URL(redirectUri)
  url.searchParams.set('state', query.get('state') ?? '')
  if (choice.error !== undefined) {
    url.searchParams.set('error', choice.error)
    return url.href
  }
  const scopes = choice.scopes ?? (query.get('scope') ?? '').split(' ')
  const code = secret(memory, '4/0A')
  const grant = newGrant(memory, choice.account, scopes)
  memory.codes.set(code, { grant, redirectUri, challenge: query.get('code_challenge') ?? '', isUsed: false })
  url.searchParams.set('code', code)
  url.searchParams.set('scope', scopes.join(' '))
  return url.href
}

/** A desktop client's secret is none, and yet demanded (providers.md §1.1). */
function problemOfClient(client: GoogleClient, form: URLSearchParams): Answer | null {
  if (form.get('client_id') !== client.clientId) {
    return refusal(401, 'invalid_client', 'The OAuth client was not found.')
  }
  const given = form.get('client_secret')
  if (given === null) return refusal(400, 'invalid_request', 'client_secret is missing.')
  return given === client.clientSecret ? null : refusal(401, 'invalid_client', 'Unauthorized')
}

function exchange(memory: Memory, form: URLSearchParams): Answer {
  const code = memory.codes.get(form.get('code') ?? '')
  memory.secrets.push(...form.getAll('code_verifier'))
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  const fits = code !== undefined && !code.isUsed && code.redirectUri === form.get('redirect_uri')
  if (!fits || form.get('grant_type') !== 'authorization_code')
    return refusal(400, 'invalid_grant', 'Malformed auth code.')
  if (code.challenge !== challenge) return refusal(400, 'invalid_grant', 'Invalid code verifier.')
  code.isUsed = true
  return { status: 200, body: { ...tokenBody(memory, code.grant), refresh_token: code.grant.refreshToken } }
}

/** Google gives no new refresh token here (providers.md §1.1). */
function refresh(memory: Memory, form: URLSearchParams): Answer {
  const grant = memory.grants.find(({ refreshToken }) => refreshToken === form.get('refresh_token'))
  if (grant === undefined || grant.isRevoked) {
    return refusal(400, 'invalid_grant', 'Token has been expired or revoked.')
  }
  memory.renewals += 1
  return { status: 200, body: tokenBody(memory, grant) }
}

function tokenBody(memory: Memory, grant: Grant) {
  const accessToken = newAccessToken(memory, grant)
  return {
    access_token: accessToken,
    expires_in: memory.expiresIn,
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
  }
}

function newGrant(memory: Memory, address: string, scopes: readonly string[]): Grant {
  const grant = { address, scopes, refreshToken: secret(memory, '1//0'), isRevoked: false }
  memory.grants.push(grant)
  return grant
}

function newAccessToken(memory: Memory, grant: Grant): string {
  const token = secret(memory, 'ya29.')
  memory.accessTokens.set(token, grant)
  return token
}

/** Long enough that a search for it finds nothing else. */
function secret(memory: Memory, prefix: string): string {
  memory.count += 1
  const text = prefix + createHash('sha256').update(`${prefix}${memory.count}`).digest('base64url')
  memory.secrets.push(text)
  return text
}

function refusal(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } }
}
