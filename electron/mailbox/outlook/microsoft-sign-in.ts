import { AuthError, type AuthenticationResult, type PublicClientApplication } from '@azure/msal-node'
import { AppError } from '#shared/errors'
import type { Endpoints } from '../endpoints.ts'
import { jsonOf, callGraph } from './graph-call.ts'
import { type GraphTurns, inTurn, type SharedGraph } from './graph-turns.ts'
import { adminConsentUrl, SCOPES } from './admin-consent.ts'
import { createMicrosoftNetwork, openMicrosoftApp, type MicrosoftNetwork } from './microsoft-app.ts'
import {
  isAdminNeeded,
  isClientRefused,
  isOtherOrganisation,
  providerCodeOf,
  unreachableIn,
} from './microsoft-failure.ts'
import { encodeMicrosoftSecret, parseMicrosoftSecret } from './microsoft-secret.ts'
import { networkFailure } from './outlook-failure.ts'
import { textOf } from './outlook-message.ts'
import { assertGood } from './outlook-session.ts'
import {
  accountRefused,
  clientRefused,
  otherOrganisation,
  signInFailureOf,
  unreachableAtSignIn,
} from '../sign-in-failure.ts'
import type { OAuthClient, SignedIn, SignIn, SignInRequest } from '../sign-in.ts'

/** For one request of a sign-in; the rep's own time on the page is not limited here. */
const REQUEST_TIMEOUT_MS = 30_000

/**
 * Signing in at Microsoft: authorization code with PKCE, the answer posted to a listener of MSAL's on 127.0.0.1
 * (providers.md §1.2). MSAL's flow has no end of its own when the page is closed; `signal` ends it.
 */
export function createMicrosoftSignIn(endpoints: Endpoints['microsoft'], turns: GraphTurns): SignIn {
  return async (request, signal) => {
    const network = createMicrosoftNetwork(REQUEST_TIMEOUT_MS, signal)
    const app = openMicrosoftApp({ client: request.client, endpoints, network })
    try {
      const result = await askOnPage(app, request, signal)
      assertPermissions(result)
      const names = await namesOf(
        { graphUrl: endpoints.graphUrl, timeoutMs: REQUEST_TIMEOUT_MS, turns },
        result,
        signal,
      )
      assertAccount(request.address, names)
      return signedInAs(app, result, names)
    } catch (error) {
      throw signInFailure(error, { network, endpoints, client: request.client, signal })
    }
  }
}

