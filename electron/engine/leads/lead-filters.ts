import { write } from '#db/open'
import type { Writer } from '#db/open'
import { getSetting, setSetting } from '#db/queries/settings'
import type { SavedFilter } from '#shared/contract/leads'
import type { EngineContext } from '../context.ts'

/** The questions about leads that the rep asks again and again, under their names. */
export interface LeadFilters {
  list(): readonly SavedFilter[]
  /** Replaces them. Of two of the same name, in any case, the later one stays. */
  save(filters: readonly SavedFilter[]): readonly SavedFilter[]
}

export function createLeadFilters({ db, publish }: Pick<EngineContext, 'db' | 'publish'>): LeadFilters {
  return {
    list: () => getSetting(db, 'leadFilters'),
    save(filters) {
      const byName = new Map(filters.map((filter) => [filter.name.toLowerCase(), filter]))
      const sorted = [...byName.values()].toSorted((one, other) => one.name.localeCompare(other.name))
      write(db, (tx) => setSetting(tx, 'leadFilters', sorted))
      publish({ type: 'leads.changed' })
      return sorted
    },
  }
}

/** A search for somebody who is erased would keep their address. */
export function forgetFiltersWith(tx: Writer, identity: string): void {
  const filters = getSetting(tx, 'leadFilters')
  const kept = filters.filter(({ name, filter }) => !`${name}\n${filter.search}`.toLowerCase().includes(identity))
  if (kept.length < filters.length) setSetting(tx, 'leadFilters', kept)
}
