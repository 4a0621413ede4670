import { expect, test } from 'vitest'
import { AppError } from '#shared/errors'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const QUICK = { gapMs: { min: 1_000, max: 1_000 } }

/** A provider that says no for good to the next mails, one word each; "yes" takes one. */
function refusing(...words: readonly string[]) {
  const mailbox = createFakeMailbox()
  const left = [...words]
  mailbox.onAsk = () => {
    const providerCode = left.shift() ?? 'yes'
    if (providerCode === 'yes') return
    throw new AppError('mail.refused', providerCode, { details: { isFinal: true, providerCode, scope: 'message' } })
  }
  return mailbox
}

async function campaignOf(app: TestEngine) {
  const [campaign] = await app.api.campaigns.list({})
  return campaign!
}

async function after(words: readonly string[], people = 4) {
  const mailbox = refusing(...words)
  const app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, people, QUICK))
  // The mailbox is looked through first, at this very moment.
  await app.run(0)
  await app.run(600_000)
  return { app, mailbox, campaign: await campaignOf(app) }
}

test('two people in a row who are refused in the same words pause the campaign, which says why; resumed, it goes on', async () => {
  const { app, mailbox, campaign } = await after(['BadRequest', 'BadRequest'])
  await using engine = app
  expect(campaign).toMatchObject({ status: 'paused', pausedBecause: 'same_refusals' })
  expect(campaign.progress).toMatchObject({ failed: 2, pending: 2 })
  expect(mailbox.sendCalls).toBe(2)
  const { rows } = await engine.api.activity.list({ kinds: ['campaign_paused'] })
  expect(rows).toMatchObject([{ data: { because: 'same_refusals', providerCode: 'BadRequest' } }])

  await engine.api.campaigns.resume({ campaignId: campaign.id })
  await engine.runOut()
  expect(await campaignOf(engine)).toMatchObject({ status: 'completed', pausedBecause: null, progress: { sent: 2 } })
})

test.each([
  ['other words', ['BadRequest', 'ErrorMimeContentInvalid']],
  ['a mail that went in between', ['BadRequest', 'yes', 'BadRequest']],
  ['a "no" about the recipient', ['550 5.1.1', '550 5.1.1']],
  ['a bare 550', ['550', '550']],
])('%s do not pause it', async (_what, words) => {
  const { app, campaign } = await after(words)
  await using engine = app
  expect(campaign.pausedBecause).toBeNull()
  await engine.runOut()
  expect(await campaignOf(engine)).toMatchObject({ status: 'completed', progress: { pending: 0 } })
})

test('the same person refused twice is no sign of a mistake of ours', async () => {
  const { app, campaign } = await after(['BadRequest', 'yes'], 2)
  await using engine = app
  const { rows } = await engine.api.sends.list({})
  const failed = rows.find(({ status }) => status === 'failed')!
  expect(campaign.progress.failed).toBe(1)
  await engine.api.sends.retry({ selection: { by: 'ids', ids: [failed.id] } })
  await engine.runOut()
  expect((await campaignOf(engine)).status).toBe('completed')
})
