/**
 * Changes of many leads, in pieces, so that the app answers meanwhile: 100,000 take seconds. One after the other, each with
 * one undo. A change that fails half way takes back what it has done; where the process dies half way, the next start does.
 */
import { write } from '#db/open'
import type { Writer } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { changeLeads, type LeadChange } from '#db/queries/lead-changes'
import { selectedLeadIds } from '#db/queries/leads'
import {
  findUndo,
  forgetShut,
  hasShutUndo,
  insertUndo,
  listHalfDone,
  openUndo,
  reopenUndo,
  restoreLeads,
  shutUndo,
  undoPieceEnd,
  useUndo,
} from '#db/queries/undos'
import type { LeadSelection } from '#shared/contract/leads'
import type { EventKind } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { createPieces } from '../pieces.ts'

/** How many leads really changed, and what takes it back; null when none did. */
export interface Change {
  readonly changed: number
  readonly undoId: number | null
}

export interface LeadBulk {
  /** Changes the leads that are chosen now. `kept`: chosen, but there was nothing to change. */
  change(selection: LeadSelection, change: LeadChange, data: EventData): Promise<Change & { kept: number }>
  /** Throws `undo.gone` when it is too old or was used. Answers how many leads went back. */
  takeBack(undoId: number): Promise<number>
  /** Rows of undos that are used or too old go, a piece at a time. */
  tidy(): Promise<void>
  /** Takes back to the end what an ended process was changing or taking back. Answers how many leads went back. */
  recover(): Promise<number>
  /** Resolves when nothing is being changed any more. */
  close(): Promise<void>
}

/** Codes and numbers for the event. */
type EventData = Readonly<Record<string, unknown>>

type Kind = LeadChange['kind']

const EVENTS: Record<Kind, EventKind> = {
  review: 'leads_reviewed',
  tag: 'leads_tagged',
  edit: 'lead_edited',
  remove: 'leads_removed',
}

export function createLeadBulk({ db, clock, log }: Pick<EngineContext, 'db' | 'clock' | 'log'>): LeadBulk {
  let last: Promise<unknown> = Promise.resolve()
  let running = 0

  /** Where nothing else runs, the first piece is done before this returns: a rejection of a few forbids at once. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = running === 0 ? work() : last.then(work)
    running += 1
    last = mine
      .then(forgetOld, forgetOld)
      .catch((error) => log.error('an old undo could not be forgotten', error))
      .finally(() => {
        running -= 1
      })
    return mine
  }

  async function forgetOld(): Promise<void> {
    const pieces = createPieces(clock)
    let isDone = !hasShutUndo(db)
    while (!isDone) isDone = await pieces.next((size) => write(db, (tx) => forgetShut(tx, size)))
  }

  async function change(selection: LeadSelection, planned: LeadChange, data: EventData) {
    const ids = selectedLeadIds(db, selection)
    const made: Made = { undoId: null, changed: 0 }
    try {
      await createPieces(clock).over({ last: ids.length }, ({ after, upTo }) => {
        const piece = { change: planned, ids: ids.slice(after, upTo), isLast: upTo >= ids.length, data }
        Object.assign(
          made,
          write(db, (tx) => changeIn(tx, made, piece)),
        )
      })
    } catch (error) {
      if (made.undoId !== null) await giveUp(made.undoId, planned.kind)
      throw error
    }
    return { changed: made.changed, undoId: made.changed > 0 ? made.undoId : null, kept: ids.length - made.changed }
  }

  /** Where the disk does not let it go back now, the next start tries again. */
  async function giveUp(undoId: number, kind: Kind): Promise<void> {
    await restore(undoId, kind).catch((error) => log.error('half a change of leads is left', error))
  }

  function changeIn(tx: Writer, made: Made, piece: ChangePiece): Made {
    const now = clock.now()
    const undoId = made.undoId ?? insertUndo(tx, piece.change.kind, now)
    const changed = made.changed + changeLeads(tx, undoId, piece)
    if (piece.isLast && changed > 0) {
      openUndo(tx, undoId, changed)
      insertEvent(tx, { at: now, kind: EVENTS[piece.change.kind], data: { ...piece.data, changed } })
    } else if (piece.isLast) shutUndo(tx, undoId)
    return { undoId, changed }
  }

  async function takeBack(undoId: number): Promise<number> {
    const kind = write(db, (tx) => {
      const found = findUndo(tx, undoId)
      if (found === null) throw new AppError('undo.gone', `undo ${undoId}`)
      useUndo(tx, undoId)
      return found
    })
    const changed = await restore(undoId, kind).catch((error) => {
      // What is left of it may be tried again.
      write(db, (tx) => reopenUndo(tx, undoId))
      throw error
    })
    const data = { isUndo: true, changed }
    write(db, (tx) => insertEvent(tx, { at: clock.now(), kind: EVENTS[kind], data }))
    return changed
  }

  async function recover(): Promise<number> {
    let recovered = 0
    for (const { id, kind, state } of listHalfDone(db)) {
      const changed = await restore(id, kind)
      const data = { isUndo: true, changed, ...(state === 'making' && { isInterrupted: true }) }
      if (changed > 0) write(db, (tx) => insertEvent(tx, { at: clock.now(), kind: EVENTS[kind], data }))
      recovered += changed
    }
    return recovered
  }

  /** Piece by piece, then the undo is used up. */
  async function restore(undoId: number, kind: Kind): Promise<number> {
    const pieces = createPieces(clock)
    let changed = 0
    let after: number | null = 0
    while (after !== null) {
      const from: number = after
      after = await pieces.next((size) =>
        write(db, (tx) => {
          const upTo = undoPieceEnd(tx, undoId, { after: from, size })
          if (upTo === null) shutUndo(tx, undoId)
          else changed += restoreLeads(tx, { undoId, kind, after: from, upTo })
          return upTo
        }),
      )
    }
    return changed
  }

  return {
    change: (selection, planned, data) => inTurn(() => change(selection, planned, data)),
    takeBack: (undoId) => inTurn(() => takeBack(undoId)),
    tidy: () => inTurn(() => Promise.resolve()),
    recover: () => inTurn(recover),
    async close() {
      await last
    },
  }
}

interface Made {
  readonly undoId: number | null
  readonly changed: number
}

interface ChangePiece {
  readonly change: LeadChange
  readonly ids: readonly number[]
  readonly isLast: boolean
  readonly data: EventData
}
