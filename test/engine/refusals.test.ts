import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

/** A gap too short to hide what else is waited for. */
const QUICK = { gapMs: { min: 1_000, max: 1_000 } }

async function only(app: TestEngine) {
  const { rows } = await app.api.sends.list({})
  return rows[0]!
}

test('a refusal for now is tried again after 2, 4, 8 … minutes and ends in failed', async () => {
  const mailbox = createFakeMailbox('refuses for now')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1, QUICK))

  await app.run(60_000)
  const retrying = await only(app)
  expect(retrying).toMatchObject({ status: 'pending', attempts: 1, wait: { code: 'retry' } })
  expect(retrying.failure).toEqual({ code: 'mail.refused', providerCode: '451 4.7.1' })

  await app.run(86_400_000)
  expect(await only(app)).toMatchObject({ status: 'failed', attempts: 6 })
  expect(mailbox.sendCalls).toBe(6)
  expect(mailbox.sent).toHaveLength(0)
})

test('where a draft can be sent by hand, the last refusal fails a mail only after a look that finds it unsent', async () => {
  const mailbox = createFakeMailbox('refuses for now')
  mailbox.hasVisibleDrafts = true
  mailbox.isBlind = true
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1, QUICK))

  await app.run(86_400_000)
  expect(await only(app)).toMatchObject({ status: 'uncertain', failure: { code: 'mail.refused' } })
  mailbox.isBlind = false
  await app.run(120_000)
  expect(await only(app)).toMatchObject({ status: 'failed', attempts: 6, failure: { providerCode: '451 4.7.1' } })
  expect(mailbox.sendCalls).toBe(6)
})

test('a refusal for good fails at once, and the rep may have it tried again', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('refuses for good')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))

  await app.run(60_000)
  const failed = await only(app)
  expect(failed).toMatchObject({ status: 'failed', failure: { code: 'mail.refused', providerCode: '550 5.1.1' } })

  await app.api.sends.retry({ selection: { by: 'ids', ids: [failed.id] } })
  await app.runOut()
  expect((await only(app)).status).toBe('sent')
})

test('a mailbox that cannot be reached rests, and its sends wait with that reason; no attempt is counted', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('cannot be reached')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 2, QUICK))

  await app.run(1_000)
  expect(await only(app)).toMatchObject({ status: 'pending', attempts: 0, wait: { code: 'mailbox_resting' } })
  const [resting] = await app.api.mailboxes.list({})
  expect(resting!.status).toBe('resting')

  await app.runOut()
  expect(mailbox.sent).toHaveLength(2)
  expect((await app.api.mailboxes.list({}))[0]!.status).toBe('ready')
})

test('a mailbox that wants a sign-in stops asking; the mail is sent once it is resumed', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('wants a sign-in')
  await using app = await startTestEngine({ mailbox })
  const { mailboxId } = await (async () => {
    const goods = await stock(app, 1)
    await dispatchAll(app, goods)
    return goods
  })()

  await app.run(86_400_000)
  expect(await only(app)).toMatchObject({ status: 'pending', wait: { code: 'mailbox_signed_out', at: null } })
  expect(mailbox.sendCalls).toBe(1)

  await app.api.mailboxes.resume({ mailboxId })
  await app.runOut()
  expect(mailbox.sent).toHaveLength(1)
})

test('a draft that breaks is made again later; nothing was asked for', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('breaks while drafting')
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))

  await app.run(1_000)
  expect(await only(app)).toMatchObject({ status: 'pending', attempts: 1 })
  await app.runOut()
  expect(mailbox.sent).toHaveLength(1)
})
