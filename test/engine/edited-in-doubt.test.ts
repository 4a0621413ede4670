import { expect, test } from 'vitest'
import { sequenceDesk, startSequence, stepsAfter, type SequenceDesk } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** One person, one mail. */
async function desk(): Promise<SequenceDesk> {
  const one = await sequenceDesk(1)
  return { ...one, plan: { ...one.plan, steps: stepsAfter(one.stocked.templateId, [0]) } }
}

const start = async (at: SequenceDesk) => (await startSequence(at)).id

/** The template gets another text and the campaign takes it. */
async function edit({ app, plan, stocked }: SequenceDesk, campaignId: Awaited<ReturnType<typeof start>>, body = 'New') {
  const content = { subject: 'News', body, format: 'plain' } as const
  await app.api.templates.save({ templateId: stocked.templateId, name: 'Hello', content })
  return app.api.campaigns.change({ campaignId, ...plan })
}

async function only({ app }: SequenceDesk) {
  const [row] = (await app.api.sends.list({})).rows
  if (!row) throw new Error('nothing was queued')
  return { ...row, ...(await app.api.sends.get({ sendId: row.id })) }
}

const texts = ({ mailbox }: SequenceDesk) => mailbox.sent.map(({ subject, text }) => [subject, text])
const rewritten = ({ events }: Awaited<ReturnType<typeof only>>) =>
  events.filter(({ kind }) => kind === 'send_rewritten').map(({ data }) => data['text'])

/** Asked for without an answer; nothing can be looked up yet. */
async function inDoubt() {
  const at = await desk()
  at.mailbox.next.push('does not accept and the answer is lost')
  at.mailbox.isBlind = true
  const campaignId = await start(at)
  await at.app.run(HOUR)
  expect((await only(at)).status).toBe('uncertain')
  return { ...at, campaignId }
}

test('a mail in doubt that turns out not to have left goes with the text that its step has now, and its story says so', async () => {
  await using at = await inDoubt()
  expect(await edit(at, at.campaignId)).toMatchObject({ rewritten: 0, kept: 0, undecided: 1 })
  expect(rewritten(await only(at))).toEqual(['owed'])
  // Until it is known what became of it, this is the mail that may have left.
  expect((await only(at)).mail.text).toContain('Hi Person1')

  at.mailbox.isBlind = false
  await at.app.run(DAY)
  expect(texts(at)).toEqual([['News', 'New']])
  expect(rewritten(await only(at))).toEqual(['owed', 'taken'])
})

test('one that had left stays as it left', async () => {
  await using at = await desk()
  at.mailbox.next.push('accepts but the answer is lost')
  at.mailbox.isBlind = true
  const campaignId = await start(at)
  await at.app.run(HOUR)
  await edit(at, campaignId)
  at.mailbox.isBlind = false
  await at.app.run(HOUR)
  expect(await only(at)).toMatchObject({ status: 'sent', mail: { subject: 'Hello Person1' } })
  expect(texts(at)).toHaveLength(1)
})

test('the rep’s word that it was not sent has it sent anew with the new text', async () => {
  await using at = await inDoubt()
  await edit(at, at.campaignId)
  const { id } = await only(at)
  await at.app.api.sends.settle({ sendId: id, wasSent: false })
  await at.app.run(DAY)
  expect(texts(at)).toEqual([['News', 'New']])
})

test('a mail that is handed over while its step is edited, and refused for now, goes with the new text', async () => {
  await using at = await desk()
  at.mailbox.next.push('refuses for now')
  let campaignId: Awaited<ReturnType<typeof start>> | null = null
  at.mailbox.onAsk = async () => {
    at.mailbox.onAsk = () => {}
    const [row] = await at.app.api.campaigns.list({})
    campaignId = row!.id
    expect(await edit(at, row!.id)).toMatchObject({ undecided: 1 })
  }
  await start(at)
  await at.app.runOut()
  expect(campaignId).not.toBeNull()
  expect(texts(at)).toEqual([['News', 'New']])
})

test('a mail that failed and is tried again goes with the new text', async () => {
  await using at = await desk()
  at.mailbox.next.push('refuses for good')
  const campaignId = await start(at)
  expect(await edit(at, campaignId)).toMatchObject({ undecided: 0 })
  await at.app.api.campaigns.retryFailed({ campaignId })
  await at.app.runOut()
  expect(texts(at)).toEqual([['News', 'New']])
})

test('what the rep wrote by hand is kept', async () => {
  await using at = await desk()
  await at.app.api.app.pause({})
  const campaignId = await start(at)
  const { id: sendId } = await only(at)
  const { revision } = await at.app.api.sends.source({ sendId })
  await at.app.api.sends.edit({ sendId, revision, subject: 'By hand', body: 'Only for you' })
  at.mailbox.next.push('does not accept and the answer is lost')
  at.mailbox.isBlind = true
  await at.app.api.app.resume({})
  await at.app.run(HOUR)
  expect(await edit(at, campaignId)).toMatchObject({ undecided: 0 })
  at.mailbox.isBlind = false
  await at.app.run(DAY)
  expect(texts(at)).toEqual([['By hand', 'Only for you']])
})

test('a new text that lacks a field of the person is not taken, and the story says so', async () => {
  await using at = await inDoubt()
  await edit(at, at.campaignId, 'Call me at {{phone}}')
  at.mailbox.isBlind = false
  await at.app.run(DAY)
  expect(texts(at)).toEqual([['Hello Person1', 'Hi Person1,\n\nhow is Company 1?']])
  expect(rewritten(await only(at))).toEqual(['owed', 'kept'])
})

test('a change that leaves the text alone leaves the mail alone', async () => {
  await using at = await inDoubt()
  expect(await at.app.api.campaigns.change({ campaignId: at.campaignId, ...at.plan, name: 'Summer' })).toMatchObject({
    undecided: 0,
  })
  expect(rewritten(await only(at))).toEqual([])
})
