import type Database from 'better-sqlite3'
import type { Reader } from './open.ts'
import { statement } from './statements.ts'

/** What was asked before is answered again without reading: by a name of its own, as long as nothing has changed. */
export interface Kept {
  get<T>(name: string, read: () => T): T
}

/** More questions than a rep asks between two changes; what was asked first goes first. */
const MOST = 32

interface Memory {
  readonly version: string
  readonly answers: Map<string, unknown>
}

const memories = new WeakMap<Database.Database, Memory>()

/**
 * The answers of this connection since the last change of any row, by this connection or another. Inside a transaction
 * nothing is kept: it may be rolled back.
 */
export function keptIn(db: Pick<Reader, '$client'>): Kept {
  const { $client: client } = db
  if (client.inTransaction) return { get: (_name, read) => read() }
  const version = versionOf(db)
  let memory = memories.get(client)
  if (memory?.version !== version) {
    memory = { version, answers: new Map() }
    memories.set(client, memory)
  }
  return keptBy(memory.answers)
}

function keptBy(answers: Map<string, unknown>): Kept {
  return {
    get<T>(name: string, read: () => T): T {
      if (answers.has(name)) return answers.get(name) as T
      const answer = read()
      if (answers.size === MOST) answers.delete(answers.keys().next().value ?? '')
      answers.set(name, answer)
      return answer
    },
  }
}

/** Every row written counts, also by a trigger; the first part is for other connections. */
function versionOf(db: Pick<Reader, '$client'>): string {
  const others = db.$client.pragma('data_version', { simple: true }) as number
  const own = statement<{ n: number }>(db, 'SELECT total_changes() AS n').get()?.n
  return `${others} ${own}`
}
