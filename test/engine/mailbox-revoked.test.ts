import { expect, test } from 'vitest'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { startGoogleServer } from '#test/fakes/google-server'
import { startTestEngine } from '#test/support/start-test-engine'

const ADDRESS = 'rita@pacemail.example'

/** A Gmail mailbox at the fake Google, added by its tokens. */
async function desk() {
  const server = await startGoogleServer({ addresses: [ADDRESS] })
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, google: server.endpoints })
  const app = await startTestEngine({ mail, builtIn: { gmail: server.client, outlook: null } })
  const secret = server.secretFor(ADDRESS)
  const signedIn = { kind: 'gmail' as const, address: ADDRESS, mayRead: false, name: '', senderName: 'Rita', secret }
  const { id } = await app.engine.rooms.accounts.addSignedIn(signedIn)
  const [mailbox] = await app.api.mailboxes.list({})
  const { access_token: token } = JSON.parse(secret) as { access_token: string }
  return {
    app,
    server,
    name: `mailbox.${id}`,
    remove: () => app.api.mailboxes.remove({ mailboxId: mailbox!.id }),
    isGood: () => server.oauth.caller(`Bearer ${token}`) !== null,
    told: async () => (await app.api.activity.list({ kinds: ['mailbox_not_revoked'] })).rows,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

test('a mailbox that is removed takes its permission at Google with it', async () => {
  await using at = await desk()
  expect(at.isGood()).toBe(true)
  await at.remove()
  expect({ isGood: at.isGood(), kept: await at.app.secrets.get(at.name) }).toEqual({ isGood: false, kept: null })
  expect(await at.told()).toEqual([])
})

test('what the rep has taken back at Google already is no failure', async () => {
  await using at = await desk()
  at.server.oauth.revokeAccount(ADDRESS)
  await at.remove()
  expect(await at.told()).toEqual([])
})

test('where Google cannot be reached it is removed all the same, and the rep hears where to end the permission', async () => {
  await using at = await desk()
  await at.server.close()
  await at.remove()
  expect(await at.app.api.mailboxes.list({})).toEqual([])
  expect(await at.told()).toMatchObject([{ kind: 'mailbox_not_revoked' }])
})
