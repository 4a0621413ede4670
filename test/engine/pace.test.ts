import { expect, test } from 'vitest'
import { ALWAYS, MONDAY_9, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, stock } from '#test/support/stock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function gaps(app: TestEngine): number[] {
  const times = app.mailbox.sent.map((mail) => mail.date)
  return times.slice(1).map((time, index) => time - times[index]!)
}

test('mails keep the gap, the hours and the caps', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 60))
  await app.runOut()

  const times = app.mailbox.sent.map((mail) => mail.date)
  expect(times).toHaveLength(60)
  expect(Math.min(...gaps(app))).toBeGreaterThanOrEqual(6 * MINUTE)
  for (const time of times) {
    const date = new Date(time)
    const minutes = date.getUTCHours() * 60 + date.getUTCMinutes()
    expect(date.getUTCDay()).toBeGreaterThan(0)
    expect(date.getUTCDay()).toBeLessThan(6)
    expect((minutes >= 540 && minutes < 720) || (minutes >= 780 && minutes < 1020)).toBe(true)
    expect(times.filter((other) => other > time - HOUR && other <= time).length).toBeLessThanOrEqual(10)
    expect(times.filter((other) => other > time - DAY && other <= time).length).toBeLessThanOrEqual(40)
  }
})

test('the forecast made beforehand is what happens', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 50, { hourlyCap: 3, dailyCap: 12 }))
  await app.run(0)
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500 })
  const forecast = rows.map((send) => [send.to, send.wait!.at])
  await app.runOut()

  const happened = app.mailbox.sent.slice(1).map((mail) => [mail.to.address, mail.date])
  expect(happened).toEqual(forecast)
})

test('after three days asleep the backlog goes at the normal pace, never in a burst', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 20, { hours: ALWAYS }))
  await app.run(HOUR)
  const before = app.mailbox.sent.length

  await app.clock.sleepThrough(3 * DAY, () => app.engine.rooms.sender.idle())
  expect(app.mailbox.sent.length - before).toBeLessThanOrEqual(1)
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(20)
  expect(Math.min(...gaps(app))).toBeGreaterThanOrEqual(6 * MINUTE)
})

test('a clock set back neither repeats nor starves', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 6, { hours: ALWAYS }))
  await app.run(20 * MINUTE)
  const before = app.mailbox.sent.length
  expect(before).toBeGreaterThan(0)

  app.clock.set(MONDAY_9 - 2 * HOUR)
  app.engine.clockMayHaveJumped()
  await app.runOut()

  expect(app.mailbox.sent).toHaveLength(6)
  expect(new Set(app.mailbox.sent.map((mail) => mail.key)).size).toBe(6)
  expect(app.mailbox.sent.at(-1)!.date).toBeLessThan(MONDAY_9 + 3 * HOUR)
})

test('a clock set ten years ahead sends no more than one early, and back again all is well', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 4, { hours: ALWAYS }))
  await app.run(0)
  app.clock.set(MONDAY_9 + 3650 * DAY)
  app.engine.clockMayHaveJumped()
  await app.run(0)
  app.clock.set(MONDAY_9 + HOUR)
  app.engine.clockMayHaveJumped()
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(4)
  expect(app.clock.now()).toBeLessThan(MONDAY_9 + 2 * DAY)
})

test('hours follow the machine when the rep travels', async () => {
  await using app = await startTestEngine({ zone: 'Europe/Berlin', start: MONDAY_9 + 9 * HOUR + 10 * MINUTE })
  await dispatchAll(app, await stock(app, 1, { zone: null }))
  await app.run(MINUTE)
  expect(app.mailbox.sent).toHaveLength(0)

  app.clock.travel('America/New_York')
  await app.run(16 * MINUTE)
  expect(app.mailbox.sent).toHaveLength(1)
})

test('leads in their own zone are written to in their own hours', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 2)
  const [first] = goods.leadIds
  const lead = await app.api.leads.get({ leadId: first as never })
  await app.api.leads.edit({ leadId: lead.id, revision: lead.revision, edit: { zone: 'America/Los_Angeles' } })
  await dispatchAll(app, goods, { useLeadZone: true })
  await app.runOut()

  const byAddress = new Map(app.mailbox.sent.map((mail) => [mail.to.address, mail.date]))
  expect(byAddress.get('p2@company2.example')).toBe(MONDAY_9)
  expect(byAddress.get('p1@company1.example')).toBe(MONDAY_9 + 8 * HOUR)
})

test('high priority goes first among what is due, and a scheduled mail not before its time', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 2, { hours: ALWAYS })
  const urgent = await importLeads(app, 1, 100)
  const later = await importLeads(app, 1, 200)
  await app.api.app.pause({})
  await dispatchAll(app, goods, { key: 'normal ones' })
  await dispatchAll(app, { ...goods, leadIds: urgent }, { key: 'urgent one', priority: 0 })
  const at = { local: '2026-03-02T15:00', zone: 'Europe/Berlin' }
  await dispatchAll(app, { ...goods, leadIds: later }, { key: 'a later one', priority: 0, at })
  await app.api.app.resume({})
  await app.runOut()

  expect(app.mailbox.sent[0]!.to.address).toBe('p100@company100.example')
  expect(app.mailbox.sent.find((mail) => mail.to.address.startsWith('p200'))!.date).toBe(MONDAY_9 + 5 * HOUR)
})

test('a sleep, a clock that was set and a journey are told in the activity', async () => {
  await using app = await startTestEngine({ zone: 'Europe/Berlin' })
  app.clock.set(MONDAY_9 + 2 * HOUR)
  app.clock.travel('America/New_York')
  app.engine.clockMayHaveJumped()

  const { rows } = await app.api.activity.list({ kinds: ['clock_jumped', 'zone_changed'] })
  expect(rows.map((entry) => [entry.kind, entry.data])).toEqual([
    ['zone_changed', { from: 'Europe/Berlin', zone: 'America/New_York' }],
    ['clock_jumped', { byMs: 2 * HOUR }],
  ])
})

test('what the page says before the button is pressed is what happens after it', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 45)
  const order = { selection: { by: 'ids' as const, ids: goods.leadIds as never }, ...goods, at: null }
  const { plan } = await app.api.dispatch.check(order)
  await dispatchAll(app, goods)
  await app.runOut()

  const times = app.mailbox.sent.map((mail) => mail.date)
  expect([plan.firstAt, plan.lastAt]).toEqual([times[0], times.at(-1)])
  expect(plan.perDay.reduce((sum, day) => sum + day.count, 0)).toBe(45)
})
