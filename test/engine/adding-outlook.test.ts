/** What adding people is said to bring, beside what then stands in the queue. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { answerMail } from '#test/support/sequence-answers'
import { policyWith } from '#test/support/start-test-engine'
import { type SequenceDesk, sequenceDesk, startSequence } from '#test/support/sequence'

type CampaignId = Awaited<ReturnType<typeof startSequence>>['id']

const DAY = 86_400_000
const NINE_TO_FIVE = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 540, to: 1020 }] : []))

/** A campaign that writes to the first four of eight people, and those who are not in it. */
async function halfDesk(): Promise<SequenceDesk & { readonly campaignId: CampaignId; readonly others: number[] }> {
  const desk = await sequenceDesk(8)
  const { mailboxId, leadIds } = desk.stocked
  await desk.app.api.mailboxes.savePolicy({ mailboxId, policy: policyWith({ hours: NINE_TO_FIVE, dailyCap: 3 }) })
  const first = { ...desk, stocked: { ...desk.stocked, leadIds: leadIds.slice(0, 4) } }
  const { id: campaignId } = await startSequence(first)
  return { ...desk, campaignId, others: leadIds.slice(4) }
}

/** Puts in what would take the rep weeks. */
function change({ app }: SequenceDesk, sql: string, ...values: readonly unknown[]): void {
  const db = new Database(join(app.dataFolder, 'pacemail.db'))
  db.prepare(sql).run(...values)
  db.close()
  app.engine.rooms.forecasts.forget()
}

/** Asks, adds, and answers what was said and what the queue says of their mail. */
async function addOthers({ app, campaignId, others }: Awaited<ReturnType<typeof halfDesk>>) {
  const selection = { by: 'ids', ids: others } as const
  const { plan } = await app.api.campaigns.checkLeads({ campaignId, selection })
  await app.api.campaigns.addLeads({ campaignId, selection, acceptsFailedChecks: true })
  const { rows } = await app.api.sends.list({ campaignId, status: ['pending'], limit: 500 })
  const theirs = rows.filter(({ leadId }) => others.includes(leadId))
  const moments = theirs.flatMap(({ wait }) => (wait?.at == null ? [] : [wait.at])).toSorted((a, b) => a - b)
  const perDay = [...Map.groupBy(moments, (at) => new Date(at).toISOString().slice(0, 10))]
  const real = {
    planned: moments.length,
    firstAt: moments[0] ?? null,
    lastAt: moments.at(-1) ?? null,
    perDay: perDay.map(([date, of]) => ({ date, count: of.length })),
  }
  return { plan, real, theirs }
}

/** When each waiting mail goes, as the queue shows it, by id. */
async function planOf({ app }: SequenceDesk): Promise<Map<number, { campaignId: number; at: number }>> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500 })
  return new Map(
    rows.flatMap(({ id, campaignId, wait }) => (wait?.at == null ? [] : [[id, { campaignId, at: wait.at }]])),
  )
}

test('how the mail that waits already moves for them is told before, and comes true', async () => {
  await using desk = await halfDesk()
  const { app, campaignId, others } = desk
  const { id: otherId } = await startSequence(
    { ...desk, stocked: { ...desk.stocked, leadIds: others.slice(0, 2) } },
    { name: 'Autumn', priority: 2 },
  )
  const before = await planOf(desk)
  const selection = { by: 'ids', ids: others.slice(2) as never } as const
  const { moved } = await app.api.campaigns.checkLeads({ campaignId, selection })
  await app.api.campaigns.addLeads({ campaignId, selection, acceptsFailedChecks: true })
  const after = await planOf(desk)
  const laterMs = [...before].map(([id, { at }]) => (after.get(id)?.at ?? 0) - at)
  const endOf = (plan: typeof before): number =>
    Math.max(...[...plan].flatMap(([id, mail]) => (mail.campaignId === otherId && before.has(id) ? [mail.at] : [])))
  expect(moved).toEqual({
    count: laterMs.filter((ms) => Math.abs(ms) >= 15 * 60_000).length,
    latestMs: Math.max(...laterMs),
    ends: [{ name: 'Autumn', from: endOf(before), to: endOf(after) }],
  })
  expect(moved.count).toBeGreaterThan(0)
})

