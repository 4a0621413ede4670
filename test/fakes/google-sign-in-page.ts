import type { Answer } from './gmail-moods.ts'
import type { GoogleClient, SignInChoice } from './google-oauth.ts'

/** What the person sees last: the page of the program they signed in for, or Google's own error page. */
export interface SignInEnd {
  readonly status: number
  readonly text: string
}

/**
 * Google's page: choose an account, tick permissions, allow or not. A plain form, so that a browser can fill it in. A wrong
 * client or redirect never leaves Google (its own error page, no redirect).
 */
export function signInPage(query: URLSearchParams, client: GoogleClient, addresses: readonly string[]): Answer {
  const problem = problemOf(query, client)
  if (problem !== null)
    return { status: 400, body: page(`<h1>Access blocked</h1><p id="error">Error 400: ${problem}</p>`) }
  const hint = query.get('login_hint')
  const chosen = hint !== null && addresses.includes(hint) ? hint : addresses[0]
  const accounts = addresses.map((address) => option('radio', 'account', address, address === chosen))
  const scopes = (query.get('scope') ?? '').split(' ').map((scope) => option('checkbox', 'scope', scope, true))
  return {
    status: 200,
    body: page(`<h1>Sign in with Google</h1><form method="post">${[...accounts, ...scopes].join('')}
      <button name="error" value="">Continue</button> <button name="error" value="access_denied">Cancel</button></form>`),
  }
}

/** Fills in the page and follows it back to the program, as a browser would. */
export async function driveSignIn(url: string, choice: SignInChoice): Promise<SignInEnd> {
  const shown = await fetch(url)
  const text = await shown.text()
  if (shown.status !== 200) return { status: shown.status, text }
  const form = new URLSearchParams({ account: choice.account ?? chosenIn(text), error: choice.error ?? '' })
  for (const scope of choice.scopes ?? scopesIn(text)) form.append('scope', scope)
  const decided = await fetch(url, { method: 'POST', body: form, redirect: 'manual' })
  const end = await fetch(decided.headers.get('location') ?? '')
  return { status: end.status, text: await end.text() }
}

function problemOf(query: URLSearchParams, client: GoogleClient): string | null {
  if (query.get('client_id') !== client.clientId) return 'invalid_client'
  if (!/^http:\/\/127\.0\.0\.1:\d+(?:\/|$)/.test(query.get('redirect_uri') ?? '')) return 'redirect_uri_mismatch'
  const hasProof = query.get('code_challenge_method') === 'S256' && query.get('code_challenge')?.length === 43
  if (query.get('response_type') !== 'code' || !hasProof || !query.get('scope')) return 'invalid_request'
  // A refresh token comes only with these two (providers.md §1.1).
  return query.get('access_type') === 'offline' && query.get('prompt')?.split(' ').includes('consent')
    ? null
    : 'invalid_request'
}

function option(type: 'radio' | 'checkbox', name: string, value: string, isChosen: boolean): string {
  return `<p><label><input type="${type}" name="${name}" value="${escape(value)}"${isChosen ? ' checked' : ''}> ${escape(value)}</label></p>`
}

function chosenIn(text: string): string {
  return /name="account" value="([^"]+)" checked/.exec(text)?.[1] ?? ''
}

function scopesIn(text: string): string[] {
  return [...text.matchAll(/name="scope" value="([^"]+)" checked/g)].map(([, scope]) => scope ?? '')
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><title>Sign in - Google Accounts</title><body>${body}</body></html>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
