/**
 * The part of a long result that is in the page: the page of rows in view, and its two neighbours.
 */
import type { Lead } from '#shared/contract/leads'
import type { LeadId } from '#shared/domain/ids'

export const PAGE_ROWS = 100

export interface LeadWindow {
  /** Rows the filter finds. */
  readonly total: number
  /** Pages in hand, by page number. */
  readonly pages: ReadonlyMap<number, readonly Lead[]>
  /** No page is being asked for; only then is a missing row truly gone. */
  readonly isSettled: boolean
}

/** `id` null: the row has not arrived yet. */
export interface Cursor {
  readonly index: number
  readonly id: LeadId | null
}

export function pageOf(index: number): number {
  return Math.floor(Math.max(0, index) / PAGE_ROWS)
}

export function rowAt(window: LeadWindow, index: number): Lead | undefined {
  if (index < 0 || index >= window.total) return undefined
  return window.pages.get(pageOf(index))?.[index % PAGE_ROWS]
}

/**
 * Where the cursor's lead is now. It follows its lead when rows come or go above it; when the lead left the result,
 * the row that took its place becomes the current one.
 */
export function followCursor(cursor: Cursor, window: LeadWindow): Cursor {
  if (window.total === 0) return { index: 0, id: null }
  const index = Math.min(Math.max(0, cursor.index), window.total - 1)
  const here = rowAt(window, index)
  if (cursor.id === null || here?.id === cursor.id) return { index, id: here?.id ?? null }
  const found = indexOfLead(window, cursor.id)
  if (found !== null) return { index: found, id: cursor.id }
  return here !== undefined && window.isSettled ? { index, id: here.id } : { index, id: cursor.id }
}

export function moveCursor(window: LeadWindow, index: number): Cursor {
  const next = Math.min(Math.max(0, index), Math.max(0, window.total - 1))
  return { index: next, id: rowAt(window, next)?.id ?? null }
}

function indexOfLead(window: LeadWindow, id: LeadId): number | null {
  for (const [page, rows] of window.pages) {
    const at = rows.findIndex((row) => row.id === id)
    if (at !== -1) return page * PAGE_ROWS + at
  }
  return null
}
