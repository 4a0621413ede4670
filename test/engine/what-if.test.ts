import { describe, expect, test } from 'vitest'
import type { Policy } from '#shared/domain/policy'
import { policyWith } from '#test/support/start-test-engine'
import { addSecondMailbox, sequenceDesk, startSequence, type SequenceDesk } from '#test/support/sequence'

type Plan = SequenceDesk['plan']
type CampaignId = Awaited<ReturnType<typeof startSequence>>['id']

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NINE_TO_FIVE = { from: 540, to: 1020 }
const WEEK = Array.from({ length: 7 }, (_, day) => (day < 5 ? [NINE_TO_FIVE] : []))

/** The moments of all waiting mails, or of those of one campaign, as the queue shows them. */
async function moments({ app }: SequenceDesk, campaignId?: CampaignId): Promise<number[]> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500, ...(campaignId && { campaignId }) })
  return rows.flatMap(({ wait }) => (wait?.at == null ? [] : [wait.at])).toSorted((a, b) => a - b)
}

/** The moments of all mail that has gone since (epoch ms). */
async function sentSince({ app }: SequenceDesk, since: number | null): Promise<number[]> {
  const { rows } = await app.api.sends.list({ status: ['sent'], limit: 500 })
  return rows
    .flatMap(({ finishedAt }) => (finishedAt !== null && finishedAt >= (since ?? 0) ? [finishedAt] : []))
    .toSorted((a, b) => a - b)
}

function perDay(all: readonly number[]): { date: string; count: number }[] {
  const days = Map.groupBy(all, (at) => new Date(at).toISOString().slice(0, 10))
  return [...days].map(([date, of]) => ({ date, count: of.length }))
}

function figuresOf(all: readonly number[]): object {
  return { planned: all.length, firstAt: all[0], lastAt: all.at(-1), perDay: perDay(all), heldBy: null }
}

async function runningDesk(): Promise<SequenceDesk> {
  const desk = await sequenceDesk(40)
  await desk.app.api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: policyWith({ hours: WEEK }) })
  await startSequence(desk)
  return desk
}

/** The first mails have gone, and the delays of the second ones run. */
async function followedDesk(): Promise<SequenceDesk & { readonly campaignId: CampaignId }> {
  const desk = await sequenceDesk(5)
  // Answers are of no matter here, and looking for them each minute takes most of a run.
  desk.mailbox.inbox = null
  await desk.app.api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: policyWith({ hours: WEEK }) })
  const { id } = await startSequence(desk)
  await desk.app.run(8 * HOUR)
  return { ...desk, campaignId: id }
}

describe('what another policy would bring', () => {
  test.each<[string, Partial<Policy>]>([
    ['a smaller cap of the day', { dailyCap: 7 }],
    ['a smaller cap of the hour', { hourlyCap: 1 }],
    ['longer pauses', { gapMs: { min: 30 * MINUTE, max: 50 * MINUTE } }],
    ['fewer hours', { hours: WEEK.map((day) => (day.length > 0 ? [{ from: 600, to: 660 }] : [])) }],
    ['a day off', { daysOff: ['2026-03-03', '2026-03-05'] }],
    ['a slow start', { ramp: { startAt: Date.UTC(2026, 2, 2, 9), first: 2, perDay: 1 } }],
  ])('%s: what is said is what the plan is after saving it', async (_, change) => {
    await using desk = await runningDesk()
    const { mailboxId } = desk.stocked
    const policy = policyWith({ hours: WEEK, ...change })
    const before = await moments(desk)
    const told = await desk.app.api.mailboxes.whatIf({ mailboxId, policy })
    expect(told.before).toEqual(figuresOf(before))
    expect(await moments(desk)).toEqual(before)

    await desk.app.api.mailboxes.savePolicy({ mailboxId, policy })
    const after = await moments(desk)
    expect(after).not.toEqual(before)
    expect(told.after).toEqual(figuresOf(after))
  })

  test('a day off stops the delays that run already, as it does once it is saved', async () => {
    await using desk = await followedDesk()
    const { mailboxId } = desk.stocked
    // Monday's first mails are followed on Thursday; without that day and the one before, on the Monday after.
    const policy = policyWith({ hours: WEEK, daysOff: ['2026-03-04', '2026-03-05'] })
    const told = await desk.app.api.mailboxes.whatIf({ mailboxId, policy })
    expect(told.before.perDay[0]).toEqual({ date: '2026-03-05', count: 5 })
    expect(told.after.perDay[0]).toEqual({ date: '2026-03-09', count: 5 })

    await desk.app.api.mailboxes.savePolicy({ mailboxId, policy })
    expect(told.after).toEqual(figuresOf(await moments(desk)))
  })

  test('what somebody changed meanwhile counts at once', async () => {
    await using desk = await runningDesk()
    const { mailboxId, leadIds } = desk.stocked
    const policy = policyWith({ hours: WEEK, dailyCap: 7 })
    const { after } = await desk.app.api.mailboxes.whatIf({ mailboxId, policy })
    const selection = { by: 'ids', ids: leadIds.slice(-3) } as const
    await desk.app.api.leads.review({ selection, review: 'rejected' })
    const told = await desk.app.api.mailboxes.whatIf({ mailboxId, policy })
    expect(told.after.planned).toBeLessThan(after.planned)
  })

  test('mail that is held says by what, and has no dates', async () => {
    await using desk = await runningDesk()
    const { mailboxId } = desk.stocked
    await desk.app.api.mailboxes.pause({ mailboxId })
    const { before, after } = await desk.app.api.mailboxes.whatIf({ mailboxId, policy: policyWith({}) })
    expect(before).toEqual({ planned: 0, firstAt: null, lastAt: null, perDay: [], heldBy: 'mailbox_paused' })
    expect(after).toEqual(before)
  })

  test('where nothing waits, nothing holds it either', async () => {
    await using desk = await sequenceDesk(1)
    const { mailboxId } = desk.stocked
    const { after } = await desk.app.api.mailboxes.whatIf({ mailboxId, policy: policyWith({ dailyCap: 3 }) })
    expect(after).toEqual({ planned: 0, firstAt: null, lastAt: null, perDay: [], heldBy: null })
  })

  test('what could not be saved is refused in the same words', async () => {
    await using desk = await sequenceDesk(1)
    const { mailboxId } = desk.stocked
    const ask = (change: Partial<Policy>) => desk.app.api.mailboxes.whatIf({ mailboxId, policy: policyWith(change) })
    await expect(ask({ hours: WEEK.map(() => []) })).rejects.toMatchObject({ code: 'mailbox.never_opens' })
    await expect(ask({ gapMs: { min: 2 * MINUTE, max: MINUTE } })).rejects.toMatchObject({
      code: 'mailbox.gap_reversed',
    })
  })
})

