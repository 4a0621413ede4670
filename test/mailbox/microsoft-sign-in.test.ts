import { describe, test, vi } from 'vitest'
import { createGraphTurns } from '#electron/mailbox/outlook/graph-turns'
import { createMicrosoftSignIn } from '#electron/mailbox/outlook/microsoft-sign-in'
import type { SignedIn } from '#electron/mailbox/sign-in'
import { followSignInPage, type Consent } from '#test/fakes/microsoft-oauth'
import { startMicrosoftServer, type MicrosoftServer } from '#test/fakes/microsoft-server'
import { type MoodName, MOODS, type TokenRefusalName } from '#test/fakes/graph-moods'
import { outlookPlace, REP } from '#test/mailbox/outlook-place'

/** A real server on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const never = () => new AbortController().signal

interface Choices {
  readonly address?: string | null
  readonly stored?: string | null
  readonly clientId?: string
  readonly showPage?: (url: string) => void
  readonly signal?: AbortSignal
}

function signIn(server: MicrosoftServer, choices: Choices = {}): Promise<SignedIn> {
  const { address = null, stored = null, clientId = server.client.clientId, signal = never() } = choices
  const showPage = choices.showPage ?? ((url: string) => void followSignInPage(url))
  return createMicrosoftSignIn(server.endpoints, createGraphTurns())(
    { client: { clientId, clientSecret: null }, address, stored, showPage },
    signal,
  )
}

async function serverOf(address = REP): Promise<MicrosoftServer> {
  const server = await startMicrosoftServer()
  server.signInAs(address)
  return server
}

describe.concurrent('signing in at Microsoft', () => {
  test('gives the address, the name and a secret', async ({ expect }) => {
    await using server = await serverOf('Rita@Pacemail.example')
    const signedIn = await signIn(server)

    expect(signedIn).toMatchObject({ address: 'rita@pacemail.example', name: 'Rita Repp', mayRead: true })
    expect(JSON.parse(signedIn.secret)).toMatchObject({ homeAccountId: expect.stringContaining('oid-of-') })
  })

  test('asks for the choice of an account, with PKCE, an answer as a form and no more than we need', async ({
    expect,
  }) => {
    await using server = await serverOf()
    const pages: string[] = []
    await signIn(server, { showPage: (url) => void followSignInPage(pages[pages.push(url) - 1] ?? '') })

    expect(pages).toHaveLength(1)
    const query = new URL(pages[0] ?? '').searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      prompt: 'select_account',
      response_mode: 'form_post',
      code_challenge_method: 'S256',
    })
    expect(query.get('scope')?.split(' ').toSorted()).toEqual(
      ['Mail.ReadWrite', 'Mail.Send', 'User.Read', 'offline_access', 'openid', 'profile'].toSorted(),
    )
  })

  test('a known mailbox is suggested on the page', async ({ expect }) => {
    await using server = await serverOf()
    const hints: (string | null)[] = []
    const showPage = (url: string) => {
      hints.push(new URL(url).searchParams.get('login_hint'))
      void followSignInPage(url)
    }
    await signIn(server, { address: REP, showPage })

    expect(hints).toEqual([REP])
  })

  test('what Graph asked of the next sign-in is on its page, once', async ({ expect }) => {
    await using place = await outlookPlace()
    place.server.nextMood('me', MOODS['wants more claims'])
    await expect(place.open().check(never())).rejects.toMatchObject({ code: 'mail.signed_out' })
    const pages: URL[] = []
    const again = async (stored: string | null) => {
      const showPage = (url: string) => void followSignInPage(pages[pages.push(new URL(url)) - 1]?.href ?? '')
      return (await signIn(place.server, { address: REP, stored, showPage })).secret
    }
    await again(await again(place.secret.text))

    // MSAL adds wishes of its own for the id token.
    const claims = pages.map((page) => page.searchParams.get('claims')?.includes('"access_token":{}') ?? false)
    expect(claims).toEqual([true, false])
  })

  test('tokens that are renewed meanwhile do not lose it', async ({ expect }) => {
    await using place = await outlookPlace()
    place.server.nextMood('me', MOODS['wants more claims'])
    await expect(place.open().check(never())).rejects.toMatchObject({ code: 'mail.signed_out' })
    place.server.oauth.expireAccessTokens()
    await place.open().check(never())
    expect(JSON.parse(place.secret.text ?? '')).toMatchObject({ claims: '{"access_token":{}}' })
  })

  test('another account than the wanted one is refused, and named', async ({ expect }) => {
    await using server = await serverOf('bob@pacemail.example')
    await expect(signIn(server, { address: REP })).rejects.toMatchObject({
      code: 'sign_in.wrong_account',
      details: { address: 'bob@pacemail.example' },
    })
  })

  test('an address in other capitals is the same account', async ({ expect }) => {
    await using server = await serverOf()
    expect(await signIn(server, { address: REP.toUpperCase() })).toMatchObject({ address: REP })
  })

  test.for<[Consent, object]>([
    ['declines', { code: 'sign_in.declined' }],
    ['needs the admin', { code: 'sign_in.admin_needed' }],
    ['is blocked by a rule', { code: 'sign_in.admin_needed', details: { adminUrl: null } }],
  ])('a rep who %s', async ([consent, failure], { expect }) => {
    await using server = await serverOf()
    server.oauth.consent = consent
    await expect(signIn(server)).rejects.toMatchObject(failure)
  })

  test('the page for the admin names the app and what it wants', async ({ expect }) => {
    await using server = await serverOf()
    server.oauth.consent = 'needs the admin'
    const error = (await signIn(server).catch((reason: unknown) => reason)) as { details: { adminUrl: string } }
    const url = new URL(error.details.adminUrl)

    expect(`${url.origin}${url.pathname}`).toBe(`${server.endpoints.authorityUrl}/organizations/v2.0/adminconsent`)
    expect(url.searchParams.get('client_id')).toBe(server.client.clientId)
    expect(url.searchParams.get('scope')).toContain('https://graph.microsoft.com/Mail.ReadWrite')
    expect(url.search).not.toContain('+')
  })

  test.for<[TokenRefusalName, object]>([
    ['unknown client', { code: 'sign_in.client_refused', details: { providerCode: 'AADSTS700016' } }],
    ['consent withdrawn', { code: 'sign_in.admin_needed' }],
    ['bad token', { code: 'sign_in.refused', details: { providerCode: 'AADSTS70000' } }],
    ['wants a second factor', { code: 'sign_in.refused', details: { providerCode: 'AADSTS50076' } }],
    ['unavailable', { code: 'sign_in.unreachable', details: { reason: 'busy' } }],
    ['throttled', { code: 'sign_in.unreachable', details: { reason: 'busy' } }],
  ])('a token endpoint that says "%s"', async ([refusal, failure], { expect }) => {
    await using server = await serverOf()
    server.oauth.refusal = refusal
    await expect(signIn(server)).rejects.toMatchObject(failure)
  })

  test('an account of another directory is told that the client id is not for it', async ({ expect }) => {
    await using server = await serverOf()
    server.oauth.refusal = { status: 400, error: 'invalid_grant', number: 50020 }
    await expect(signIn(server)).rejects.toMatchObject({
      code: 'sign_in.other_organisation',
      details: { providerCode: 'AADSTS50020' },
    })
  })

  test.for<[MoodName, object]>([
    ['has no mailbox', { code: 'sign_in.no_mailbox', details: { providerCode: 'MailboxNotEnabledForRESTAPI' } }],
    ['denies access', { code: 'sign_in.permission_missing' }],
    ['refuses the token', { code: 'sign_in.refused', details: { providerCode: 'InvalidAuthenticationToken' } }],
    ['wants more claims', { code: 'sign_in.refused' }],
    ['says the account is disabled', { code: 'sign_in.refused', details: { providerCode: 'ErrorAccountDisabled' } }],
    ['calls it a bad request', { code: 'sign_in.refused', details: { providerCode: 'BadRequest' } }],
    ['is busy', { code: 'sign_in.unreachable', details: { reason: 'busy' } }],
    ['drops before acting', { code: 'sign_in.unreachable', details: { reason: 'no_connection' } }],
  ])('a mailbox that %s right after the sign-in', async ([mood, failure], { expect }) => {
    await using server = await serverOf()
    server.setMood('me', mood)
    await expect(signIn(server)).rejects.toMatchObject(failure)
  })

  test.for(['drops before acting', 'shows the page of a hotel', 'has a bad gateway'] as const)(
    'a token endpoint that %s is not reached',
    async (mood, { expect }) => {
      await using server = await serverOf()
      server.setMood('token', mood)
      await expect(signIn(server)).rejects.toMatchObject({ code: 'sign_in.unreachable' })
    },
  )

  test.for(['Mail.ReadWrite User.Read', 'Mail.Send User.Read'])(
    'a consent to %s only is not enough',
    async (scope, { expect }) => {
      await using server = await serverOf()
      server.oauth.grantedScope = scope
      await expect(signIn(server)).rejects.toMatchObject({ code: 'sign_in.permission_missing' })
    },
  )

  test('scopes may be answered with their resource', async ({ expect }) => {
    await using server = await serverOf()
    server.oauth.grantedScope = 'https://graph.microsoft.com/Mail.ReadWrite https://graph.microsoft.com/Mail.Send'
    expect(await signIn(server)).toMatchObject({ address: REP })
  })
})

describe.concurrent('cancelling', () => {
  test('while the page is open ends the sign-in and the listener', async ({ expect }) => {
    await using server = await serverOf()
    const controller = new AbortController()
    let page = ''
    const signingIn = signIn(server, {
      signal: controller.signal,
      showPage: (url) => {
        page = url
        queueMicrotask(() => controller.abort())
      },
    })

    await expect(signingIn).rejects.toMatchObject({ code: 'sign_in.cancelled' })
    const listener = new URL(page).searchParams.get('redirect_uri')?.replace('localhost', '127.0.0.1') ?? ''
    await expect(fetch(listener)).rejects.toThrow()
  })

  test('before the page is open shows none', async ({ expect }) => {
    await using server = await serverOf()
    const pages: string[] = []
    const signingIn = signIn(server, { signal: AbortSignal.abort(), showPage: (url) => pages.push(url) })

    await expect(signingIn).rejects.toMatchObject({ code: 'sign_in.cancelled' })
    expect(pages).toEqual([])
  })

  test('while Microsoft is silent about the token', async ({ expect }) => {
    await using server = await serverOf()
    server.setMood('token', 'is silent and does nothing')
    const controller = new AbortController()
    void server.silence().then(() => controller.abort())

    await expect(signIn(server, { signal: controller.signal })).rejects.toMatchObject({ code: 'sign_in.cancelled' })
  })
})

test('nothing of a failed sign-in tells a secret', async ({ expect }) => {
  await using server = await serverOf('bob@pacemail.example')
  const error = await signIn(server, { address: REP }).catch((reason: unknown) => reason)

  expect(server.oauth.secrets().length).toBeGreaterThan(0)
  for (const secret of server.oauth.secrets()) {
    expect(JSON.stringify([error, (error as Error).stack])).not.toContain(secret)
  }
})
