import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { stock } from '#test/support/stock'

/** More than are changed in one piece. */
const MANY = 3_000
const EVERYBODY = { by: 'filter', filter: {} } as const

function inDatabase<T>(app: TestEngine, work: (client: Database.Database) => T): T {
  const client = new Database(join(app.dataFolder, 'pacemail.db'))
  try {
    return work(client)
  } finally {
    client.close()
  }
}

async function withLeads(): Promise<TestEngine> {
  const app = await startTestEngine()
  inDatabase(app, (client) =>
    client.exec(`INSERT INTO lists (name, file_name, mapping, counts, created_at) VALUES ('L', 'l.csv', '[]', '{}', 1);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
      INSERT INTO leads (list_id, email, identity, domain, created_at)
      SELECT 1, 'p' || i || '@corp.example', 'p' || i || '@corp.example', 'corp.example', 1 FROM n;`),
  )
  return app
}

const approvedIn = (app: TestEngine) => app.engine.rooms.leads.facets().byReview.approved

test('while many leads change the app answers other calls, and the change has one undo', async () => {
  await using app = await withLeads()
  const change = app.api.leads.review({ selection: EVERYBODY, review: 'approved' })
  // Asked after the first piece, answered before the last.
  const seen = [approvedIn(app)]
  await app.api.app.pause({})
  seen.push(approvedIn(app))
  const { changed, undoId } = await change
  expect(changed).toBe(MANY)
  expect(Math.max(...seen)).toBeLessThan(MANY)
  expect(await app.api.leads.undo({ undoId: undoId as never })).toEqual({ changed: MANY })
  expect(approvedIn(app)).toBe(0)
  const { rows } = await app.api.activity.list({ kinds: ['leads_reviewed'] })
  expect(rows.map((row) => row.data)).toMatchObject([{ isUndo: true, changed: MANY }, { changed: MANY }])
})

test('a change that fails half way takes back what it has done, and the next one works', async () => {
  await using app = await withLeads()
  inDatabase(app, (client) =>
    client.exec(`CREATE TRIGGER break_it BEFORE UPDATE OF tags ON leads WHEN new.id = ${MANY}
      BEGIN SELECT RAISE(ABORT, 'the disk broke'); END`),
  )
  const tag = () => app.api.leads.tag({ selection: EVERYBODY, add: ['fair'], remove: [] })
  await expect(tag()).rejects.toThrow('the disk broke')
  expect((await app.api.leads.facets({})).tags).toEqual([])
  inDatabase(app, (client) => client.exec('DROP TRIGGER break_it'))
  expect((await tag()).changed).toBe(MANY)
  expect((await app.api.leads.facets({})).tags).toEqual([{ tag: 'fair', count: MANY }])
})

test('two changes asked for at once are made one after the other, and can be taken back in any order', async () => {
  await using app = await withLeads()
  const [tagged, removed] = await Promise.all([
    app.api.leads.tag({ selection: EVERYBODY, add: ['fair'], remove: [] }),
    app.api.leads.remove({ selection: { by: 'filter', filter: { tag: 'fair' } } }),
  ])
  expect([tagged.changed, removed.changed, removed.kept]).toEqual([MANY, MANY, 0])
  await app.api.leads.undo({ undoId: removed.undoId as never })
  await app.api.leads.undo({ undoId: tagged.undoId as never })
  expect(await app.api.leads.facets({})).toMatchObject({ total: MANY, tags: [] })
})

test('an undo that is used is gone at once, and so are its rows before the next change ends', async () => {
  await using app = await withLeads()
  const { undoId } = await app.api.leads.review({ selection: EVERYBODY, review: 'approved' })
  const undo = () => app.api.leads.undo({ undoId: undoId as never })
  const both = await Promise.allSettled([undo(), undo()])
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'undo.gone' } }])
  await app.engine.rooms.leads.close()
  expect(inDatabase(app, (client) => client.prepare('SELECT count(*) FROM undo_leads').pluck().get())).toBe(0)
})

test('once a rejection of many is answered, none of their waiting mail may leave', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 20, {})
  const order = {
    selection: { by: 'ids' as const, ids: goods.leadIds as never },
    templateId: goods.templateId,
    mailboxId: goods.mailboxId,
    at: null,
    priority: 1 as const,
    useLeadZone: false,
  }
  app.engine.rooms.dispatch.queue(order, { requestKey: 'all of them', name: '' })
  await app.engine.rooms.sender.idle()
  const left = app.mailbox.sent.length
  expect(left).toBeLessThan(20)
  await app.api.leads.review({ selection: EVERYBODY, review: 'rejected' })
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(left)
})

test('closing the app lets a change come to its end', async () => {
  const app = await withLeads()
  const change = app.engine.rooms.leads.tag(
    { by: 'filter', except: [], filter: { search: '', review: null, tag: null, listId: null, written: null } },
    { add: ['fair'], remove: [] },
  )
  await app[Symbol.asyncDispose]()
  expect((await change).changed).toBe(MANY)
})
