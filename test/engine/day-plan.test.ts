import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const HOUR = 3_600_000
const hours = (from: number, to: number) =>
  Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: from * 60, to: to * 60 }] : []))

test('a day shows when a mailbox is open, what went, what is on its way and what is planned, as the queue has it', async () => {
  await using app = await startTestEngine({ zone: 'Europe/Berlin' })
  // Monday 9:00 UTC is 10:00 in Berlin, where the rep is; the mailbox keeps UTC.
  await dispatchAll(app, await stock(app, 12, { hours: hours(8, 11), hourlyCap: 4 }))
  await app.run(HOUR)
  const { from, to, mailboxes } = await app.api.sends.day({ date: '2026-03-02' })
  const start = Date.UTC(2026, 2, 1, 23)
  expect([from, to]).toEqual([start, start + 24 * HOUR])
  const [day] = mailboxes
  expect(day).toMatchObject({ hourlyCap: 4, open: [{ from: start + 9 * HOUR, to: start + 12 * HOUR }], held: [] })
  const marks = day?.marks ?? []
  const sent = marks.filter(({ kind }) => kind === 'sent')
  expect(sent).toHaveLength(app.mailbox.sent.length)
  expect(sent.length).toBeGreaterThan(1)

  const { rows } = await app.api.sends.list({ status: ['pending'] })
  const planned = marks.filter(({ kind }) => kind === 'planned').map(({ sendId, at, wait }) => ({ sendId, at, wait }))
  const asListed = rows.map(({ id, wait }) => ({ sendId: id, at: wait?.at ?? 0, wait }))
  expect(planned).toEqual(asListed.filter(({ at }) => at < to))
  const tuesday = await app.api.sends.day({ date: '2026-03-03' })
  expect(tuesday.mailboxes[0]?.marks.map(({ sendId }) => sendId)).toEqual(
    asListed.filter(({ at }) => at >= to && at < to + 24 * HOUR).map(({ sendId }) => sendId),
  )
  expect((await app.api.sends.day({ date: '2026-03-07' })).mailboxes[0]).toMatchObject({ open: [], marks: [] })
})

test('what is being sent stands where it was begun, and what is held is counted with its reason', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox })
  const seen: string[][] = []
  mailbox.onAsk = async () => {
    const { mailboxes } = await app.api.sends.day({ date: '2026-03-02' })
    seen.push((mailboxes[0]?.marks ?? []).map(({ kind }) => kind))
  }
  await dispatchAll(app, await stock(app, 2))
  await app.run(1_000)
  expect(seen[0]).toEqual(['sending', 'planned'])
  await app.api.app.pause({})
  const { mailboxes } = await app.api.sends.day({ date: '2026-03-02' })
  expect(mailboxes[0]?.marks.map(({ kind }) => kind)).toEqual(['sent'])
  expect(mailboxes[0]?.held).toEqual([{ code: 'app_paused', count: 1 }])
})

test('a date that does not exist is refused', async () => {
  await using app = await startTestEngine()
  await expect(app.api.sends.day({ date: '2026-02-30' })).rejects.toMatchObject({ code: 'request.invalid' })
})
