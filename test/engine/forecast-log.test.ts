/** A rep is told why a mail goes at another time than they were told before. */
import { expect, test } from 'vitest'
import { type SequenceDesk, sequenceDesk, startSequence } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const clockOf = (at: number | null): string =>
  at === null ? 'held' : new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** `from -> to: cause`, oldest first. */
async function changesOf({ app }: SequenceDesk, step: number): Promise<string[]> {
  const { rows } = await app.api.sends.list({})
  const send = rows.find((row) => row.step === step)
  const { changes } = await app.api.sends.explain({ sendId: send!.id })
  return changes
    .map(({ from, to, cause }) => `${clockOf(from)} -> ${clockOf(to)}: ${cause?.kind ?? 'time'}`)
    .toReversed()
}

test('what the rep does to everything, to a campaign and to a mail is told with what it changed', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  const { id: campaignId } = await startSequence(desk)
  await desk.app.run(HOUR)
  expect(await changesOf(desk, 1)).toEqual([])

  await api.campaigns.pause({ campaignId })
  await desk.app.run(3 * DAY)
  await api.campaigns.resume({ campaignId })
  await desk.app.run(HOUR)
  await api.app.pause({})
  await desk.app.run(HOUR)
  await api.app.resume({})
  await desk.app.run(HOUR)
  const told = [
    '2026-03-05 09:00 -> held: campaign_paused',
    'held -> 2026-03-10 09:00: campaign_resumed',
    '2026-03-10 09:00 -> held: app_paused',
    'held -> 2026-03-10 09:00: app_resumed',
  ]
  expect(await changesOf(desk, 1)).toEqual(told)

  const { rows } = await api.sends.list({ status: ['pending'] })
  const sendId = rows.find(({ step }) => step === 1)!.id
  const at = { local: '2026-03-12T14:00', zone: 'UTC' }
  await api.sends.reschedule({ selection: { by: 'ids', ids: [sendId] }, at })
  await desk.app.run(HOUR)
  expect(await changesOf(desk, 1)).toEqual([...told, '2026-03-10 09:00 -> 2026-03-12 14:00: send_moved'])
  // The one that follows it goes later as well, by what happened to the mail before it.
  expect((await changesOf(desk, 2)).at(-1)).toBe('2026-03-19 09:00 -> 2026-03-23 14:00: send_moved')
})

test('mail that goes as planned changes nothing, however much of it there is', async () => {
  await using desk = await sequenceDesk(20)
  await startSequence(desk)
  await desk.app.run(20 * DAY)
  const { rows } = await desk.app.api.sends.list({ limit: 200 })
  expect(rows).toHaveLength(60)
  for (const { id } of rows) {
    const { changes } = await desk.app.api.sends.explain({ sendId: id })
    expect(changes).toEqual([])
  }
})

test('an absence and its end are told, and the log stays with a mail that has gone', async () => {
  await using desk = await sequenceDesk(1)
  const { api } = desk.app
  await startSequence(desk)
  await desk.app.run(HOUR)
  await api.app.saveAbsences({ absences: [{ from: '2026-03-04', to: '2026-03-06', stopBeforeDays: 0 }] })
  await desk.app.run(20 * DAY)
  expect(await changesOf(desk, 1)).toEqual(['2026-03-05 09:00 -> 2026-03-10 09:00: absences_changed'])
})

test('while it is not known whether a mail left, those that follow it have not changed', async () => {
  await using desk = await sequenceDesk(1)
  await desk.app.api.app.pause({})
  await startSequence(desk)
  await desk.app.run(HOUR)
  desk.mailbox.next.push('does not accept and the answer is lost')
  desk.mailbox.canProve = false
  await desk.app.api.app.resume({})
  await desk.app.run(HOUR)
  const { rows } = await desk.app.api.sends.list({ status: ['uncertain'] })
  expect(rows).toHaveLength(1)
  expect((await changesOf(desk, 1)).filter((change) => change.endsWith('-> held: send_unanswered'))).toEqual([])
  expect(await changesOf(desk, 0)).toEqual(['held -> 2026-03-02 10:00: app_resumed'])
})
