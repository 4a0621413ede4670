import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDb, type Db } from '#db/open'

export interface TempFolder extends Disposable {
  readonly path: string
}

/** A folder of its own, gone with the test. */
export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'pacemail-db-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export interface QueueDb extends Disposable {
  readonly db: Db
  readonly file: string
}

/**
 * A fresh database with what sends refer to: list 1, mailboxes 1 and 2, template 1 in version 1, campaigns 1 to 5, all
 * active. Ids are these numbers.
 */
export function openQueueDb(): QueueDb {
  const folder = tempFolder()
  const file = join(folder.path, 'test.db')
  const db = openDb({ file, backupFolder: join(folder.path, 'backups'), now: 1 })
  db.$client.exec(`
    INSERT INTO lists (name, file_name, mapping, counts, created_at) VALUES ('List', 'f.csv', '[]', '{}', 1);
    INSERT INTO mailboxes (kind, address, sender_name, signature, policy, seed, created_at)
    VALUES ('practice', 'one@practice.example', 'One', '', '{}', 1, 1), ('practice', 'two@practice.example', 'Two', '', '{}', 2, 1);
    INSERT INTO templates (name) VALUES ('Hello');
    INSERT INTO template_versions (template_id, version, subject, body, format, created_at)
    VALUES (1, 1, 'Hello', 'Hi', 'plain', 1);
    INSERT INTO campaigns (name, status, request_key, created_at)
    SELECT 'Campaign ' || value, 'active', 'key' || value, 1 FROM json_each('[1, 2, 3, 4, 5]');
  `)
  return {
    db,
    file,
    [Symbol.dispose]() {
      db.close()
      folder[Symbol.dispose]()
    },
  }
}

/** The texts of all statements that `run` has prepared. It needs a connection that has not prepared them before. */
export function recordSql(db: Db, run: () => void): string[] {
  const texts: string[] = []
  const client = db.$client
  const prepare = client.prepare.bind(client)
  client.prepare = (sql: string) => {
    texts.push(sql)
    return prepare(sql)
  }
  run()
  client.prepare = prepare
  return texts
}

/** SQLite's plan for a statement, a line a step. */
export function explain(db: Db, sql: string): string[] {
  const values = Array.from({ length: sql.split('?').length - 1 }, () => null)
  const rows = db.$client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]
  return rows.map((row) => row.detail)
}
