import Database from 'better-sqlite3'
import type { ImportRow } from '#shared/contract/imports'
import type { LawfulBasis, RowVerdict } from '#shared/domain/taxonomy'
import { asAppError } from '../sqlite-errors.ts'
import type { LeadTexts } from './lead-edit.ts'

/**
 * Loads the SQLite driver. A thread that is ended while it does so takes the whole process with it (N-API aborts), so it is
 * done first, and whoever would end the thread waits for it.
 */
export function loadDriver(): void {
  new Database(':memory:').close()
}

/** One row of a file with its verdict, on its way to a lead. */
export interface StagedRow extends Omit<LeadTexts, 'basis'> {
  readonly line: number
  readonly verdict: RowVerdict
  readonly detail: string
  readonly tags: readonly string[]
  /** This and `source` are empty where the row says nothing: what the whole list says counts. */
  readonly basis: LawfulBasis | ''
  /** When earlier mail was sent, epoch ms; null for other rows. */
  readonly at: number | null
}

/** A database file of its own beside the real one: until it is saved, an import can be forgotten by deleting a file. */
export interface Staging {
  insert(rows: readonly StagedRow[]): void
  /** Makes it ready to be read. */
  finish(): void
  close(): void
}

const CREATE = `CREATE TABLE rows (
  line INTEGER PRIMARY KEY, verdict TEXT NOT NULL, detail TEXT NOT NULL, email TEXT NOT NULL, identity TEXT NOT NULL,
  domain TEXT NOT NULL, is_role INTEGER NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
  company TEXT NOT NULL, title TEXT NOT NULL, website TEXT NOT NULL, phone TEXT NOT NULL, country TEXT NOT NULL,
  zone TEXT NOT NULL, fields TEXT NOT NULL, note TEXT NOT NULL, tags TEXT NOT NULL,
  source TEXT NOT NULL, basis TEXT NOT NULL, basis_at INTEGER, basis_note TEXT NOT NULL, at INTEGER
) STRICT`

/** Nothing in it must survive a crash, so nothing is synced. */
export function createStaging(file: string): Staging {
  return guarded(() => {
    const client = new Database(file)
    client.pragma('journal_mode = OFF')
    client.pragma('synchronous = OFF')
    client.exec(CREATE)
    const insert = client.prepare(`INSERT INTO rows VALUES (${Array.from({ length: 23 }, () => '?').join(', ')})`)
    return {
      insert: (rows) => guarded(() => insertRows(client, insert, rows)),
      finish: () => guarded(() => client.exec('CREATE INDEX rows_verdict ON rows(verdict, line)')),
      close: () => client.close(),
    }
  })
}

export interface StagedPage {
  readonly verdict: RowVerdict | null
  readonly offset: number
  readonly limit: number
}

/** Judged rows in the order of the file, and how many there are in all. */
export function listStagedRows(file: string, page: StagedPage): { rows: ImportRow[]; total: number } {
  return reading(file, (client) => {
    const where = page.verdict === null ? '' : 'WHERE verdict = ?'
    const params = page.verdict === null ? [] : [page.verdict]
    const total = client.prepare(`SELECT count(*) AS n FROM rows ${where}`).get(...params) as { n: number }
    const rows = client.prepare(
      `SELECT line, verdict, detail, email, first_name AS firstName, last_name AS lastName, company, at
       FROM rows ${where} ORDER BY line LIMIT ? OFFSET ?`,
    )
    return { rows: rows.all(...params, page.limit, page.offset) as ImportRow[], total: total.n }
  })
}

/** 0 when there are no rows. */
export function lastStagedLine(file: string): number {
  return reading(file, (client) => {
    const { last } = client.prepare('SELECT max(line) AS last FROM rows').get() as { last: number | null }
    return last ?? 0
  })
}

/** How many rows have each verdict. */
export function countStagedRows(file: string): Record<RowVerdict, number> {
  return reading(file, (client) => {
    const counts = {
      new: 0,
      duplicate: 0,
      duplicate_in_file: 0,
      written_to: 0,
      suppressed: 0,
      invalid: 0,
      role: 0,
      waiting: 0,
      no_date: 0,
    }
    const found = client.prepare('SELECT verdict, count(*) AS n FROM rows GROUP BY verdict').all()
    for (const { verdict, n } of found as { verdict: RowVerdict; n: number }[]) counts[verdict] = n
    return counts
  })
}

function insertRows(client: Database.Database, insert: Database.Statement, rows: readonly StagedRow[]): void {
  client.exec('BEGIN')
  for (const row of rows) {
    insert.run(
      row.line,
      row.verdict,
      row.detail,
      row.email,
      row.identity,
      row.domain,
      row.isRole ? 1 : 0,
      row.firstName,
      row.lastName,
      row.company,
      row.title,
      row.website,
      row.phone,
      row.country,
      row.zone,
      JSON.stringify(row.fields),
      row.note,
      JSON.stringify(row.tags),
      row.source,
      row.basis,
      row.basisAt,
      row.basisNote,
      row.at,
    )
  }
  client.exec('COMMIT')
}

function reading<T>(file: string, read: (client: Database.Database) => T): T {
  return guarded(() => {
    const client = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return read(client)
    } finally {
      client.close()
    }
  })
}

/** A full disk in our own words. */
function guarded<T>(attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    throw asAppError(error)
  }
}
