/** One mail that Gmail, Exchange or an IMAP server breaks over, for the whole engine with the product's own adapters. */
import { expect, test, vi } from 'vitest'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import type { MailRoom } from '#electron/mailbox/mail-room'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'
import { startGoogleServer } from '#test/fakes/google-server'
import { startMicrosoftServer } from '#test/fakes/microsoft-server'
import { REP, signedInSecret } from '#test/mailbox/outlook-place'
import { answerFrom } from '#test/support/incoming-mail'
import { createMemorySecrets } from '#test/support/memory-secrets'
import { ALWAYS, MONDAY_9, policyWith, startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, SENDER } from '#test/support/stock'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const ALIAS = 'someone@elsewhere.example'

interface Played extends AsyncDisposable {
  readonly room: MailRoom
  readonly secret: string
  /** The Message-IDs of the mails that left. */
  left(): readonly string[]
  receive(raw: Buffer): Promise<string>
  poison(id: string): void
}

const idIn = (raw: Buffer): string => /^message-id:\s*(<[^>]+>)/im.exec(raw.toString('latin1'))?.[1] ?? ''

async function gmail(clock: SimulatedClock): Promise<Played> {
  const server = await startGoogleServer({ addresses: [REP], now: () => clock.now() })
  const account = server.account()
  return {
    room: createMailRoom({ ...PUBLIC_ENDPOINTS, google: server.endpoints }),
    secret: server.secretFor(REP),
    left: () => account.left.map(({ raw }) => idIn(raw)),
    receive: async (raw) => account.receive({ from: '', subject: '', raw }).id,
    poison: (id) => void account.poison.add(id),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

async function outlook(clock: SimulatedClock): Promise<Played> {
  const server = await startMicrosoftServer({ now: () => clock.now() })
  const secret = await signedInSecret()
  server.oauth.trust(secret, server.signInAs(REP))
  const store = server.mailbox(REP)
  return {
    room: createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: server.endpoints }),
    secret,
    left: () => store.left.map(({ messageId }) => messageId),
    receive: (raw) => store.receive(raw),
    poison: (id) => void store.poison.add(id),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

test.each([
  ['gmail', gmail],
  ['outlook', outlook],
] as const)(
  '%s: it is tried for half an hour, then told; answers beside it, also from an alias, have their effect, and mail goes on',
  async (kind, play) => {
    const clock = createSimulatedClock(MONDAY_9, 'UTC')
    await using played = await play(clock)
    const client = { clientId: '11111111-2222-4333-8444-555555555555', clientSecret: 'x' }
    await using app = await startTestEngine({
      clock,
      mail: played.room,
      secrets: createMemorySecrets(),
      builtIn: { gmail: client, outlook: client },
    })
    const account = { kind, address: REP, name: 'Rita', mayRead: true, secret: played.secret, senderName: 'Rita' }
    const { id: mailboxId } = await app.engine.rooms.accounts.addSignedIn(account)
    await app.api.mailboxes.savePolicy({ mailboxId, policy: policyWith({ hours: ALWAYS }) })
    await app.api.mailboxes.saveSender({ mailboxId, ...SENDER })
    const content = { subject: 'Hello', body: 'Hi', format: 'plain' as const }
    const template = await app.api.templates.save({ templateId: null, name: 'Hello', content, attachments: [] })
    const goods = { mailboxId, templateId: template.id, leadIds: await importLeads(app, 2) }
    await dispatchAll(app, goods)
    await app.run(60 * MINUTE)
    expect(played.left()).toHaveLength(2)

    const now = clock.now()
    const mail = { to: REP, text: 'Yes, please.', at: now }
    played.poison(await played.receive(answerFrom('poison@corp.example', mail)))
    await played.receive(answerFrom(ALIAS, { ...mail, inReplyTo: played.left()[0] ?? '' }))
    await app.run(10 * MINUTE)
    expect((await app.api.mailboxes.get({ mailboxId })).status).toBe('resting')
    expect((await app.api.incoming.list({})).rows).toEqual([])

    await app.run(50 * MINUTE)
    const told = (await app.api.activity.list({ kinds: ['mail_unopened'] })).rows
    expect(told.map(({ data }) => data['isListed'])).toEqual([false])
    expect((await app.api.incoming.list({})).rows).toMatchObject([{ from: ALIAS, matchedBy: 'reference' }])
    expect((await app.api.mailboxes.get({ mailboxId })).status).toBe('ready')

    await played.receive(answerFrom(ALIAS, { ...mail, at: clock.now(), inReplyTo: played.left()[1] ?? '' }))
    await app.run(3 * 60 * MINUTE)
    expect((await app.api.incoming.list({})).total).toBe(2)
    expect((await app.api.activity.list({ kinds: ['mail_unopened'] })).rows).toHaveLength(1)
  },
)