describe('what absences would bring', () => {
  test.each([
    ['a Friday', [{ from: '2026-03-06', to: '2026-03-06', stopBeforeDays: 0 }]],
    ['two weeks soon', [{ from: '2026-03-05', to: '2026-03-18', stopBeforeDays: 2 }]],
    [
      'two of them',
      [
        { from: '2026-03-04', to: '2026-03-04', stopBeforeDays: 0 },
        { from: '2026-03-12', to: '2026-03-13', stopBeforeDays: 1 },
      ],
    ],
  ])('%s: what is said is what the plan is after saving it', async (_, absences) => {
    await using desk = await followedDesk()
    const before = await moments(desk)
    const told = await desk.app.api.app.whatIfAway({ absences })
    expect(told.before).toEqual(figuresOf(before))
    expect(await moments(desk)).toEqual(before)
    expect(await desk.app.api.app.absences({})).toEqual([])

    await desk.app.api.app.saveAbsences({ absences })
    const after = await moments(desk)
    expect(after).not.toEqual(before)
    expect(told.after).toEqual(figuresOf(after))
  })

  test('and that is what then happens', async () => {
    await using desk = await followedDesk()
    const absences = [{ from: '2026-03-05', to: '2026-03-06', stopBeforeDays: 0 }]
    const told = await desk.app.api.app.whatIfAway({ absences })
    await desk.app.api.app.saveAbsences({ absences })
    await desk.app.runOut()
    expect(told.after.perDay).toEqual(perDay(await sentSince(desk, told.before.firstAt)))
  })

  test('first mails stop before it, and the mail of every mailbox counts', async () => {
    await using desk = await sequenceDesk(40)
    const { api } = desk.app
    const { mailboxId } = desk.stocked
    await api.mailboxes.savePolicy({ mailboxId, policy: policyWith({ hours: WEEK, dailyCap: 5 }) })
    const otherId = await addSecondMailbox(desk, { hours: WEEK, dailyCap: 5 })
    await startSequence(desk, { mailboxIds: [mailboxId, otherId] })
    const absences = [{ from: '2026-03-05', to: '2026-03-06', stopBeforeDays: 2 }]
    const told = await desk.app.api.app.whatIfAway({ absences })
    const dates = told.after.perDay.map(({ date }) => date)
    expect(dates.filter((date) => date >= '2026-03-03' && date <= '2026-03-06')).toEqual([])
    await desk.app.api.app.saveAbsences({ absences })
    expect(told.after).toEqual(figuresOf(await moments(desk)))
  })

  test('an absence that is taken back brings the mail forward again', async () => {
    await using desk = await followedDesk()
    const before = await moments(desk)
    await desk.app.api.app.saveAbsences({ absences: [{ from: '2026-03-04', to: '2026-03-10', stopBeforeDays: 0 }] })
    const told = await desk.app.api.app.whatIfAway({ absences: [] })
    await desk.app.api.app.saveAbsences({ absences: [] })
    expect(told.after).toEqual(figuresOf(await moments(desk)))
    expect(await moments(desk)).toEqual(before)
  })
})

