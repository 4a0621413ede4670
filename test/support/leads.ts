import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDb, type Db } from '#db/open'
import type { LeadFilter } from '#shared/contract/leads'

export interface TestDb extends Disposable {
  readonly db: Db
  readonly folder: string
}

/** A fresh database in a folder of its own, with one list to put leads into. */
export function openTestDb(): TestDb {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-db-'))
  const db = openDb({ file: join(folder, 'test.db'), backupFolder: join(folder, 'backups'), now: 1 })
  db.$client.exec(
    "INSERT INTO lists (id, name, file_name, mapping, counts, created_at) VALUES (1, 'List', 'f', '[]', '{}', 1)",
  )
  return {
    db,
    folder,
    [Symbol.dispose]() {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface SomeLead {
  readonly email: string
  readonly firstName?: string
  readonly lastName?: string
  readonly company?: string
  readonly title?: string
  readonly tags?: readonly string[]
}

/** Puts leads in as they are, without an import; answers their ids. */
export function insertLeads(db: Db, leads: readonly SomeLead[]): number[] {
  const insert = db.$client.prepare(
    `INSERT INTO leads (list_id, email, identity, domain, first_name, last_name, company, title, tags, created_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  )
  db.$client.exec('BEGIN')
  const ids = leads.map(({ email, firstName = '', lastName = '', company = '', title = '', tags = [] }) => {
    const domain = email.slice(email.indexOf('@') + 1)
    const result = insert.run(email, email, domain, firstName, lastName, company, title, JSON.stringify(tags))
    return Number(result.lastInsertRowid)
  })
  db.$client.exec('COMMIT')
  return ids
}

export function filterOf(filter: Partial<LeadFilter>): LeadFilter {
  return { search: '', review: null, tag: null, listId: null, written: null, ...filter }
}
