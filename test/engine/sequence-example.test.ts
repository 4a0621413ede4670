import { describe, expect, test } from 'vitest'
import { policyWith } from '#test/support/start-test-engine'
import { sequenceDesk, startSequence } from '#test/support/sequence'

const HOUR = 3_600_000
const NINE_TO_FIVE = { from: 540, to: 1020 }
const WEEK = Array.from({ length: 7 }, (_, day) => (day < 5 ? [NINE_TO_FIVE] : []))

async function desk(count = 0) {
  const made = await sequenceDesk(count)
  // Answers are of no matter here, and looking for them takes most of a run.
  made.mailbox.inbox = null
  await made.app.api.mailboxes.savePolicy({ mailboxId: made.stocked.mailboxId, policy: policyWith({ hours: WEEK }) })
  return made
}

const working = (days: number) => ({ days, unit: 'working_days' as const })
const calendar = (days: number) => ({ days, unit: 'days' as const })

describe('the line of time of a sequence', () => {
  test('has each mail on the day on which it really goes', async () => {
    await using made = await desk(1)
    const { api } = made.app
    const example = await api.campaigns.example({
      delays: made.plan.steps.map(({ delay }) => delay),
      mailboxId: made.stocked.mailboxId,
      at: null,
    })
    expect(example.dates).toEqual(['2026-03-02', '2026-03-05', '2026-03-16'])
    const { id: campaignId } = await startSequence(made)
    await made.app.run(20 * 24 * HOUR)
    const { rows } = await api.campaigns.people({ campaignId })
    const went = rows[0]?.steps.map(({ finishedAt }) => new Date(finishedAt ?? 0).toISOString().slice(0, 10))
    expect(went).toEqual(example.dates)
  })

  test('says which days a delay counts, with days off and absences', async () => {
    await using made = await desk()
    const { api } = made.app
    await api.mailboxes.savePolicy({
      mailboxId: made.stocked.mailboxId,
      policy: policyWith({ hours: WEEK, daysOff: ['2026-03-04'] }),
    })
    const { days, dates } = await api.campaigns.example({
      delays: [working(0), working(3), calendar(2)],
      mailboxId: made.stocked.mailboxId,
      at: null,
    })
    expect(dates).toEqual(['2026-03-02', '2026-03-06', '2026-03-09'])
    const uncounted = days.filter(({ counts }) => !counts.working_days).map(({ date }) => date)
    expect(uncounted.slice(0, 3)).toEqual(['2026-03-04', '2026-03-07', '2026-03-08'])
    expect(days.filter(({ isOpen }) => !isOpen).map(({ date }) => date)).toEqual(uncounted)
    expect(days.filter(({ counts }) => !counts.days).map(({ date }) => date)).toEqual(['2026-03-04'])
    expect(days[0]?.date).toBe('2026-03-02')
    expect(days.length).toBe(14)
  })

  test('begins at the date of the campaign, and does not care what waits or is paused', async () => {
    await using made = await desk(3)
    const { api } = made.app
    await startSequence(made)
    await api.app.pause({ until: 'resumed' })
    await api.mailboxes.pause({ mailboxId: made.stocked.mailboxId })
    const { dates, days } = await api.campaigns.example({
      delays: [working(0), working(1)],
      mailboxId: made.stocked.mailboxId,
      at: { local: '2026-03-06T12:00', zone: 'UTC' },
    })
    expect(dates).toEqual(['2026-03-06', '2026-03-09'])
    expect(days[0]?.date).toBe('2026-03-06')
  })

  test('ends where nobody can look any more', async () => {
    await using made = await desk()
    const { days } = await made.app.api.campaigns.example({
      delays: [working(0), calendar(365), calendar(365)],
      mailboxId: made.stocked.mailboxId,
      at: null,
    })
    expect(days.length).toBe(400)
  })
})

test('people are counted at the mail that they get next, and everybody at the first one before the start', async () => {
  await using made = await desk(3)
  const { api } = made.app
  const { id: campaignId } = await api.campaigns.create(made.plan)
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: made.stocked.leadIds as never } })
  expect(await api.campaigns.standing({ campaignId })).toEqual([3, 0, 0])
  await api.campaigns.start({ campaignId, acceptsFailedChecks: true })
  await made.app.run(0)
  expect(await api.campaigns.standing({ campaignId })).toEqual([2, 1, 0])
  await made.app.run(5 * HOUR)
  expect(await api.campaigns.standing({ campaignId })).toEqual([0, 3, 0])
  const [leadId] = made.stocked.leadIds
  await api.campaigns.removePeople({ campaignId, leadIds: [leadId as never] })
  expect(await api.campaigns.standing({ campaignId })).toEqual([0, 2, 0])
})
