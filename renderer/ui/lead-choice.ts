/** Which approved leads, where none were handed over. */
export interface Recipients {
  readonly search: string
  readonly listId: number | null
  readonly tag: string | null
  /** Also people who have got mail from here before. */
  readonly includesWritten: boolean
}

export const FIRST_RECIPIENTS: Recipients = { search: '', listId: null, tag: null, includesWritten: false }

/** Only approved leads, and only those never written to unless the rep says otherwise. */
export function selectionOf({ search, listId, tag, includesWritten }: Recipients) {
  return {
    by: 'filter' as const,
    filter: {
      search: search.trim(),
      listId,
      tag,
      review: 'approved' as const,
      written: includesWritten ? null : ('never' as const),
    },
  }
}
