import { expect, test } from 'vitest'
import { createFakeMailbox, type Mood } from '#test/support/fake-mailbox'
import { ALWAYS, MONDAY_9, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TEN_YEARS = 3_650 * DAY

/** Two mails wait in a machine whose clock is ten years ahead; the first of them meets this answer. */
async function inTheFuture(answer: Mood): Promise<TestEngine> {
  const mailbox = createFakeMailbox()
  mailbox.next.push(answer)
  mailbox.isBlind = true
  const app = await startTestEngine({ mailbox, start: MONDAY_9 + TEN_YEARS })
  await dispatchAll(app, await stock(app, 2, { hours: ALWAYS }))
  await app.run(30_000)
  mailbox.isBlind = false
  return app
}

function expectAllSent(app: TestEngine): void {
  expect(app.mailbox.sent.map((mail) => mail.to.address).toSorted()).toEqual([
    'p1@company1.example',
    'p2@company2.example',
  ])
}

const ANSWERS = [
  'accepts',
  'refuses for now',
  'cannot be reached',
  'accepts but the answer is lost',
  'does not accept and the answer is lost',
] as const

test.each(ANSWERS)('a mailbox that %s: nothing waits ten years once the clock is right again', async (answer) => {
  await using app = await inTheFuture(answer)
  app.clock.set(MONDAY_9)
  app.engine.clockMayHaveJumped()
  await app.run(DAY)
  expectAllSent(app)
})

test.each(ANSWERS)('nor when the clock was set right while the app was closed (%s)', async (answer) => {
  await using app = await inTheFuture(answer)
  const { dataFolder, secrets, mailbox } = app
  await app.engine.close()
  await using again = await startTestEngine({ dataFolder, secrets, mailbox, start: MONDAY_9 })
  await again.run(DAY)
  expectAllSent(again)
})

test('a date of the rep is kept, also when the clock is set back before it', async () => {
  await using app = await startTestEngine({ start: MONDAY_9 + DAY })
  const at = { local: '2026-03-03T15:00', zone: 'UTC' }
  await dispatchAll(app, await stock(app, 1), { at })
  app.clock.set(MONDAY_9)
  app.engine.clockMayHaveJumped()
  await app.run(2 * DAY)
  expect(app.mailbox.sent.map((mail) => mail.date)).toEqual([Date.UTC(2026, 2, 3, 15)])
})
