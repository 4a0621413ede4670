/** Differences that random runs beside the model have found, each in its shortest form. */
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { answerMail } from '#test/support/sequence-answers'
import { policyWith } from '#test/support/start-test-engine'
import { sequenceDesk, startSequence, stepsAfter, storyOf, type SequenceDesk } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const firstLead = (desk: SequenceDesk) => [desk.stocked.leadIds[0]] as never

async function answerFrom(desk: SequenceDesk, body: string): Promise<void> {
  const last = desk.mailbox.sent.findLast((mail) => mail.to.address === 'p1@company1.example')
  desk.inbox.receive({
    from: 'p1@company1.example',
    at: desk.app.clock.now(),
    inReplyTo: `<${last?.key}@pacemail.example>`,
    body,
  })
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
}

/** The first answer is taken back, the second stands. */
async function undoFirst(desk: SequenceDesk): Promise<void> {
  const { rows } = await desk.app.api.incoming.list({})
  const first = rows.toSorted((a, b) => a.id - b.id)[0]
  await desk.app.api.incoming.undo({ incomingId: first!.id })
}

test('leaving out a mail whose turn has not come does not let the one after it overtake', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0, 5, 1, 1]) })
  const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
  await desk.app.api.sends.leaveOut({ selection: { by: 'ids', ids: [rows.find(({ step }) => step === 2)!.id] } })
  expect((await storyOf(desk, id))['Person1 active']).toEqual([
    'sent 2026-03-02 09:00',
    'planned 2026-03-09 09:00',
    'skipped',
    'planned 2026-03-10 09:00',
  ])
})

test('who still waits for mail of one campaign is not added to another, also when their last mail is left out', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  await startSequence(desk)
  const { rows } = await api.sends.list({ status: ['pending'] })
  await api.sends.leaveOut({ selection: { by: 'ids', ids: [rows.find(({ step }) => step === 2)!.id] } })
  const { id: campaignId } = await api.campaigns.create({ ...desk.plan, name: 'Summer' })
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: firstLead(desk) } })
  const { obstacles } = await api.campaigns.check({ campaignId })
  expect(obstacles.map(({ reason }) => reason)).toEqual(['already_queued'])
})

test.each([
  ['Thank you, let us speak.', 'Thank you, on Friday then.'],
  ['Please remove me.', 'Please remove me.'],
  ['Thank you, let us speak.', 'Please remove me.'],
  ['Please remove me.', 'Thank you, let us speak.'],
])('who has answered twice (%s %s) is stopped by the second when the first is taken back', async (one, two) => {
  await using desk = await sequenceDesk(1)
  await startSequence(desk)
  await desk.app.run(HOUR)
  await answerFrom(desk, one)
  await desk.app.run(HOUR)
  await answerFrom(desk, two)
  await undoFirst(desk)
  await desk.app.runOut()
  expect(desk.mailbox.sent).toHaveLength(1)
})

test('a campaign that is changed gives its new priority to the mail that waits', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id: campaignId } = await startSequence(desk)
  await api.campaigns.change({ campaignId, ...desk.plan, priority: 0 })
  const { rows } = await api.sends.list({ status: ['pending'] })
  expect(rows.map(({ priority }) => priority)).toEqual([0, 0])
})

test('days off that the rep took while somebody was stopped count once the verdict is taken back', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answerFrom(desk, 'Thank you, let us speak.')
  desk.app.engine.rooms.away.save([{ from: '2026-03-03', to: '2026-03-04', stopBeforeDays: 0 }])
  await undoFirst(desk)
  expect((await storyOf(desk, id))['Person1 active']?.slice(0, 2)).toEqual([
    'sent 2026-03-02 09:00',
    'planned 2026-03-09 09:00',
  ])
})

test('what waits anew in a campaign that ended while it was paused waits in that pause, and its days with it', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id: campaignId } = await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0, 2]) })
  await desk.app.run(HOUR)
  await api.campaigns.pause({ campaignId })
  await answerFrom(desk, 'Thank you, let us speak.')
  expect(await api.campaigns.get({ campaignId })).toMatchObject({ status: 'completed', pausedBecause: null })
  await desk.app.run(7 * DAY)
  await undoFirst(desk)
  await desk.app.run(DAY)
  expect((await api.campaigns.get({ campaignId })).status).toBe('paused')
  expect(desk.mailbox.sent).toHaveLength(1)
  await api.campaigns.resume({ campaignId })
  // Six working days lie in the pause.
  expect((await storyOf(desk, campaignId))['Person1 active']?.[1]).toBe('planned 2026-03-12 09:00')
})

test('a delay that is changed after a pause does not forget the pause', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  await api.campaigns.pause({ campaignId })
  await desk.app.run(DAY)
  await api.campaigns.resume({ campaignId })
  await api.campaigns.change({ campaignId, ...desk.plan, steps: stepsAfter(desk.stocked.templateId, [0, 2, 7]) })
  expect((await storyOf(desk, campaignId))['Person1 active']?.[1]).toBe('planned 2026-03-05 09:00')
})

test('who is in a campaign already gets no mail of a step that was added since, when they are added again', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id: campaignId } = await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0, 3]) })
  await api.campaigns.removePeople({ campaignId, leadIds: firstLead(desk) })
  await api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: policyWith({ coolDownDays: 0 }) })
  await api.campaigns.change({ campaignId, ...desk.plan })
  const selection = { by: 'ids' as const, ids: firstLead(desk) }
  expect((await api.campaigns.addLeads({ campaignId, selection })).added).toBe(0)
  expect((await storyOf(desk, campaignId))['Person1 removed']).toEqual(['sent 2026-03-02 09:00', 'cancelled'])
})

