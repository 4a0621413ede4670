import { describe, expect, test } from 'vitest'
import { createGoogleSignIn } from '#electron/mailbox/gmail/google-sign-in'
import { parseSecret } from '#electron/mailbox/gmail/google-tokens'
import type { SignedIn, SignInRequest } from '#electron/mailbox/sign-in'
import { DROPS_BEFORE, REFUSES, TOKEN_REFUSES, type Mood } from '#test/fakes/gmail-moods'
import { COMPOSE, READONLY, type SignInChoice } from '#test/fakes/google-oauth'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { sendRaw } from '#test/host/raw-http'
import { memorySecret, openGmail } from '#test/mailbox/gmail-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

const never = () => new AbortController().signal
const ADDRESSES = ['rita@pacemail.example', 'private@pacemail.example']

/** Signs in with a person who does as `choice` says; `seen` is what the browser shows them at the end. */
async function signIn(
  server: GoogleServer,
  choice: SignInChoice = {},
  changes: Partial<SignInRequest> = {},
): Promise<{ result: SignedIn | { code: unknown; details: unknown }; seen: string; url: URL }> {
  const shown = Promise.withResolvers<string>()
  const request = { client: server.client, address: null, showPage: shown.resolve, ...changes }
  const ending = createGoogleSignIn(server.endpoints)(request, never()).catch(
    ({ code, details }: { code: unknown; details: unknown }) => ({ code, details }),
  )
  const url = await shown.promise
  const { text } = await server.signIn(url, choice)
  return { result: await ending, seen: text, url: new URL(url) }
}

test('a person who signs in and allows everything gets a mailbox that works', async () => {
  await using server = await startGoogleServer({ addresses: ADDRESSES })
  const { result, seen } = await signIn(server, { account: 'rita@pacemail.example' })

  expect(result).toMatchObject({ address: 'rita@pacemail.example', name: '', mayRead: true })
  expect(seen).toContain('You can close this window')
  const mailbox = openGmail(server, { secret: memorySecret((result as SignedIn).secret) })
  const mail = outgoingMail()
  const { draftId } = await mailbox.createDraft(mail, never())
  await mailbox.sendDraft(draftId, mail, () => true, never())
  expect(server.account().left).toHaveLength(1)
})

