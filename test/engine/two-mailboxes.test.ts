/** What several mailboxes of a rep have in common: a company and a person are one to all of them. */
import { expect, test } from 'vitest'
import type { Policy } from '#shared/domain/policy'
import { addSecondMailbox, sequenceDesk, type SequenceDesk, startSequence, stepsAfter } from '#test/support/sequence'
import { policyWith } from '#test/support/start-test-engine'
import { importColleagues, importLeads } from '#test/support/stock'

const DAY = 86_400_000

/** One campaign with both mailboxes, to the leads of `stocked`. */
async function startWithBoth(desk: SequenceDesk, policy: Partial<Policy>, plan: Partial<SequenceDesk['plan']> = {}) {
  const { mailboxId, templateId } = desk.stocked
  const second = await addSecondMailbox(desk, policy)
  await desk.app.api.mailboxes.savePolicy({ mailboxId, policy: policyWith(policy) })
  await startSequence(desk, { steps: stepsAfter(templateId, [0]), mailboxIds: [mailboxId, second], ...plan })
}

/** What the queue says of each waiting mail: when it goes, or the rule that will forbid it. */
async function foreseen({ app }: SequenceDesk): Promise<[to: string, when: number | string | null][]> {
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500 })
  return rows.map(({ to, wait }) => [to, wait?.willSkip ?? wait?.at ?? null])
}

const leftSince = ({ mailbox }: SequenceDesk, count: number) =>
  mailbox.sent.slice(count).map(({ to, date }): [string, number] => [to.address, date])

const byTime = (rows: readonly (readonly [string, unknown])[]) =>
  rows.toSorted((a, b) => Number(a[1]) - Number(b[1]) || a[0].localeCompare(b[0]))

test('the limit for a company counts the mail of every mailbox to every domain that the rep has joined', async () => {
  await using desk = await sequenceDesk(0)
  // Two people at each of three companies, of which the first two are one.
  const leadIds = await importColleagues(desk.app, 6)
  await desk.app.api.aliases.join({ domains: ['company1.example', 'company2.example'] })
  await startWithBoth({ ...desk, stocked: { ...desk.stocked, leadIds } }, { domainCap: 2 })
  const before = desk.mailbox.sent.length
  const planned = await foreseen(desk)
  await desk.app.runOut()

  const days = Map.groupBy(desk.mailbox.sent, ({ date }) => new Date(date).toISOString().slice(0, 10))
  const counts = [...days.values()].map((mails) => {
    const domains = mails.map(({ to }) => to.address.split('@')[1])
    return [domains.filter((domain) => domain !== 'company3.example').length, domains.length]
  })
  expect(counts).toEqual([
    [2, 4],
    [2, 2],
  ])
  expect(byTime(planned)).toEqual(byTime(leftSince(desk, before)))
  expect(new Set(desk.mailbox.sent.map(({ from }) => from.address)).size).toBe(2)
})

test('what another limit for a company would bring counts the mail of every mailbox as well', async () => {
  await using desk = await sequenceDesk(0)
  const leadIds = await importColleagues(desk.app, 4)
  await desk.app.api.aliases.join({ domains: ['company1.example', 'company2.example'] })
  const at = { local: '2026-03-03T09:00', zone: 'UTC' }
  await startWithBoth({ ...desk, stocked: { ...desk.stocked, leadIds } }, {}, { at })
  const { mailboxId } = desk.stocked
  const policy = policyWith({ domainCap: 1 })
  const told = await desk.app.api.mailboxes.whatIf({ mailboxId, policy })
  await desk.app.api.mailboxes.savePolicy({ mailboxId, policy })
  await desk.app.runOut()
  const { rows } = await desk.app.api.sends.list({ status: ['sent'], limit: 500 })
  const left = (isOwn: boolean) =>
    rows.flatMap((row) => (row.startedAt !== null && (row.mailboxId === mailboxId) === isOwn ? [row.startedAt] : []))
  expect(told.after).toMatchObject({ firstAt: Math.min(...left(true)), lastAt: Math.max(...left(true)) })
  // A day after the last one of the other mailbox.
  expect(told.after.lastAt).toBe(Math.max(...left(false)) + 86_400_000)
})

