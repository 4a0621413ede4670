import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { openDb } from '#db/open'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

type Made = Awaited<ReturnType<TestEngine['api']['exports']['make']>>

/** As the page reads it, piece by piece. */
async function fetched(app: TestEngine, { exportId, sizeBytes, pieceBytes }: Made): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  for (let index = 0; index * pieceBytes < sizeBytes; index += 1) {
    pieces.push(Buffer.from((await app.api.exports.read({ exportId, index })).data, 'base64'))
  }
  return Buffer.concat(pieces)
}

function rowsOf(bytes: Uint8Array | undefined): Record<string, string>[] {
  const text = Buffer.from(bytes ?? []).toString('utf8')
  expect(text.codePointAt(0)).toBe(0xfeff)
  return Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true }).data
}

/** Other rows than the app itself would write. */
function change(app: TestEngine, sql: string): void {
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: 1 })
  db.$client.exec(sql)
  db.close()
}

const leftovers = (app: TestEngine): string[] => {
  const folder = join(app.dataFolder, 'tmp', 'exports')
  return existsSync(folder) ? readdirSync(folder) : []
}

test('the archive holds every table with every row, and says what the columns are', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 3))
  await app.runOut()
  const files = unzipSync(await fetched(app, await app.api.exports.make({ table: null })))
  const { tables } = await app.api.exports.tables({})
  expect(Object.keys(files).toSorted()).toEqual(['README.txt', ...tables.map((name) => `${name}.csv`)].toSorted())
  expect(tables).toEqual(expect.arrayContaining(['leads', 'sends', 'send_bodies', 'events', 'touches', 'suppressions']))
  expect(tables.filter((name) => /fts|sqlite/.test(name))).toEqual([])
  expect(rowsOf(files['leads.csv']).map(({ email }) => email)).toEqual(
    [1, 2, 3].map((n) => `p${n}@company${n}.example`),
  )
  expect(rowsOf(files['sends.csv'])).toHaveLength(3)
  expect(rowsOf(files['sends.csv'])[0]?.['finished_at']).toMatch(/^2026-03-02T09:\d\d/)
  expect(rowsOf(files['send_bodies.csv'])[0]?.['text']).toContain('\n\nhow is Company 1?')
  const readme = strFromU8(files['README.txt']!)
  for (const name of tables) expect(readme).toMatch(new RegExp(`^${name}\\.csv: \\S`, 'm'))
  for (const column of Object.keys(rowsOf(files['leads.csv'])[0] ?? {})) expect(readme).toContain(`  ${column}`)
})

test('nothing of a secret is exported', async () => {
  await using app = await startTestEngine()
  await app.api.mailboxes.addSmtp({
    address: 'rep@corp.example',
    senderName: '',
    signature: '',
    smtp: { host: '127.0.0.1', port: 25, security: 'none', user: 'rep' },
    password: 'hunter2-very-secret',
  })
  const install = (await app.secrets.get('install'))!
  const files = unzipSync(await fetched(app, await app.api.exports.make({ table: null })))
  for (const bytes of Object.values(files)) {
    expect(strFromU8(bytes)).not.toContain('hunter2')
    expect(strFromU8(bytes)).not.toContain(install)
  }
})

test('what a spreadsheet would run as a formula is text', async () => {
  await using app = await startTestEngine()
  await stock(app, 1)
  change(app, "UPDATE leads SET company = '=HYPERLINK(1)', note = 'a \"b\", c'")
  const text = strFromU8(await fetched(app, await app.api.exports.make({ table: 'leads' })))
  expect(text).toContain(`"'=HYPERLINK(1)"`)
  expect(text).toContain('"a ""b"", c"')
})

test('a table larger than a piece arrives whole', async () => {
  await using app = await startTestEngine()
  change(
    app,
    `WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 30000)
     INSERT INTO suppressions (kind, value, typed, reason, created_at)
     SELECT 'address', 'p' || v || '@corp.example', 'p' || v || '@corp.example', 'by_hand', 1 FROM n`,
  )
  const made = await app.api.exports.make({ table: 'suppressions' })
  expect(made.sizeBytes).toBeGreaterThan(made.pieceBytes)
  const rows = rowsOf(await fetched(app, made))
  expect(rows).toHaveLength(30_000)
  expect(rows.at(-1)?.['value']).toBe('p30000@corp.example')
})

test('the file goes when the page has it, and with the next export', async () => {
  await using app = await startTestEngine()
  const first = await app.api.exports.make({ table: 'leads' })
  await app.api.exports.make({ table: 'lists' })
  expect(leftovers(app)).toHaveLength(1)
  await expect(app.api.exports.read({ exportId: first.exportId, index: 0 })).rejects.toMatchObject({
    code: 'export.not_found',
  })
  const last = await app.api.exports.make({ table: 'lists' })
  expect(statSync(join(app.dataFolder, 'tmp', 'exports', last.exportId)).size).toBe(last.sizeBytes)
  await app.api.exports.discard({ exportId: last.exportId })
  expect(leftovers(app)).toEqual([])
})

test('a table that does not exist and a full disk are said so', async () => {
  await using app = await startTestEngine()
  await expect(app.api.exports.make({ table: 'sqlite_master' })).rejects.toMatchObject({ code: 'export.not_found' })
  await using full = await startTestEngine({ freeBytes: () => 1_000 })
  await expect(full.api.exports.make({ table: null })).rejects.toMatchObject({ code: 'disk.full' })
  expect(leftovers(full)).toEqual([])
})
