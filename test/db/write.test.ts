import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tryOut, write, type Db } from '#db/open'
import { getSetting, setSetting } from '#db/queries/settings'
import { asAppError } from '#db/sqlite-errors'
import { openQueueDb, type QueueDb } from '#test/support/test-db'

let store: QueueDb
let db: Db

beforeAll(() => {
  store = openQueueDb()
  db = store.db
})
afterAll(() => store[Symbol.dispose]())

test('a write answers what the change answers, and keeps it', () => {
  expect(write(db, (tx) => (setSetting(tx, 'zone', 'UTC'), 7))).toBe(7)
  expect(getSetting(db, 'zone')).toBe('UTC')
  expect(db.$client.inTransaction).toBe(false)
})

test('a write undoes all of a change that throws', () => {
  write(db, (tx) => setSetting(tx, 'zone', 'UTC'))
  const attempt = (): void =>
    write(db, (tx) => {
      setSetting(tx, 'zone', 'Asia/Tokyo')
      throw new Error('no')
    })
  expect(attempt).toThrow('no')
  expect(getSetting(db, 'zone')).toBe('UTC')
  expect(db.$client.inTransaction).toBe(false)
})

test('a write refuses to run inside itself, and then nothing of it stays', () => {
  write(db, (tx) => setSetting(tx, 'zone', 'UTC'))
  const attempt = (): void =>
    write(db, (tx) => {
      setSetting(tx, 'zone', 'Asia/Tokyo')
      write(db, (inner) => setSetting(inner, 'zone', 'Europe/Paris'))
    })
  expect(attempt).toThrow('write() inside write()')
  expect(getSetting(db, 'zone')).toBe('UTC')
})

test('what is tried out can be seen inside, and nothing of it stays, also when it throws', () => {
  write(db, (tx) => setSetting(tx, 'zone', 'UTC'))
  const seen = tryOut(db, (tx) => {
    setSetting(tx, 'zone', 'Asia/Tokyo')
    return getSetting(tx, 'zone')
  })
  expect(seen).toBe('Asia/Tokyo')
  const attempt = (): void =>
    tryOut(db, (tx) => {
      setSetting(tx, 'zone', 'Asia/Tokyo')
      throw new Error('no')
    })
  expect(attempt).toThrow('no')
  expect(getSetting(db, 'zone')).toBe('UTC')
  expect(db.$client.inTransaction).toBe(false)
})

test('trying out refuses to run inside a write, which it would undo', () => {
  expect(() => write(db, () => tryOut(db, () => 1))).toThrow('tryOut() inside write()')
})

test('a write takes the lock at its beginning, so that nobody can write between its reads', () => {
  const other = new Database(db.$client.name, { timeout: 0 })
  write(db, () => {
    expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('database is locked')
  })
  other.exec('BEGIN IMMEDIATE; ROLLBACK')
  other.close()
})

test('a write on a full disk says so, writes nothing by halves, and works again once there is room', () => {
  const pages = Number(db.$client.pragma('page_count', { simple: true }))
  db.$client.pragma(`max_page_count = ${pages}`)
  const attempt = (): void =>
    write(db, (tx) => {
      setSetting(tx, 'epoch', 99)
      setSetting(tx, 'zone', 'x'.repeat(200_000))
    })
  expect(attempt).toThrow(expect.objectContaining({ code: 'disk.full' }))
  expect(getSetting(db, 'epoch')).toBe(0)
  expect(db.$client.inTransaction).toBe(false)
  db.$client.pragma('max_page_count = 1000000')
  attempt()
  expect(getSetting(db, 'epoch')).toBe(99)
})

test('a write on a database that may only be read says so', () => {
  db.$client.pragma('query_only = ON')
  const attempt = (): void => write(db, (tx) => setSetting(tx, 'zone', 'UTC'))
  expect(attempt).toThrow(expect.objectContaining({ code: 'db.readonly' }))
  db.$client.pragma('query_only = OFF')
})

test.each([
  ['SQLITE_FULL', 'disk.full'],
  ['SQLITE_IOERR_WRITE', 'disk.full'],
  ['SQLITE_BUSY', 'db.locked'],
  ['SQLITE_READONLY', 'db.readonly'],
  ['SQLITE_READONLY_DBMOVED', 'db.readonly'],
  ['SQLITE_CANTOPEN', 'db.readonly'],
  ['SQLITE_CANTOPEN_DIRTYWAL', 'db.readonly'],
  ['SQLITE_CORRUPT', 'db.damaged'],
  ['SQLITE_CORRUPT_VTAB', 'db.damaged'],
  ['SQLITE_NOTADB', 'db.damaged'],
])('%s is %s in our own words', (code, known) => {
  const cause = new Database.SqliteError('it says', code)
  expect(asAppError(cause)).toMatchObject({ code: known, cause })
})

test.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR'])('%s stays as it is', (code) => {
  const cause = new Database.SqliteError('it says', code)
  expect(asAppError(cause)).toBe(cause)
})
