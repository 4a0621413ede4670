import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as schema from '#db/schema/index'
import { openQueueDb, type QueueDb } from '#test/support/test-db'

const named = Object.values(schema).flatMap((entry) =>
  is(entry, SQLiteTable) ? [[getTableConfig(entry).name, entry as SQLiteTable] as const] : [],
)

let store: QueueDb

beforeAll(() => {
  store = openQueueDb()
})
afterAll(() => store[Symbol.dispose]())

interface Column {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly hasDefault: boolean
  readonly isKey: boolean
}

/** The columns of a table as SQLite has them. A key that is a row id needs no NOT NULL. */
function migrated(name: string): Column[] {
  const rows = store.db.$client.prepare('SELECT * FROM pragma_table_xinfo(?)').all(name) as {
    name: string
    type: string
    notnull: number
    dflt_value: string | null
    pk: number
  }[]
  return rows.map((row) => ({
    name: row.name,
    type: row.type.toLowerCase(),
    isRequired: row.notnull === 1 || row.pk > 0,
    hasDefault: row.dflt_value !== null,
    isKey: row.pk > 0,
  }))
}

function declared(table: SQLiteTable): Column[] {
  const { columns, primaryKeys } = getTableConfig(table)
  const keys = new Set<SQLiteColumn>(primaryKeys.flatMap((key) => key.columns))
  return columns.map((column) => {
    const isKey = column.primary || keys.has(column)
    return {
      name: column.name,
      type: column.getSQLType().toLowerCase(),
      isRequired: column.notNull || isKey,
      hasDefault: column.default !== undefined,
      isKey,
    }
  })
}

const byName = (a: Column, b: Column): number => (a.name < b.name ? -1 : 1)

test.each(named)('the schema of %s says what the migrations made', (name, table) => {
  expect(declared(table).toSorted(byName)).toEqual(migrated(name).toSorted(byName))
})

test.each(named)('a default of %s in the schema is the one of the table', (name, table) => {
  const rows = store.db.$client.prepare('SELECT name, dflt_value FROM pragma_table_xinfo(?)').all(name) as {
    name: string
    dflt_value: string | null
  }[]
  for (const { name: columnName, dflt_value: made } of rows) {
    const column = getTableConfig(table).columns.find((candidate) => candidate.name === columnName)
    if (made === null || column?.default === undefined) continue
    const stored = column.mapToDriverValue(column.default)
    expect(made.replaceAll("'", '')).toBe(String(stored))
  }
})

test('every table that the migrations made has a schema, apart from the index of words and the log of migrations', () => {
  const made = store.db.$client
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as { name: string }[]
  const names = made.map((table) => table.name).filter((name) => name !== 'schema_migrations')
  expect(names.toSorted()).toEqual(named.map(([name]) => name).toSorted())
})

test('no check of a table or trigger makes SQLite build a list of words for each row', () => {
  const made = store.db.$client
    .prepare("SELECT sql FROM sqlite_master WHERE type IN ('table', 'trigger') AND sql IS NOT NULL")
    .pluck()
    .all() as string[]
  expect(made.filter((sql) => /\bIN \((?:[^(),]*,){2}/.test(sql))).toEqual([])
})
