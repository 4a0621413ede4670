/** Each thing that moves a waiting mail is told as its cause. */
import { expect, test } from 'vitest'
import { policyWith } from '#test/support/start-test-engine'
import { addSecondMailbox, type SequenceDesk, sequenceDesk, startSequence } from '#test/support/sequence'
import { importColleagues } from '#test/support/stock'

type CampaignId = Awaited<ReturnType<typeof startSequence>>['id']

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NINE_TO_FIVE = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 540, to: 1020 }] : []))
const POLICY = policyWith({ hours: NINE_TO_FIVE, dailyCap: 3 })

interface CausesDesk extends SequenceDesk {
  /** Of leads 1 to 4. */
  readonly firstId: CampaignId
  /** Of leads 5 to 8, behind it. */
  readonly secondId: CampaignId
}

/** Two campaigns of one mail each in one mailbox that sends three a day; leads 9 to 12 are in none. */
async function causesDesk(): Promise<CausesDesk> {
  const desk = await sequenceDesk(12)
  const { mailboxId, leadIds } = desk.stocked
  await desk.app.api.mailboxes.savePolicy({ mailboxId, policy: POLICY })
  const start = (from: number) => {
    const some = { ...desk, stocked: { ...desk.stocked, leadIds: leadIds.slice(from, from + 4) } }
    return startSequence(some, { steps: desk.plan.steps.slice(0, 1) })
  }
  const { id: firstId } = await start(0)
  const { id: secondId } = await start(4)
  await desk.app.run(2 * HOUR)
  return { ...desk, firstId, secondId }
}

/** What is said to have moved the mail to a lead, the newest last. */
async function causesOf({ app }: SequenceDesk, leadId: number): Promise<string[]> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 100 })
  const { changes } = await app.api.sends.explain({ sendId: rows.find((row) => row.leadId === leadId)!.id })
  return changes.map(({ cause }) => cause?.kind ?? 'time').toReversed()
}

async function sendTo({ app }: SequenceDesk, leadId: number) {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 100 })
  return rows.find((row) => row.leadId === leadId)!.id
}

const ADDED = (desk: CausesDesk) => ({ by: 'ids', ids: desk.stocked.leadIds.slice(8) as never[] }) as const

test.each<[string, (desk: CausesDesk) => Promise<unknown>, string[]]>([
  [
    'an absence',
    ({ app }) => app.api.app.saveAbsences({ absences: [{ from: '2026-03-03', to: '2026-03-04', stopBeforeDays: 0 }] }),
    ['absences_changed'],
  ],
  [
    'another cap',
    ({ app, stocked: { mailboxId } }) =>
      app.api.mailboxes.savePolicy({ mailboxId, policy: { ...POLICY, dailyCap: 1 } }),
    ['mailbox_changed'],
  ],
  [
    'a day off',
    ({ app, stocked: { mailboxId } }) =>
      app.api.mailboxes.savePolicy({ mailboxId, policy: { ...POLICY, daysOff: ['2026-03-03'] } }),
    ['mailbox_changed'],
  ],
  [
    'people who join a campaign that goes before',
    async (desk) => {
      await desk.app.api.campaigns.change({
        ...desk.plan,
        steps: desk.plan.steps.slice(0, 1),
        campaignId: desk.firstId,
        priority: 0,
      })
      await desk.app.run(MINUTE)
      await desk.app.api.campaigns.addLeads({
        campaignId: desk.firstId,
        selection: ADDED(desk),
        acceptsFailedChecks: true,
      })
    },
    ['leads_enrolled'],
  ],
  [
    'a campaign that is started and goes before',
    (desk) =>
      startSequence(
        { ...desk, stocked: { ...desk.stocked, leadIds: desk.stocked.leadIds.slice(8) } },
        { steps: desk.plan.steps.slice(0, 1), priority: 0 },
      ),
    ['campaign_started'],
  ],
  [
    'a dispatch that goes before',
    (desk) =>
      desk.app.api.dispatch.queue({
        selection: ADDED(desk),
        templateId: desk.stocked.templateId,
        mailboxId: desk.stocked.mailboxId,
        at: null,
        priority: 0,
        requestKey: 'a-dispatch-before',
        name: 'At once',
        acceptsFailedChecks: true,
      }),
    ['campaign_created'],
  ],
  [
    'another priority of its campaign',
    ({ app, plan, secondId }) =>
      app.api.campaigns.change({ ...plan, steps: plan.steps.slice(0, 1), campaignId: secondId, priority: 0 }),
    ['campaign_changed'],
  ],
  [
    'its own priority',
    async (desk) =>
      desk.app.api.sends.prioritise({ selection: { by: 'ids', ids: [await sendTo(desk, 7)] }, priority: 0 }),
    ['send_prioritised'],
  ],
  [
    'another campaign that is paused',
    ({ app, firstId }) => app.api.campaigns.pause({ campaignId: firstId }),
    ['campaign_paused'],
  ],
  [
    'its mailbox, signed out and in again',
    async ({ app, stocked: { mailboxId } }) => {
      const { mailboxes } = app.engine.rooms
      mailboxes.troubled(mailboxId, { type: 'needs', need: 'sign_in' })
      await app.run(MINUTE)
      mailboxes.signedIn(mailboxId, {})
    },
    ['mailbox_signed_out', 'mailbox_signed_in'],
  ],
])('%s is told as what moved the mail', async (_, happen, causes) => {
  await using desk = await causesDesk()
  expect(await causesOf(desk, 7)).toEqual([])
  await happen(desk)
  await desk.app.run(MINUTE)
  expect(await causesOf(desk, 7)).toEqual(causes)
})

/** Two mailboxes write to a company that gets one mail a day: tomorrow the other one's goes, and the day after lead 2's. */
async function companyDesk() {
  const desk = await sequenceDesk(0)
  const leadIds = await importColleagues(desk.app, 2)
  const { mailboxId } = desk.stocked
  const policy = { hours: NINE_TO_FIVE, domainCap: 1 }
  await desk.app.api.mailboxes.savePolicy({ mailboxId, policy: policyWith(policy) })
  const otherId = await addSecondMailbox(desk, policy)
  const start = (place: number, from: typeof mailboxId, hour: string) =>
    startSequence(
      { ...desk, stocked: { ...desk.stocked, leadIds: leadIds.slice(place, place + 1) } },
      { steps: desk.plan.steps.slice(0, 1), mailboxIds: [from], at: { local: `2026-03-03T${hour}`, zone: 'UTC' } },
    )
  await start(0, otherId, '09:00')
  await start(1, mailboxId, '10:00')
  await desk.app.run(MINUTE)
  return { ...desk, otherId, first: leadIds[0]!, second: leadIds[1]! }
}

test.each<[string, (desk: Awaited<ReturnType<typeof companyDesk>>) => Promise<unknown>, string[]]>([
  [
    'mail of another mailbox to the same company that is cancelled',
    async (desk) => desk.app.api.sends.cancel({ selection: { by: 'ids', ids: [await sendTo(desk, desk.first)] } }),
    ['send_cancelled'],
  ],
  [
    'another mailbox with mail to the same company that is paused',
    ({ app, otherId }) => app.api.mailboxes.pause({ mailboxId: otherId }),
    ['mailbox_paused'],
  ],
])('%s is told as what moved the mail', async (_, happen, causes) => {
  await using desk = await companyDesk()
  expect(await causesOf(desk, desk.second)).toEqual([])
  await happen(desk)
  await desk.app.run(MINUTE)
  expect(await causesOf(desk, desk.second)).toEqual(causes)
})
