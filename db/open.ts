import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs'
import { platform } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { companyKey } from '#shared/domain/company-key'
import { AppError } from '#shared/errors'
import { type Migration, migrations as released } from './migrations/index.ts'
import * as schema from './schema/index.ts'
import { backupTo } from './backup.ts'
import { asAppError, classified } from './sqlite-errors.ts'

type Connection = BetterSQLite3Database<typeof schema> & { readonly $client: Database.Database }

/** Reads only, by type: nothing that changes a row can be called on it. */
export type Reader = Pick<Connection, 'select' | 'selectDistinct' | 'all' | 'get' | 'values' | '$client'>

declare const writing: unique symbol
/** Exists only inside `write`: every change happens in an IMMEDIATE transaction. */
export type Writer = Connection & { readonly [writing]: true }

export interface Db extends Reader {
  /** Forgets the connection; harmless twice. */
  close(): void
}

/** Marks a file as ours (`PRAGMA application_id`): "PACE". */
export const APPLICATION_ID = 0x50414345

export interface OpenOptions {
  readonly file: string
  /** Where copies go before a migration. */
  readonly backupFolder: string
  /** Epoch ms, for names and the migration log. */
  readonly now: number
  /** False for a viewer: a file that needs migrating is refused with `db.locked`, since another process owns it. */
  readonly mayMigrate?: boolean
  /** Another list than the released one; for tests of migrations. */
  readonly migrations?: readonly Migration[]
}

/** Files larger than this are not read whole at every start: 0.7 s for 176 MB (measured), so 0.2 s here at most. */
const CHECK_WHOLE_BELOW_BYTES = 50 * 1024 * 1024

/**
 * Opens the one database, creating or migrating it. A file that is damaged, foreign, from a newer version or not
 * writable is left untouched: `db.damaged`, `db.foreign`, `db.from_future`, `db.readonly`.
 */
export function openDb(options: OpenOptions): Db {
  const known = options.migrations ?? released
  classified(options.file, () => mkdirSync(dirname(options.file), { recursive: true }))
  const version = existsSync(options.file) ? inspect(options.file, known) : 0
  if (version < latest(known) && options.mayMigrate === false) {
    throw new AppError('db.locked', 'another process owns the data folder', { details: { file: options.file } })
  }
  const client = connect(options.file)
  try {
    if (version < latest(known)) {
      if (version > 0) backupTo(client, join(options.backupFolder, `before-${latest(known)}-${options.now}.db`))
      migrate(client, known, options.now)
    }
    return Object.assign(drizzle(client, { schema }), { close: () => client.close() })
  } catch (error) {
    client.close()
    throw asAppError(error)
  }
}

/** Differs whenever another connection has written to the file since; our own writing does not count. */
export function dataVersion(db: Reader): number {
  return db.$client.pragma('data_version', { simple: true }) as number
}

/** Runs `change` in one IMMEDIATE transaction: all of it or nothing. The callback must be synchronous. */
export function write<T>(db: Db, change: (tx: Writer) => T): T {
  const { $client: client } = db
  if (client.inTransaction) throw new Error('write() inside write(): pass the Writer on instead')
  try {
    client.exec('BEGIN IMMEDIATE')
    const result = change(db as unknown as Writer)
    client.exec('COMMIT')
    return result
  } catch (error) {
    if (client.inTransaction) client.exec('ROLLBACK')
    throw asAppError(error)
  }
}

/** Makes a change, looks at what it has brought, and takes all of it back. The callback must be synchronous. */
export function tryOut<T>(db: Db, look: (tx: Writer) => T): T {
  const { $client: client } = db
  if (client.inTransaction) throw new Error('tryOut() inside write(): nothing of it could be taken back alone')
  try {
    client.exec('BEGIN IMMEDIATE')
    return look(db as unknown as Writer)
  } catch (error) {
    throw asAppError(error)
  } finally {
    if (client.inTransaction) client.exec('ROLLBACK')
  }
}

/** Looks without touching; the answer is the file's version. */
function inspect(file: string, known: readonly Migration[]): number {
  const header = firstBytes(file)
  if (header === null) return 0
  if (header !== 'SQLite format 3\0') throw new AppError('db.foreign', 'not an SQLite file', { details: { file } })
  return classified(file, () => {
    const client = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return inspectOpen(client, file, known)
    } catch (error) {
      throw isUnreadable(error) ? new AppError('db.damaged', String(error), { details: { file }, cause: error }) : error
    } finally {
      client.close()
    }
  })
}

