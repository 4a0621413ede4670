/** A change of many leads whose process is killed with SIGKILL is taken back whole by the next start. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BulkOrder } from '#test/support/kill-bulk'
import { bundleProcess, type Program } from '#test/support/kill-bundle'
import { MONDAY_9, startTestEngine } from '#test/support/start-test-engine'

/** More than are changed in one piece. */
const MANY = 3_000

let program: Program
let dataFolder: string

beforeAll(async () => {
  program = await bundleProcess('kill-bulk')
})
afterAll(() => program[Symbol.dispose]())
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-bulk-'))
  return () => rmSync(dataFolder, { recursive: true, force: true })
})

async function withLeads(): Promise<void> {
  await using _app = await startTestEngine({ dataFolder })
  const client = new Database(join(dataFolder, 'pacemail.db'))
  client.exec(`INSERT INTO lists (name, file_name, mapping, counts, created_at) VALUES ('L', 'l.csv', '[]', '{}', 1);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
    INSERT INTO leads (list_id, email, identity, domain, created_at)
    SELECT 1, 'p' || i || '@corp.example', 'p' || i || '@corp.example', 'corp.example', 1 FROM n;`)
  client.close()
}

async function die(dieIn: BulkOrder['dieIn']): Promise<void> {
  const order: BulkOrder = { dataFolder, startAt: MONDAY_9, dieIn }
  const child = spawn(process.execPath, [program.path, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

function tagged(): number {
  const client = new Database(join(dataFolder, 'pacemail.db'), { readonly: true })
  try {
    return client.prepare("SELECT count(*) FROM leads WHERE tags LIKE '%fair%'").pluck().get() as number
  } finally {
    client.close()
  }
}

test.each([
  ['change', { isUndo: true, isInterrupted: true }],
  ['undo', { isUndo: true }],
] as const)('killed in the middle of a %s, no lead is left changed, and the rep is told', async (dieIn, data) => {
  await withLeads()
  await die(dieIn)
  const half = tagged()
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(MANY)

  await using app = await startTestEngine({ dataFolder })
  await app.engine.rooms.leads.close()
  expect(tagged()).toBe(0)
  const [entry] = (await app.api.activity.list({ kinds: ['leads_tagged'] })).rows
  expect(entry?.data).toEqual({ ...data, changed: half })
  // Nothing of it is in the way of the next change.
  expect(await app.api.leads.tag({ selection: { by: 'filter', filter: {} }, add: ['fair'], remove: [] })).toMatchObject(
    {
      changed: MANY,
    },
  )
})
