import { expect, test } from 'vitest'
import { sequenceDesk, startSequence, stepsAfter, storyOf, type SequenceDesk } from '#test/support/sequence'
import { policyWith } from '#test/support/start-test-engine'

const HOUR = 3_600_000
const DAY = 24 * HOUR

type CampaignId = Awaited<ReturnType<typeof startSequence>>['id']

/** Its third mail is dropped, and added again later. */
function drop({ app, plan, stocked }: SequenceDesk, campaignId: CampaignId) {
  return app.api.campaigns.change({ ...plan, campaignId, steps: stepsAfter(stocked.templateId, [0, 3]) })
}

function addAgain({ app, plan }: SequenceDesk, campaignId: CampaignId, steps = plan.steps) {
  return app.api.campaigns.change({ ...plan, campaignId, steps })
}

async function sendOf({ app }: SequenceDesk, step: number) {
  const { rows } = await app.api.sends.list({ limit: 100 })
  const found = rows.find((row) => row.step === step)
  if (!found) throw new Error(`no mail ${step}`)
  return found
}

test('a step that is dropped and added again is queued anew, for when it had been planned', async () => {
  await using desk = await sequenceDesk(2)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  const planned = await storyOf(desk, id)
  expect(await drop(desk, id)).toMatchObject({ cancelled: 2 })
  expect(await addAgain(desk, id)).toMatchObject({ added: 2 })
  expect(await storyOf(desk, id)).toEqual(planned)
  const { events } = await desk.app.api.sends.get({ sendId: (await sendOf(desk, 2)).id })
  expect(events.map(({ kind, data }) => [kind, data['because']])).toEqual([
    ['send_queued', undefined],
    ['send_cancelled', 'step_dropped'],
    ['send_requeued', undefined],
  ])
  await desk.app.runOut()
  expect(desk.mailbox.sent).toHaveLength(6)
})

test('it ended for somebody only because the step was dropped: they go on from the mail that they got last', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(4 * DAY)
  const planned = await storyOf(desk, id)
  await drop(desk, id)
  expect(await desk.app.api.campaigns.get({ campaignId: id })).toMatchObject({ status: 'completed' })
  await desk.app.run(DAY)
  expect(await addAgain(desk, id)).toMatchObject({ added: 1 })
  expect(await storyOf(desk, id)).toEqual(planned)
  expect(await desk.app.api.campaigns.get({ campaignId: id })).toMatchObject({ status: 'active' })
  await desk.app.runOut()
  expect(desk.mailbox.sent).toHaveLength(3)
  expect(Object.keys(await storyOf(desk, id))).toEqual(['Person1 finished'])
})

test('whoever has got the step does not get it again', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.runOut()
  await drop(desk, id)
  expect(await addAgain(desk, id)).toMatchObject({ added: 0 })
  await desk.app.run(DAY)
  expect(desk.mailbox.sent).toHaveLength(3)
})

test('a mail that the rep has cancelled by itself stays cancelled', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  const { id: sendId } = await sendOf(desk, 2)
  await desk.app.api.sends.cancel({ selection: { by: 'ids', ids: [sendId] } })
  await drop(desk, id)
  expect(await addAgain(desk, id)).toMatchObject({ added: 0 })
  expect((await sendOf(desk, 2)).status).toBe('cancelled')
})

test('it comes back with the text that the step has now', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id } = await startSequence(desk)
  const content = { subject: 'Other', body: 'Another text', format: 'plain' } as const
  const other = await api.templates.save({ templateId: null, name: 'Other', content })
  await drop(desk, id)
  const [first, second] = desk.plan.steps
  const third = { ...second!, threading: 'new' as const, templateIds: [other.id] }
  expect(await addAgain(desk, id, [first!, second!, third])).toMatchObject({ added: 1 })
  await desk.app.runOut()
  expect(desk.mailbox.sent.at(-1)).toMatchObject({ subject: 'Other', text: 'Another text' })
})

test.each([
  [true, 'Only for you'],
  [false, 'Another text'],
])('what the rep wrote by hand comes back with the template it came from (%s)', async (isSame, text) => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id } = await startSequence(desk)
  const content = { subject: 'Other', body: 'Another text', format: 'plain' } as const
  const other = await api.templates.save({ templateId: null, name: 'Other', content })
  const { id: sendId } = await sendOf(desk, 2)
  const { revision } = await api.sends.source({ sendId })
  await api.sends.edit({ sendId, revision, subject: 'Re: Hello Person1', body: 'Only for you' })
  await drop(desk, id)
  const steps = isSame
    ? desk.plan.steps
    : desk.plan.steps.map((step, index) => (index === 2 ? { ...step, templateIds: [other.id] } : step))
  await addAgain(desk, id, steps)
  await desk.app.runOut()
  expect(desk.mailbox.sent.at(-1)?.text).toBe(text)
})

test('nobody to whom something else is under way by now is written to twice over', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id } = await startSequence(desk)
  await desk.app.run(4 * DAY)
  await drop(desk, id)
  const [leadId] = desk.stocked.leadIds as never[]
  await api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: policyWith({ coolDownDays: 1 }) })
  await desk.app.run(2 * DAY)
  const { id: campaignId } = await api.campaigns.create({ ...desk.plan, name: 'Summer' })
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [leadId!] } })
  await api.campaigns.start({ campaignId })
  expect(await addAgain(desk, id)).toMatchObject({ added: 0 })
})
