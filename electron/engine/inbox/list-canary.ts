/**
 * The first mails to a list tell whether its addresses are good: where too many come back, the rest of it is held (DESIGN
 * §6). Counts, not percentages: a list that is one fifth bad is found with a dozen mails, not with fifty.
 */
import { write, type Writer } from '#db/open'
import {
  countEarlyBounces,
  type HeldList,
  holdList,
  isListTrusted,
  listHeld,
  listOf,
  trustList,
  unparkList,
} from '#db/queries/canary'
import { insertEvent } from '#db/queries/events'
import type { EngineContext } from '../context.ts'

/** So many mails are looked at, and so many of them may not come back (field.md, "List canary"). */
export const CANARY = { sends: 12, bounces: 2 } as const

export interface ListCanary {
  held(): HeldList[]
  /** The rep lets a list go on, and it is not held again. */
  release(listId: number): void
}

/** Holds a lead's list, or lets it go where a verdict was taken back. In the transaction of the verdict. */
export function judgeList(tx: Writer, leadId: number, now: number): void {
  const listId = listOf(tx, leadId)
  if (listId === null || isListTrusted(tx, listId)) return
  const isBad = countEarlyBounces(tx, listId, CANARY.sends) >= CANARY.bounces
  if (!holdList(tx, listId, isBad ? now : null)) return
  if (!isBad) unparkList(tx, listId)
  insertEvent(tx, { at: now, kind: isBad ? 'list_held' : 'list_released', data: { listId } })
}

export function createListCanary(
  deps: Pick<EngineContext, 'db' | 'clock' | 'publish'> & {
    /** The plan changed: look again. */
    readonly replan: () => void
  },
): ListCanary {
  return {
    held: () => listHeld(deps.db),
    release(listId) {
      write(deps.db, (tx) => {
        trustList(tx, listId)
        if (!holdList(tx, listId, null)) return
        unparkList(tx, listId)
        insertEvent(tx, { at: deps.clock.now(), kind: 'list_released', data: { listId } })
      })
      deps.publish({ type: 'leads.changed' })
      deps.publish({ type: 'sends.changed' })
      deps.publish({ type: 'app.changed' })
      deps.replan()
    },
  }
}
