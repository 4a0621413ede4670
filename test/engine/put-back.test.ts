import { expect, test } from 'vitest'
import { sequenceDesk, startSequence, storyOf, type SequenceDesk } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

type CampaignId = Awaited<ReturnType<typeof startSequence>>['id']

const first = ({ stocked }: SequenceDesk) => [stocked.leadIds[0]] as never[]

function takeOut(desk: SequenceDesk, campaignId: CampaignId) {
  return desk.app.api.campaigns.removePeople({ campaignId, leadIds: first(desk) })
}

function putBack(desk: SequenceDesk, campaignId: CampaignId) {
  return desk.app.api.campaigns.putBackPeople({ campaignId, leadIds: first(desk) })
}

test('somebody who was taken out goes on where they were: only with mails that they have not got, when those were due', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  const planned = await storyOf(desk, id)
  await takeOut(desk, id)
  await desk.app.run(HOUR)
  expect(await desk.app.api.campaigns.get({ campaignId: id })).toMatchObject({ status: 'completed' })
  expect(await putBack(desk, id)).toEqual({ changed: 1, left: [], leftCount: 0 })
  expect(await storyOf(desk, id)).toEqual(planned)
  expect(await desk.app.api.campaigns.get({ campaignId: id })).toMatchObject({ status: 'active' })
  await desk.app.runOut()
  expect(desk.mailbox.sent.map(({ subject }) => subject)).toEqual([
    'Hello Person1',
    'Re: Hello Person1',
    'Re: Hello Person1',
  ])
  const { rows } = await desk.app.api.activity.list({ kinds: ['enrolment_put_back'] })
  expect(rows).toMatchObject([{ leadName: 'Person1 Last1' }])
})

test('before anything went to them, they begin anew, and with the text that the campaign has by then', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  await api.app.pause({})
  const { id: campaignId } = await startSequence(desk)
  await takeOut(desk, campaignId)
  const content = { subject: 'News', body: 'Another text', format: 'plain' } as const
  await api.templates.save({ templateId: desk.stocked.templateId, name: 'Hello', content })
  await api.campaigns.change({ ...desk.plan, campaignId })
  await putBack(desk, campaignId)
  await api.app.resume({})
  await desk.app.run(DAY)
  expect(desk.mailbox.sent.map(({ subject, text }) => [subject, text])).toEqual([['News', 'Another text']])
})

test('a mail that was added to the campaign meanwhile is theirs as well', async () => {
  await using desk = await sequenceDesk(1)
  const { id: campaignId } = await startSequence(desk)
  await takeOut(desk, campaignId)
  const steps = [...desk.plan.steps, desk.plan.steps[2]!]
  await desk.app.api.campaigns.change({ ...desk.plan, campaignId, steps })
  await putBack(desk, campaignId)
  expect((await storyOf(desk, campaignId))['Person1 active']).toHaveLength(4)
})

test('who must not be written to any more stays out, and the answer says why', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await takeOut(desk, id)
  await desk.app.api.suppressions.add({ values: ['p1@company1.example'] })
  expect(await putBack(desk, id)).toMatchObject({ changed: 0, left: [{ reason: 'suppressed' }], leftCount: 1 })
  expect(Object.keys(await storyOf(desk, id))).toEqual(['Person1 removed'])
})

test('who was not taken out is left alone', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  const planned = await storyOf(desk, id)
  expect(await putBack(desk, id)).toEqual({ changed: 0, left: [], leftCount: 0 })
  expect(await storyOf(desk, id)).toEqual(planned)
})

test('a campaign that was put away takes nobody back', async () => {
  await using desk = await sequenceDesk(1)
  const { id: campaignId } = await startSequence(desk)
  await takeOut(desk, campaignId)
  await desk.app.api.campaigns.archive({ campaignId, isArchived: true })
  await expect(putBack(desk, campaignId)).rejects.toMatchObject({ code: 'campaign.over' })
})

test('adding people says who is in the campaign already, and who was taken out of it', async () => {
  await using desk = await sequenceDesk(2)
  const { api } = desk.app
  await api.app.pause({})
  const { id: campaignId } = await startSequence(desk)
  await takeOut(desk, campaignId)
  const selection = { by: 'ids' as const, ids: desk.stocked.leadIds as never }
  const { ready, obstacles } = await api.campaigns.checkLeads({ campaignId, selection })
  expect([ready, obstacles.map(({ reason }) => reason)]).toEqual([0, ['taken_out', 'in_campaign']])
  expect(await api.campaigns.addLeads({ campaignId, selection })).toEqual({ added: 0, left: 2 })
})
