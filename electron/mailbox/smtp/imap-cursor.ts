/** How far one folder was read. */
export interface FolderMark {
  readonly uidValidity: string
  /** Everything below this UID was read. */
  readonly next: number
  /** While a folder is read for the first time: it is filtered by date below this UID. Null: it was read to its end once. */
  readonly until: number | null
}

/** Where reading stands, by folder. */
export type ImapCursor = ReadonlyMap<string, FolderMark>

export function formatCursor(cursor: ImapCursor): string {
  return JSON.stringify([...cursor].map(([path, { uidValidity, next, until }]) => [path, uidValidity, next, until]))
}

/** What cannot be read is left out: its folder starts again, and mail comes twice rather than never. */
export function parseCursor(text: string | null): ImapCursor {
  return new Map(entriesIn(text).flatMap((entry) => markOf(entry) ?? []))
}

function markOf(entry: unknown): [string, FolderMark][] | null {
  if (!Array.isArray(entry)) return null
  const [path, uidValidity, next, until] = entry as unknown[]
  const isUsable = typeof path === 'string' && typeof uidValidity === 'string' && isUid(next)
  return isUsable && (until === null || isUid(until)) ? [[path, { uidValidity, next, until }]] : null
}

function isUid(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

function entriesIn(text: string | null): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? (value as unknown[]) : []
  } catch {
    return []
  }
}
