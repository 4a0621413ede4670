import { expect, test } from 'vitest'
import { deliveryReport } from '#test/support/incoming-mail'
import { sequenceDesk, startSequence, stepsAfter } from '#test/support/sequence'
import { MONDAY_9, startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const HOUR = 3_600_000
const DAY = 24 * HOUR

test('a mailbox tells what it sent on each of its last days, and what its limit was', async () => {
  await using app = await startTestEngine()
  const stocked = await stock(app, 5, {
    dailyCap: 3,
    zone: 'Pacific/Auckland',
    ramp: { startAt: MONDAY_9, first: 1, perDay: 1 },
  })
  await dispatchAll(app, stocked)
  await app.run(2 * DAY)
  const { days, recent } = await app.api.mailboxes.lately({ mailboxId: stocked.mailboxId })
  expect(days).toHaveLength(14)
  const { rows } = await app.api.sends.list({ status: ['sent'], limit: 50 })
  const local = new Intl.DateTimeFormat('sv', { timeZone: 'Pacific/Auckland' })
  const went = Map.groupBy(rows, ({ finishedAt }) => local.format(finishedAt ?? 0))
  expect(rows.length).toBeGreaterThan(1)
  expect(days.map(({ date, sent }) => [date, sent]).filter(([, sent]) => sent !== 0)).toEqual(
    [...went]
      .map(([date, all]) => [date, all.length])
      .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  )
  expect(days.at(-1)?.date).toBe(local.format(app.clock.now()))
  expect(days.map(({ limit }) => limit).slice(-4)).toEqual([1, 1, 2, 3])
  expect(recent).toEqual({ mails: rows.length, replied: 0, bounced: 0 })
})

test('of the last mails it tells the answers and the addresses that do not exist', async () => {
  await using desk = await sequenceDesk(3)
  const { app, mailbox, inbox, stocked } = desk
  await startSequence(desk, { steps: stepsAfter(stocked.templateId, [0]) })
  await app.run(4 * HOUR)
  const [first, second] = mailbox.sent
  const at = app.clock.now()
  inbox.receive({ from: first!.to.address, at, inReplyTo: `<${first!.key}@pacemail.example>`, body: 'Yes, please.' })
  inbox.receive({ from: 'mailer-daemon@corp.example', at, ...deliveryReport(second!.to.address) })
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
  expect((await app.api.mailboxes.lately({ mailboxId: stocked.mailboxId })).recent).toEqual({
    mails: 3,
    replied: 1,
    bounced: 1,
  })
})
