import fc from 'fast-check'
import Database from 'better-sqlite3'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backupTo } from '#db/backup'
import { APPLICATION_ID, openDb, write, type Db, type OpenOptions } from '#db/open'
import { migrations } from '#db/migrations/index'
import { getSetting, setSetting } from '#db/queries/settings'
import { AppError } from '#shared/errors'

let folder = ''
let count = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-open-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A place where nothing is yet. */
function freshFile(): string {
  count += 1
  return join(folder, `${count}`, 'pacemail.db')
}

const open = (file: string, options: Partial<OpenOptions> = {}): Db =>
  openDb({ file, backupFolder: join(file, '..', 'backups'), now: 1_000, ...options })

/** A database of ours with something in it. */
function ours(): string {
  const file = freshFile()
  const db = open(file)
  write(db, (tx) => setSetting(tx, 'zone', 'Europe/Berlin'))
  db.close()
  return file
}

/** A file at a fresh place. */
function fileOf(content: Uint8Array | string): string {
  const file = freshFile()
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
  return file
}

/** A database made by hand. */
function sqliteFile(make: (client: Database.Database) => void, from?: string): string {
  const file = from ?? fileOf('')
  const client = new Database(file)
  make(client)
  client.close()
  return file
}

function refusal(attempt: () => unknown): AppError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was not refused')
}

/** Refused with this code, and not a byte of the file has changed. */
function expectRefused(file: string, code: string): AppError {
  const before = readFileSync(file)
  const refused = refusal(() => open(file))
  expect(refused.code).toBe(code)
  expect(readFileSync(file).equals(before)).toBe(true)
  return refused
}

describe('a database of ours', () => {
  test('is created with its folder, marked as ours and at the newest version', () => {
    const file = freshFile()
    const db = open(file)
    expect(db.$client.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    expect(db.$client.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version)
    expect(existsSync(join(file, '..', 'backups'))).toBe(false)
    db.close()
  })

  test('an empty file is as good as none', () => {
    const db = open(fileOf(''))
    expect(db.$client.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version)
    db.close()
  })

  test('keeps what was written', () => {
    const db = open(ours())
    expect(getSetting(db, 'zone')).toBe('Europe/Berlin')
    db.close()
  })

  test('keeps what was written even when nobody closed it', () => {
    const file = freshFile()
    const left = open(file)
    write(left, (tx) => setSetting(tx, 'zone', 'Asia/Kolkata'))
    const db = open(file)
    expect(getSetting(db, 'zone')).toBe('Asia/Kolkata')
    db.close()
    left.close()
  })

  test('closes twice without harm', () => {
    const db = open(ours())
    db.close()
    expect(() => db.close()).not.toThrow()
  })

  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['recursive_triggers', 1],
    ['mmap_size', 0],
    ['wal_autocheckpoint', 1_000],
    ['journal_size_limit', 67_108_864],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['busy_timeout', 5_000],
  ])('%s reads back as %s on every connection', (pragma, value) => {
    const file = freshFile()
    for (const db of [open(file), open(file), open(file, { mayMigrate: false })]) {
      expect(db.$client.pragma(pragma, { simple: true })).toBe(value)
      db.close()
    }
  })
})

