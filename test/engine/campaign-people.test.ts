import { expect, test } from 'vitest'
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
