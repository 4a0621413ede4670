import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { LeadFilter } from '#shared/contract/leads'
import { addressOf, EVERY_LEAD, queryOf, type LeadQuery } from './lead-query.ts'

export interface Filters {
  readonly wanted: LeadQuery
  change(filter: Partial<LeadFilter>): void
  sort(sort: LeadQuery['sort']): void
  clear(): void
  show(query: LeadQuery): void
  /** One lead at a time, beside the mail they would get, instead of the table. */
  readonly isReviewing: boolean
  setReviewing(isReviewing: boolean): void
}

/** The question of the page lives in its address. */
export function useFilters(): Filters {
  const address: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const wanted = useMemo(() => queryOf(address), [address])

  const isReviewing = address['mails'] === true

  function ask(next: LeadQuery, isBeside = isReviewing): void {
    const search = { ...addressOf(next), ...(isBeside ? { mails: true as const } : {}) }
    void navigate({ to: '/leads', search, replace: true })
  }

  return {
    wanted,
    change: (filter) => ask({ ...wanted, filter: { ...wanted.filter, ...filter } }),
    sort: (sort) => ask({ ...wanted, sort }),
    clear: () => ask({ ...wanted, filter: EVERY_LEAD }),
    show: (query) => ask(query),
    isReviewing,
    setReviewing: (isBeside) => ask(wanted, isBeside),
  }
}
