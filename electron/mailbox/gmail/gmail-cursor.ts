/** Where reading goes on: `MailChanges.cursor` of a Gmail mailbox. */
export type GmailCursor =
  /** After this point of the history; `pageToken` continues a page that was half read. */
  | { readonly kind: 'history'; readonly historyId: string; readonly pageToken: string | null }
  /** These ids are still to be read, oldest first; then the history from `historyId` on. */
  | { readonly kind: 'list'; readonly historyId: string; readonly ids: readonly string[] }

/** The list, or the history once the list is read. */
export function listedCursor(historyId: string, ids: readonly string[]): GmailCursor {
  return ids.length === 0 ? { kind: 'history', historyId, pageToken: null } : { kind: 'list', historyId, ids }
}

export function formatCursor(cursor: GmailCursor): string {
  return JSON.stringify(
    cursor.kind === 'history'
      ? { v: VERSION, h: cursor.historyId, p: cursor.pageToken }
      : { v: VERSION, h: cursor.historyId, ids: cursor.ids.join(' ') },
  )
}

/** Null for text that is no cursor of ours: reading starts anew. */
export function parseCursor(text: string): GmailCursor | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { v, h, p, ids } = value as Record<string, unknown>
  if (v !== VERSION || typeof h !== 'string') return null
  if (typeof ids === 'string') return { kind: 'list', historyId: h, ids: ids.split(' ') }
  return h === '' ? null : { kind: 'history', historyId: h, pageToken: typeof p === 'string' ? p : null }
}

const VERSION = 'gmail1'
