import Database from 'better-sqlite3'

/** One table as it stands: its columns and its rows, in the order of the table. */
export interface ReadTable {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: () => IterableIterator<readonly (string | number | null)[]>
}

/** All tables at one moment, whatever is written meanwhile. */
export interface TableReader {
  readonly tables: readonly ReadTable[]
  close(): void
}

/**
 * Opens the file a second time, for reading only: the connection in use can answer others while rows are read. What only
 * this program can use is left out: the words' index and what SQLite keeps for itself.
 */
export function openTableReader(file: string): TableReader {
  const client = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  client.exec('BEGIN')
  const names = client
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'leads_fts%'
       ORDER BY name`,
    )
    .pluck()
    .all() as string[]
  return {
    tables: names.map((name) => ({
      name,
      columns: client.prepare('SELECT name, type FROM pragma_table_info(?)').all(name) as ReadTable['columns'],
      rows: () =>
        client.prepare(`SELECT * FROM "${name}"`).raw().iterate() as IterableIterator<(string | number | null)[]>,
    })),
    close() {
      client.close()
    },
  }
}