test('nobody who could be added moves nothing', async () => {
  await using desk = await halfDesk()
  const { app, campaignId, stocked } = desk
  const selection = { by: 'ids', ids: stocked.leadIds.slice(0, 2) as never } as const
  const { moved } = await app.api.campaigns.checkLeads({ campaignId, selection })
  expect(moved).toEqual({ count: 0, latestMs: 0, ends: [] })
})

describe('people who would be added to a campaign that runs', () => {
  test('get their mail when it is said', async () => {
    await using desk = await halfDesk()
    const { plan, real } = await addOthers(desk)
    expect(real.perDay.length).toBeGreaterThan(3)
    expect(plan).toEqual({ ...real, heldBy: null })
  })

  test('wait where the campaign stands still', async () => {
    await using desk = await halfDesk()
    await desk.app.api.campaigns.pause({ campaignId: desk.campaignId })
    const { plan, real } = await addOthers(desk)
    expect(real.perDay).toEqual([])
    expect(plan).toEqual({ ...real, heldBy: 'campaign_paused' })
  })

  test('wait where too much of their list came back', async () => {
    await using desk = await halfDesk()
    change(desk, 'UPDATE lists SET held_at = 1')
    const { plan, real } = await addOthers(desk)
    expect(real.perDay).toEqual([])
    expect(plan).toEqual({ ...real, heldBy: 'list_held' })
  })

  test('get nothing after the ground on which they may be written to has ended', async () => {
    await using desk = await halfDesk()
    const sql = "UPDATE leads SET country = 'CA', basis = 'inquiry', basis_at = ?, basis_note = 'by phone' WHERE id > 4"
    change(desk, sql, desk.app.clock.now() - 179 * DAY)
    const { plan, real } = await addOthers(desk)
    expect(real.lastAt).toBeLessThan(desk.app.clock.now() + 4 * DAY)
    expect(plan).toEqual({ ...real, heldBy: null })
  })

  test('get nothing before they are back, where they said that they are away', async () => {
    await using desk = await halfDesk()
    const { app, inbox, mailbox, campaignId, others } = desk
    const { id: earlierId } = await app.api.campaigns.create({
      ...desk.plan,
      steps: desk.plan.steps.slice(0, 1),
      priority: 0,
    })
    await app.api.campaigns.addLeads({ campaignId: earlierId, selection: { by: 'ids', ids: others.slice(0, 1) } })
    await app.api.campaigns.start({ campaignId: earlierId, acceptsFailedChecks: true })
    await app.run(2 * DAY)
    const key = mailbox.sent.find(({ to }) => to.address.startsWith('p5@'))?.key ?? ''
    const until = Temporal.PlainDate.from('2026-03-13')
    const now = app.clock.now()
    inbox.receive(answerMail({ address: 'p5@company5.example', key, answer: 'auto_replied', now, until }))
    await app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
    const { policy } = await app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })
    await app.api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy: { ...policy, coolDownDays: 0 } })
    const { plan, real } = await addOthers({ ...desk, campaignId, others: others.slice(0, 1) })
    expect(real.firstAt).toBeGreaterThan(app.clock.now() + 7 * DAY)
    expect(plan).toEqual({ ...real, heldBy: null })
  })

  test('are not counted where they are in it already', async () => {
    await using desk = await halfDesk()
    const { app, campaignId, stocked } = desk
    await app.api.campaigns.removePeople({ campaignId, leadIds: stocked.leadIds.slice(0, 4) })
    const { policy } = await app.api.mailboxes.get({ mailboxId: stocked.mailboxId })
    await app.api.mailboxes.savePolicy({ mailboxId: stocked.mailboxId, policy: { ...policy, coolDownDays: 0 } })
    const selection = { by: 'ids', ids: [...stocked.leadIds] } as const
    const { ready, obstacles } = await app.api.campaigns.checkLeads({ campaignId, selection: selection as never })
    expect(obstacles.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => 'taken_out'))
    const { added } = await app.api.campaigns.addLeads({
      campaignId,
      selection: selection as never,
      acceptsFailedChecks: true,
    })
    expect([ready, added]).toEqual([4, 4])
  })
})
