import { cpSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import type { ImportState } from '#shared/contract/imports'
import { checkFile, ended, saveList } from '#test/support/import-file'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { tempFile } from '#test/support/temp-file'

// Each file is read by a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** More than are saved in one piece. */
const MANY = 9_000
const PEOPLE = ['email,name,tags', ...Array.from({ length: MANY }, (_, at) => `p${at}@corp.example,Pat ${at},fair`)]
const EVERYBODY = { by: 'filter', filter: {} } as const

/** A list of one lead, then a long one that is checked and waits to be saved. */
async function withLongList(app: TestEngine): Promise<ImportState> {
  const bytes = Buffer.from('email,name,tags\nann@old.example,Ann,old\n')
  await app.engine.rooms.imports.importWhole({ fileName: 'old.csv', bytes, listName: 'Old' })
  return checkFile(app, PEOPLE.join('\n'))
}

/** Begins to save and answers as soon as part of it is in the database. */
async function halfSaved(app: TestEngine, importId: ImportState['importId']): Promise<void> {
  const isHalf = new Promise<void>((resolve) => {
    const forget = app.engine.onChange(() => {
      const event = app.pushed.at(-1)
      if (event?.type !== 'imports.moved' || event.state.stage !== 'saving' || event.state.progress.done === 0) return
      forget()
      resolve()
    })
  })
  expect(await app.api.imports.save({ importId, listName: 'Long' })).toMatchObject({
    stage: 'saving',
    progress: { done: 0, total: MANY },
  })
  await isHalf
}

/** What is really in the file, seen or not. */
function stored(dataFolder: string): { leads: number; lists: number; words: number; tags: number } {
  const client = new Database(join(dataFolder, 'pacemail.db'))
  try {
    return client
      .prepare(
        `SELECT (SELECT count(*) FROM leads) AS leads, (SELECT count(*) FROM lists) AS lists,
           (SELECT count(*) FROM leads_fts WHERE leads_fts MATCH 'pat') AS words,
           (SELECT count(*) FROM lead_tags WHERE tag = 'fair') AS tags`,
      )
      .get() as ReturnType<typeof stored>
  } finally {
    client.close()
  }
}

test('a long list leaves the index of words in one piece', async () => {
  await using app = await startTestEngine()
  const { importId } = await withLongList(app)
  await saveList(app, { importId, listName: 'Long' })
  const client = new Database(join(app.dataFolder, 'pacemail.db'))
  try {
    expect(client.prepare('SELECT count(DISTINCT segid) AS pieces FROM leads_fts_idx').get()).toEqual({ pieces: 1 })
    client.exec("INSERT INTO leads_fts(leads_fts, rank) VALUES ('integrity-check', 1)")
  } finally {
    client.close()
  }
  expect(stored(app.dataFolder)).toMatchObject({ words: MANY })
})

test('a long list is saved in pieces, and the page hears how far it is', async () => {
  await using app = await startTestEngine()
  const { importId } = await withLongList(app)
  const { listId } = await saveList(app, { importId, listName: 'Long' })
  const states = app.pushed.flatMap((event) => (event.type === 'imports.moved' ? [event.state] : []))
  const done = states.filter(({ stage }) => stage === 'saving').map(({ progress }) => progress.done)
  expect(done.slice(0, 2)).toEqual([0, expect.any(Number)])
  expect(done[1]).toBeLessThan(MANY)
  expect(states.at(-1)).toMatchObject({ stage: 'saved', progress: { done: MANY, total: MANY }, counts: { new: MANY } })
  expect(await app.api.leads.list({ filter: { listId } })).toMatchObject({ total: MANY })
})

test('while it is being saved, a list is neither seen nor changed nor queued', async () => {
  await using app = await startTestEngine()
  const { importId } = await withLongList(app)
  await halfSaved(app, importId)
  expect(stored(app.dataFolder)).toMatchObject({ lists: 2 })
  const hidden = stored(app.dataFolder).leads
  expect(hidden).toBeGreaterThan(1)

  const { leads } = app.engine.rooms
  const filter = { search: '', review: null, tag: null, listId: null, written: null }
  const page = { sort: 'newest', offset: 0, limit: 10 } as const
  const seen = [{}, { search: 'example' }, { search: 'corp' }, { tag: 'fair' }, { review: 'new' as const }]
  expect(seen.map((part) => leads.list({ ...page, filter: { ...filter, ...part } }).total)).toEqual([1, 1, 0, 0, 1])
  expect(leads.list({ ...page, sort: 'name', filter }).rows.map((lead) => lead.email)).toEqual(['ann@old.example'])
  expect(leads.facets()).toMatchObject({
    total: 1,
    byReview: { new: 1 },
    tags: [{ tag: 'old', count: 1 }],
    lists: [{ name: 'Old', count: 1 }],
  })
  expect(() => leads.get(hidden)).toThrow(expect.objectContaining({ code: 'lead.not_found' }))
  expect(() => leads.doNotContact(hidden)).toThrow(expect.objectContaining({ code: 'lead.not_found' }))

  expect((await app.api.leads.review({ selection: EVERYBODY, review: 'approved' })).changed).toBe(1)
  const ids = { by: 'ids', ids: [1, hidden] as never } as const
  expect((await app.api.leads.tag({ selection: ids, add: ['x'], remove: [] })).changed).toBe(1)
  await ended(app, importId)
  expect((await app.api.leads.facets({})).byReview).toMatchObject({ approved: 1, new: MANY })
})

test('cancelled while it is being saved, nothing of it is left', async () => {
  await using app = await startTestEngine()
  const { importId } = await withLongList(app)
  await halfSaved(app, importId)
  await app.api.imports.cancel({ importId })
  expect(stored(app.dataFolder)).toEqual({ leads: 1, lists: 1, words: 0, tags: 0 })
  expect(app.pushed.findLast((event) => event.type === 'imports.moved')).toMatchObject({
    state: { stage: 'cancelled' },
  })
  const { importId: again } = await checkFile(app, PEOPLE.join('\n'))
  expect(await saveList(app, { importId: again, listName: 'Long' })).toMatchObject({ counts: { new: MANY } })
})

test('a second list waits until the first is saved', async () => {
  await using app = await startTestEngine()
  const other = await checkFile(app, 'email\nbob@other.example\n')
  const { importId } = await withLongList(app)
  await halfSaved(app, importId)
  const save = app.api.imports.save({ importId: other.importId, listName: 'Other' })
  await expect(save).rejects.toMatchObject({ code: 'import.busy' })
  const check = app.api.imports.check({ importId: other.importId, mapping: other.mapping })
  await expect(check).rejects.toMatchObject({ code: 'import.busy' })
  await ended(app, importId)
  expect(await saveList(app, { importId: other.importId, listName: 'Other' })).toMatchObject({ stage: 'saved' })
})

test('half a list that a crash has left is never seen and removed after the next start', async () => {
  await using app = await startTestEngine()
  const { importId } = await withLongList(app)
  await halfSaved(app, importId)
  // A copy of the folder between two pieces is what a killed process leaves.
  using left = tempFile('')
  const dataFolder = dirname(left.path)
  cpSync(app.dataFolder, dataFolder, { recursive: true })
  expect(stored(dataFolder).leads).toBeGreaterThan(1)

  await using next = await startTestEngine({ dataFolder })
  expect(await next.api.leads.list({})).toMatchObject({ total: 1 })
  const state = await checkFile(next, PEOPLE.join('\n'))
  expect(stored(dataFolder)).toEqual({ leads: 1, lists: 1, words: 0, tags: 0 })
  expect(await saveList(next, { importId: state.importId, listName: 'Long' })).toMatchObject({ counts: { new: MANY } })
  expect(next.errors).toEqual([])
})

test('closing the app while a list is saved does not wait for its end, and the next start removes it', async () => {
  using left = tempFile('')
  const dataFolder = dirname(left.path)
  const app = await startTestEngine({ dataFolder })
  const { importId } = await withLongList(app)
  await halfSaved(app, importId)
  await app[Symbol.asyncDispose]()
  expect(stored(dataFolder)).toMatchObject({ lists: 2 })
  await using next = await startTestEngine({ dataFolder })
  await next.engine.rooms.imports.importWhole({
    fileName: 'a.csv',
    bytes: Buffer.from('email\nbob@b.example\n'),
    listName: 'A',
  })
  expect(stored(dataFolder)).toMatchObject({ leads: 2, lists: 2, words: 0 })
})
