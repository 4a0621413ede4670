import { write } from '#db/open'
import { listUnfinished, removeUnfinished } from '#db/queries/unfinished-lists'
import type { EngineContext } from '../context.ts'
import { createPieces } from '../pieces.ts'

/** Lists whose saving was cancelled, failed or died with the process. Hidden as they are, they are in nobody's way. */
export interface HalfLists {
  /** Removes one in pieces, between which the app answers. Throws what the disk says. */
  remove(listId: number): Promise<void>
  /** The same for all there are; only while none is being saved. */
  removeAll(): Promise<void>
  /** Stops removing; the next start goes on with it. */
  close(): Promise<void>
}

export function createHalfLists({ db, clock }: Pick<EngineContext, 'db' | 'clock'>): HalfLists {
  const stop = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function removeEach(listIds: () => readonly number[]): Promise<void> {
    const pieces = createPieces(clock)
    for (const listId of stop.signal.aborted ? [] : listIds()) {
      let isGone = false
      while (!stop.signal.aborted && !isGone) {
        isGone = await pieces.next((size) => write(db, (tx) => removeUnfinished(tx, listId, size)))
      }
    }
  }

  /** One after the other. */
  function queued(listIds: () => readonly number[]): Promise<void> {
    const mine = running.then(() => removeEach(listIds))
    running = mine.catch(() => {})
    return mine
  }

  return {
    remove: (listId) => queued(() => [listId]),
    removeAll: () => queued(() => listUnfinished(db)),
    async close() {
      stop.abort()
      await running
    },
  }
}
