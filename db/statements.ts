import type Database from 'better-sqlite3'
import type { Reader } from './open.ts'

/** Prepared once per connection and text: building a statement costs more than running it. */
const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** The prepared statement for `sql` on this connection. `sql` must be a constant, never built from input. */
export function statement<Row = unknown>(db: Pick<Reader, '$client'>, sql: string): Database.Statement<unknown[], Row> {
  let own = prepared.get(db.$client)
  if (!own) {
    own = new Map()
    prepared.set(db.$client, own)
  }
  let known = own.get(sql)
  if (!known) {
    known = db.$client.prepare(withHiddenValues(sql))
    own.set(sql, known)
  }
  return known as Database.Statement<unknown[], Row>
}

/**
 * A value that the planner can see counts as part of the plan: each new one has the statement compiled again, which costs
 * ten times what running it does (measured). It does not see behind a sign.
 */
function withHiddenValues(sql: string): string {
  return sql.replaceAll('?', '+?')
}