describe('what a change of a running campaign would bring', () => {
  const after = (plan: Plan, days: number): Plan['steps'] =>
    plan.steps.map((step, index) => (index === 1 ? { ...step, delay: { days, unit: 'days' } } : step))

  test.each<[string, (plan: Plan) => Partial<Plan>]>([
    ['a longer delay', (plan) => ({ steps: after(plan, 9) })],
    ['a shorter delay', (plan) => ({ steps: after(plan, 1) })],
    ['a mail less', ({ steps }) => ({ steps: steps.slice(0, 2) })],
    ['a mail more', ({ steps }) => ({ steps: [...steps, ...steps.slice(-1)] })],
    ['two mails more, and a longer delay', (plan) => ({ steps: [...after(plan, 9), ...plan.steps.slice(-2)] })],
    ['a mail more, and a higher priority', ({ steps }) => ({ priority: 0, steps: [...steps, ...steps.slice(-1)] })],
  ])('%s: what is said is what the plan is after saving it', async (_, change) => {
    await using desk = await followedDesk()
    const { campaignId, plan } = desk
    const changed = { ...plan, ...change(plan), campaignId }
    const before = await moments(desk)
    const events = await desk.app.api.activity.list({ limit: 200 })
    const told = await desk.app.api.campaigns.whatIf(changed)
    expect(told.before).toEqual(figuresOf(before))
    expect(await moments(desk)).toEqual(before)
    expect(await desk.app.api.activity.list({ limit: 200 })).toEqual(events)
    expect((await desk.app.api.campaigns.get({ campaignId })).steps).toHaveLength(3)

    await desk.app.api.campaigns.change(changed)
    const planned = await moments(desk)
    expect(planned).not.toEqual(before)
    expect(told.after).toEqual(figuresOf(planned))
  })

  test('and that is what then happens', async () => {
    await using desk = await followedDesk()
    const { campaignId, plan } = desk
    const changed = { ...plan, steps: after(plan, 4).slice(0, 2), campaignId }
    const told = await desk.app.api.campaigns.whatIf(changed)
    await desk.app.api.campaigns.change(changed)
    await desk.app.runOut()
    expect(told.after.perDay).toEqual(perDay(await sentSince(desk, told.after.firstAt)))
  })

  test('another priority is told for this campaign alone, among the mail of all others', async () => {
    await using desk = await sequenceDesk(20)
    const { api } = desk.app
    await api.mailboxes.savePolicy({
      mailboxId: desk.stocked.mailboxId,
      policy: policyWith({ hours: WEEK, dailyCap: 4 }),
    })
    const [first, second] = [desk.stocked.leadIds.slice(0, 10), desk.stocked.leadIds.slice(10)]
    await startSequence({ ...desk, stocked: { ...desk.stocked, leadIds: first } })
    const { id: campaignId } = await startSequence({ ...desk, stocked: { ...desk.stocked, leadIds: second } })
    const before = await moments(desk, campaignId)
    const changed = { ...desk.plan, priority: 0, campaignId } as const
    const told = await api.campaigns.whatIf(changed)
    expect(told.before).toEqual(figuresOf(before))
    await api.campaigns.change(changed)
    const planned = await moments(desk, campaignId)
    expect(planned[0]).toBeLessThan(before[0] ?? 0)
    expect(told.after).toEqual(figuresOf(planned))
  })

  test('mail of a mailbox that the campaign is taken off still counts, there and for its expected end', async () => {
    await using desk = await followedDesk()
    const { campaignId, plan } = desk
    const { api } = desk.app
    const otherId = await addSecondMailbox(desk, { hours: WEEK })
    const changed = { ...plan, mailboxIds: [otherId], campaignId }
    const told = await api.campaigns.whatIf(changed)
    expect(told.after).toEqual(told.before)
    const { campaign } = await api.campaigns.change(changed)
    expect(campaign.lastSendAt).toBe(told.after.lastAt)
  })

  test('what could not be saved is refused in the same words', async () => {
    await using desk = await followedDesk()
    const { campaignId, plan } = desk
    await expect(desk.app.api.campaigns.whatIf({ ...plan, campaignId, mailboxIds: [99] })).rejects.toMatchObject({
      code: 'mailbox.not_found',
    })
    await desk.app.api.campaigns.cancel({ campaignId })
    await expect(desk.app.api.campaigns.whatIf({ ...plan, campaignId })).rejects.toMatchObject({
      code: 'campaign.over',
    })
  })
})