test.each([
  ['the same mailbox', false],
  ['another mailbox', true],
])(
  'a second mail to one person under another address, from %s, is foreseen to be left out, and is',
  async (_, isOther) => {
    await using desk = await sequenceDesk(1)
    const { api } = desk.app
    const [first] = desk.stocked.leadIds
    const [again] = await importLeads(desk.app, 1, 2)
    const { revision } = await api.leads.get({ leadId: again as never })
    await api.leads.edit({ leadId: again as never, revision, edit: { email: 'p1@group.example' } })
    const second = isOther ? await addSecondMailbox(desk, {}) : desk.stocked.mailboxId
    const at = (hour: string) => ({ local: `2026-03-03T${hour}`, zone: 'UTC' })
    const steps = stepsAfter(desk.stocked.templateId, [0, 1])
    await startSequence({ ...desk, stocked: { ...desk.stocked, leadIds: [again!] } }, { steps, at: at('09:00') })
    const later = { steps, at: at('11:00'), mailboxIds: [second] }
    await startSequence({ ...desk, stocked: { ...desk.stocked, leadIds: [first!] } }, later)
    await api.aliases.join({ domains: ['company1.example', 'group.example'] })

    const planned = await foreseen(desk)
    expect(planned.filter(([, when]) => when === 'cool_down').map(([to]) => to)).toEqual([
      'p1@company1.example',
      'p1@company1.example',
    ])
    await desk.app.runOut()
    expect(byTime(planned.filter(([, when]) => when !== 'cool_down'))).toEqual(leftSince(desk, 0))
    const { rows } = await api.sends.list({ status: ['skipped'] })
    expect(rows.map(({ to, skipped }) => [to, skipped])).toEqual([
      ['p1@company1.example', 'cool_down'],
      ['p1@company1.example', 'cool_down'],
    ])
  },
)

test('mail that the rep wrote by hand counts for the limit of a company: foreseen, asked for beforehand and when it goes', async () => {
  await using desk = await sequenceDesk(0)
  const { api } = desk.app
  const { mailboxId, templateId } = desk.stocked
  const leadIds = await importColleagues(desk.app, 2)
  const policy = policyWith({ domainCap: null })
  await api.mailboxes.savePolicy({ mailboxId, policy })
  const writtenAt = desk.app.clock.now()
  const byHand = {
    providerMessageId: 'by-hand',
    threadId: null,
    sentAt: writtenAt,
    to: ['p1@company1.example'],
    key: null,
  }
  desk.inbox.sent.push(byHand)
  // The Sent folder is looked into every ten minutes.
  await desk.app.run(11 * 60_000)
  desk.app.engine.rooms.inbox.raise(mailboxId)
  await api.mailboxes.readNow({ mailboxId })
  const at = { local: '2026-03-02T15:00', zone: 'UTC' }
  const second = { ...desk, stocked: { ...desk.stocked, leadIds: leadIds.slice(1) } }
  await startSequence(second, { steps: stepsAfter(templateId, [0]), at })
  const limited = policyWith({ domainCap: 1 })
  const { before, after } = await api.mailboxes.whatIf({ mailboxId, policy: limited })
  expect(before.firstAt).toBeLessThan(writtenAt + DAY)
  expect(after.firstAt).toBe(writtenAt + DAY)

  await api.mailboxes.savePolicy({ mailboxId, policy: limited })
  expect(await foreseen(desk)).toEqual([['p2@company1.example', writtenAt + DAY]])
  await desk.app.runOut()
  expect(leftSince(desk, 0)).toEqual([['p2@company1.example', writtenAt + DAY]])
})
