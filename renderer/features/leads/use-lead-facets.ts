import { useMemo } from 'react'
import type { OutputAt } from '../../api/paths.ts'
import { useApi } from '../../api/hooks.ts'

export type LeadFacets = OutputAt<'leads.facets'>

const NO_FACETS: LeadFacets = { total: 0, byReview: { new: 0, approved: 0, rejected: 0 }, tags: [], lists: [] }

/** The lists whose mail is held because too much of it came back. */
export function useHeldListIds(): ReadonlySet<number> {
  const { data } = useApi('leads.heldLists', {})
  return useMemo(() => new Set(data?.map(({ listId }) => listId)), [data])
}

/** Figures for the filter bar; zeros until they arrive. */
export function useLeadFacets(): { facets: LeadFacets; isKnown: boolean } {
  const { data } = useApi('leads.facets', {})
  return { facets: data ?? NO_FACETS, isKnown: data !== undefined }
}