describe('what is not ours is left alone', () => {
  test.each<[string, () => string]>([
    ['a text file', () => fileOf('Dear Ann,\nhow are you?\n')],
    ['a text file shorter than a header', () => fileOf('x')],
    [
      'the tables of another program',
      () => sqliteFile((client) => client.exec('CREATE TABLE notes (a); INSERT INTO notes VALUES (1)')),
    ],
    ['a view alone', () => sqliteFile((client) => client.exec('CREATE VIEW one AS SELECT 1'))],
    ['the mark of another program', () => sqliteFile((client) => client.pragma('application_id = 7'))],
    ['the version of another program', () => sqliteFile((client) => client.pragma('user_version = 1'))],
    [
      'another program in WAL mode',
      () => sqliteFile((client) => client.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (a)')),
    ],
  ])('%s is foreign', (_name, make) => {
    expectRefused(make(), 'db.foreign')
  })

  test('a file with our mark whose migrations differ from ours is foreign', () => {
    const file = sqliteFile((client) => client.exec("UPDATE schema_migrations SET hash = 'other'"), ours())
    expect(expectRefused(file, 'db.foreign').details).toEqual({ file, version: 1 })
  })

  test('so is one with a migration in its past that we do not know', () => {
    const file = sqliteFile(
      (client) => client.exec("INSERT INTO schema_migrations VALUES (0, 'zeroth', 'hash', 1)"),
      ours(),
    )
    expectRefused(file, 'db.foreign')
  })
})

describe('a database of a newer version', () => {
  test('is left alone, and the error names both versions', () => {
    const newer = (migrations.at(-1)?.version ?? 0) + 1
    const file = sqliteFile((client) => client.pragma(`user_version = ${newer}`), ours())
    expect(expectRefused(file, 'db.from_future').details).toEqual({ file, version: newer, known: newer - 1 })
  })
})

describe('a damaged database', () => {
  test.each([16, 50, 100, 511, 512, 4_095, 4_096, 8_192, 40_960])('cut off after %d bytes is left alone', (bytes) => {
    expectRefused(fileOf(readFileSync(ours()).subarray(0, bytes)), 'db.damaged')
  })

  test('without its last page is left alone', () => {
    const bytes = readFileSync(ours())
    expectRefused(fileOf(bytes.subarray(0, bytes.length - 4_096)), 'db.damaged')
  })

  test.each([
    ['its page size', 16, 0xff],
    ['its format', 47, 0x7f],
    ['its first page', 100, 0xff],
    ['the head of its second page', 4_096, 0xff],
  ])('with %s overwritten is left alone', (_name, at, value) => {
    const bytes = readFileSync(ours())
    bytes[at] = value
    expectRefused(fileOf(bytes), 'db.damaged')
  })

  test('with a page broken that nothing needs at the start is left alone', () => {
    const file = sqliteFile((client) => {
      const insert = client.prepare("INSERT INTO settings (key, value) VALUES (?, '1')")
      for (let n = 100; n < 600; n += 1) insert.run(`a long name of a setting, number ${n}`)
    }, ours())
    const bytes = readFileSync(file)
    const page = Math.floor(bytes.indexOf('a long name of a setting, number 350') / 4_096)
    bytes[page * 4_096] = 0xff
    expectRefused(fileOf(bytes), 'db.damaged')
  })

  test('with our mark but without its tables is left alone', () => {
    expectRefused(
      sqliteFile((client) => client.pragma(`application_id = ${APPLICATION_ID}`)),
      'db.damaged',
    )
    expectRefused(
      sqliteFile((client) => client.exec('DROP TABLE schema_migrations'), ours()),
      'db.damaged',
    )
  })

  test.each([0, -1])('whose version reads %d is left alone', (version) => {
    expectRefused(
      sqliteFile((client) => client.pragma(`user_version = ${version}`), ours()),
      'db.damaged',
    )
  })

  test('with a collation in its tables that nobody knows is left alone', () => {
    const text = readFileSync(ours()).toString('latin1').replaceAll('COLLATE NOCASE', 'COLLATE NOKASE')
    expectRefused(fileOf(Buffer.from(text, 'latin1')), 'db.damaged')
  })

  test('a flipped bit anywhere is refused in our own words, or does no harm', () => {
    const bytes = readFileSync(ours())
    const place = fc.oneof(fc.nat(99), fc.nat(bytes.length - 1))
    fc.assert(
      fc.property(place, fc.nat(7), (at, bit) => {
        const copy = Buffer.from(bytes)
        copy[at] = (copy[at] ?? 0) ^ (1 << bit)
        const file = fileOf(copy)
        try {
          open(file).close()
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect(['db.damaged', 'db.foreign', 'db.from_future']).toContain((error as AppError).code)
          expect(readFileSync(file).equals(copy)).toBe(true)
        }
        rmSync(join(file, '..'), { recursive: true })
      }),
      { numRuns: 150 },
    )
  }, 30_000)
})

/** Root may write anywhere: it steps down for this. */
function withoutPrivilege<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid?.(65_534)
  try {
    return run()
  } finally {
    process.seteuid?.(0)
  }
}

describe.skipIf(process.platform === 'win32')('where nothing can be written', () => {
  function lockedFolder(file: string): string {
    chmodSync(folder, 0o755)
    chmodSync(join(file, '..'), 0o555)
    return file
  }

  test('a database that may only be read is refused and left alone', () => {
    const file = lockedFolder(ours())
    chmodSync(file, 0o444)
    const before = readFileSync(file)
    expect(refusal(() => withoutPrivilege(() => open(file)))).toMatchObject({ code: 'db.readonly', details: { file } })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a folder that may only be read is refused', () => {
    const file = lockedFolder(fileOf(''))
    rmSync(file)
    expect(refusal(() => withoutPrivilege(() => open(file))).code).toBe('db.readonly')
    expect(refusal(() => withoutPrivilege(() => open(join(file, '..', 'deeper', 'pacemail.db')))).code).toBe(
      'db.readonly',
    )
  })

  test('a folder in place of the file is refused', () => {
    const file = freshFile()
    mkdirSync(file, { recursive: true })
    expect(refusal(() => open(file))).toMatchObject({ code: 'db.readonly', details: { file } })
  })
})

describe('a viewer', () => {
  test('never creates a database', () => {
    const file = freshFile()
    expect(refusal(() => open(file, { mayMigrate: false })).code).toBe('db.locked')
    expect(existsSync(file)).toBe(false)
  })

  test('opens one that is up to date, and never migrates one that is not', () => {
    const file = ours()
    open(file, { mayMigrate: false }).close()
    const before = readFileSync(file)
    const next = [
      ...migrations,
      { version: (migrations.at(-1)?.version ?? 0) + 1, name: 'next', sql: 'CREATE TABLE n (a) STRICT' },
    ]
    expect(refusal(() => open(file, { mayMigrate: false, migrations: next })).code).toBe('db.locked')
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

test('a backup holds everything, checks out and replaces an older one of that name', () => {
  const db = open(ours())
  const copy = join(folder, 'copies', 'copy.db')
  backupTo(db.$client, copy)
  write(db, (tx) => setSetting(tx, 'zone', 'Asia/Tokyo'))
  backupTo(db.$client, copy)
  db.close()
  const restored = open(copy)
  expect(getSetting(restored, 'zone')).toBe('Asia/Tokyo')
  expect(restored.$client.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
  restored.close()
})
