import { expect, test } from 'vitest'
import { MONDAY_9, startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

test('a second instance on the same folder only looks, and takes over when the first has ended', async () => {
  await using first = await startTestEngine()
  await dispatchAll(first, await stock(first, 2))
  await using second = await startTestEngine({ dataFolder: first.dataFolder, secrets: first.secrets })

  expect((await second.api.app.status({})).role).toBe('viewer')
  await expect(second.api.app.takeOver({})).rejects.toMatchObject({ code: 'db.locked' })
  await second.run(3_600_000)
  expect(second.mailbox.sent).toHaveLength(0)

  await first.engine.close()
  expect((await second.api.app.takeOver({})).role).toBe('owner')
  await second.runOut()
  expect([...first.mailbox.sent, ...second.mailbox.sent]).toHaveLength(2)
})

test('a viewer hears within five seconds what the owner has changed, and says nothing when nothing has', async () => {
  await using owner = await startTestEngine()
  const stocked = await stock(owner, 1)
  await using viewer = await startTestEngine({ dataFolder: owner.dataFolder, secrets: owner.secrets })
  viewer.pushed.length = 0
  await viewer.run(60_000)
  expect(viewer.pushed).toEqual([])

  await owner.api.mailboxes.pause({ mailboxId: stocked.mailboxId })
  await owner.api.app.pause({})
  await viewer.run(5_000)

  expect(viewer.pushed.map((event) => event.type)).toContain('mailboxes.changed')
  expect((await viewer.api.mailboxes.list({}))[0]?.status).toBe('paused')
  expect((await viewer.api.app.status({})).isPaused).toBe(true)
})

test('what was in flight when the process ended is put back or looked up at the next start', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 3)
  await dispatchAll(app, goods)
  await app.run(0)
  const { dataFolder, secrets, mailbox } = app
  await app.engine.close()

  await using again = await startTestEngine({ dataFolder, secrets, mailbox, start: MONDAY_9 + 60_000 })
  await again.runOut()

  expect(mailbox.sent).toHaveLength(3)
  expect(new Set(mailbox.sent.map((mail) => mail.key)).size).toBe(3)
})

test('with too little free space nothing is claimed, and the page is told', async () => {
  let free = 1e12
  await using app = await startTestEngine({ freeBytes: () => free })
  const goods = await stock(app, 1)
  free = 1_000_000
  await dispatchAll(app, goods)
  await app.run(3_600_000)
  expect(app.mailbox.sent).toHaveLength(0)
  expect((await app.api.app.status({})).isDiskFull).toBe(true)

  // Nobody tells that there is room again, and the rep who has made it looks whether it goes on.
  free = 1e12
  await app.run(60_000)
  expect((await app.api.app.status({})).isDiskFull).toBe(false)
  expect(app.mailbox.sent).toHaveLength(1)
})
