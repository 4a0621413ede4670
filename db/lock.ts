import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { classified } from './sqlite-errors.ts'

/** Held until released or until the process ends, however it ends: the kernel lets go at SIGKILL. */
export interface Lock {
  release(): void
}

/**
 * Takes the one lock of a data folder: the write lock of a small second database. Null when another process holds it. No
 * lease and no time-out: rescue by timer is how queues send twice. Throws `db.readonly` when the folder cannot be written.
 *
 * IMMEDIATE and not EXCLUSIVE: of processes that start at once one always wins. The exclusive lock is refused also for one
 * that only looks at the file, so two that come at the same moment could refuse each other and leave nobody to send.
 */
export function takeLock(file: string): Lock | null {
  return classified(file, () => take(file))
}

function take(file: string): Lock | null {
  mkdirSync(dirname(file), { recursive: true })
  const client = new Database(file, { timeout: 0 })
  try {
    client.exec('BEGIN IMMEDIATE')
  } catch (error) {
    client.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return null
    throw error
  }
  return { release: () => client.close() }
}
