/** A database that is older than what has left: nothing is sent twice. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDb } from '#db/open'
import { AppError } from '#shared/errors'
import { describe, expect, test } from 'vitest'
import { createFakeInbox, type FakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox, type FakeMailbox } from '#test/support/fake-mailbox'
import { createMemorySecrets } from '#test/support/memory-secrets'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, type Stock, stock } from '#test/support/stock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

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

/** A mailbox that cannot be read wrote two of three mails; then the data was put back to what it was before them. */
async function putBack(options: { readonly isNewest?: boolean } = {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-restored-'))
  const secrets = createMemorySecrets()
  const mailbox = createFakeMailbox()
  const start = async (at?: number) => startTestEngine({ mailbox, dataFolder, secrets, ...(at && { start: at }) })
  const first = await start()
  const stocked = await stock(first, 3, { gapMs: { min: HOUR, max: HOUR } })
  first.engine.rooms.mailboxes.signedIn(stocked.mailboxId, { mayRead: false })
  await dispatchAll(first, stocked, { at: { local: '2026-03-02T10:00', zone: 'UTC' } })
  const backup = await first.engine.rooms.backups.make()
  await first.run(2.5 * HOUR)
  expect(mailbox.sent.length).toBeGreaterThan(0)
  await first[Symbol.asyncDispose]()
  const left = mailbox.sent.length
  if (options.isNewest !== true) {
    for (const end of ['-wal', '-shm']) rmSync(join(dataFolder, `pacemail.db${end}`), { force: true })
    copyFileSync(backup, join(dataFolder, 'pacemail.db'))
  }
  const app = await start(first.clock.now())
  const end = async (): Promise<void> => {
    await app[Symbol.asyncDispose]()
    rmSync(dataFolder, { recursive: true, force: true })
  }
  return { app, mailbox, left, start, secrets, dataFolder, [Symbol.asyncDispose]: end }
}

const waitingIn = async (app: TestEngine) => (await app.api.sends.list({ status: ['pending'] })).rows

describe('where a mailbox cannot be read', () => {
  test('what waits in a restored backup waits for the rep, who lets it go or leaves it out', async () => {
    await using desk = await putBack()
    const { app, mailbox, left } = desk
    await app.run(4 * DAY)
    expect(mailbox.sent).toHaveLength(left)
    const rows = await waitingIn(app)
    expect(rows.map(({ wait }) => wait?.code)).toEqual(['restored', 'restored', 'restored'])
    const { rows: told } = await app.api.activity.list({ kinds: ['database_restored'] })
    expect(told).toMatchObject([{ data: { waiting: 3 } }])

    const known = new Set(mailbox.sent.map(({ to }) => to.address))
    const lost = rows.filter(({ to }) => !known.has(to)).map(({ id }) => id)
    await app.api.sends.release({ selection: { by: 'ids', ids: lost } })
    await app.run(4 * DAY)
    expect(mailbox.sent).toHaveLength(3)
    expect(new Set(mailbox.sent.map(({ to }) => to.address)).size).toBe(3)
  })

  test('an ordinary restart parks nothing', async () => {
    await using desk = await putBack({ isNewest: true })
    await desk.app.run(4 * DAY)
    expect(desk.mailbox.sent).toHaveLength(3)
    expect((await desk.app.api.activity.list({ kinds: ['database_restored'] })).rows).toEqual([])
  })

  test('what is queued after the restore goes, also after the next start', async () => {
    await using desk = await putBack()
    const { app } = desk
    const rows = await waitingIn(app)
    await app.api.sends.release({ selection: { by: 'ids', ids: [rows.at(-1)!.id] } })
    await app[Symbol.asyncDispose]()
    const next = await desk.start(app.clock.now())
    expect((await waitingIn(next)).map(({ wait }) => wait?.code === 'restored').filter(Boolean)).toHaveLength(2)
    await next[Symbol.asyncDispose]()
  })
})
