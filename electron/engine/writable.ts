import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'

/** A disk may be full and a file locked by somebody else: nothing is claimed then, and nothing that happened is lost. */
export interface Writable {
  /** Is there room to record what would be sent? */
  hasRoom(): boolean
  /** Null where nothing can be written now: it is tried again at the next wake-up. */
  attempt<T>(work: () => T): T | null
  /** Writes what has happened, again and again until the disk takes it; `record` may run more than once. */
  persist<T>(record: () => T): Promise<T>
  /** Ends what waits for room. */
  close(): void
}

/** Below this much free space nothing is claimed: what has been sent must still be recorded. */
const LEAST_FREE_BYTES = 50 * 1024 * 1024
/** How long to wait before a record that the disk refused is tried again, ms. */
const PERSIST_PAUSE_MS = 5_000

export function createWritable(
  deps: Pick<EngineContext, 'clock' | 'log' | 'disk'> & {
    /** Free space fell below the safety line, or rose above it. */
    readonly diskChanged: (isFull: boolean) => void
  },
): Writable {
  const closing = new AbortController()
  let isDiskFull = false

  /** A full disk has room again some day, and who locks the file lets go; anything else is thrown on. */
  function note(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal'
    if (code !== 'disk.full' && code !== 'db.locked') throw error
    deps.log.error('nothing can be written now', error)
    if (code === 'disk.full') setDiskFull(true)
  }

  function setDiskFull(isFull: boolean): void {
    if (isFull === isDiskFull) return
    isDiskFull = isFull
    deps.diskChanged(isFull)
  }

  return {
    hasRoom() {
      const isFull = deps.disk.freeBytes() < LEAST_FREE_BYTES
      setDiskFull(isFull)
      return !isFull
    },
    attempt(work) {
      try {
        return work()
      } catch (error) {
        note(error)
        return null
      }
    },
    async persist(record) {
      for (;;) {
        try {
          return record()
        } catch (error) {
          note(error)
          await deps.clock.sleep(PERSIST_PAUSE_MS, closing.signal)
        }
      }
    },
    close: () => closing.abort(),
  }
}
