import { cpSync, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { checkFile, ended, openFile, saveList, upload } from '#test/support/import-file'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { tempFile } from '#test/support/temp-file'
import { xlsxOf } from '#test/support/xlsx'

// Each file is read by a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const PEOPLE = 'email,name\nann@corp.example,Ann Lee\nbob@corp.example,Bob Ray\n'

/** Files that imports and uploads keep in the data folder. */
function leftovers(app: TestEngine): string[] {
  const folder = join(app.dataFolder, 'tmp')
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((e) => e.isFile())
        .map((e) => e.name)
    : []
}

function stages(app: TestEngine): string[] {
  const seen = app.pushed.flatMap((event) => (event.type === 'imports.moved' ? [event.state.stage] : []))
  return seen.filter((stage, at) => stage !== seen[at - 1])
}

test('a file is opened, checked and saved, and the page hears of each step', async () => {
  await using app = await startTestEngine()
  const opened = await openFile(app, PEOPLE)
  expect(opened).toMatchObject({
    stage: 'opened',
    fileName: 'people.csv',
    format: { kind: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true },
    columns: ['email', 'name'],
    mapping: ['email', 'fullName'],
    sample: [
      ['ann@corp.example', 'Ann Lee'],
      ['bob@corp.example', 'Bob Ray'],
    ],
  })
  const { importId, mapping } = opened
  expect(await app.api.imports.check({ importId, mapping })).toMatchObject({ stage: 'checking', counts: null })
  expect(await ended(app, importId)).toMatchObject({ stage: 'checked', progress: { done: 2, total: 2 } })
  const saved = await saveList(app, { importId, listName: 'Fair 2026' })
  expect(saved).toMatchObject({ stage: 'saved', counts: { new: 2 } })
  expect(stages(app)).toEqual(['opened', 'checking', 'checked', 'saving', 'saved'])
  const { lists } = await app.api.leads.facets({})
  expect(lists).toMatchObject([{ listId: saved.listId, name: 'Fair 2026', count: 2 }])
  const activity = await app.api.activity.list({ kinds: ['leads_imported'] })
  expect(activity.rows).toMatchObject([{ data: { imported: 2, listId: saved.listId } }])
})

test('a file sent in many pieces is put together', async () => {
  await using app = await startTestEngine()
  const many = Array.from({ length: 40_000 }, (_, at) => `person${at}@company${at}.example,Ännchen ${at}`)
  const state = await checkFile(app, ['email,name', ...many].join('\n'))
  expect(state).toMatchObject({ stage: 'checked', counts: { new: 40_000 } })
})

test('a workbook takes the same way', async () => {
  await using app = await startTestEngine()
  const rows = [
    ['E-Mail', 'Vorname', 'Telefon'],
    ['ann@corp.example', 'Ann', 4915112345678],
  ]
  const state = await checkFile(app, xlsxOf([{ name: 'Leute', rows }]))
  await saveList(app, { importId: state.importId, listName: 'Leute' })
  const { rows: leads } = await app.api.leads.list({})
  expect(leads).toMatchObject([{ email: 'ann@corp.example', firstName: 'Ann', phone: '4915112345678' }])
})

test('the rep may correct how the file is read', async () => {
  await using app = await startTestEngine()
  const { importId } = await openFile(app, Buffer.from('Jürgen|a@b.example\nÄnne|c@d.example\n', 'latin1'), {
    delimiter: ';',
  })
  expect((await ended(app, importId)).columns).toHaveLength(1)
  await app.api.imports.reopen({ importId, format: { delimiter: '|' } })
  expect(await ended(app, importId)).toMatchObject({
    format: { encoding: 'windows-1252', delimiter: '|', hasHeader: false },
    columns: ['Column 1', 'Column 2'],
    mapping: ['custom', 'email'],
    sample: [
      ['Jürgen', 'a@b.example'],
      ['Änne', 'c@d.example'],
    ],
  })
  await app.api.imports.reopen({ importId, format: { hasHeader: true } })
  expect(await ended(app, importId)).toMatchObject({ format: { delimiter: '|' }, columns: ['Jürgen', 'a@b.example'] })
})

test('a file that fails says why, and another way of reading it may still work', async () => {
  await using app = await startTestEngine()
  const text = 'email;name\nann@corp.example;"Ann\nbob@corp.example;Bob\n'
  const failed = await checkFile(app, text)
  expect(failed).toMatchObject({ stage: 'failed', error: { code: 'import.unclosed_quote', details: { line: 2 } } })
  expect(app.errors).toEqual([])
  const nul = await openFile(app, 'email\nann@corp.example\0\n')
  expect(nul).toMatchObject({ stage: 'failed', error: { code: 'import.not_text', details: { line: 2 } } })
  const empty = await openFile(app, '')
  expect(empty).toMatchObject({ stage: 'failed', error: { code: 'import.empty' } })
})

test('a file that takes too long is given up', async () => {
  await using app = await startTestEngine()
  const uploadId = await upload(app, 'people.csv', PEOPLE)
  const { importId } = await app.api.imports.open({ uploadId, format: {} })
  await app.clock.advance(60_000)
  expect(await ended(app, importId)).toMatchObject({ stage: 'failed', error: { code: 'file.unreadable' } })
})

test('an old workbook and a column without addresses are refused at once', async () => {
  await using app = await startTestEngine()
  const uploadId = await upload(app, 'old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  await expect(app.api.imports.open({ uploadId })).rejects.toMatchObject({ code: 'import.old_excel' })
  expect(leftovers(app)).toEqual([])
  const { importId } = await openFile(app, PEOPLE)
  const check = app.api.imports.check({ importId, mapping: ['ignore', 'fullName'] })
  await expect(check).rejects.toMatchObject({ code: 'import.no_address_column' })
})

test('one file is read at a time', async () => {
  await using app = await startTestEngine()
  const first = await upload(app, 'a.csv', PEOPLE)
  const second = await upload(app, 'b.csv', PEOPLE)
  const { importId } = await app.api.imports.open({ uploadId: first })
  await expect(app.api.imports.open({ uploadId: second })).rejects.toMatchObject({ code: 'import.busy' })
  await ended(app, importId)
  const next = await app.api.imports.open({ uploadId: second })
  expect((await ended(app, next.importId)).fileName).toBe('b.csv')
})

test.each(['opening', 'opened', 'checking', 'checked'] as const)(
  'cancelled while %s, nothing is left',
  async (stage) => {
    await using app = await startTestEngine()
    const uploadId = await upload(app, 'people.csv', PEOPLE)
    const { importId, mapping } = await app.api.imports.open({ uploadId })
    if (stage !== 'opening') await ended(app, importId)
    if (stage === 'checking' || stage === 'checked') {
      await app.api.imports.check({ importId, mapping: mapping.length > 0 ? mapping : ['email', 'fullName'] })
    }
    if (stage === 'checked') await ended(app, importId)
    expect((await app.api.imports.get({ importId })).stage).toBe(stage)
    await app.api.imports.cancel({ importId })
    await expect(app.api.imports.get({ importId })).rejects.toMatchObject({ code: 'import.not_found' })
    expect(stages(app).at(-1)).toBe('cancelled')
    expect(leftovers(app)).toEqual([])
    expect(await app.api.leads.list({})).toMatchObject({ total: 0 })
    expect(app.errors).toEqual([])
  },
)

test('a save that fails half way keeps no lead and no list, and may be tried again', async () => {
  await using app = await startTestEngine()
  const { importId } = await checkFile(app, PEOPLE)
  const client = new Database(join(app.dataFolder, 'pacemail.db'))
  client.exec(`CREATE TRIGGER break_it BEFORE INSERT ON leads WHEN new.email LIKE 'bob%'
    BEGIN SELECT RAISE(ABORT, 'the disk broke'); END`)
  const failed = await saveList(app, { importId, listName: 'L' })
  expect(failed).toMatchObject({ stage: 'checked', error: { code: 'internal' }, listId: null })
  expect(app.errors).toMatchObject([['import failed', { message: 'the disk broke' }]])
  expect(client.prepare('SELECT (SELECT count(*) FROM leads) + (SELECT count(*) FROM lists) AS n').get()).toEqual({
    n: 0,
  })
  client.exec('DROP TRIGGER break_it')
  client.close()
  expect(await saveList(app, { importId, listName: 'L' })).toMatchObject({ stage: 'saved', error: null })
  expect(await app.api.leads.list({})).toMatchObject({ total: 2 })
})

test('what a crash leaves behind is gone after the next start', async () => {
  await using app = await startTestEngine()
  await checkFile(app, PEOPLE)
  await upload(app, 'other.csv', PEOPLE)
  expect(leftovers(app).length).toBeGreaterThan(2)
  // A copy of the folder in mid-work is what a killed process leaves.
  using left = tempFile('')
  const dataFolder = dirname(left.path)
  cpSync(app.dataFolder, dataFolder, { recursive: true })
  await using next = await startTestEngine({ dataFolder })
  expect(leftovers(next)).toEqual([])
  expect(await next.api.leads.list({})).toMatchObject({ total: 0 })
})

test('closing the app while a file is read waits for the thread and leaves nothing', async () => {
  const app = await startTestEngine()
  const uploadId = await upload(app, 'people.csv', PEOPLE)
  await app.api.imports.open({ uploadId })
  await app.engine.rooms.imports.close()
  expect(leftovers(app)).toEqual([])
  await app[Symbol.asyncDispose]()
  expect(app.clock.pending()).toBe(0)
})
