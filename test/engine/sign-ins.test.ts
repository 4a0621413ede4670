import type { SignIn, SignedIn } from '#electron/mailbox/sign-in'
import type { SignInState } from '#shared/contract/sign-in'
import { AppError } from '#shared/errors'
import { describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'

const RITA: SignedIn = { address: 'rita@corp.example', name: 'Rita Repp', mayRead: true, secret: 'token-4711' }

/** A provider whose page is finished by the test. */
function signInDesk() {
  const desk = {
    asked: [] as Parameters<SignIn>[0][],
    finish: (result: SignedIn | AppError): void => void result,
    signIn: ((request, signal) =>
      new Promise((resolve, reject) => {
        desk.asked.push(request)
        request.showPage('https://provider.example/sign-in')
        desk.finish = (result) => (result instanceof AppError ? reject(result) : resolve(result))
        signal.addEventListener('abort', () => reject(new AppError('sign_in.cancelled', 'aborted')), { once: true })
      })) as SignIn,
  }
  return desk
}

async function start() {
  const desk = signInDesk()
  const app = await startTestEngine({ signIn: { gmail: desk.signIn, outlook: desk.signIn } })
  await app.api.signIn.saveClient({ provider: 'gmail', clientId: 'client-1', clientSecret: 'no-secret' })
  return { app, desk, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** What was pushed last about a sign-in. */
function lastState(app: TestEngine): SignInState | null {
  const event = app.pushed.findLast((pushed) => pushed.type === 'sign_in.moved')
  return event?.type === 'sign_in.moved' ? event.state : null
}

async function settled(app: TestEngine, stage: SignInState['stage']): Promise<SignInState> {
  for (let turn = 0; turn < 200 && lastState(app)?.stage !== stage; turn += 1) await Promise.resolve()
  const state = lastState(app)
  if (state?.stage !== stage) throw new Error(`still ${state?.stage}`)
  return state
}

describe('a sign-in', () => {
  test('shows the page, and ends as a mailbox that can be used', async () => {
    await using place = await start()
    const { app, desk } = place
    const begun = await app.api.signIn.begin({ provider: 'gmail', senderName: '' })
    expect(begun.stage).toBe('waiting')
    expect(lastState(app)?.url).toBe('https://provider.example/sign-in')
    expect(desk.asked[0]?.client).toEqual({ clientId: 'client-1', clientSecret: 'no-secret' })

    desk.finish(RITA)
    const done = await settled(app, 'done')
    const mailbox = await app.api.mailboxes.get({ mailboxId: done.mailboxId! })
    expect(mailbox).toMatchObject({
      kind: 'gmail',
      address: 'rita@corp.example',
      senderName: 'Rita Repp',
      mayRead: true,
      status: 'ready',
    })
    expect(await app.secrets.get(`mailbox.${mailbox.id}`)).toBe('token-4711')
    expect(JSON.stringify(app.pushed)).not.toContain('token-4711')
  })

  test('keeps room in the daily cap for what the rep answers by hand', async () => {
    await using place = await start()
    await place.app.api.signIn.begin({ provider: 'gmail' })
    place.desk.finish(RITA)
    const { mailboxId } = await settled(place.app, 'done')
    expect((await place.app.api.mailboxes.get({ mailboxId: mailboxId! })).policy.handReserve).toBeGreaterThan(0)
  })

  test.each([
    ['sign_in.declined', {}],
    ['sign_in.admin_needed', { adminUrl: 'https://provider.example/admin' }],
    ['sign_in.wrong_account', { address: 'other@corp.example' }],
    ['sign_in.unreachable', { reason: 'no_connection' }],
  ] as const)('that fails with %s says so, and leaves nothing behind', async (code, details) => {
    await using place = await start()
    await place.app.api.signIn.begin({ provider: 'gmail' })
    place.desk.finish(new AppError(code, 'no', { details }))
    const failed = await settled(place.app, 'failed')
    expect(failed.error).toEqual({ code, details })
    expect(await place.app.api.mailboxes.list({})).toEqual([])
  })

  test('that nobody finishes ends after ten minutes', async () => {
    await using place = await start()
    await place.app.api.signIn.begin({ provider: 'gmail' })
    await place.app.run(9 * 60_000)
    expect(lastState(place.app)?.stage).toBe('waiting')
    await place.app.run(2 * 60_000)
    expect((await settled(place.app, 'failed')).error?.code).toBe('sign_in.timed_out')
  })

  test('can be cancelled', async () => {
    await using place = await start()
    const { signInId } = await place.app.api.signIn.begin({ provider: 'gmail' })
    await place.app.api.signIn.cancel({ signInId })
    expect((await settled(place.app, 'failed')).error?.code).toBe('sign_in.cancelled')
  })

  test('to a mailbox that is there already is refused', async () => {
    await using place = await start()
    await place.app.api.signIn.begin({ provider: 'gmail' })
    place.desk.finish(RITA)
    await settled(place.app, 'done')
    await place.app.api.signIn.begin({ provider: 'gmail' })
    place.desk.finish(RITA)
    expect((await settled(place.app, 'failed')).error?.code).toBe('mailbox.address_taken')
    expect(await place.app.api.mailboxes.list({})).toHaveLength(1)
  })

  test('again asks for the same address, and the mailbox works with the new tokens', async () => {
    await using place = await start()
    const { app, desk } = place
    await app.api.signIn.begin({ provider: 'gmail' })
    desk.finish(RITA)
    const { mailboxId } = await settled(app, 'done')
    app.engine.rooms.mailboxes.troubled(mailboxId!, { type: 'needs', need: 'sign_in' })
    expect(await app.api.mailboxes.get({ mailboxId: mailboxId! })).toMatchObject({
      status: 'needs_sign_in',
      need: 'sign_in',
    })

    await app.api.signIn.begin({ provider: 'gmail', mailboxId })
    for (let turn = 0; turn < 20 && desk.asked.length < 2; turn += 1) await Promise.resolve()
    expect(desk.asked.at(-1)?.stored).toBe('token-4711')
    expect(desk.asked[1]?.address).toBe('rita@corp.example')
    desk.finish({ ...RITA, secret: 'token-4712', mayRead: false })
    await settled(app, 'done')
    expect(await app.api.mailboxes.get({ mailboxId: mailboxId! })).toMatchObject({ status: 'ready', mayRead: false })
    expect(await app.secrets.get(`mailbox.${mailboxId!}`)).toBe('token-4712')
  })
})

describe('a client id', () => {
  test('is needed before anybody can sign in', async () => {
    await using app = await startTestEngine()
    await expect(app.api.signIn.begin({ provider: 'outlook' })).rejects.toMatchObject({
      code: 'sign_in.client_missing',
    })
  })

  test('comes with the page for the admin, where the provider has one', async () => {
    await using place = await start()
    await place.app.api.signIn.saveClient({ provider: 'outlook', clientId: 'client-2', clientSecret: null })
    const clients = await place.app.api.signIn.clients({})
    expect(clients.map(({ provider, adminUrl }) => [provider, adminUrl])).toEqual([
      ['gmail', null],
      ['outlook', 'https://admin.example/?client-2'],
    ])
  })

  test('of the rep goes before that of the build, and its secret is never shown', async () => {
    await using place = await start()
    const clients = await place.app.api.signIn.clients({})
    expect(clients).toEqual([
      { provider: 'gmail', clientId: 'client-1', source: 'own', hasSecret: true, adminUrl: null },
      { provider: 'outlook', clientId: '', source: 'none', hasSecret: false, adminUrl: null },
    ])
    expect(JSON.stringify(clients)).not.toContain('no-secret')
    const [gone] = await place.app.api.signIn.saveClient({ provider: 'gmail', clientId: '', clientSecret: null })
    expect(gone).toEqual({ provider: 'gmail', clientId: '', source: 'none', hasSecret: false, adminUrl: null })
    expect(await place.app.secrets.get('client.gmail')).toBe(null)
  })
})
