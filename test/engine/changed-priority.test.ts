/** Mail that does not wait when its campaign gets another priority has it once it waits again. */
import { expect, test } from 'vitest'
import { sequenceDesk, startSequence, type SequenceDesk, stepsAfter } from '#test/support/sequence'

const HOUR = 3_600_000

type CampaignId = Awaited<ReturnType<typeof startSequence>>['id']

async function prioritised({ app, plan, stocked }: SequenceDesk, campaignId: CampaignId): Promise<void> {
  const steps = stepsAfter(stocked.templateId, [0, 3])
  await app.api.campaigns.change({ ...plan, steps, priority: 0, campaignId })
}

/** The priorities of what waits, by step. */
async function waiting({ app }: SequenceDesk): Promise<[step: number, priority: number][]> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 100 })
  return rows.map(({ step, priority }): [number, number] => [step, priority]).toSorted((a, b) => a[0] - b[0])
}

async function twoSteps(desk: SequenceDesk): Promise<CampaignId> {
  const { id } = await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0, 3]) })
  return id
}

test('mail that had failed and is tried again, and what goes with it', async () => {
  await using desk = await sequenceDesk(1)
  desk.mailbox.next.push('refuses for good')
  const id = await twoSteps(desk)
  await desk.app.run(HOUR)
  expect(await waiting(desk)).toEqual([])
  await prioritised(desk, id)
  // So that it stays to be looked at.
  await desk.app.api.app.pause({})
  await desk.app.api.campaigns.retryFailed({ campaignId: id })
  expect(await waiting(desk)).toEqual([
    [0, 0],
    [1, 0],
  ])
})

test('mail that a rule had stopped, once the verdict is taken back', async () => {
  await using desk = await sequenceDesk(1)
  const id = await twoSteps(desk)
  await desk.app.run(HOUR)
  desk.inbox.receive({
    from: 'p1@company1.example',
    at: desk.app.clock.now(),
    inReplyTo: `<${desk.mailbox.sent[0]?.key}@pacemail.example>`,
    body: 'Thank you, let us speak.',
  })
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
  expect(await waiting(desk)).toEqual([])
  await prioritised(desk, id)
  const { rows } = await desk.app.api.incoming.list({})
  await desk.app.api.incoming.undo({ incomingId: rows[0]!.id })
  expect(await waiting(desk)).toEqual([[1, 0]])
})

test('mail that was on its way, once its provider has refused it for now; it goes on meanwhile', async () => {
  await using desk = await sequenceDesk(1)
  desk.mailbox.next.push('refuses for now')
  const changing: Promise<void>[] = []
  desk.mailbox.onAsk = () => {
    if (changing.length > 0) return
    changing.push(desk.app.api.campaigns.list({}).then(([campaign]) => prioritised(desk, campaign!.id)))
    return changing[0]
  }
  await twoSteps(desk)
  await Promise.all(changing)
  expect(desk.mailbox.sendCalls).toBe(1)
  expect(await waiting(desk)).toEqual([
    [0, 0],
    [1, 0],
  ])
})

test('the rep’s own word for one mail counts when it was given later', async () => {
  await using desk = await sequenceDesk(1)
  const id = await twoSteps(desk)
  await prioritised(desk, id)
  const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
  await desk.app.api.sends.prioritise({ selection: { by: 'ids', ids: [rows[0]!.id] }, priority: 2 })
  expect(await waiting(desk)).toEqual([[1, 2]])
})
