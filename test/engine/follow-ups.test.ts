/** What a contact by other means does to a sequence that has begun, and to one that has not. */
import { expect, test } from 'vitest'
import { sequenceDesk, startSequence, storyOf, type SequenceDesk } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The rep writes to the first lead by another program, and Pacemail reads of it. */
async function writeByHand({ app, inbox, stocked }: SequenceDesk): Promise<void> {
  const sentAt = app.clock.now()
  const to = ['p1@company1.example']
  inbox.sent.push({ providerMessageId: `by hand ${sentAt}`, threadId: null, sentAt, to, key: null })
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
}

async function leaveOutFirst({ app }: SequenceDesk): Promise<void> {
  const { rows } = await app.api.sends.list({ status: ['pending'] })
  await app.api.sends.leaveOut({ selection: { by: 'ids', ids: [rows.find(({ step }) => step === 0)!.id] } })
}

test('follow-ups go on when the rep writes by hand in the middle of a sequence, as the forecast says', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk)
  await desk.app.run(DAY)
  await writeByHand(desk)
  expect(await storyOf(desk, id)).toEqual({
    'Person1 active': ['sent 2026-03-02 09:00', 'planned 2026-03-05 09:00', 'planned 2026-03-16 09:00'],
  })
  await desk.app.run(20 * DAY)
  expect(await storyOf(desk, id)).toEqual({
    'Person1 finished': ['sent 2026-03-02 09:00', 'sent 2026-03-05 09:00', 'sent 2026-03-16 09:00'],
  })
})

test('a first mail is left out when the rep has written by hand meanwhile, and with it what follows', async () => {
  await using desk = await sequenceDesk(1)
  const { id } = await startSequence(desk, { at: { local: '2026-03-04T09:00', zone: 'UTC' } })
  await desk.app.run(DAY)
  await writeByHand(desk)
  const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
  expect(rows.map(({ wait }) => wait?.willSkip)).toEqual(['cool_down', 'cool_down', 'cool_down'])
  await desk.app.run(20 * DAY)
  expect(desk.mailbox.sent).toEqual([])
  expect(Object.keys(await storyOf(desk, id))).toEqual(['Person1 finished'])
})

test('a follow-up that is the first to go, because the rep left out the one before it, is kept as a first mail is', async () => {
  await using desk = await sequenceDesk(1)
  await startSequence(desk, { at: { local: '2026-03-04T09:00', zone: 'UTC' } })
  await leaveOutFirst(desk)
  await desk.app.run(HOUR)
  await writeByHand(desk)
  const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
  expect(rows.map(({ wait }) => wait?.willSkip)).toEqual(['cool_down', 'cool_down'])
  await desk.app.run(20 * DAY)
  expect(desk.mailbox.sent).toEqual([])
})
