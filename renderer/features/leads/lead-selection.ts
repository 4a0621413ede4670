/**
 * Which leads are chosen in the table: single ones by id, or everything that the filter finds but a few. The second form
 * never holds the ids of 100,000 leads in the page.
 */
import type { LeadFilter, LeadSelection } from '#shared/contract/leads'
import type { LeadId } from '#shared/domain/ids'

export type Chosen =
  | { readonly by: 'ids'; readonly ids: ReadonlySet<LeadId> }
  | { readonly by: 'filter'; readonly except: ReadonlySet<LeadId> }

/** The most ids that one call may name. */
export const MOST_IDS = 10_000

export const NOTHING_CHOSEN: Chosen = { by: 'ids', ids: new Set() }
export const ALL_CHOSEN: Chosen = { by: 'filter', except: new Set() }

export function isChosen(chosen: Chosen, id: LeadId): boolean {
  return chosen.by === 'ids' ? chosen.ids.has(id) : !chosen.except.has(id)
}

/** `total`: how many leads the filter finds. */
export function countChosen(chosen: Chosen, total: number): number {
  return chosen.by === 'ids' ? chosen.ids.size : Math.max(0, total - chosen.except.size)
}

export function setChosen(chosen: Chosen, ids: readonly LeadId[], isOn: boolean): Chosen {
  if (chosen.by === 'ids') return { by: 'ids', ids: changed(chosen.ids, ids, isOn) }
  return { by: 'filter', except: changed(chosen.except, ids, !isOn) }
}

export function toggleChosen(chosen: Chosen, id: LeadId): Chosen {
  return setChosen(chosen, [id], !isChosen(chosen, id))
}

/** One step of Shift+arrow: rows between the anchor and the cursor are chosen; going back to the anchor gives rows up. */
export function extendChosen(
  chosen: Chosen,
  step: {
    readonly anchor: number
    readonly from: { readonly index: number; readonly id: LeadId }
    readonly to: { readonly index: number; readonly id: LeadId }
  },
): Chosen {
  const isShrinking = Math.abs(step.to.index - step.anchor) < Math.abs(step.from.index - step.anchor)
  if (isShrinking) return setChosen(chosen, [step.from.id], false)
  return setChosen(chosen, [step.from.id, step.to.id], true)
}

/** What the API is told; null when nothing is chosen, or more single ids than one call may name. */
export function selectionOf(chosen: Chosen, filter: LeadFilter): LeadSelection | null {
  if (chosen.by === 'filter') {
    return chosen.except.size > MOST_IDS ? null : { by: 'filter', filter, except: [...chosen.except] }
  }
  return chosen.ids.size === 0 || chosen.ids.size > MOST_IDS ? null : { by: 'ids', ids: [...chosen.ids] }
}

function changed(set: ReadonlySet<LeadId>, ids: readonly LeadId[], isMember: boolean): ReadonlySet<LeadId> {
  const next = new Set(set)
  for (const id of ids) {
    if (isMember) next.add(id)
    else next.delete(id)
  }
  return next
}
