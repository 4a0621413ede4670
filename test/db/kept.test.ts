import { expect, test } from 'vitest'
import { openDb, write } from '#db/open'
import { keptIn } from '#db/kept'
import { insertLeads, openTestDb } from '#test/support/leads'
import { join } from 'node:path'

test('an answer is kept until a row is written, by this connection or another', () => {
  using store = openTestDb()
  const { db } = store
  let reads = 0
  const ask = () => keptIn(db).get('question', () => (reads += 1))
  expect([ask(), ask()]).toEqual([1, 1])
  insertLeads(db, [{ email: 'ann@example.org' }])
  expect([ask(), ask()]).toEqual([2, 2])
  const other = openDb({ file: join(store.folder, 'test.db'), backupFolder: store.folder, now: 1 })
  insertLeads(other, [{ email: 'bob@example.org' }])
  other.close()
  expect([ask(), ask()]).toEqual([3, 3])
})

test('nothing read inside a transaction is kept: it may be rolled back', () => {
  using store = openTestDb()
  const { db } = store
  const count = () =>
    keptIn(db).get('leads', () => (db.$client.prepare('SELECT count(*) AS n FROM leads').get() as { n: number }).n)
  expect(count()).toBe(0)
  const failing = () =>
    write(db, (tx) => {
      tx.$client.exec("INSERT INTO leads (list_id, email, identity, domain, created_at) VALUES (1, 'a', 'a', 'a', 1)")
      expect(count()).toBe(1)
      throw new Error('taken back')
    })
  expect(failing).toThrow('taken back')
  expect(count()).toBe(0)
})

test('of many answers the oldest are forgotten first', () => {
  using store = openTestDb()
  const reads: number[] = []
  const ask = (question: number) => keptIn(store.db).get(`${question}`, () => reads.push(question))
  for (let question = 0; question < 33; question += 1) ask(question)
  reads.length = 0
  for (const question of [32, 1, 0]) ask(question)
  expect(reads).toEqual([0])
})
