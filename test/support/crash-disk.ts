import Database from 'better-sqlite3'

/** The disk under every database of this process, which takes no more when a test says so. */
export interface FillableDisk extends Disposable {
  /** Commits that may still be written; null: any number. */
  room: number | null
  /** Commits that were refused. */
  readonly refused: number
}

/**
 * SQLite's own answers: a full disk undoes the commit with `SQLITE_FULL`, another program that holds the file refuses the
 * transaction with `SQLITE_BUSY`. Commits without a change need no room.
 */
export function fillableDisk(because: 'full' | 'busy' = 'full'): FillableDisk {
  const { exec } = Database.prototype
  const changesAtBegin = new WeakMap<Database.Database, unknown>()
  let refused = 0

  function changesOf(client: Database.Database): unknown {
    return client.prepare('SELECT total_changes()').pluck().get()
  }

  function begin(client: Database.Database): void {
    changesAtBegin.set(client, changesOf(client))
    if (because === 'full' || disk.room !== 0) return
    refused += 1
    throw new Database.SqliteError('database is locked', 'SQLITE_BUSY')
  }

  function commit(client: Database.Database): void {
    if (changesOf(client) === changesAtBegin.get(client) || disk.room === null) return
    if (disk.room > 0) {
      disk.room -= 1
      return
    }
    refused += 1
    exec.call(client, 'ROLLBACK')
    throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
  }

  const disk: FillableDisk = {
    room: null,
    get refused() {
      return refused
    },
    [Symbol.dispose]() {
      Database.prototype.exec = exec
    },
  }
  Database.prototype.exec = function (this: Database.Database, sql: string) {
    if (sql === 'BEGIN IMMEDIATE') begin(this)
    if (sql === 'COMMIT') commit(this)
    return exec.call(this, sql)
  }
  return disk
}
