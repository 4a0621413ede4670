/** A database that is older than what has left: nothing is sent twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDb } from '#db/open'
import { AppError } from '#shared/errors'
import { expect, test } from 'vitest'
import { createFakeInbox, type FakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox, type FakeMailbox } from '#test/support/fake-mailbox'
import { createMemorySecrets } from '#test/support/memory-secrets'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, type Stock, stock } from '#test/support/stock'

const MINUTE = 60_000
const DAY = 86_400_000

interface Desk {
  readonly app: TestEngine
  readonly mailbox: FakeMailbox
  readonly inbox: FakeInbox
  readonly stocked: Stock
  /** The first of two mails that wait; as the mailbox has it, it left. */
  readonly waits: { readonly id: number; readonly key: string }
}

/**
 * Two mails wait when the app starts. One of them has left, as the mailbox knows, and since then `later` mails that the rep
 * wrote by hand, a minute apart.
 */
async function restored(later: number, change: (desk: Pick<Desk, 'inbox'>) => void = () => {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-restored-'))
  const secrets = createMemorySecrets()
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const before = await startTestEngine({ mailbox, dataFolder, secrets })
  const stocked = await stock(before, 2)
  await dispatchAll(before, stocked, { at: { local: '2026-03-03T10:00', zone: 'UTC' } })
  await before[Symbol.asyncDispose]()
  const waits = firstOf(before)
  const now = before.clock.now()
  const left = (sentAt: number) => ({ threadId: null, sentAt })
  inbox.sent.push({
    ...left(now - (later + 1) * MINUTE),
    providerMessageId: 'found',
    to: ['p1@company1.example'],
    key: waits.key,
  })
  for (let number = 1; number <= later; number += 1) {
    const providerMessageId = `hand-${number}`
    inbox.sent.push({ ...left(now - number * MINUTE), providerMessageId, to: [`h${number}@other.example`], key: null })
  }
  change({ inbox })
  const app = await startTestEngine({ mailbox, dataFolder, secrets, start: now })
  const end = async (): Promise<void> => {
    await app[Symbol.asyncDispose]()
    rmSync(dataFolder, { recursive: true, force: true })
  }
  return { app, mailbox, inbox, stocked, waits, [Symbol.asyncDispose]: end }
}

function firstOf({ dataFolder }: TestEngine): Desk['waits'] {
  const db = openDb({ file: join(dataFolder, 'pacemail.db'), backupFolder: dataFolder, now: 0 })
  const found = db.$client.prepare('SELECT id, key FROM sends ORDER BY id LIMIT 1').get()
  db.close()
  return found as Desk['waits']
}

test('however many mails left since, the one that is known as waiting is found, and not sent again', async () => {
  await using desk = await restored(520)
  await desk.app.run(4 * DAY)

  expect((await desk.app.api.sends.get({ sendId: desk.waits.id })).send.status).toBe('sent')
  expect(desk.mailbox.sent.map(({ key }) => key)).not.toContain(desk.waits.key)
  expect(desk.mailbox.sent).toHaveLength(1)
})

test('nothing is sent before all of it was looked through', async () => {
  let spans = 0
  await using desk = await restored(520, ({ inbox: { reader } }) => {
    const { sentBetween } = reader
    reader.sentBetween = (span, most, signal) => {
      spans += 1
      return spans === 3 ? Promise.reject(new AppError('mail.unreachable', 'no')) : sentBetween(span, most, signal)
    }
  })
  await desk.app.run(4 * DAY)

  expect(spans).toBeGreaterThan(3)
  expect(desk.mailbox.sent.map(({ key }) => key)).not.toContain(desk.waits.key)
  expect(desk.mailbox.sent).toHaveLength(1)
})