/** What SQLite says of a header or a table that nobody of ours has written. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_ERROR')
}

function inspectOpen(client: Database.Database, file: string, known: readonly Migration[]): number {
  const application = client.pragma('application_id', { simple: true })
  const version = Number(client.pragma('user_version', { simple: true }))
  const content = client.prepare('SELECT count(*) AS n FROM sqlite_master').get() as { n: number }
  if (content.n === 0 && version === 0 && application === 0) return 0
  if (application !== APPLICATION_ID) throw new AppError('db.foreign', 'another program made it', { details: { file } })
  if (version > latest(known)) {
    throw new AppError('db.from_future', `version ${version}`, { details: { file, version, known: latest(known) } })
  }
  const applied = listApplied(client)
  if (applied.at(-1)?.version !== version) throw new AppError('db.damaged', `version ${version}`, { details: { file } })
  refuseDivergent(applied, file, known)
  const size =
    Number(client.pragma('page_count', { simple: true })) * Number(client.pragma('page_size', { simple: true }))
  if (size <= CHECK_WHOLE_BELOW_BYTES) refuseDamaged(client, file)
  return version
}

function listApplied(client: Database.Database): Applied[] {
  return client.prepare('SELECT version, hash FROM schema_migrations ORDER BY version').all() as Applied[]
}

function refuseDivergent(applied: readonly Applied[], file: string, known: readonly Migration[]): void {
  for (const { version, hash } of applied) {
    const migration = known.find((candidate) => candidate.version === version)
    if (!migration || hashOf(migration) !== hash) {
      throw new AppError('db.foreign', `migration ${version} differs`, { details: { file, version } })
    }
  }
}

function refuseDamaged(client: Database.Database, file: string): void {
  const answer = client.pragma('quick_check(1)', { simple: true })
  if (answer !== 'ok') throw new AppError('db.damaged', String(answer), { details: { file } })
}

interface Applied {
  version: number
  hash: string
}

function connect(file: string): Database.Database {
  return classified(file, () => {
    const client = new Database(file, { timeout: 5_000 })
    try {
      setPragmas(client)
      client.function('company_key', { deterministic: true }, (name) => companyKey(String(name)))
      return client
    } catch (error) {
      client.close()
      throw error
    }
  })
}

/**
 * better-sqlite3 silently runs WAL at NORMAL, which loses committed intents at a power cut: every connection sets FULL
 * and reads it back.
 */
function setPragmas(client: Database.Database): void {
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  // Without it a REPLACE deletes past the triggers that keep events append-only.
  client.pragma('recursive_triggers = ON')
  client.pragma('mmap_size = 0')
  client.pragma('wal_autocheckpoint = 1000')
  client.pragma('journal_size_limit = 67108864')
  client.pragma('trusted_schema = OFF')
  client.pragma('cell_size_check = ON')
  if (platform() === 'darwin') {
    client.pragma('fullfsync = ON')
    client.pragma('checkpoint_fullfsync = ON')
  }
  const synchronous = client.pragma('synchronous', { simple: true })
  if (synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}, not FULL`)
}

/** Foreign keys are off around it: a table rebuild would otherwise delete its children by cascade. */
function migrate(client: Database.Database, known: readonly Migration[], now: number): void {
  client.pragma('foreign_keys = OFF')
  client.exec('BEGIN IMMEDIATE')
  try {
    client.exec(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    )
    const done = Number(client.pragma('user_version', { simple: true }))
    for (const migration of known) if (migration.version > done) apply(client, migration, now)
    const broken = client.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`migration left ${broken.length} broken references`)
    client.exec('COMMIT')
  } catch (error) {
    if (client.inTransaction) client.exec('ROLLBACK')
    throw asAppError(error)
  } finally {
    client.pragma('foreign_keys = ON')
  }
}

function apply(client: Database.Database, migration: Migration, now: number): void {
  client.exec(migration.sql)
  client
    .prepare('INSERT INTO schema_migrations (version, name, hash, applied_at) VALUES (?, ?, ?, ?)')
    .run(migration.version, migration.name, hashOf(migration), now)
  client.pragma(`application_id = ${APPLICATION_ID}`)
  client.pragma(`user_version = ${migration.version}`)
}

function latest(known: readonly Migration[]): number {
  return known.at(-1)?.version ?? 0
}

function hashOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex')
}

/** The first 16 bytes as text; null for an empty file, which is as good as none. */
function firstBytes(file: string): string | null {
  return classified(file, () => {
    const handle = openSync(file, 'r+')
    try {
      if (fstatSync(handle).size === 0) return null
      const buffer = Buffer.alloc(16)
      readSync(handle, buffer, 0, 16, 0)
      return buffer.toString('latin1')
    } finally {
      closeSync(handle)
    }
  })
}
