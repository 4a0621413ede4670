import type { OutputAt } from '../../api/paths.ts'
import { useApi, useCall } from '../../api/hooks.ts'
import type { LeadQuery } from './lead-query.ts'

export type SavedFilter = OutputAt<'leads.savedFilters'>[number]

export interface SavedFilters {
  readonly all: readonly SavedFilter[]
  readonly isSaving: boolean
  /** One of the same name is replaced. */
  keep(name: string, query: LeadQuery): void
  remove(name: string): void
}

export function useSavedFilters(): SavedFilters {
  const { data: all = [] } = useApi('leads.savedFilters', {})
  const save = useCall('leads.saveFilters')
  return {
    all,
    isSaving: save.isPending,
    keep: (name, query) => save.mutate({ filters: [...all, { name, ...query }] }),
    remove: (name) => save.mutate({ filters: all.filter((filter) => filter.name !== name) }),
  }
}
