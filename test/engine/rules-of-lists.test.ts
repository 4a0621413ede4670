import { expect, test } from 'vitest'
import { deliveryReport } from '#test/support/incoming-mail'
import { sequenceDesk, startSequence, storyOf, type SequenceDesk } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The mail to this person comes back: there is no such address. */
async function bounce(desk: SequenceDesk, person: number): Promise<void> {
  const mail = desk.mailbox.sent.find(({ to }) => to.address === `p${person}@company${person}.example`)
  desk.inbox.receive({
    from: 'mailer-daemon@corp.example',
    at: desk.app.clock.now(),
    inReplyTo: `<${mail?.key}@pacemail.example>`,
    ...deliveryReport(mail?.to.address ?? ''),
  })
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
}

test('two of the first mails to a list come back, so the rest of it is held until the rep lets it go on', async () => {
  await using desk = await sequenceDesk(30)
  const { api } = desk.app
  const { id } = await startSequence(desk, { steps: desk.plan.steps.slice(0, 1) })
  await desk.app.run(2 * HOUR)
  await bounce(desk, 1)
  expect(await api.leads.heldLists({})).toEqual([])
  await bounce(desk, 2)
  const [held] = await api.leads.heldLists({})
  expect(held).toMatchObject({ name: 'Leads from 1', waiting: 30 - desk.mailbox.sent.length })
  const sentThen = desk.mailbox.sent.length
  await desk.app.run(DAY)
  expect(desk.mailbox.sent).toHaveLength(sentThen)
  expect(Object.values(await storyOf(desk, id)).at(-1)).toEqual(['list_held'])

  await api.leads.releaseList({ listId: held!.listId })
  await desk.app.run(DAY)
  expect(desk.mailbox.sent.length).toBeGreaterThan(sentThen)
  await bounce(desk, 3)
  expect(await api.leads.heldLists({})).toEqual([])
})

test('a bounce that is taken back lets the list go on', async () => {
  await using desk = await sequenceDesk(30)
  const { api } = desk.app
  await startSequence(desk, { steps: desk.plan.steps.slice(0, 1) })
  await desk.app.run(2 * HOUR)
  await bounce(desk, 1)
  await bounce(desk, 2)
  expect(await api.leads.heldLists({})).toHaveLength(1)
  await desk.app.run(HOUR)
  const { rows } = await api.incoming.list({})
  await api.incoming.undo({ incomingId: rows[0]!.id })
  expect(await api.leads.heldLists({})).toEqual([])
  const sentThen = desk.mailbox.sent.length
  await desk.app.run(2 * HOUR)
  expect(desk.mailbox.sent.length).toBeGreaterThan(sentThen)
})

test.each([
  ['spread', null, 'planned'],
  ['expire', 4, 'skipped'],
  ['ask', null, 'missed'],
] as const)('a machine that sleeps over its mail: %s', async (missed, expiresAfterHours, then) => {
  await using desk = await sequenceDesk(20)
  const { id } = await startSequence(desk, { steps: desk.plan.steps.slice(0, 1), missed, expiresAfterHours })
  await desk.app.run(HOUR)
  const sent = desk.mailbox.sent.length
  await desk.app.clock.sleepThrough(DAY)
  await desk.app.run(60_000)
  const story = Object.values(await storyOf(desk, id)).flat()
  const after = story.filter((step) => !step.startsWith('sent'))
  expect(after.some((step) => step.startsWith(then))).toBe(true)
  // Never a burst: at most the one that is due.
  expect(desk.mailbox.sent.length).toBeLessThanOrEqual(sent + 1)
  if (missed === 'ask') {
    const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
    const ids = rows.filter(({ wait }) => wait?.code === 'missed').map(({ id: sendId }) => sendId)
    expect(await desk.app.api.sends.release({ selection: { by: 'ids', ids } })).toMatchObject({ changed: ids.length })
    await desk.app.runOut()
    expect(desk.mailbox.sent).toHaveLength(20)
  }
})

test('why a mail waits is told gate by gate, with the times between which it goes', async () => {
  await using desk = await sequenceDesk(3)
  const { api } = desk.app
  await startSequence(desk)
  const { rows } = await api.sends.list({ status: ['pending'] })
  const [next] = rows
  const { gates, range } = await api.sends.explain({ sendId: next!.id })
  expect(gates.find(({ say }) => say !== 'pass')).toMatchObject({ gate: 'gap', because: 'gap' })
  expect(range!.from).toBeLessThanOrEqual(next!.wait!.at!)
  expect(range!.to).toBeGreaterThanOrEqual(next!.wait!.at!)
})
