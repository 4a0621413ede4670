import { parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import type { Endpoints } from '../endpoints.ts'
import { gmailFailure } from './gmail-failure.ts'
import {
  COMPOSE_SCOPE,
  createOAuthClient,
  gmailUsers,
  PKCE_METHOD,
  READ_SCOPE,
  type GoogleMeans,
  type GoogleOAuthClient,
} from './google-client.ts'
import { grantsReading, secretText } from './google-tokens.ts'
import { openLoopbackListener, type ClosingPage, type LoopbackListener } from '../loopback-listener.ts'
import { accountRefused, refusedWith, signInFailureOf, unreachableAtSignIn } from '../sign-in-failure.ts'
import type { SignedIn, SignIn, SignInRequest } from '../sign-in.ts'

/** The code exchange and the look at the profile; the rep's own time on the page is the caller's to limit. ms. */
const TIMEOUT_MS = 30_000

/**
 * Signs in at Google: authorisation code with PKCE, system browser, loopback redirect (providers.md §1.1). A desktop client's
 * secret is sent because Google's token endpoint insists on it.
 */
export function createGoogleSignIn(endpoints: Endpoints['google']): SignIn {
  return async (request, signal) => {
    if (signal.aborted) throw cancelled()
    const means: GoogleMeans = { client: request.client, endpoints, timeoutMs: TIMEOUT_MS }
    const state = await unguessable(means, signal)
    const listener = await openLoopbackListener(state, signal)
    try {
      const signedIn = await signIn(means, { request, state, listener, signal })
      await listener.answer(DONE)
      return signedIn
    } catch (error) {
      const failure = signal.aborted ? cancelled() : error
      await listener.answer(pageFor(failure))
      throw failure
    } finally {
      await listener.close()
    }
  }
}

interface Attempt {
  readonly request: SignInRequest
  readonly state: string
  readonly listener: LoopbackListener
  readonly signal: AbortSignal
}

async function signIn(means: GoogleMeans, attempt: Attempt): Promise<SignedIn> {
  const { request, state, listener, signal } = attempt
  const { redirectUri } = listener
  const oauth = createOAuthClient(means, { signal, redirectUri })
  const { codeVerifier, codeChallenge = '' } = await oauth.generateCodeVerifierAsync()
  request.showPage(
    oauth.generateAuthUrl({
      access_type: 'offline',
      // Google gives a refresh token with the first consent only, unless it is asked for each time; and it takes the only
      // account of the browser without a question, though a second mailbox is to be added.
      prompt: request.address === null ? 'consent select_account' : 'consent',
      scope: [COMPOSE_SCOPE, READ_SCOPE],
      state,
      code_challenge: codeChallenge,
      code_challenge_method: PKCE_METHOD,
      ...(request.address === null ? {} : { login_hint: request.address }),
    }),
  )
  const returned = await listener.returned
  const code = returned.get('code')
  if (code === null) throw declined(returned.get('error') ?? '')
  const tokens = await exchange(oauth, { code, codeVerifier })
  const address = await addressOf(means, tokens.access_token, signal)
  if (!isSamePerson(request.address, address))
    throw new AppError('sign_in.wrong_account', 'another account', { details: { address } })
  const secret = secretText(tokens)
  return { address, name: '', mayRead: grantsReading(secret), secret }
}

/** Consent is given permission by permission, so what was granted is what the token says (providers.md §1.1). */
async function exchange(oauth: GoogleOAuthClient, { code, codeVerifier }: { code: string; codeVerifier: string }) {
  const { tokens } = await oauth.getToken({ code, codeVerifier }).catch((error: unknown) => {
    throw atSignIn(error, 'token')
  })
  const { refresh_token, access_token, expiry_date, scope = '' } = tokens
  if (!scope.split(' ').includes(COMPOSE_SCOPE)) {
    throw new AppError('sign_in.permission_missing', 'writing mail was not allowed')
  }
  if (!refresh_token || !access_token || !expiry_date) throw accountRefused('no_refresh_token')
  return { refresh_token, access_token, expiry_date, scope }
}

/** Lower case. */
async function addressOf(means: GoogleMeans, accessToken: string, signal: AbortSignal): Promise<string> {
  const users = gmailUsers(means, { accessToken, signal })
  const { data } = await users.getProfile({ userId: 'me' }).catch((error: unknown) => {
    throw atSignIn(error, 'ask')
  })
  if (!data.emailAddress) throw unreachableAtSignIn('no_connection')
  return data.emailAddress.toLowerCase()
}

/** The same inbox, however it is spelled (`rita.repp@gmail.com`, `RitaRepp@gmail.com`). */
function isSamePerson(wanted: string | null, used: string): boolean {
  return wanted === null || identityOf(wanted) === identityOf(used)
}

function identityOf(address: string): string {
  const parsed = parseAddress(address)
  return parsed.ok ? parsed.address.identity : address.toLowerCase()
}

/** What Google's page says when nothing was allowed; some of these it keeps to itself and never sends us back. */
function declined(error: string): AppError {
  switch (error) {
    case 'access_denied':
      return new AppError('sign_in.declined', 'the rep declined')
    case 'admin_policy_enforced':
      return adminNeeded()
    case 'server_error':
    case 'temporarily_unavailable':
      return unreachableAtSignIn('busy')
    default:
      return refusedWith(/^\w{1,60}$/.test(error) ? error : null)
  }
}

/** A failed request during the sign-in, in the words of `SignIn`. */
function atSignIn(error: unknown, request: 'ask' | 'token'): AppError {
  return signInFailureOf(gmailFailure(error, request), null)
}

/** Google has no page to send to an admin: they allow the app in their own console. */
function adminNeeded(): AppError {
  return new AppError('sign_in.admin_needed', 'the admin must allow this app', { details: { adminUrl: null } })
}

function cancelled(): AppError {
  return new AppError('sign_in.cancelled', 'the sign-in was cancelled')
}

/** 96 random bytes from the library's own generator. */
async function unguessable(means: GoogleMeans, signal: AbortSignal): Promise<string> {
  return (await createOAuthClient(means, { signal }).generateCodeVerifierAsync()).codeVerifier
}

const DONE: ClosingPage = { title: 'You are signed in', text: 'You can close this window and go back to Pacemail.' }

/** Calm and without any detail of the answer: whoever reads this page may be looking over the rep's shoulder. */
function pageFor(error: unknown): ClosingPage {
  const title = 'You are not signed in'
  const back = 'You can close this window and go back to Pacemail.'
  const code = error instanceof AppError ? error.code : ''
  const text = SENTENCES[code] ?? 'Something went wrong. Nothing was changed.'
  return { title, text: `${text} ${back}` }
}

const SENTENCES: Readonly<Record<string, string>> = {
  'sign_in.cancelled': 'The sign-in was cancelled in Pacemail.',
  'sign_in.declined': 'You did not allow Pacemail to use this mailbox, so nothing was changed.',
  'sign_in.wrong_account': 'This is another account than the one you chose in Pacemail, so nothing was changed.',
  'sign_in.permission_missing': 'Pacemail cannot write mail without the permission that was not ticked.',
  'sign_in.admin_needed': 'The administrator of this account must allow Pacemail first.',
  'sign_in.client_refused': 'Google does not accept the client id that Pacemail uses.',
  'sign_in.other_organisation': 'The client id that Pacemail uses is for the accounts of another organisation.',
  'sign_in.no_mailbox': 'There is no Gmail behind this account.',
  'sign_in.refused': 'Google did not accept the sign-in in the end. Try again in Pacemail.',
  'sign_in.unreachable': 'Google did not answer. Try again in a moment.',
}
