/** What the order of a sequence and the rep's own words outlast: sleep, and a change of the campaign. */
import { expect, test } from 'vitest'
import {
  addSecondMailbox,
  sequenceDesk,
  startSequence,
  stepsAfter,
  storyOf,
  type SequenceDesk,
} from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function pendingOf({ app }: SequenceDesk, step: number) {
  const { rows } = await app.api.sends.list({ status: ['pending'] })
  return rows.filter((row) => row.step === step)
}

/** The same campaign with these steps. */
function change(desk: SequenceDesk, campaignId: number, steps: SequenceDesk['plan']['steps']) {
  return desk.app.api.campaigns.change({ ...desk.plan, campaignId, steps })
}

test('mail that was missed goes in the order of its sequence, and after its days, once the rep lets it go', async () => {
  await using desk = await sequenceDesk(4)
  const steps = stepsAfter(desk.stocked.templateId, [0, 1, 2])
  await startSequence(desk, { steps, missed: 'ask' })
  await desk.app.run(60_000)
  await desk.app.clock.sleepThrough(3 * DAY)
  await desk.app.run(HOUR)
  const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
  const missed = rows.filter(({ wait }) => wait?.code === 'missed')
  expect(missed.length).toBeGreaterThan(0)
  const isBehind = (send: (typeof rows)[number]): boolean =>
    rows.some(({ leadId, step }) => leadId === send.leadId && step < send.step)
  expect(missed.filter(isBehind)).toEqual([])
  await desk.app.api.sends.release({ selection: { by: 'everything' } })
  await desk.app.runOut()
  const { rows: sent } = await desk.app.api.sends.list({ status: ['sent'], limit: 50 })
  expect(sent).toHaveLength(12)
  for (const leadId of desk.stocked.leadIds) {
    const days = [0, 1, 2].map((step) => {
      const { finishedAt } = sent.find((row) => row.leadId === leadId && row.step === step)!
      return Math.floor(finishedAt! / DAY)
    })
    expect([days[1]! - days[0]!, days[2]! - days[1]!].every((gap) => gap >= 1)).toBe(true)
  }
})

test('what waits for a mail that was let go has missed nothing, and counts its days from then', async () => {
  await using desk = await sequenceDesk(1)
  const steps = stepsAfter(desk.stocked.templateId, [0, 1, 1])
  const { id } = await startSequence(desk, { steps, missed: 'expire', expiresAfterHours: 1 })
  await desk.app.run(2 * HOUR)
  // Until Thursday at eleven: the second mail was due on Tuesday, the third would have been on Wednesday.
  await desk.app.clock.sleepThrough(3 * DAY)
  desk.app.engine.clockMayHaveJumped()
  await desk.app.run(0)
  expect((await storyOf(desk, id))['Person1 active']).toEqual([
    'sent 2026-03-02 09:00',
    'skipped',
    'planned 2026-03-06 11:00',
  ])
})

test('what is missed is found in a mailbox that the campaign no longer uses', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const second = await addSecondMailbox(desk)
  const steps = stepsAfter(desk.stocked.templateId, [0, 1])
  const { id: campaignId } = await startSequence(desk, { steps, missed: 'ask' })
  await desk.app.run(3 * HOUR)
  await api.campaigns.change({ campaignId, ...desk.plan, steps, missed: 'ask', mailboxIds: [second] })
  await desk.app.clock.sleepThrough(3 * DAY)
  desk.app.engine.clockMayHaveJumped()
  await desk.app.run(0)
  expect((await storyOf(desk, campaignId))['Person1 active']?.[1]).toBe('missed')
})

test('missed mail that gets a date of the rep goes at that date', async () => {
  await using desk = await sequenceDesk(4)
  await startSequence(desk, { steps: desk.plan.steps.slice(0, 1), missed: 'ask' })
  await desk.app.run(60_000)
  await desk.app.clock.sleepThrough(DAY)
  await desk.app.run(60_000)
  const [send] = (await pendingOf(desk, 0)).filter(({ wait }) => wait?.code === 'missed')
  const at = { local: '2026-03-05T11:00', zone: 'UTC' }
  await desk.app.api.sends.reschedule({ selection: { by: 'ids', ids: [send!.id] }, at })
  await desk.app.run(3 * DAY)
  const { send: after } = await desk.app.api.sends.get({ sendId: send!.id })
  expect(after).toMatchObject({ status: 'sent' })
})

test('a mail that the rep wrote over stays as it is when its step gets another text', async () => {
  await using desk = await sequenceDesk(2)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  const [send] = await pendingOf(desk, 1)
  const { revision } = await desk.app.api.sends.source({ sendId: send!.id })
  await desk.app.api.sends.edit({ sendId: send!.id, revision, subject: 'By hand', body: 'Only for you.' })
  const other = await desk.app.api.templates.save({
    templateId: null,
    name: 'Other',
    content: { subject: 'Other', body: 'Another text.', format: 'plain' },
  })
  const steps = desk.plan.steps.map((step, index) => (index === 1 ? { ...step, templateIds: [other.id] } : step))
  const changes = await change(desk, id, steps)
  expect(changes).toMatchObject({ rewritten: 1, kept: 1 })
  expect((await desk.app.api.sends.get({ sendId: send!.id })).mail.text).toContain('Only for you.')
})

test('a mail that was moved up alone stays so when the campaign is changed, unless its priority is', async () => {
  await using desk = await sequenceDesk(2)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  const [send] = await pendingOf(desk, 1)
  await desk.app.api.sends.prioritise({ selection: { by: 'ids', ids: [send!.id] }, priority: 0 })
  await change(desk, id, desk.plan.steps)
  expect((await desk.app.api.sends.get({ sendId: send!.id })).send.priority).toBe(0)
})

test('a mail in doubt whose step was dropped does not go once it is known that it did not', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  desk.mailbox.canProve = true
  desk.mailbox.isBlind = true
  desk.mailbox.next.push('does not accept and the answer is lost')
  await desk.app.run(3 * DAY)
  expect((await desk.app.api.sends.list({ status: ['uncertain'] })).rows).toHaveLength(1)
  await change(desk, id, desk.plan.steps.slice(0, 1))
  desk.mailbox.isBlind = false
  await desk.app.run(3 * DAY)
  expect(desk.mailbox.sent).toHaveLength(1)
  expect((await desk.app.api.sends.list({ status: ['uncertain', 'pending'] })).rows).toEqual([])
})

test('an archived campaign that goes on is back among the others', async () => {
  await using desk = await sequenceDesk(1)
  desk.mailbox.next.push('refuses for good')
  const { id } = await startSequence(desk, { steps: desk.plan.steps.slice(0, 1) })
  await desk.app.run(HOUR)
  await desk.app.api.campaigns.archive({ campaignId: id, isArchived: true })
  const { rows } = await desk.app.api.sends.list({ status: ['failed'] })
  await desk.app.api.sends.retry({ selection: { by: 'ids', ids: rows.map((row) => row.id) } })
  expect((await desk.app.api.campaigns.list({})).map((campaign) => campaign.id)).toContain(id)
})
