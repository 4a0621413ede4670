import { expect, test } from 'vitest'
import { sequenceDesk, startSequence } from '#test/support/sequence'
import { startTestEngine } from '#test/support/start-test-engine'
import { stock } from '#test/support/stock'

test('who is taken out of a draft is not written to when it starts, and can be added again', async () => {
  await using app = await startTestEngine()
  const { leadIds, mailboxId, templateId } = await stock(app, 3)
  const [first] = leadIds
  if (first === undefined) throw new Error('no lead')
  const { id: campaignId } = await app.api.campaigns.create({
    name: 'Three mails',
    steps: [{ delay: { days: 0, unit: 'days' }, threading: 'new', templateIds: [templateId] }],
    mailboxIds: [mailboxId],
    at: null,
  })
  await app.api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [...leadIds] } })

  expect(await app.api.campaigns.removePeople({ campaignId, leadIds: [first] })).toEqual({ changed: 1 })
  expect((await app.api.campaigns.check({ campaignId })).ready).toBe(2)
  expect(await app.api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [first] } })).toEqual({
    added: 1,
    left: 0,
  })

  await app.api.campaigns.removePeople({ campaignId, leadIds: [first] })
  expect((await app.api.campaigns.start({ campaignId })).queued).toBe(2)
})

test('a sent mail tells its own text, also once its step has another; what waits takes the new one', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(3_600_000)
  const content = { subject: 'Another', body: 'Hi {{firstName}}', format: 'plain' } as const
  const other = await api.templates.save({ templateId: null, name: 'Another one', content })
  const steps = desk.plan.steps.map((step) => ({ ...step, templateIds: [other.id] }))
  await api.campaigns.change({ ...desk.plan, steps, campaignId })
  const { rows } = await api.campaigns.people({ campaignId, limit: 10 })
  const told = rows[0]?.steps.map(({ status, templateName }) => [status, templateName])
  expect(told).toEqual([
    ['sent', 'Hello'],
    ['pending', 'Another one'],
    ['pending', 'Another one'],
  ])
})
