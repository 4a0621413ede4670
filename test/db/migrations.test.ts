import Database from 'better-sqlite3'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDb, write, type Db } from '#db/open'
import { migrations, type Migration } from '#db/migrations/index'
import { tempFolder } from '#test/support/test-db'

const FIRST: Migration = {
  version: 1,
  name: 'first',
  sql: `CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE children (
      id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parents(id) ON DELETE CASCADE, name TEXT NOT NULL
    ) STRICT;`,
}
const ADD_COLUMN: Migration = { version: 2, name: 'age', sql: 'ALTER TABLE parents ADD COLUMN age INTEGER' }
const REBUILD: Migration = {
  version: 2,
  name: 'rebuild',
  sql: `CREATE TABLE new_parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '') STRICT;
    INSERT INTO new_parents (id, name) SELECT id, name FROM parents;
    DROP TABLE parents;
    ALTER TABLE new_parents RENAME TO parents;`,
}

function open(folder: string, known: readonly Migration[], now = 1_000): Db {
  return openDb({ file: join(folder, 'test.db'), backupFolder: join(folder, 'backups'), now, migrations: known })
}

/** A database at version 1 with two parents and three children. */
function fillFirst(folder: string): void {
  const db = open(folder, [FIRST])
  write(db, (tx) =>
    tx.$client.exec(`INSERT INTO parents VALUES (1, 'Ann'), (2, 'Bob');
      INSERT INTO children VALUES (1, 1, 'Cy'), (2, 1, 'Di'), (3, 2, 'Ed');`),
  )
  db.close()
}

const all = (db: Db, table: string): unknown[] => db.$client.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()
const version = (db: Db): unknown => db.$client.pragma('user_version', { simple: true })

test('the released migrations rise by one, and each has a name of its own', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
  expect(new Set(migrations.map((migration) => migration.name)).size).toBe(migrations.length)
})

test('the released migrations lead from nothing to tables that hold together', () => {
  using folder = tempFolder()
  const db = open(folder.path, migrations)
  expect(version(db)).toBe(migrations.at(-1)?.version)
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.$client.pragma('foreign_key_check')).toEqual([])
  const loose = db.$client
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .all()
  expect(loose).toEqual([])
  db.close()
})

test('each step of the released migrations can be taken alone, with the same result as all at once', () => {
  using stepwise = tempFolder()
  using atOnce = tempFolder()
  for (const [index] of migrations.entries()) open(stepwise.path, migrations.slice(0, index + 1)).close()
  const a = open(stepwise.path, migrations)
  const b = open(atOnce.path, migrations)
  const schema = 'SELECT type, name, sql FROM sqlite_master ORDER BY type, name'
  expect(a.$client.prepare(schema).all()).toEqual(b.$client.prepare(schema).all())
  a.close()
  b.close()
})

test('a migration runs once, is written down, and leaves the data', () => {
  using folder = tempFolder()
  fillFirst(folder.path)
  open(folder.path, [FIRST, ADD_COLUMN], 2_000).close()
  const db = open(folder.path, [FIRST, ADD_COLUMN], 3_000)
  expect(version(db)).toBe(2)
  expect(all(db, 'parents')).toEqual([
    { id: 1, name: 'Ann', age: null },
    { id: 2, name: 'Bob', age: null },
  ])
  expect(all(db, 'schema_migrations')).toMatchObject([
    { version: 1, name: 'first', applied_at: 1_000 },
    { version: 2, name: 'age', applied_at: 2_000 },
  ])
  db.close()
})

test('rebuilding a table keeps the rows that point at it, and foreign keys are on again afterwards', () => {
  using folder = tempFolder()
  fillFirst(folder.path)
  const db = open(folder.path, [FIRST, REBUILD])
  expect(all(db, 'children')).toHaveLength(3)
  expect(all(db, 'parents')).toEqual([
    { id: 1, name: 'Ann', note: '' },
    { id: 2, name: 'Bob', note: '' },
  ])
  expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(() => db.$client.exec("INSERT INTO children VALUES (9, 9, 'Nobody’s')")).toThrow('FOREIGN KEY')
  db.close()
})

test.each<[string, readonly Migration[], string]>([
  [
    'that fails half-way',
    [
      {
        version: 2,
        name: 'half',
        sql: "DELETE FROM children; UPDATE parents SET name = 'gone'; CREATE TABLE parents (a)",
      },
    ],
    'already exists',
  ],
  [
    'that leaves children without a parent',
    [{ version: 2, name: 'orphans', sql: 'DELETE FROM parents WHERE id = 1' }],
    'broken references',
  ],
  [
    'that fails after another that worked',
    [ADD_COLUMN, { version: 3, name: 'bad', sql: 'SELECT no_such_function()' }],
    'no_such_function',
  ],
])('a migration %s leaves the old version and all data', (_name, next, message) => {
  using folder = tempFolder()
  fillFirst(folder.path)
  expect(() => open(folder.path, [FIRST, ...next])).toThrow(message)
  const db = open(folder.path, [FIRST])
  expect(version(db)).toBe(1)
  expect(all(db, 'parents')).toEqual([
    { id: 1, name: 'Ann' },
    { id: 2, name: 'Bob' },
  ])
  expect(all(db, 'children')).toHaveLength(3)
  expect(all(db, 'schema_migrations')).toHaveLength(1)
  db.close()
})

test('before it migrates it keeps a copy that opens as the old version', () => {
  using folder = tempFolder()
  fillFirst(folder.path)
  open(folder.path, [FIRST, REBUILD], 5_000).close()
  const copy = join(folder.path, 'backups', 'before-2-5000.db')
  const client = new Database(copy, { readonly: true })
  expect(client.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(client.pragma('user_version', { simple: true })).toBe(1)
  expect(client.prepare('SELECT count(*) AS n FROM children').get()).toEqual({ n: 3 })
  client.close()
})

test('the copy is there as well when the migration fails', () => {
  using folder = tempFolder()
  fillFirst(folder.path)
  expect(() => open(folder.path, [FIRST, { version: 2, name: 'bad', sql: 'nonsense' }], 6_000)).toThrow('nonsense')
  expect(readdirSync(join(folder.path, 'backups'))).toEqual(['before-2-6000.db'])
})

test('without its copy it does not migrate', () => {
  using folder = tempFolder()
  fillFirst(folder.path)
  const before = readFileSync(join(folder.path, 'test.db'))
  const options = { file: join(folder.path, 'test.db'), backupFolder: join(folder.path, 'test.db'), now: 1 }
  expect(() => openDb({ ...options, migrations: [FIRST, REBUILD] })).toThrow()
  expect(readFileSync(join(folder.path, 'test.db')).equals(before)).toBe(true)
})

test('nothing is copied when nothing is to migrate', () => {
  using folder = tempFolder()
  fillFirst(folder.path)
  open(folder.path, [FIRST]).close()
  expect(existsSync(join(folder.path, 'backups'))).toBe(false)
})
