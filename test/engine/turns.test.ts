import { expect, test } from 'vitest'
import { addSecondMailbox, sequenceDesk, startSequence } from '#test/support/sequence'

const DAY = 86_400_000

test('a person stays with the mailbox that wrote first, and others take turns', async () => {
  await using desk = await sequenceDesk(4)
  const { api } = desk.app
  const secondId = await addSecondMailbox(desk)
  const { id: campaignId } = await startSequence(desk, { mailboxIds: [desk.stocked.mailboxId, secondId] })
  await desk.app.runOut()
  const { rows } = await api.sends.list({ campaignId, limit: 50 })
  const byPerson = Map.groupBy(rows, ({ leadName }) => leadName)
  for (const mails of byPerson.values()) expect(new Set(mails.map(({ mailboxId }) => mailboxId)).size).toBe(1)
  // Also in the next campaign, where the turns would be others.
  await desk.app.run(61 * DAY)
  const { id: nextId } = await api.campaigns.create({ ...desk.plan, mailboxIds: [secondId, desk.stocked.mailboxId] })
  await api.campaigns.addLeads({
    campaignId: nextId,
    selection: { by: 'ids', ids: desk.stocked.leadIds.slice(0, 3) },
  })
  await api.campaigns.start({ campaignId: nextId, acceptsFailedChecks: true })
  const { rows: next } = await api.sends.list({ campaignId: nextId, limit: 50 })
  expect(next).toHaveLength(9)
  for (const { leadName, mailboxId } of next) expect(byPerson.get(leadName)?.[0]?.mailboxId).toBe(mailboxId)

  const byMailbox = Map.groupBy(rows, ({ mailboxId }) => mailboxId)
  expect([...byMailbox.values()].map((mails) => mails.length)).toEqual([6, 6])
})
