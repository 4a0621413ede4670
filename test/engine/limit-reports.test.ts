import { expect, test } from 'vitest'
import { deliveryReport } from '#test/support/incoming-mail'
import { DAY_MS } from '#shared/domain/pacing'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

/** providers.md §4.3: reports about the rep's own account, on the whole engine. */
async function desk() {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const app = await startTestEngine({ mailbox })
  const stocked = await stock(app, 1)
  await dispatchAll(app, stocked)
  await app.runOut()
  const sentAt = app.clock.now()
  await app.run(600_000)
  const read = async () => {
    await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
    return app.api.mailboxes.get({ mailboxId: stocked.mailboxId })
  }
  return { app, mailbox, inbox, read, sentAt, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test.each([
  ['5.4.5', '550 5.4.5 Daily user sending quota exceeded'],
  ['5.1.90', '550 5.1.90 too many recipients'],
  ['5.7.233', '550 5.7.233 tenant limit'],
])('a bounce of our mail with %s rests the mailbox until its window rolls', async (status, answer) => {
  await using at = await desk()
  const to = at.mailbox.sent[0]!.to.address
  at.inbox.receive({
    from: 'mailer-daemon@provider.example',
    at: at.app.clock.now(),
    ...deliveryReport(to, { status, diagnostic: answer }),
  })
  const { status: now, restingUntil } = await at.read()
  expect(now).toBe('resting')
  expect(Math.abs(restingUntil! - at.sentAt - DAY_MS)).toBeLessThan(600_000)
})

test.each(['5.7.705', '5.7.708'])(
  'a bounce of our mail with %s stops the mailbox until the admin has acted',
  async (status) => {
    await using at = await desk()
    const to = at.mailbox.sent[0]!.to.address
    at.inbox.receive({
      from: 'postmaster@provider.example',
      at: at.app.clock.now(),
      ...deliveryReport(to, { status, diagnostic: 'blocked' }),
    })
    expect(await at.read()).toMatchObject({ status: 'needs_sign_in', need: 'account_blocked' })
  },
)

const LIMIT = {
  from: 'nobody@gmail.com',
  subject: 'Message not sent',
  body: 'You have reached a limit for sending mail. Your message was not sent.',
}

test('a limit told from nobody@gmail.com counts, although it names no mail of ours', async () => {
  await using at = await desk()
  at.inbox.receive({ ...LIMIT, at: at.app.clock.now() })
  expect((await at.read()).status).toBe('resting')
  expect((await at.app.api.incoming.list({})).rows).toEqual([])
})

test.each([
  ['of two days ago', { at: -2 * DAY_MS }],
  ['from anybody else', { from: 'p1@company1.example' }],
])('such words %s rest nothing', async (_what, change) => {
  await using at = await desk()
  at.inbox.receive({ ...LIMIT, ...change, at: at.app.clock.now() + ('at' in change ? change.at : 0) })
  expect((await at.read()).status).toBe('ready')
})

async function add(app: TestEngine, kind: 'gmail' | 'outlook', address: string): Promise<number> {
  const account = { kind, address, mayRead: false, secret: 'x', name: '', senderName: 'Rita' }
  return (await app.engine.rooms.accounts.addSignedIn(account)).id
}

async function resting(app: TestEngine): Promise<string[]> {
  const mailboxes = await app.api.mailboxes.list({})
  return mailboxes.filter(({ status }) => status === 'resting').map(({ address }) => address)
}

test('the limit of an organisation rests all its mailboxes, that of our app all Gmail ones, any other only the one', async () => {
  await using app = await startTestEngine({})
  const one = await add(app, 'outlook', 'ann@corp.example')
  await add(app, 'outlook', 'bob@CORP.example')
  await add(app, 'outlook', 'cid@elsewhere.example')
  const gmail = await add(app, 'gmail', 'ann@gmail.example')
  await add(app, 'gmail', 'bob@mail.example')
  const { mailboxes } = app.engine.rooms

  mailboxes.troubled(one, { type: 'day_limit' })
  expect(await resting(app)).toEqual(['ann@corp.example'])
  mailboxes.troubled(one, { type: 'day_limit', of: 'tenant' })
  expect(await resting(app)).toEqual(['ann@corp.example', 'bob@CORP.example'])
  mailboxes.troubled(gmail, { type: 'day_limit', of: 'app' })
  expect(await resting(app)).toEqual(['ann@corp.example', 'bob@CORP.example', 'ann@gmail.example', 'bob@mail.example'])
})
