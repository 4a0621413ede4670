/** Leads chosen on one page for another; the shape of the contract's `LeadSelection`. */
export type HandedOver =
  | { readonly by: 'ids'; readonly ids: number[] }
  | { readonly by: 'filter'; readonly filter: object; readonly except: number[] }

/** What one page hands to another in the address; null: nothing that can be read. */
export function readSelection(value: unknown): HandedOver | null {
  const { by, ids, filter, except } = asRecord(value)
  if (by === 'ids') return idSelection(ids)
  if (by !== 'filter' || typeof filter !== 'object' || filter === null) return null
  return { by, filter, except: readIds(except) }
}

function idSelection(value: unknown): HandedOver | null {
  const ids = readIds(value)
  return ids.length === 0 ? null : { by: 'ids', ids }
}

export function readIds(value: unknown): number[] {
  const parts: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value]
  const ids = parts.map(readId).filter((id) => id !== null)
  return [...new Set(ids)].slice(0, 10_000)
}

export function readId(value: unknown): number | null {
  const id = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