test.each([
  ['a pause', '2026-03-09 10:00'],
  ['an absence', '2026-03-12 09:00'],
  ['a longer delay', '2026-03-10 09:00'],
])('the days of somebody who is away are stretched by %s like those of everybody', async (by, planned) => {
  await using desk = await sequenceDesk(1)
  const { api, clock } = desk.app
  const { id: campaignId } = await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0, 4]) })
  const until = Temporal.PlainDate.from('2026-03-06')
  const { key } = desk.mailbox.sent[0]!
  desk.inbox.receive(
    answerMail({ address: 'p1@company1.example', key, answer: 'auto_replied', now: clock.now(), until }),
  )
  await api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
  if (by === 'a longer delay') {
    const steps = stepsAfter(desk.stocked.templateId, [0, 6])
    await api.campaigns.change({ campaignId, ...desk.plan, steps })
  } else if (by === 'an absence') {
    desk.app.engine.rooms.away.save([{ from: '2026-03-03', to: '2026-03-06', stopBeforeDays: 0 }])
  } else {
    await api.campaigns.pause({ campaignId })
    await desk.app.run(25 * HOUR)
    await api.campaigns.resume({ campaignId })
  }
  expect(
    (await storyOf(desk, campaignId))['Person1 active']?.[1] ??
      (await storyOf(desk, campaignId))['Person1 on_hold']?.[1],
  ).toBe(`planned ${planned}`)
})

test('who is away gets no mail of another campaign before they are back', async () => {
  await using desk = await sequenceDesk(1)
  const { api, clock } = desk.app
  await api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: policyWith({ coolDownDays: 0 }) })
  await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0]) })
  const until = Temporal.PlainDate.from('2026-03-04')
  const { key } = desk.mailbox.sent[0]!
  desk.inbox.receive(
    answerMail({ address: 'p1@company1.example', key, answer: 'auto_replied', now: clock.now(), until }),
  )
  await api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
  await desk.app.run(HOUR)
  const { id } = await startSequence(desk, { name: 'Summer', steps: stepsAfter(desk.stocked.templateId, [0]) })
  expect((await storyOf(desk, id))['Person1 active']).toEqual(['planned 2026-03-05 09:00'])
})

test('who is away when an earlier answer of theirs is taken back gets nothing before they are back', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answerFrom(desk, 'Thank you, let us speak.')
  const until = Temporal.PlainDate.from('2026-03-10')
  const { key } = desk.mailbox.sent[0]!
  const now = desk.app.clock.now()
  desk.inbox.receive(answerMail({ address: 'p1@company1.example', key, answer: 'auto_replied', now, until }))
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
  await undoFirst(desk)
  expect((await storyOf(desk, id))['Person1 active']?.[1]).toBe('planned 2026-03-11 09:00')
})

test('two pauses at once stop the days once', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  await api.campaigns.pausePeople({ campaignId: id, leadIds: firstLead(desk) })
  await api.campaigns.pause({ campaignId: id })
  await desk.app.run(7 * DAY)
  await api.campaigns.resume({ campaignId: id })
  await api.campaigns.resumePeople({ campaignId: id, leadIds: firstLead(desk) })
  expect((await storyOf(desk, id))['Person1 active']?.[1]).toBe('planned 2026-03-12 09:00')
})

test('a mail of a dropped step does not come back with a verdict that is taken back', async () => {
  await using desk = await sequenceDesk(1)
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answerFrom(desk, 'Thank you, let us speak.')
  const steps = stepsAfter(desk.stocked.templateId, [0, 3])
  await desk.app.api.campaigns.change({ campaignId, ...desk.plan, steps })
  await undoFirst(desk)
  await desk.app.runOut()
  expect(desk.mailbox.sent).toHaveLength(2)
  expect(await desk.app.api.campaigns.get({ campaignId })).toMatchObject({ status: 'completed' })
})

test('a verdict that is taken back after the campaign was cancelled brings nothing back', async () => {
  await using desk = await sequenceDesk(2)
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answerFrom(desk, 'Thank you, let us speak.')
  await desk.app.api.campaigns.cancel({ campaignId })
  await undoFirst(desk)
  expect(await desk.app.api.campaigns.get({ campaignId })).toMatchObject({
    status: 'cancelled',
    progress: { pending: 0 },
  })
})

test('a campaign that was over is active again when a verdict is taken back', async () => {
  await using desk = await sequenceDesk(1)
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  await answerFrom(desk, 'Thank you, let us speak.')
  expect(await desk.app.api.campaigns.get({ campaignId })).toMatchObject({ status: 'completed' })
  await undoFirst(desk)
  expect(await desk.app.api.campaigns.get({ campaignId })).toMatchObject({ status: 'active' })
})

test('days after a mail that was left out are counted anew when the delay changes', async () => {
  await using desk = await sequenceDesk(1)
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
  await desk.app.api.sends.leaveOut({ selection: { by: 'ids', ids: [rows.find(({ step }) => step === 1)!.id] } })
  const steps = stepsAfter(desk.stocked.templateId, [0, 3, 9])
  await desk.app.api.campaigns.change({ campaignId, ...desk.plan, steps })
  expect((await storyOf(desk, campaignId))['Person1 active']?.[2]).toBe('planned 2026-03-13 10:00')
})

test('a follow-up that a verdict skipped while the mail before it was in doubt keeps its days', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  desk.mailbox.isBlind = true
  desk.mailbox.next.push('accepts but the answer is lost')
  await desk.app.run(3 * DAY + HOUR)
  await answerFrom(desk, 'Thank you, let us speak.')
  desk.mailbox.isBlind = false
  await desk.app.run(DAY)
  await undoFirst(desk)
  expect((await storyOf(desk, id))['Person1 active']?.[2]).toMatch(/^planned 2026-03-1[67]/)
})
