import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { checkFile, saveList } from '#test/support/import-file'
import { MONDAY_9, startTestEngine, type TestEngine } from '#test/support/start-test-engine'

// Each file is read by a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const DAY = 86_400_000
const HEADER = 'email,first name,last name,company\n'

async function rowsOf(app: TestEngine, text: string) {
  const state = await checkFile(app, HEADER + text)
  const { rows } = await app.api.imports.rows({ importId: state.importId })
  return { state, rows, verdicts: rows.map((row) => `${row.line} ${row.verdict} ${row.detail}`.trim()) }
}

/** Somebody wrote to this person by hand. */
function touch(app: TestEngine, identity: string, at: number): void {
  const client = new Database(join(app.dataFolder, 'pacemail.db'))
  client.prepare("INSERT INTO touches (identity, at, source) VALUES (?, ?, 'by_hand')").run(identity, at)
  client.close()
}

test('every row gets one verdict and a word on it', async () => {
  await using app = await startTestEngine()
  await app.engine.rooms.imports.importWhole({
    fileName: 'old.csv',
    bytes: Buffer.from('email\nknown@corp.example\n'),
    listName: 'Old friends',
  })
  await app.api.suppressions.add({ values: ['never@corp.example', 'closed.example'] })
  touch(app, 'recent@corp.example', MONDAY_9 - 10 * DAY)
  touch(app, 'long.ago@corp.example', MONDAY_9 - 61 * DAY)
  const { verdicts, state } = await rowsOf(
    app,
    [
      'ann@corp.example,Ann,Arbor,Corp',
      'Known+news@Corp.example,Kim,Known,Corp',
      'never@corp.example,Nell,Never,Corp',
      'anybody@closed.example,Al,Any,Closed',
      'recent@corp.example,Rae,Recent,Corp',
      'long.ago@corp.example,Lou,Longago,Corp',
      'info@corp.example,,,Corp',
      'ANN@corp.example,Ann,Again,Corp',
      'not an address,Bo,Bad,Corp',
      ',No,Body,Corp',
    ].join('\n'),
  )
  expect(verdicts).toEqual([
    '2 new',
    '3 duplicate in Old friends',
    '4 suppressed this address',
    '5 suppressed this domain',
    '6 written_to',
    '7 new',
    '8 role',
    '9 duplicate_in_file line 2',
    '10 invalid no @ in the address',
    '11 invalid no address',
  ])
  expect(state.counts).toEqual({
    new: 2,
    waiting: 0,
    no_date: 0,
    duplicate: 1,
    duplicate_in_file: 1,
    written_to: 1,
    suppressed: 2,
    invalid: 2,
    role: 1,
  })
})

test('a person who must not be written to is suppressed even when also known and written to', async () => {
  await using app = await startTestEngine()
  await app.engine.rooms.imports.importWhole({
    fileName: 'a.csv',
    bytes: Buffer.from('email\nann@corp.example\nbob@corp.example\n'),
    listName: 'A',
  })
  touch(app, 'ann@corp.example', MONDAY_9 - DAY)
  touch(app, 'bob@corp.example', MONDAY_9 - DAY)
  await app.api.suppressions.add({ values: ['ann@corp.example'] })
  const { rows } = await rowsOf(app, 'ann@corp.example,,,\nbob@corp.example,,,\n')
  expect(rows.map((row) => row.verdict)).toEqual(['suppressed', 'written_to'])
})

test('only new rows become leads, and shared addresses where the rep asks for them', async () => {
  await using app = await startTestEngine()
  const text = 'ann@corp.example,Ann,,\ninfo@corp.example,,,\nbad,,,\nann@corp.example,,,\n'
  const first = await rowsOf(app, text)
  await saveList(app, { importId: first.state.importId, listName: 'People', tags: ['fair'] })
  const people = await app.api.leads.list({ sort: 'oldest' })
  expect(people.rows.map((lead) => [lead.email, lead.isRole, lead.tags])).toEqual([
    ['ann@corp.example', false, ['fair']],
  ])

  const second = await rowsOf(app, text)
  const saved = await saveList(app, { importId: second.state.importId, listName: 'Teams', includeRole: true })
  expect(saved).toMatchObject({ stage: 'saved', counts: { duplicate: 1, role: 1, new: 0 } })
  const teams = await app.api.leads.list({ filter: { listId: saved.listId } })
  expect(teams.rows.map((lead) => [lead.email, lead.isRole])).toEqual([['info@corp.example', true]])
})

test('what became known between the check and the save is judged again', async () => {
  await using app = await startTestEngine()
  const { state } = await rowsOf(app, 'ann@corp.example,,,\nbob@corp.example,,,\ncy@corp.example,,,\n')
  expect(state.counts).toMatchObject({ new: 3 })
  await app.api.suppressions.add({ values: ['bob@corp.example'] })
  const other = await rowsOf(app, 'cy@corp.example,,,\n')
  await saveList(app, { importId: other.state.importId, listName: 'Other' })
  const saved = await saveList(app, { importId: state.importId, listName: 'First' })
  expect(saved.counts).toMatchObject({ new: 1, suppressed: 1, duplicate: 1 })
  expect((await app.api.leads.list({})).total).toBe(2)
})

test('a removed lead may be imported again', async () => {
  await using app = await startTestEngine()
  const first = await rowsOf(app, 'ann@corp.example,,,\n')
  await saveList(app, { importId: first.state.importId, listName: 'First' })
  await app.api.leads.remove({ selection: { by: 'filter', filter: {} } })
  const again = await rowsOf(app, 'ann@corp.example,,,\n')
  expect(again.verdicts).toEqual(['2 new'])
})

test('rows can be asked for by verdict, page by page', async () => {
  await using app = await startTestEngine()
  const people = Array.from({ length: 30 }, (_, at) => `p${at}@corp.example,,,`)
  const { state } = await rowsOf(app, ['bad,,,', ...people, 'worse,,,'].join('\n'))
  const invalid = await app.api.imports.rows({ importId: state.importId, verdict: 'invalid' })
  expect(invalid).toMatchObject({ total: 2, rows: [{ line: 2 }, { line: 33 }] })
  const page = await app.api.imports.rows({ importId: state.importId, offset: 30, limit: 5 })
  expect(page.rows.map((row) => row.line)).toEqual([32, 33])
  expect(page.total).toBe(32)
})

test('the report holds every row with its verdict, neutralised', async () => {
  await using app = await startTestEngine()
  const { state } = await rowsOf(app, 'ann@corp.example,"=HYPERLINK(""http://x"")",,-Corp\nbad,,,\n')
  await saveList(app, { importId: state.importId, listName: 'L' })
  const report = await app.api.imports.report({ importId: state.importId })
  expect(report.fileName).toBe('people report.csv')
  expect(report.text.split('\r\n')).toEqual([
    '\ufeff"Line","Verdict","Detail","Email","First name","Last name","Company"',
    `"2","new","","ann@corp.example","'=HYPERLINK(""http://x"")","","'-Corp"`,
    '"3","invalid address","no @ in the address","bad","","",""',
    '',
  ])
})
