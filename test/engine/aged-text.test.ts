import { expect, test } from 'vitest'
import { type SequenceDesk, sequenceDesk, startSequence, storyOf } from '#test/support/sequence'

const DAY = 86_400_000

test('a text that is no longer true when its turn comes stands aside, marked, until the rep sends it as it is', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const content = { subject: 'A word', body: 'Shall we speak tomorrow, {{firstName}}?', format: 'plain' } as const
  const text = await api.templates.save({ templateId: null, name: 'Ages', content })
  await api.app.pause({})
  const steps = [{ ...desk.plan.steps[0]!, templateIds: [text.id] }]
  const { id } = await startSequence(desk, { steps })
  await desk.app.run(DAY)
  await api.app.resume({})
  await desk.app.run(DAY)
  expect(desk.mailbox.sent).toHaveLength(0)
  expect(await storyOf(desk, id)).toEqual({ 'Person1 active': ['text_aged'] })
  const { rows } = await api.sends.list({ status: ['pending'] })
  const { aged } = await api.sends.get({ sendId: rows[0]!.id })
  expect(aged.map((words) => words.text)).toEqual(['tomorrow'])

  await api.sends.release({ selection: { by: 'ids', ids: [rows[0]!.id] } })
  await desk.app.runOut()
  expect(desk.mailbox.sent).toHaveLength(1)
})

test('the same text goes at once on the day it was written for', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const content = { subject: 'A word', body: 'Shall we speak tomorrow?', format: 'plain' } as const
  const text = await api.templates.save({ templateId: null, name: 'Ages', content })
  await startSequence(desk, { steps: [{ ...desk.plan.steps[0]!, templateIds: [text.id] }] })
  expect(desk.mailbox.sent).toHaveLength(1)
})

/** The second of two mails, under a subject that is true on one day only, is kept from going on its day. */
async function secondIsLate(desk: SequenceDesk, threading: 'reply' | 'new'): Promise<string[]> {
  const { api } = desk.app
  const content = { subject: 'Shall we speak tomorrow?', body: 'Did you see it?', format: 'plain' } as const
  const text = await api.templates.save({ templateId: null, name: 'Ages', content })
  const [one, two] = desk.plan.steps
  const templateIds = [text.id]
  const { id } = await startSequence(desk, {
    steps: [
      { ...one!, templateIds },
      { ...two!, templateIds, threading },
    ],
  })
  await api.app.pause({})
  await desk.app.run(4 * DAY)
  await api.app.resume({})
  await desk.app.run(DAY)
  return Object.values(await storyOf(desk, id))[0] ?? []
}

test('an answer is not held up by the subject of its thread, which was true when the thread began', async () => {
  await using desk = await sequenceDesk(1)
  await secondIsLate(desk, 'reply')
  expect(desk.mailbox.sent.map(({ subject }) => subject)).toEqual([
    'Shall we speak tomorrow?',
    'Re: Shall we speak tomorrow?',
  ])
})

test('a mail that begins a thread of its own is held up by its own subject', async () => {
  await using desk = await sequenceDesk(1)
  expect(await secondIsLate(desk, 'new')).toEqual([expect.stringContaining('sent'), 'text_aged'])
  expect(desk.mailbox.sent).toHaveLength(1)
})
