/** What each text of a step has brought: told of the text that was really sent. */
import { expect, test } from 'vitest'
import { importLeads } from '#test/support/stock'
import { sequenceDesk, type SequenceDesk, startSequence, stepsAfter } from '#test/support/sequence'

const DAY = 86_400_000

async function answerFirst({ app, mailbox, inbox, stocked }: SequenceDesk): Promise<void> {
  const [mail] = mailbox.sent
  const from = mail!.to.address
  inbox.receive({ from, at: app.clock.now(), inReplyTo: `<${mail!.key}@pacemail.example>`, body: 'Yes, please.' })
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
}

test('a text that takes the place of another begins with nothing, and the one before keeps what it has brought', async () => {
  await using desk = await sequenceDesk(3)
  const { api } = desk.app
  const { templateId } = desk.stocked
  const steps = stepsAfter(templateId, [0])
  const { id: campaignId } = await startSequence(desk, { steps })
  await desk.app.run(DAY)
  await answerFirst(desk)

  const content = { subject: 'Another {{firstName}}', body: 'Hi {{firstName}}', format: 'plain' } as const
  await api.templates.save({ templateId, name: 'Hello', content })
  await api.campaigns.change({ campaignId, ...desk.plan, steps })
  const more = await importLeads(desk.app, 2, 4)
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: more } })
  await desk.app.run(DAY)

  const [step] = (await api.campaigns.get({ campaignId })).steps
  expect(step?.variants).toMatchObject([{ version: 2, sent: 2, replied: 0 }])
  expect(step?.earlier).toMatchObject([{ version: 1, sent: 3, replied: 1 }])
  const { byTemplate } = await api.insights.overview({ days: 30 })
  expect(byTemplate.map(({ version, rate }) => [version, rate.sent, rate.hits])).toEqual([
    [1, 3, 1],
    [2, 2, 0],
  ])
})

test('mail that waits counts for the text that it gets before it leaves', async () => {
  await using desk = await sequenceDesk(2)
  const { api } = desk.app
  const { templateId } = desk.stocked
  const steps = stepsAfter(templateId, [0])
  const { id: campaignId } = await startSequence(desk, { steps, at: { local: '2026-03-03T09:00', zone: 'UTC' } })
  const content = { subject: 'Another {{firstName}}', body: 'Hi {{firstName}}', format: 'plain' } as const
  await api.templates.save({ templateId, name: 'Hello', content })
  await api.campaigns.change({ campaignId, ...desk.plan, steps, at: { local: '2026-03-03T09:00', zone: 'UTC' } })
  await desk.app.run(2 * DAY)
  const [step] = (await api.campaigns.get({ campaignId })).steps
  expect(step).toMatchObject({ variants: [{ version: 2, sent: 2 }], earlier: [] })
})
