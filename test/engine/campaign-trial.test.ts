/** What one more mail of a campaign would bring is worked out without writing it, and is what comes of it all the same. */
import { expect, test } from 'vitest'
import type { LeadEdit } from '#shared/contract/leads'
import { policyWith } from '#test/support/start-test-engine'
import { addSecondMailbox, sequenceDesk, startSequence, stepsAfter, type SequenceDesk } from '#test/support/sequence'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NINE_TO_FIVE = { from: 540, to: 1020 }
const WEEK = Array.from({ length: 7 }, (_, day) => (day < 5 ? [NINE_TO_FIVE] : []))

type Running = SequenceDesk & { readonly campaignId: Awaited<ReturnType<typeof startSequence>>['id'] }

/** Six people, three of whom have had the first mail. */
async function running(change: Partial<SequenceDesk['plan']> = {}): Promise<Running> {
  const desk = await sequenceDesk(6)
  const policy = policyWith({ hours: WEEK, dailyCap: 3, domainCap: 1, gapMs: { min: 5 * MINUTE, max: 90 * MINUTE } })
  await desk.app.api.mailboxes.savePolicy({ mailboxId: desk.stocked.mailboxId, policy })
  const { id: campaignId } = await startSequence(desk, change)
  await desk.app.run(8 * HOUR)
  return { ...desk, campaignId }
}

async function edit({ app, stocked }: Running, place: number, change: LeadEdit): Promise<void> {
  const lead = await app.api.leads.get({ leadId: stocked.leadIds[place] as never })
  await app.api.leads.edit({ leadId: lead.id, revision: lead.revision, edit: change })
}

/** The moments of what waits of the campaign, as the queue shows them. */
async function moments({ app, campaignId }: Running): Promise<number[]> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500, campaignId })
  return rows.flatMap(({ wait }) => (wait?.at == null ? [] : [wait.at])).toSorted((a, b) => a - b)
}

async function expectTold(desk: Running, change: Partial<SequenceDesk['plan']>): Promise<void> {
  const { campaigns } = desk.app.api
  const plan = { ...desk.plan, ...change, campaignId: desk.campaignId }
  const { after } = await campaigns.whatIf(plan)
  await campaigns.change(plan)
  const planned = await moments(desk)
  const days = Map.groupBy(planned, (at) => new Date(at).toISOString().slice(0, 10))
  const perDay = [...days].map(([date, of]) => ({ date, count: of.length }))
  expect(after).toMatchObject({ planned: planned.length, firstAt: planned[0], lastAt: planned.at(-1), perDay })
}

const oneMore = ({ plan, stocked }: Running): Partial<SequenceDesk['plan']> => {
  return { steps: [...plan.steps, ...stepsAfter(stocked.templateId, [0, 2]).slice(1)] }
}

test.each<[string, (desk: Running) => unknown]>([
  ['everybody is as they were', () => {}],
  ['somebody has lost a field that the text asks for', (desk) => edit(desk, 1, { firstName: '' })],
  [
    'somebody has an address by now at the company of somebody else',
    (desk) => edit(desk, 1, { email: 'new@company1.example' }),
  ],
  ['somebody has an address by now that is left alone', (desk) => leaveAlone(desk)],
  ['somebody is away', (desk) => answerAway(desk)],
  ['somebody was taken out', (desk) => desk.app.api.campaigns.removePeople(who(desk, 4))],
  ['somebody is paused', (desk) => desk.app.api.campaigns.pausePeople(who(desk, 0))],
  ['nobody knows what became of a mail', (desk) => leaveInDoubt(desk)],
  ['the last mail was dropped before', (desk) => dropLast(desk)],
])('%s', async (_, happens) => {
  await using desk = await running()
  await happens(desk)
  await expectTold(desk, oneMore(desk))
})

test('in the zone of each lead, once the campaign asks for it', async () => {
  await using desk = await running()
  for (const place of [0, 2, 4]) await edit(desk, place, { zone: 'Asia/Tokyo' })
  await expectTold(desk, { ...oneMore(desk), useLeadZone: true })
})

test('from two mailboxes', async () => {
  await using desk = await sequenceDesk(6)
  const mailboxIds = [desk.stocked.mailboxId, await addSecondMailbox(desk, { hours: WEEK, dailyCap: 2 })]
  const { id: campaignId } = await startSequence(desk, { mailboxIds })
  await expectTold({ ...desk, plan: { ...desk.plan, mailboxIds }, campaignId }, oneMore({ ...desk, campaignId }))
})

function who({ campaignId, stocked }: Running, place: number) {
  return { campaignId, leadIds: [stocked.leadIds[place] as never] }
}

async function leaveAlone(desk: Running): Promise<void> {
  await edit(desk, 3, { email: 'new@alone.example' })
  await desk.app.api.suppressions.add({ values: ['@alone.example'] })
}

async function answerAway({ app, inbox, mailbox, stocked }: Running): Promise<void> {
  inbox.receive({
    from: 'p1@company1.example',
    at: app.clock.now(),
    headers: ['Content-Type: text/plain; charset=utf-8', 'Auto-Submitted: auto-replied'],
    body: 'I am out of the office until 20 May 2026.',
    inReplyTo: `<${mailbox.sent[0]?.key}@pacemail.example>`,
  })
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
}

async function leaveInDoubt({ app, mailbox }: Running): Promise<void> {
  mailbox.canProve = false
  mailbox.next.push('accepts but the answer is lost')
  await app.run(24 * HOUR)
  expect((await app.api.sends.list({ status: ['uncertain'] })).rows).toHaveLength(1)
}

async function dropLast({ app, plan, campaignId }: Running): Promise<void> {
  await app.api.campaigns.change({ ...plan, campaignId, steps: plan.steps.slice(0, -1) })
}
