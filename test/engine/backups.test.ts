import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { createBackups, type Backups } from '#electron/engine/records/backups'
import { silentLog } from '#electron/platform/log'
import { openTestDb, type TestDb } from '#test/support/leads'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'

// Each copy is made by a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const WORKER = new URL('../../electron/engine/records/backup-worker.ts', import.meta.url)
/** Writes half a copy, then breaks. */
const HALF = `import { writeFileSync } from 'node:fs'
  import { workerData } from 'node:worker_threads'
  writeFileSync(workerData.to, 'half')
  throw new Error('the disk broke')`
const BROKEN = new URL(`data:text/javascript,${encodeURIComponent(HALF)}`)

function backupsOf(store: TestDb, clock: SimulatedClock, backupWorker = WORKER): Backups {
  return createBackups({ db: store.db, clock, log: silentLog, dataFolder: store.folder, backupWorker })
}

const copies = (store: TestDb): string[] => readdirSync(join(store.folder, 'backups')).toSorted()

test('a copy holds what was committed when it was begun, and the app goes on writing meanwhile', async () => {
  using store = openTestDb()
  const clock = createSimulatedClock(1_000)
  const making = backupsOf(store, clock).make()
  store.db.$client.exec("UPDATE lists SET name = 'Written meanwhile'")
  const file = await making
  const copy = new Database(file, { readonly: true })
  expect(copy.prepare('SELECT count(*) FROM lists').pluck().get()).toBe(1)
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  copy.close()
  expect(copies(store)).toEqual(['daily-1000.db'])
})

test('the last seven copies are kept', async () => {
  using store = openTestDb()
  const clock = createSimulatedClock(1_000)
  const backups = backupsOf(store, clock)
  for (let day = 0; day < 8; day += 1) {
    await backups.make()
    await clock.advance(1_000)
  }
  expect(copies(store)).toEqual([2, 3, 4, 5, 6, 7, 8].map((second) => `daily-${second}000.db`))
})

test('two copies asked for at once are made one after the other', async () => {
  using store = openTestDb()
  const clock = createSimulatedClock(1_000)
  const backups = backupsOf(store, clock)
  const first = backups.make()
  const second = backups.make()
  await first
  await second
  await backups.idle()
  expect(copies(store)).toEqual(['daily-1000.db'])
})

test('all older copies go once a new one stands, and stay where it fails', async () => {
  using store = openTestDb()
  const clock = createSimulatedClock(1_000)
  const backups = backupsOf(store, clock)
  await backups.make()
  await clock.advance(1_000)
  await expect(backupsOf(store, clock, BROKEN).replaceAll()).rejects.toThrow('the disk broke')
  expect(copies(store)).toEqual(['daily-1000.db'])
  await backups.replaceAll()
  expect(copies(store)).toEqual(['daily-2000.db'])
})

test('a copy that fails leaves the older ones and nothing half', async () => {
  using store = openTestDb()
  const clock = createSimulatedClock(1_000)
  await backupsOf(store, clock).make()
  await clock.advance(1_000)
  await expect(backupsOf(store, clock, BROKEN).make()).rejects.toThrow('the disk broke')
  expect(copies(store)).toEqual(['daily-1000.db'])
  rmSync(join(store.folder, 'test.db'))
  await expect(backupsOf(store, clock).make()).rejects.toThrow()
  expect(copies(store)).toEqual(['daily-1000.db'])
})

test('closing the app ends a copy that is being made, and half of it is not taken for one', async () => {
  using store = openTestDb()
  const backups = backupsOf(store, createSimulatedClock(1_000))
  const making = backups.make().catch(() => 'ended')
  await backups.close()
  expect(await making).toBe('ended')
  const folder = join(store.folder, 'backups')
  expect(existsSync(folder) ? copies(store) : []).toEqual([])
})
