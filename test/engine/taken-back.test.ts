import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { answerMail } from '#test/support/sequence-answers'
import { sequenceDesk, startSequence, stepsAfter, storyOf, type SequenceDesk } from '#test/support/sequence'
import { importColleagues } from '#test/support/stock'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function answer(desk: SequenceDesk, address: string, how: 'replied' | 'auto_replied' = 'replied'): Promise<void> {
  const key = desk.mailbox.sent.find(({ to }) => to.address === address)?.key ?? ''
  const now = desk.app.clock.now()
  desk.inbox.receive(answerMail({ address, key, answer: how, now, until: Temporal.PlainDate.from('2026-03-20') }))
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
}

/** The oldest that stands. */
async function undoOldest({ app }: SequenceDesk): Promise<void> {
  const { rows } = await app.api.incoming.list({})
  const oldest = rows.findLast(({ undoneAt }) => undoneAt === null)
  await app.api.incoming.undo({ incomingId: oldest!.id })
}

const PERSON = 'p1@company1.example'

/** Two people who have got the first mail of three; the first one has answered. */
async function stopped() {
  const desk = await sequenceDesk(2)
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answer(desk, PERSON)
  return { ...desk, campaignId, second: async () => (await storyOf(desk, campaignId))['Person1 active']?.[1] }
}

test('a company stays alone while the answer of one colleague stands, and not once both are taken back', async () => {
  await using desk = await sequenceDesk(0)
  const leadIds = await importColleagues(desk.app, 2)
  await desk.app.api.incoming.saveRules({ stopsCompany: true })
  await startSequence({ ...desk, stocked: { ...desk.stocked, leadIds } })
  await desk.app.run(HOUR)
  await answer(desk, 'p1@company1.example')
  await desk.app.run(HOUR)
  await answer(desk, 'p2@company1.example')
  const stops = async () => (await desk.app.api.suppressions.list({})).total
  const before = await stops()
  expect(before).toBeGreaterThan(0)
  await undoOldest(desk)
  expect(await stops()).toBe(before)
  await undoOldest(desk)
  expect(await stops()).toBe(0)
})

test('a pause that came and went meanwhile stops the days of what comes back', async () => {
  await using desk = await stopped()
  const { api } = desk.app
  await api.campaigns.pause({ campaignId: desk.campaignId })
  await desk.app.run(DAY)
  await api.campaigns.resume({ campaignId: desk.campaignId })
  await undoOldest(desk)
  expect(await desk.second()).toBe('planned 2026-03-06 09:00')
})

test.each([
  [1, 'planned 2026-03-03 09:00'],
  [5, 'planned 2026-03-09 09:00'],
])('it waits as long as its step asks for by now: %s working days', async (days, planned) => {
  await using desk = await stopped()
  const steps = stepsAfter(desk.stocked.templateId, [0, days, 7])
  await desk.app.api.campaigns.change({ ...desk.plan, campaignId: desk.campaignId, steps })
  await undoOldest(desk)
  expect(await desk.second()).toBe(planned)
})

test('it has the text that its step has by now', async () => {
  await using desk = await stopped()
  const content = { subject: 'News', body: 'Another text', format: 'plain' } as const
  await desk.app.api.templates.save({ templateId: desk.stocked.templateId, name: 'Hello', content })
  await desk.app.api.campaigns.change({ ...desk.plan, campaignId: desk.campaignId })
  await undoOldest(desk)
  await desk.app.run(4 * DAY)
  expect(desk.mailbox.sent.findLast(({ to }) => to.address === PERSON)).toMatchObject({
    subject: 'Re: Hello Person1',
    text: 'Another text',
  })
})

test('an absence that was taken back meanwhile does not hold it', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answer(desk, PERSON, 'auto_replied')
  await desk.app.run(HOUR)
  await answer(desk, PERSON)
  await undoOldest(desk)
  await undoOldest(desk)
  expect(Object.values(await storyOf(desk, id))[0]?.[1]).toBe('planned 2026-03-05 09:00')
})
