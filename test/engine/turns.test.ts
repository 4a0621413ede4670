import { expect, test } from 'vitest'
import { policyWith } from '#test/support/start-test-engine'
import { SENDER } from '#test/support/stock'
import { sequenceDesk, startSequence } from '#test/support/sequence'

const DAY = 86_400_000

test('a person stays with the mailbox that wrote first, and others take turns', async () => {
  await using desk = await sequenceDesk(4)
  const { api } = desk.app
  const server = { host: '127.0.0.1', port: 25, security: 'none', user: '' } as const
  const second = await api.mailboxes.addSmtp({
    address: 'robin@rep.example',
    senderName: 'Robin',
    signature: '',
    smtp: server,
    password: 'secret',
  })
  await api.mailboxes.savePolicy({ mailboxId: second.id, policy: policyWith({}) })
  await api.mailboxes.saveSender({ mailboxId: second.id, ...SENDER })
  const { id: campaignId } = await startSequence(desk, { mailboxIds: [desk.stocked.mailboxId, second.id] })
  await desk.app.runOut()
  const { rows } = await api.sends.list({ campaignId, limit: 50 })
  const byPerson = Map.groupBy(rows, ({ leadName }) => leadName)
  for (const mails of byPerson.values()) expect(new Set(mails.map(({ mailboxId }) => mailboxId)).size).toBe(1)
  // Also in the next campaign, where the turns would be others.
  await desk.app.run(61 * DAY)
  const { id: nextId } = await api.campaigns.create({ ...desk.plan, mailboxIds: [second.id, desk.stocked.mailboxId] })
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
