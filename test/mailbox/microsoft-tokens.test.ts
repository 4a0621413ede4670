import type { ISerializableTokenCache, TokenCacheContext } from '@azure/msal-node'
import { describe, test, vi } from 'vitest'
import { cacheInSecret } from '#electron/mailbox/outlook/microsoft-secret'
import { createGraphTurns } from '#electron/mailbox/outlook/graph-turns'
import { createMicrosoftTokens, type AccessTokens } from '#electron/mailbox/outlook/microsoft-tokens'
import type { TokenRefusalName } from '#test/fakes/graph-moods'
import { memorySecret, outlookPlace, REP, type OutlookPlace } from '#test/mailbox/outlook-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

/** A real server on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const never = () => new AbortController().signal

function tokensOf({ server, secret }: OutlookPlace, timeoutMs = 60_000): AccessTokens {
  return createMicrosoftTokens({
    client: server.client,
    endpoints: server.endpoints,
    secret,
    timeoutMs,
    turns: createGraphTurns(),
  })
}

const refreshes = ({ server }: OutlookPlace) => server.oauth.asked.filter((grant) => grant === 'refresh_token').length

describe.concurrent('a token', () => {
  test('that is still good costs no request, also after a restart', async ({ expect }) => {
    await using place = await outlookPlace()
    const first = await tokensOf(place).get({ isRefused: false }, never())
    const second = await tokensOf(place).get({ isRefused: false }, never())

    expect(second).toBe(first)
    expect(refreshes(place)).toBe(0)
  })

  test('that was refused is renewed once, for everybody who asks, and kept', async ({ expect }) => {
    await using place = await outlookPlace()
    const tokens = tokensOf(place)
    const old = await tokens.get({ isRefused: false }, never())
    const renewed = await Promise.all([
      tokens.get({ isRefused: true }, never()),
      tokens.get({ isRefused: true }, never()),
      tokens.get({ isRefused: false }, never()),
    ])

    expect(new Set(renewed).size).toBe(1)
    expect(renewed[0]).not.toBe(old)
    expect(refreshes(place)).toBe(1)
    expect(await tokensOf(place).get({ isRefused: false }, never())).toBe(renewed[0])
  })

  test('that has expired at Microsoft is renewed in the middle of a step, and the mail leaves once', async ({
    expect,
  }) => {
    await using place = await outlookPlace()
    const mail = outgoingMail()
    place.server.oauth.expireAccessTokens()
    const { draftId } = await place.open().createDraft(mail, never())
    const mailbox = place.open()
    const expire = () => {
      place.server.oauth.expireAccessTokens()
      return true
    }
    await mailbox.sendDraft(draftId, mail, expire, never())

    expect(place.server.accepted(REP)).toHaveLength(1)
    expect(refreshes(place)).toBe(2)
  })

  test.for<[TokenRefusalName, object]>([
    ['inactive', { code: 'mail.signed_out', details: { providerCode: 'AADSTS700082' } }],
    ['revoked', { code: 'mail.signed_out', details: { providerCode: 'AADSTS50173' } }],
    ['bad token', { code: 'mail.signed_out' }],
    ['consent withdrawn', { code: 'mail.signed_out', details: { providerCode: 'AADSTS65001' } }],
    ['wants a second factor', { code: 'mail.signed_out', details: { providerCode: 'AADSTS50076' } }],
    ['unknown client', { code: 'mail.refused', details: { scope: 'mailbox', isFinal: true, need: 'configuration' } }],
    ['unavailable', { code: 'mail.refused', details: { scope: 'mailbox', isFinal: false } }],
    ['throttled', { code: 'mail.refused', details: { scope: 'mailbox', isFinal: false } }],
  ])('cannot be had: %s', async ([refusal, failure], { expect }) => {
    await using place = await outlookPlace()
    place.server.oauth.refusal = refusal
    await expect(tokensOf(place).get({ isRefused: true }, never())).rejects.toMatchObject(failure)
  })

  test('cannot be had for now: the next one is asked for again', async ({ expect }) => {
    await using place = await outlookPlace()
    const tokens = tokensOf(place)
    place.server.oauth.refusal = 'unavailable'
    await expect(tokens.get({ isRefused: true }, never())).rejects.toMatchObject({ code: 'mail.refused' })
    place.server.oauth.refusal = null

    expect(await tokens.get({ isRefused: true }, never())).toContain('access')
  })

  test('without a secret, or with one that is damaged, the rep must sign in', async ({ expect }) => {
    await using place = await outlookPlace()
    for (const text of [null, '', 'x', '{}', JSON.stringify({ homeAccountId: 'x', cache: '{}' })]) {
      place.secret.text = text
      await expect(tokensOf(place).get({ isRefused: false }, never())).rejects.toMatchObject({
        code: 'mail.signed_out',
      })
    }
    expect(refreshes(place)).toBe(0)
  })

  test.for([
    ['drops before acting', 'no_connection'],
    ['shows the page of a hotel', 'no_connection'],
  ] as const)('from an endpoint that %s: not reached', async ([mood, reason], { expect }) => {
    await using place = await outlookPlace()
    place.server.setMood('token', mood)
    const asking = tokensOf(place).get({ isRefused: true }, never())
    await expect(asking).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason } })
  })

  test('from an endpoint that is silent: ends with the time-out', async ({ expect }) => {
    await using place = await outlookPlace()
    place.server.setMood('token', 'is silent and does nothing')
    const asking = tokensOf(place, 50).get({ isRefused: true }, never())
    await expect(asking).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'timeout' } })
  })

  test('that nobody waits for any more is still there for the others', async ({ expect }) => {
    await using place = await outlookPlace()
    place.server.setMood('token', 'acts and is silent')
    const tokens = tokensOf(place)
    const controller = new AbortController()
    const impatient = tokens.get({ isRefused: true }, controller.signal)
    const patient = tokens.get({ isRefused: true }, never())
    void place.server.silence().then(() => controller.abort())

    await expect(impatient).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'stopped' } })
    place.server.release()
    expect(await patient).toContain('access')
    expect(refreshes(place)).toBe(1)
  })
})

describe.concurrent('the secret', () => {
  test('of a mailbox that was removed meanwhile is not brought back', async ({ expect }) => {
    await using place = await outlookPlace()
    place.server.setMood('token', 'acts and is silent')
    const asking = tokensOf(place).get({ isRefused: true }, never())
    await place.server.silence()
    place.secret.text = null
    place.server.release()
    await asking.catch(() => undefined)

    expect(place.secret.text).toBeNull()
  })

  test('that another account signed in to meanwhile is left alone', async ({ expect }) => {
    const kept = memorySecret(JSON.stringify({ homeAccountId: 'rita', cache: '{}' }))
    const plugin = cacheInSecret(kept)
    const tokenCache = { deserialize: () => {}, serialize: () => 'renewed' }
    await plugin.beforeCacheAccess(contextOf(tokenCache))
    const bob = JSON.stringify({ homeAccountId: 'bob', cache: '{}' })
    kept.text = bob
    await plugin.afterCacheAccess(contextOf(tokenCache))

    expect(kept.text).toBe(bob)
  })

  test('of two mailboxes stay apart', async ({ expect }) => {
    await using place = await outlookPlace()
    await using other = await outlookPlace()
    const before = other.secret.text
    await tokensOf(place).get({ isRefused: true }, never())

    expect(place.secret.written).toHaveLength(1)
    expect(other.secret.text).toBe(before)
  })
})

function contextOf(tokenCache: ISerializableTokenCache): TokenCacheContext {
  return { tokenCache, cacheHasChanged: true } as TokenCacheContext
}
