import { createHmac } from 'node:crypto'
import { hasErased, insertErased, isErasedMark } from '#db/queries/people'
import type { Reader, Writer } from '#db/open'

/**
 * Who was erased and must never come back. Only a hash is kept, keyed with the install's secret: nobody can read from the
 * database who it was, not even by trying addresses.
 */
export interface Erased {
  has: (identity: string) => boolean
  /** False: nobody was ever erased, and nobody needs to be asked about. */
  hasAny(): boolean
  add(tx: Writer, identity: string, now: number): void
}

export function createErased(deps: { readonly db: Reader; readonly installSecret: () => string }): Erased {
  const markOf = (identity: string): string =>
    createHmac('sha256', deps.installSecret()).update(`erased\n${identity}`).digest('base64url')
  return {
    has: (identity) => hasErased(deps.db) && isErasedMark(deps.db, markOf(identity)),
    hasAny: () => hasErased(deps.db),
    add: (tx, identity, now) => insertErased(tx, markOf(identity), now),
  }
}
