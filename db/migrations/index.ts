import { sql as first } from './0001-first.ts'

export interface Migration {
  /** Rises by one; stored as `user_version`. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Append-only: what was released is never edited, and `openDb` refuses a file whose history differs. */
export const migrations: readonly Migration[] = [{ version: 1, name: 'first', sql: first }]