test('the page is asked for with PKCE, both permissions, consent and the address', async () => {
  await using server = await startGoogleServer({ addresses: ADDRESSES })
  const { url } = await signIn(server, {}, { address: 'private@pacemail.example' })
  const query = Object.fromEntries(url.searchParams)

  expect(query).toMatchObject({
    scope: `${COMPOSE} ${READONLY}`,
    access_type: 'offline',
    prompt: 'consent',
    code_challenge_method: 'S256',
    login_hint: 'private@pacemail.example',
    response_type: 'code',
  })
  expect(query['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  expect(query['state']?.length).toBeGreaterThan(40)
  expect(url.href).not.toContain(server.client.clientSecret)
})

test('without an address the person chooses the account', async () => {
  await using server = await startGoogleServer({ addresses: ADDRESSES })
  const { result, url } = await signIn(server, { account: 'private@pacemail.example' })

  expect(url.searchParams.get('prompt')).toBe('consent select_account')
  expect(result).toMatchObject({ address: 'private@pacemail.example' })
})

test('the secret holds the refresh token, the access token with its end, and what was allowed', async () => {
  await using server = await startGoogleServer()
  const { result } = await signIn(server)
  const secret = parseSecret((result as SignedIn).secret)

  expect(server.oauth.secrets).toContain(secret?.refresh_token)
  expect(server.oauth.secrets).toContain(secret?.access_token)
  expect(secret?.scope).toBe(`${COMPOSE} ${READONLY}`)
  expect(secret?.expiry_date).toBeGreaterThan(Date.now())
})

test('who does not allow reading gets a mailbox that can send', async () => {
  await using server = await startGoogleServer()
  const { result } = await signIn(server, { scopes: [COMPOSE] })
  expect(result).toMatchObject({ mayRead: false })
})

test.for<[string, SignInChoice, Partial<SignInRequest>, object]>([
  ['writing was not allowed', { scopes: [READONLY] }, {}, { code: 'sign_in.permission_missing' }],
  ['the person declined', { error: 'access_denied' }, {}, { code: 'sign_in.declined' }],
  [
    'the admin forbids it',
    { error: 'admin_policy_enforced' },
    {},
    { code: 'sign_in.admin_needed', details: { adminUrl: null } },
  ],
  [
    'the app is for another organisation',
    { error: 'org_internal' },
    {},
    { code: 'sign_in.other_organisation', details: { providerCode: 'org_internal' } },
  ],
  [
    'Google is busy',
    { error: 'temporarily_unavailable' },
    {},
    { code: 'sign_in.unreachable', details: { reason: 'busy' } },
  ],
  [
    'Google says a word that is not known',
    { error: 'odd_thing' },
    {},
    { code: 'sign_in.refused', details: { providerCode: 'odd_thing' } },
  ],
  [
    'another account was used',
    { account: 'private@pacemail.example' },
    { address: 'rita@pacemail.example' },
    { code: 'sign_in.wrong_account', details: { address: 'private@pacemail.example' } },
  ],
  [
    'the client secret is absent',
    {},
    { client: { clientId: '1-pacemail.apps.googleusercontent.com', clientSecret: null } },
    { code: 'sign_in.client_refused', details: { providerCode: 'invalid_request' } },
  ],
  [
    'the client secret is wrong',
    {},
    { client: { clientId: '1-pacemail.apps.googleusercontent.com', clientSecret: 'wrong' } },
    { code: 'sign_in.client_refused', details: { providerCode: 'invalid_client' } },
  ],
])('%s: the sign-in ends with its reason, and the browser says so', async ([_title, choice, changes, expected]) => {
  await using server = await startGoogleServer({ addresses: ADDRESSES })
  const { result, seen } = await signIn(server, choice, changes)

  expect(result).toMatchObject(expected)
  expect(seen).toContain('You are not signed in')
  expect(server.oauth.secrets.filter((secret) => seen.includes(secret))).toEqual([])
})

test.for<[string, 'token' | 'profile', Mood, object]>([
  [
    'the token endpoint is down',
    'token',
    TOKEN_REFUSES.unavailable,
    { code: 'sign_in.unreachable', details: { reason: 'busy' } },
  ],
  [
    'the connection breaks',
    'token',
    DROPS_BEFORE,
    { code: 'sign_in.unreachable', details: { reason: 'no_connection' } },
  ],
  [
    'the code is refused',
    'token',
    TOKEN_REFUSES.invalidGrant,
    { code: 'sign_in.refused', details: { providerCode: 'invalid_grant' } },
  ],
  ['the admin restricts the account', 'token', TOKEN_REFUSES.adminPolicy, { code: 'sign_in.admin_needed' }],
  [
    'Gmail is switched off for the project',
    'profile',
    REFUSES.notConfigured,
    { code: 'sign_in.client_refused', details: { providerCode: 'accessNotConfigured' } },
  ],
  ['Gmail is switched off by the admin', 'profile', REFUSES.domainPolicy, { code: 'sign_in.admin_needed' }],
  [
    'there is no Gmail behind the account',
    'profile',
    REFUSES.noMailService,
    { code: 'sign_in.no_mailbox', details: { providerCode: 'failedPrecondition' } },
  ],
  ['Gmail is down', 'profile', REFUSES.unavailable, { code: 'sign_in.unreachable', details: { reason: 'busy' } }],
])('%s: the sign-in ends with its reason', async ([_title, operation, mood, expected]) => {
  await using server = await startGoogleServer()
  server.next(operation, mood)
  expect((await signIn(server)).result).toMatchObject(expected)
})

describe('the listener', () => {
  /** A sign-in that waits for its person, and where it listens. */
  async function waiting(server: GoogleServer) {
    const shown = Promise.withResolvers<string>()
    const aborting = new AbortController()
    const request = { client: server.client, address: null, showPage: shown.resolve }
    const ending = createGoogleSignIn(server.endpoints)(request, aborting.signal).catch((error: unknown) => error)
    const url = await shown.promise
    const redirect = new URL(new URL(url).searchParams.get('redirect_uri') ?? '')
    const state = new URL(url).searchParams.get('state') ?? ''
    return { ending, aborting, url, redirect, state }
  }

  test('cancelling ends the sign-in and nobody listens any more', async () => {
    await using server = await startGoogleServer()
    const { ending, aborting, redirect } = await waiting(server)
    aborting.abort()

    expect(await ending).toMatchObject({ code: 'sign_in.cancelled' })
    await expect(fetch(redirect)).rejects.toThrow()
  })

  test('cancelling while Google is asked for the token ends it as well', async () => {
    await using server = await startGoogleServer()
    const { ending, aborting, url } = await waiting(server)
    server.next('token', { does: 'nothing', gives: 'nothing' })
    const seen = server.signIn(url)
    await server.held('token')
    aborting.abort()

    expect(await ending).toMatchObject({ code: 'sign_in.cancelled' })
    expect((await seen).text).toContain('cancelled in Pacemail')
  })

  test('a sign-in that is cancelled before it begins shows no page', async () => {
    await using server = await startGoogleServer()
    const shown: string[] = []
    const request = { client: server.client, address: null, showPage: (url: string) => void shown.push(url) }

    await expect(createGoogleSignIn(server.endpoints)(request, AbortSignal.abort())).rejects.toMatchObject({
      code: 'sign_in.cancelled',
    })
    expect(shown).toEqual([])
  })

  test('a success and a failure leave no open port behind', async () => {
    await using server = await startGoogleServer()
    for (const choice of [{}, { error: 'access_denied' }]) {
      const { url } = await signIn(server, choice)
      await expect(fetch(url.searchParams.get('redirect_uri') ?? '')).rejects.toThrow()
    }
  })

  test('a request without the right state is refused and changes nothing', async () => {
    await using server = await startGoogleServer()
    const { ending, url, redirect, state } = await waiting(server)
    const statuses: number[] = []
    for (const path of ['/?code=stolen&state=guess', '/?code=stolen', `/other?code=x&state=${state}`, '/favicon.ico']) {
      statuses.push((await fetch(new URL(path, redirect))).status)
    }
    statuses.push((await fetch(new URL(`/?code=x&state=${state}`, redirect), { method: 'POST' })).status)

    expect(statuses).toEqual([400, 400, 404, 404, 404])
    await server.signIn(url)
    expect(await ending).toMatchObject({ address: 'rita@pacemail.example' })
  })

  test('another name for this machine is refused', async () => {
    await using server = await startGoogleServer()
    const { ending, url, redirect, state } = await waiting(server)
    const answers = await Promise.all(
      ['evil.example', `localhost:${redirect.port}`, ''].map((host) => statusFor(redirect, host, state)),
    )

    expect(answers).toEqual([400, 400, 400])
    await server.signIn(url)
    expect(await ending).toMatchObject({ address: 'rita@pacemail.example' })
  })

  test('the one request is served once', async () => {
    await using server = await startGoogleServer()
    const { ending, url, redirect, state } = await waiting(server)
    server.next('profile', { does: 'it', gives: 'the result when let go' })
    const seen = server.signIn(url)
    await server.held('profile')
    const again = await fetch(new URL(`/?code=again&state=${state}`, redirect))
    server.letGo()

    expect(again.status).toBe(404)
    expect((await seen).status).toBe(200)
    expect(await ending).toMatchObject({ address: 'rita@pacemail.example' })
  })
})

async function statusFor(redirect: URL, host: string, state: string): Promise<number> {
  const headers: [string, string][] = [
    ['Host', host],
    ['Connection', 'close'],
  ]
  const target = `/?code=stolen&state=${encodeURIComponent(state)}`
  return (await sendRaw(Number(redirect.port), { method: 'GET', target, headers })).status
}
