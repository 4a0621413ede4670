import { useState } from 'react'
import type { Lead, LeadSelection } from '#shared/contract/leads'
import type { LeadId } from '#shared/domain/ids'
import {
  ALL_CHOSEN,
  countChosen,
  extendChosen,
  NOTHING_CHOSEN,
  selectionOf,
  setChosen,
  toggleChosen,
  type Chosen,
} from './lead-selection.ts'
import { keyOf, type LeadQuery } from './lead-query.ts'
import { followCursor, moveCursor, rowAt, type Cursor, type LeadWindow } from './lead-window.ts'

interface BoardState {
  /** The question this state belongs to; for another one it starts anew. */
  readonly key: string
  readonly cursor: Cursor
  readonly chosen: Chosen
  /** Where Shift+arrow began. */
  readonly anchor: number
  /** Rises when the rep moves, so that the table scrolls then and only then. */
  readonly moves: number
}

export interface LeadBoard {
  readonly cursor: Cursor
  readonly chosen: Chosen
  readonly chosenCount: number
  readonly anchor: number
  readonly moves: number
  /** The row under the cursor, if it is in the page. */
  readonly current: Lead | undefined
  moveTo(index: number): void
  extendTo(index: number): void
  toggleAt(index: number): void
  /** Chooses these besides those chosen, and moves the cursor. */
  choose(ids: readonly LeadId[], index: number): void
  chooseAll(): void
  chooseNothing(): void
  /** The chosen leads, else the one under the cursor; null: there is nobody to act on. */
  target(): LeadSelection | null
}

interface Around {
  readonly window: LeadWindow
  /** Whom the cursor begins at; null: whoever is on top. */
  readonly linkedId: LeadId | null
}

/** Cursor and choice of the table. */
export function useLeadBoard(query: LeadQuery, { window, linkedId }: Around): LeadBoard {
  const key = keyOf(query)
  const [stored, setStored] = useState(() => begin(key, linkedId))
  const state = stored.key === key ? stored : begin(key, linkedId)
  const cursor = followCursor(state.cursor, window)
  const chosenCount = countChosen(state.chosen, window.total)

  function set(change: Partial<BoardState>): void {
    setStored({ ...state, ...change })
  }

  function moveTo(index: number): void {
    const next = moveCursor(window, index)
    set({ cursor: next, anchor: next.index, moves: state.moves + 1 })
  }

  function extendTo(index: number): void {
    const next = moveCursor(window, index)
    if (cursor.id === null || next.id === null) return
    const from = { index: cursor.index, id: cursor.id }
    const chosen = extendChosen(state.chosen, { anchor: state.anchor, from, to: { index: next.index, id: next.id } })
    set({ cursor: next, chosen, moves: state.moves + 1 })
  }

  return {
    cursor,
    chosen: state.chosen,
    chosenCount,
    anchor: state.anchor,
    moves: state.moves,
    current: rowAt(window, cursor.index),
    moveTo,
    extendTo,
    toggleAt(index) {
      const row = rowAt(window, index)
      if (row === undefined) return
      set({
        chosen: toggleChosen(state.chosen, row.id),
        cursor: { index, id: row.id },
        anchor: index,
        moves: state.moves + 1,
      })
    },
    choose(ids, index) {
      // Its ids may have been asked for, and the choice may have changed meanwhile.
      setStored((now) => ({
        ...now,
        chosen: setChosen(now.chosen, ids, true),
        cursor: moveCursor(window, index),
        moves: now.moves + 1,
      }))
    },
    chooseAll: () => set({ chosen: ALL_CHOSEN }),
    chooseNothing: () => set({ chosen: NOTHING_CHOSEN }),
    target() {
      if (chosenCount > 0) return selectionOf(state.chosen, query.filter)
      return cursor.id === null ? null : { by: 'ids', ids: [cursor.id] }
    },
  }
}

function begin(key: string, id: LeadId | null): BoardState {
  return { key, cursor: { index: 0, id }, chosen: NOTHING_CHOSEN, anchor: 0, moves: 0 }
}
