import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const DAY = 86_400_000

test('paused, nothing goes; resumed, everything goes at the normal pace', async () => {
  await using app = await startTestEngine()
  await app.api.app.pause({})
  await dispatchAll(app, await stock(app, 3))

  await app.run(3 * DAY)
  expect(app.mailbox.sent).toHaveLength(0)
  const { rows } = await app.api.sends.list({})
  expect(rows.map((send) => send.wait)).toMatchObject([
    { code: 'app_paused', at: null },
    { code: 'app_paused', at: null },
    { code: 'app_paused', at: null },
  ])

  await app.api.app.resume({})
  await app.run(1_000)
  expect(app.mailbox.sent).toHaveLength(1)
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(3)
})

test('a pause for an hour ends by itself, and one until tomorrow at midnight, after which the hours of the mailbox count', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 3))
  const start = app.clock.now()
  const hour = await app.api.app.pause({ until: 'in_an_hour' })
  expect(hour).toMatchObject({ isPaused: true, pausedUntil: start + DAY / 24 })
  await app.run(DAY / 24 - 1)
  expect(app.mailbox.sent).toHaveLength(0)
  await app.run(60_000)
  expect(app.mailbox.sent).toHaveLength(1)
  expect(await app.api.app.status({})).toMatchObject({ isPaused: false, pausedUntil: null })

  // Monday, shortly after 10.
  const tomorrow = await app.api.app.pause({ until: 'tomorrow' })
  expect(tomorrow.pausedUntil).toBe(start + DAY - 9 * (DAY / 24))
  await app.run(DAY - 10 * (DAY / 24))
  expect(app.mailbox.sent).toHaveLength(1)
  expect((await app.api.app.status({})).isPaused).toBe(false)
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(3)
  const { rows } = await app.api.activity.list({ kinds: ['app_paused', 'app_resumed'] })
  expect(rows.map(({ kind, data }) => [kind, data.isOver ?? false])).toEqual([
    ['app_resumed', true],
    ['app_paused', false],
    ['app_resumed', true],
    ['app_paused', false],
  ])
})

test('a pause that stands gets the end that was asked for last, also none', async () => {
  await using app = await startTestEngine()
  await app.api.app.pause({ until: 'in_an_hour' })
  await app.api.app.pause({})
  await app.run(2 * DAY)
  expect(await app.api.app.status({})).toMatchObject({ isPaused: true, pausedUntil: null })
})

test('a pause whose end passed while the app was closed is over at the next start', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 1))
  await app.api.app.pause({ until: 'in_an_hour' })
  const { dataFolder, secrets, mailbox } = app
  await app.engine.close()
  await using next = await startTestEngine({ dataFolder, secrets, mailbox, start: app.clock.now() + DAY / 12 })
  await next.run(60_000)
  expect((await next.api.app.status({})).isPaused).toBe(false)
  expect(mailbox.sent).toHaveLength(1)
})

test('a pause in the instant before the first byte keeps the mail from leaving', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox })
  mailbox.onAsk = () => app.engine.rooms.app.pause()
  await dispatchAll(app, await stock(app, 1))
  await app.run(DAY)

  expect(mailbox.sendCalls).toBe(1)
  expect(mailbox.sent).toHaveLength(0)
  expect((await app.api.sends.list({})).rows[0]).toMatchObject({ status: 'pending', attempts: 0 })

  mailbox.onAsk = () => {}
  await app.api.app.resume({})
  await app.runOut()
  expect(mailbox.sent).toHaveLength(1)
})

test('a pause outlives a restart', async () => {
  await using app = await startTestEngine()
  await app.api.app.pause({})
  const { dataFolder, secrets } = app
  await app.engine.close()
  await using again = await startTestEngine({ dataFolder, secrets })
  expect((await again.api.app.status({})).isPaused).toBe(true)
})

test('an opt-out in the instant before the first byte keeps the mail from leaving, for good', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox })
  const goods = await stock(app, 1)
  mailbox.onAsk = async () => void (await app.api.leads.doNotContact({ leadId: goods.leadIds[0] as never }))
  await dispatchAll(app, goods)
  await app.run(DAY)

  expect(mailbox.sent).toHaveLength(0)
  expect((await app.api.sends.list({})).rows[0]).toMatchObject({ status: 'skipped', skipped: 'suppressed' })
})

test('a cancelled send never goes; what has been asked for is kept', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox })
  const goods = await stock(app, 3)
  let answer: unknown
  mailbox.onAsk = async () => {
    answer = await app.api.sends.cancel({ selection: { by: 'everything' } })
  }
  const campaignId = await dispatchAll(app, goods)
  await app.run(DAY)

  expect(answer).toEqual({ changed: 2, kept: 1, notTakenBack: 0 })
  expect(mailbox.sent).toHaveLength(1)
  const campaign = await app.api.campaigns.get({ campaignId: campaignId })
  expect(campaign).toMatchObject({ status: 'completed', progress: { sent: 1, cancelled: 2, pending: 0 } })
})

test('a paused campaign waits while another one goes on', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 2)
  const [first, second] = goods.leadIds
  await app.api.app.pause({})
  const held = await dispatchAll(app, { ...goods, leadIds: [first!] }, { key: 'the held one' })
  await app.api.campaigns.pause({ campaignId: held })
  await app.api.app.resume({})
  await dispatchAll(app, { ...goods, leadIds: [second!] }, { key: 'the other one' })
  await app.run(2 * DAY)

  const sentTo = app.mailbox.sent.map((mail) => mail.to.address)
  expect(sentTo).not.toContain('p1@company1.example')
  expect(sentTo).toContain('p2@company2.example')
})
