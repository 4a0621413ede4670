import type { InputAt } from '../../api/paths.ts'

export type Selection = InputAt<'dispatch.check'>['selection']

/** What the address asks the page to show. */
export interface DispatchSearch {
  /** A campaign to watch; null: choose whom to write to. */
  readonly campaignId: number | null
  /** Leads handed over by another page; null: chosen here by filter. */
  readonly handedOver: Selection | null
}

/** `?campaign=7`, `?selection={…}` or `?ids=1,2,3`; anything unreadable counts as not there. */
export function readDispatchSearch(search: unknown): DispatchSearch {
  const { campaign, selection, ids } = asRecord(search)
  return { campaignId: readId(campaign), handedOver: readSelection(selection) ?? idSelection(ids) }
}

function readSelection(value: unknown): Selection | null {
  const { by, ids, filter, except } = asRecord(value)
  if (by === 'ids') return idSelection(ids)
  if (by !== 'filter' || typeof filter !== 'object' || filter === null) return null
  return { by, filter, except: readIds(except) }
}

function idSelection(value: unknown): Selection | null {
  const ids = readIds(value)
  return ids.length === 0 ? null : { by: 'ids', ids }
}

function readIds(value: unknown): number[] {
  const parts: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value]
  const ids = parts.map(readId).filter((id) => id !== null)
  return [...new Set(ids)].slice(0, 10_000)
}

function readId(value: unknown): number | null {
  const id = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
