import { expect, test } from 'vitest'
import { audit } from '#test/support/crash-audit'
import { fillableDisk } from '#test/support/crash-disk'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { ALWAYS, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const MINUTE = 60_000
/** Claim, draft, start, outcome of two mails, and one more. */
const COMMITS = [0, 1, 2, 3, 4, 5, 6, 7, 8]

const ANSWERS = ['accepts', 'refuses for now', 'accepts but the answer is lost', 'cannot be reached'] as const

/** Moves time on without waiting for a delivery that itself waits for room on the disk. */
async function pass(app: TestEngine, ms: number): Promise<void> {
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  }
  await settle()
  await app.clock.advance(ms, settle)
}

function expectSentOnce(app: TestEngine, count: number): void {
  const arrived = app.mailbox.sent.map((mail) => ({ key: mail.key, to: mail.to.address }))
  const { counts, problems } = audit(`${app.dataFolder}/pacemail.db`, arrived)
  expect(problems).toEqual([])
  expect(counts).toEqual({ sent: count })
  expect(arrived).toHaveLength(count)
}

test.each(ANSWERS.flatMap((answer) => COMMITS.map((room) => [answer, room] as const)))(
  'a mailbox that %s, a disk that is full after %i commits: what happened is recorded once it has room again',
  async (answer, room) => {
    using disk = fillableDisk()
    const mailbox = createFakeMailbox()
    mailbox.next.push(answer)
    await using app = await startTestEngine({ mailbox })
    const goods = await stock(app, 3, { hours: ALWAYS, gapMs: { min: MINUTE, max: MINUTE } })
    await app.api.app.pause({})
    await dispatchAll(app, goods)

    // The first commit is the one that resumes.
    disk.room = 1 + room
    await app.api.app.resume({})
    await pass(app, 10 * MINUTE)
    expect(disk.refused).toBeGreaterThan(0)
    expect((await app.api.app.status({})).isDiskFull).toBe(true)
    const whileFull = mailbox.sendCalls

    await pass(app, 60 * MINUTE)
    expect(mailbox.sendCalls).toBe(whileFull)

    disk.room = null
    await pass(app, 60 * MINUTE)
    expectSentOnce(app, 3)
    expect((await app.api.app.status({})).isDiskFull).toBe(false)
  },
)

test.each(COMMITS)(
  'a file that another program locks after %i commits delays what is written, no more',
  async (room) => {
    using disk = fillableDisk('busy')
    await using app = await startTestEngine()
    const goods = await stock(app, 3, { hours: ALWAYS, gapMs: { min: MINUTE, max: MINUTE } })
    await app.api.app.pause({})
    await dispatchAll(app, goods)
    disk.room = 1 + room
    await app.api.app.resume({})
    await pass(app, 60 * MINUTE)
    expect(disk.refused).toBeGreaterThan(0)

    disk.room = null
    await pass(app, 60 * MINUTE)
    expectSentOnce(app, 3)
  },
)
