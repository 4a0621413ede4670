import { createHash } from 'node:crypto'
import { TOKEN_REFUSALS, type TokenRefusal, type TokenRefusalName } from '#test/fakes/graph-moods'

export interface OAuthAccount {
  readonly address: string
  readonly name: string
  /** Of the directory. */
  readonly tenantId: string
  readonly objectId: string
}

/** What the rep does on Microsoft's page. */
export type Consent =
  | 'allows'
  /** Presses Cancel: AADSTS65004. */
  | 'declines'
  /** The admin must allow it first (MC1163922): AADSTS90094. */
  | 'needs the admin'
  /** Conditional Access: AADSTS53003. */
  | 'is blocked by a rule'
  /** Leaves the page open. */
  | 'does nothing'

export interface PageAnswer {
  readonly status: number
  readonly body: string
  readonly type: 'text/html' | 'application/json'
}

interface Code {
  readonly account: OAuthAccount
  readonly redirectUri: string
  readonly challenge: string
  readonly nonce: string | null
  readonly scope: string
}

/**
 * Microsoft's sign-in page and token endpoint: codes are good once, with their verifier and redirect address; refresh
 * tokens are replaced at each use and the old ones stay good (entra/identity-platform/refresh-tokens).
 */
export function createMicrosoftOAuth(clientId: string) {
  const codes = new Map<string, Code>()
  const refreshTokens = new Map<string, OAuthAccount>()
  const accessTokens = new Map<string, OAuthAccount>()
  const secrets: string[] = []
  let count = 0
  const next = (kind: string) => remembered(`${kind}-SECRET-${(count += 1)}`)
  const remembered = (secret: string) => {
    secrets.push(secret)
    return secret
  }

  const oauth = {
    consent: 'allows' as Consent,
    /** Who signs in on the page. */
    account: null as OAuthAccount | null,
    /** Null: tokens are given out. */
    refusal: null as TokenRefusalName | TokenRefusal | null,
    /** What the rep allowed; Microsoft's answer names it. */
    grantedScope: 'Mail.ReadWrite Mail.Send User.Read',
    /** Requests for tokens so far, by grant. */
    asked: [] as string[],
    /** Every code and token ever given out, and every verifier that came, to look for where none belongs. */
    secrets: () => [...secrets],
    /** Whose token it is; null when it is not good (any more). */
    ownerOf: (accessToken: string) => accessTokens.get(accessToken) ?? null,
    expireAccessTokens: () => accessTokens.clear(),
    /** Takes the tokens in a secret of an earlier server for its own. */
    trust: (secretText: string, account: OAuthAccount) => {
      const { cache } = JSON.parse(secretText) as { cache: string }
      const kept = JSON.parse(cache) as Record<'AccessToken' | 'RefreshToken', Record<string, { secret: string }>>
      for (const { secret } of Object.values(kept.AccessToken)) accessTokens.set(secret, account)
      for (const { secret } of Object.values(kept.RefreshToken)) refreshTokens.set(secret, account)
      // Numbers of its own, or a new token would be an old one.
      count += 1_000
    },
    authorize,
    token,
  }

  /** A page that answers by itself, as a form to the redirect address: `response_mode=form_post`. */
  function authorize(query: URLSearchParams): PageAnswer {
    const redirectUri = query.get('redirect_uri') ?? ''
    if (query.get('client_id') !== clientId) return page(`<p>AADSTS700016: no such application</p>`)
    if (query.get('response_mode') !== 'form_post') return page('<p>AADSTS90014: response_mode</p>')
    if (!/^http:\/\/localhost(?::\d+)?\/?$/.test(redirectUri)) return page('<p>AADSTS50011: redirect_uri</p>')
    if (oauth.consent === 'does nothing' || oauth.account === null) return page('<p>Sign in</p>')
    return page(form(redirectUri, { ...answerOf(oauth.account, query), state: query.get('state') ?? '' }))
  }

  function answerOf(account: OAuthAccount, query: URLSearchParams): Record<string, string> {
    if (oauth.consent === 'declines') {
      return { error: 'access_denied', error_description: 'AADSTS65004: User declined to consent to access the app.' }
    }
    if (oauth.consent === 'needs the admin') {
      return { error: 'access_denied', error_description: 'AADSTS90094: The grant requires admin permission.' }
    }
    if (oauth.consent === 'is blocked by a rule') {
      return {
        error: 'access_denied',
        error_description: 'AADSTS53003: Access has been blocked by Conditional Access.',
      }
    }
    const code = next('code')
    codes.set(code, {
      account,
      redirectUri: query.get('redirect_uri') ?? '',
      challenge: query.get('code_challenge_method') === 'S256' ? (query.get('code_challenge') ?? '') : '',
      nonce: query.get('nonce'),
      scope: query.get('scope') ?? '',
    })
    return { code, client_info: clientInfo(account) }
  }

  function token(asked: URLSearchParams): PageAnswer {
    const grant = asked.get('grant_type') ?? ''
    oauth.asked.push(grant)
    if (oauth.refusal !== null) return refuse(refusalNamed(oauth.refusal))
    if (asked.get('client_id') !== clientId) return refuse(TOKEN_REFUSALS['unknown client'])
    if (asked.has('client_secret')) return refuse({ status: 401, error: 'invalid_client', number: 700025 })
    const found = grant === 'authorization_code' ? takeCode(asked) : takeRefreshToken(asked)
    return found === null ? refuse({ status: 400, error: 'invalid_grant', number: 70000 }) : issue(found)
  }

  function takeCode(asked: URLSearchParams): { account: OAuthAccount; nonce: string | null } | null {
    const code = codes.get(asked.get('code') ?? '')
    codes.delete(asked.get('code') ?? '')
    for (const verifier of asked.getAll('code_verifier')) remembered(verifier)
    const verifier = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    return code !== undefined && code.challenge === verifier && code.redirectUri === asked.get('redirect_uri')
      ? code
      : null
  }

  function takeRefreshToken(asked: URLSearchParams): { account: OAuthAccount; nonce: null } | null {
    const account = refreshTokens.get(asked.get('refresh_token') ?? '')
    return account === undefined ? null : { account, nonce: null }
  }

  function issue({ account, nonce }: { account: OAuthAccount; nonce: string | null }): PageAnswer {
    const accessToken = next('access')
    const refreshToken = next('refresh')
    accessTokens.set(accessToken, account)
    refreshTokens.set(refreshToken, account)
    return json(200, {
      token_type: 'Bearer',
      scope: `${oauth.grantedScope} openid profile email`,
      expires_in: 3_599,
      ext_expires_in: 3_599,
      access_token: accessToken,
      refresh_token: refreshToken,
      id_token: remembered(idToken(account, nonce)),
      client_info: clientInfo(account),
    })
  }

  function idToken({ address, name, tenantId, objectId }: OAuthAccount, nonce: string | null): string {
    const now = Math.floor(Date.now() / 1_000)
    const claims = {
      aud: clientId,
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + 3_600,
      oid: objectId,
      sub: objectId,
      tid: tenantId,
      preferred_username: address,
      name,
      ver: '2.0',
      ...(nonce === null ? {} : { nonce }),
    }
    return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`
  }

  return oauth
}

export type MicrosoftOAuth = ReturnType<typeof createMicrosoftOAuth>

function refusalNamed(refusal: TokenRefusalName | TokenRefusal): TokenRefusal {
  return typeof refusal === 'string' ? TOKEN_REFUSALS[refusal] : refusal
}

function refuse({ status, error, number, suberror }: TokenRefusal): PageAnswer {
  return json(status, {
    error,
    error_description: `AADSTS${number}: Refused for the test. Trace ID: 0 Correlation ID: 0`,
    error_codes: [number],
    timestamp: '2026-11-23 09:00:00Z',
    trace_id: '00000000-0000-0000-0000-000000000000',
    correlation_id: '00000000-0000-0000-0000-000000000000',
    ...(suberror === undefined ? {} : { suberror }),
  })
}

function clientInfo({ objectId, tenantId }: OAuthAccount): string {
  return encoded({ uid: objectId, utid: tenantId })
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function json(status: number, body: object): PageAnswer {
  return { status, body: JSON.stringify(body), type: 'application/json' }
}

function page(body: string): PageAnswer {
  return { status: 200, body: `<!doctype html><title>Sign in</title>${body}`, type: 'text/html' }
}

function form(action: string, fields: Record<string, string>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) =>
      `<input type="hidden" name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
  )
  return `<form method="post" action="${action}">${inputs.join('')}<button>Continue</button></form><script>document.forms[0].submit()</script>`
}

/** What a browser would do with the page at `url`: sends its form off. Null when there is no form to send. */
export async function followSignInPage(url: string): Promise<string | null> {
  const html = await (await fetch(url)).text()
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1]
  if (action === undefined) return null
  const inputs = [...html.matchAll(/name="([^"]+)" value="([^"]*)"/g)]
  const fields = inputs.map(([, name = '', value = '']) => [
    name,
    value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  ])
  const response = await fetch(action.replace('localhost', '127.0.0.1'), {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return response.text()
}
