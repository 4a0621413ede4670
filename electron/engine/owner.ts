import { join } from 'node:path'
import { type Lock, takeLock } from '#db/lock'
import { type Db, write } from '#db/open'
import { getSetting, setSetting } from '#db/queries/settings'

/**
 * Who may dispatch from a data folder: the process that holds its lock. The epoch rises with each owner, and every move
 * names it, so that a frozen old owner that wakes up writes nothing.
 */
export interface Ownership {
  isOwner(): boolean
  /** 0 for a viewer. */
  epoch(): number
  /** Tries to take the lock; true when it is held now. Before the database is opened. */
  tryLock(): boolean
  /** Begins this owner's epoch, once the database is open. */
  begin(db: Db): void
  release(): void
}

export function createOwnership(dataFolder: string): Ownership {
  let lock: Lock | null = null
  let epoch = 0
  return {
    isOwner: () => lock !== null,
    epoch: () => epoch,
    tryLock() {
      lock ??= takeLock(join(dataFolder, 'owner.lock'))
      return lock !== null
    },
    begin(db) {
      epoch = write(db, (tx) => {
        const next = getSetting(tx, 'epoch') + 1
        setSetting(tx, 'epoch', next)
        return next
      })
    },
    release() {
      lock?.release()
      lock = null
    },
  }
}
