/** What is asked of each person again, long after their mail was queued. */
import { expect, test } from 'vitest'
import { type SequenceDesk, sequenceDesk, startSequence, storyOf } from '#test/support/sequence'

const DAY = 86_400_000

async function edit({ app, stocked }: SequenceDesk, person: number, change: Record<string, unknown>): Promise<void> {
  const leadId = stocked.leadIds[person - 1] as never
  const { revision } = await app.api.leads.get({ leadId })
  await app.api.leads.edit({ leadId, revision, edit: change })
}

async function answer(desk: SequenceDesk, person: number): Promise<void> {
  const mail = desk.mailbox.sent.find(({ to }) => to.address === `p${person}@company${person}.example`)
  desk.inbox.receive({
    from: `p${person}@company${person}.example`,
    at: desk.app.clock.now(),
    inReplyTo: `<${mail?.key}@pacemail.example>`,
    body: 'Thank you, we are interested.',
  })
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
}

test('a company is left alone under each of its domains and spellings, once somebody there has answered', async () => {
  await using desk = await sequenceDesk(3)
  await desk.app.api.incoming.saveRules({ stopsCompany: true })
  await edit(desk, 1, { company: 'Müller & Söhne GmbH' })
  await edit(desk, 2, { company: 'MULLER und SOHNE', email: 'p2@gmail.com' })
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  await answer(desk, 1)
  await desk.app.run(30 * DAY)

  expect(desk.mailbox.sent.map(({ to }) => to.address).filter((to) => to === 'p2@gmail.com')).toHaveLength(1)
  expect(await storyOf(desk, id)).toMatchObject({
    'Person2 finished': [expect.stringContaining('sent'), 'skipped', 'skipped'],
    'Person3 finished': [
      expect.stringContaining('sent'),
      expect.stringContaining('sent'),
      expect.stringContaining('sent'),
    ],
  })
  const { rows } = await desk.app.api.suppressions.list({})
  const { rows: more } = await desk.app.api.leads.list({})
  expect(more.filter(({ isSuppressed }) => isSuppressed).map(({ firstName }) => firstName)).toEqual([
    'Person2',
    'Person1',
  ])

  for (const { id: suppressionId } of rows) await desk.app.api.suppressions.remove({ id: suppressionId })
  expect((await desk.app.api.leads.list({})).rows.filter(({ isSuppressed }) => isSuppressed)).toEqual([])
})

test('a company is left alone at every domain that the rep has joined, whatever its leads are called', async () => {
  await using desk = await sequenceDesk(2)
  await desk.app.api.incoming.saveRules({ stopsCompany: true })
  await desk.app.api.aliases.join({ domains: ['company1.example', 'company2.example'] })
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  await answer(desk, 1)
  await desk.app.run(20 * DAY)
  expect(await storyOf(desk, id)).toMatchObject({
    'Person2 finished': [expect.stringContaining('sent'), 'skipped', 'skipped'],
  })
})

test('a ground that is no longer enough holds what waits, until a better one is on record', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  await edit(desk, 1, { country: 'Germany' })
  await desk.app.run(7 * DAY)
  expect(Object.values(await storyOf(desk, id))).toEqual([
    [expect.stringContaining('sent'), 'basis_missing', 'step_before'],
  ])
  expect(desk.mailbox.sent).toHaveLength(1)

  const ground = { basis: 'consent', basisAt: desk.app.clock.now(), basisNote: 'signed at the fair' } as const
  const selection = { by: 'ids', ids: desk.stocked.leadIds as never } as const
  await desk.app.api.leads.setBasis({ selection, ...ground })
  await desk.app.run(DAY)
  expect(desk.mailbox.sent).toHaveLength(2)
})

test('a ground that ends while mail waits holds it from that moment on', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  // In Canada a question counts for six months.
  const basisAt = desk.app.clock.now() - 181 * DAY
  await edit(desk, 1, { country: 'Canada', basis: 'inquiry', basisAt, basisNote: 'mail of the spring' })
  await desk.app.run(7 * DAY)
  expect(Object.values(await storyOf(desk, id))).toEqual([
    [expect.stringContaining('sent'), 'basis_missing', 'step_before'],
  ])
})

test('the unsubscribe button counts from whatever mailbox it was pressed in', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  const { key } = desk.mailbox.sent[0]!
  desk.inbox.receive({ from: 'private@elsewhere.example', at: desk.app.clock.now(), subject: `unsubscribe ${key}` })
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })

  const { rows } = await desk.app.api.incoming.list({})
  expect(rows).toMatchObject([{ verdict: 'opted_out', matchedBy: 'key', from: 'private@elsewhere.example' }])
  expect(await storyOf(desk, id)).toMatchObject({ 'Person1 opted_out': [expect.anything(), 'skipped', 'skipped'] })
  const { rows: suppressed } = await desk.app.api.suppressions.list({})
  expect(suppressed).toMatchObject([{ kind: 'address', value: 'p1@company1.example', reason: 'opted_out' }])
})