/** The page that follows in the rep's browser; no scripts, nothing of the answer in it. */
const PAGE = (text: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Pacemail</title>` +
  `<p style="font: 16px system-ui; margin: 4rem auto; max-width: 32rem">${text}</p>`

async function askOnPage(
  app: PublicClientApplication,
  { address, stored, showPage }: SignInRequest,
  signal: AbortSignal,
): Promise<AuthenticationResult> {
  let page: URL | null = null
  const claims = parseMicrosoftSecret(stored ?? null)?.claims ?? null
  const cancel = () => {
    if (page !== null) void cancelOnPage(page)
  }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await app.acquireTokenInteractive({
      scopes: SCOPES,
      ...(claims === null ? {} : { claims }),
      // Microsoft refuses a hint together with the choice of an account (msal-common, Authorize.ts).
      ...(address === null ? { prompt: 'select_account' } : { loginHint: address }),
      openBrowser: async (url) => {
        if (signal.aborted) throw cancelled()
        page = new URL(url)
        showPage(url)
      },
      successTemplate: PAGE('You are signed in. You can close this page and go back to Pacemail.'),
      errorTemplate: PAGE('You are not signed in. You can close this page; Pacemail tells you what to do next.'),
    })
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** The only way to end MSAL's flow: the answer of a rep who pressed Cancel (providers.md §1.2). */
async function cancelOnPage(page: URL): Promise<void> {
  const listener = new URL(page.searchParams.get('redirect_uri') ?? '')
  // It listens there, whatever this machine takes "localhost" to be.
  listener.hostname = '127.0.0.1'
  const state = page.searchParams.get('state') ?? ''
  const body = new URLSearchParams({ error: 'user_cancelled', state })
  await fetch(listener, { method: 'POST', body }).catch(() => undefined)
}

/** Both are needed to send as promised: a draft that can be looked for, and its sending. */
const NEEDED = ['mail.readwrite', 'mail.send']

/** Scopes are answered short or with their resource ("https://graph.microsoft.com/Mail.Send"). */
function assertPermissions({ scopes }: AuthenticationResult): void {
  const granted = new Set(scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()))
  if (NEEDED.every((scope) => granted.has(scope))) return
  throw new AppError('sign_in.permission_missing', 'a permission was not granted')
}

interface AccountNames {
  /** All addresses that the account answers to here, lower case; the one that mail leaves from first. */
  readonly addresses: readonly string[]
  readonly name: string
}

/** The address of the mailbox may be another one than the name of the account. */
async function namesOf(
  server: SharedGraph,
  { accessToken, account }: AuthenticationResult,
  signal: AbortSignal,
): Promise<AccountNames> {
  const path = '/me?$select=displayName,mail,userPrincipalName'
  const ask = () => callGraph(server, { method: 'GET', path, token: accessToken }, signal)
  const answer = await inTurn(server.turns, ask, signal).catch((error: unknown) => {
    throw networkFailure(error, 'prepare', signal.aborted)
  })
  const me = jsonOf(assertGood(answer, 'prepare'))
  const addresses = [textOf(me, 'mail'), textOf(me, 'userPrincipalName'), account?.username ?? null]
  return {
    addresses: addresses.flatMap((one) => (one?.includes('@') && !one.includes('#') ? [one.toLowerCase()] : [])),
    name: textOf(me, 'displayName') ?? account?.name ?? '',
  }
}

function assertAccount(wanted: string | null, { addresses }: AccountNames): void {
  if (wanted === null || addresses.includes(wanted.toLowerCase())) return
  throw new AppError('sign_in.wrong_account', 'another account signed in', { details: { address: addresses[0] ?? '' } })
}

function signedInAs(app: PublicClientApplication, { account }: AuthenticationResult, names: AccountNames): SignedIn {
  const [address] = names.addresses
  if (account === null || address === undefined) throw new Error('an account without an address')
  const cache = app.getTokenCache().serialize()
  const secret = encodeMicrosoftSecret({ homeAccountId: account.homeAccountId, cache, claims: null })
  // Reading comes with `Mail.ReadWrite`; Microsoft offers no consent to a part.
  return { address, name: names.name, mayRead: true, secret }
}

interface SignInMoment {
  readonly network: MicrosoftNetwork
  readonly endpoints: Endpoints['microsoft']
  readonly client: OAuthClient
  readonly signal: AbortSignal
}

function signInFailure(error: unknown, { network, endpoints, client, signal }: SignInMoment): unknown {
  if (signal.aborted) return cancelled(error)
  const adminUrl = adminConsentUrl(endpoints, client)
  if (error instanceof AppError) return error.code.startsWith('mail.') ? signInFailureOf(error, adminUrl) : error
  if (!(error instanceof AuthError)) return error
  if (isAdminNeeded(error)) {
    return new AppError('sign_in.admin_needed', 'the admin must allow this app', {
      details: { adminUrl },
      cause: error,
    })
  }
  if (error.errorCode === 'access_denied') return deniedBy(error)
  if (error.errorCode === 'user_cancelled') return cancelled(error)
  const isOut = unreachableIn(error, network.failure(), false)
  if (isOut !== null) return signInFailureOf(isOut, adminUrl)
  return refusedBy(error)
}

function refusedBy(error: AuthError): AppError {
  const providerCode = providerCodeOf(error)
  if (isOtherOrganisation(error)) return otherOrganisation(providerCode ?? '', error)
  if (isClientRefused(error)) return clientRefused(providerCode, error)
  return isBusy(error) ? unreachableAtSignIn('busy', error) : accountRefused(providerCode, error)
}

/** The rep pressed Cancel (AADSTS65004, or no number); any other number is a rule of their admin's (Conditional Access …). */
function deniedBy(error: AuthError): AppError {
  const providerCode = providerCodeOf(error)
  if (providerCode === 'AADSTS65004' || providerCode === 'access_denied') {
    return new AppError('sign_in.declined', 'declined', { cause: error })
  }
  const details = { adminUrl: null, providerCode }
  return new AppError('sign_in.admin_needed', 'a rule of the admin forbids it', { details, cause: error })
}

/** 5xx and 429 of the token endpoint: later it may work. */
function isBusy({ errorCode }: AuthError): boolean {
  return errorCode === 'temporarily_unavailable' || errorCode === 'server_error'
}

function cancelled(cause?: unknown): AppError {
  return new AppError('sign_in.cancelled', 'the sign-in was cancelled', { cause })
}
