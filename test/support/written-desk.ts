import { createFakeInbox, type FakeInbox } from './fake-inbox.ts'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { startTestEngine, type TestEngine } from './start-test-engine.ts'
import { dispatchAll, type Stock, stock } from './stock.ts'

/** Leads that have been written to once, from a mailbox whose answers can be read. */
export interface WrittenDesk {
  readonly app: TestEngine
  readonly mailbox: FakeMailbox
  readonly inbox: FakeInbox
  readonly stocked: Stock
}

export async function writtenDesk(count: number): Promise<WrittenDesk & AsyncDisposable> {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const app = await startTestEngine({ mailbox })
  const stocked = await stock(app, count, { coolDownDays: 0 })
  await dispatchAll(app, stocked)
  await app.runOut()
  return { app, mailbox, inbox, stocked, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** The same leads once more, from the same mailbox, tomorrow. */
export async function queueTomorrow({ app, stocked }: WrittenDesk): Promise<void> {
  await dispatchAll(app, stocked, { key: 'pressed again', at: { local: '2026-03-03T10:00', zone: 'UTC' } })
}
