/**
 * The question the table asks, and its form in the address of the page, so that Back and a reload keep it.
 */
import type { LeadFilter, LeadSort } from '#shared/contract/leads'
import type { ListId } from '#shared/domain/ids'

export interface LeadQuery {
  readonly filter: LeadFilter
  readonly sort: LeadSort
}

const REVIEWS: readonly string[] = ['new', 'approved', 'rejected']
const WRITTEN: readonly string[] = ['never', 'waiting', 'written']
const BASES: readonly string[] = ['consent', 'customer', 'inquiry', 'published', 'legitimate_interest', 'unrecorded']
const SORTS: readonly string[] = ['newest', 'oldest', 'name', 'company', 'email']

export const EVERY_LEAD: LeadFilter = { search: '', review: null, tag: null, listId: null, written: null, basis: null }

/** Takes what it understands from the address and leaves the rest. */
export function queryOf(search: Readonly<Record<string, unknown>>): LeadQuery {
  const { q, review, tag, list, written, basis, sort } = search
  return {
    filter: {
      search: typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 200) : '',
      review: isOneOf(review, REVIEWS) ? (review as LeadFilter['review']) : null,
      tag: (typeof tag === 'string' || typeof tag === 'number') && tag !== '' ? String(tag).slice(0, 40) : null,
      listId: typeof list === 'number' && Number.isInteger(list) && list > 0 ? (list as ListId) : null,
      written: isOneOf(written, WRITTEN) ? (written as LeadFilter['written']) : null,
      basis: isOneOf(basis, BASES) ? (basis as NonNullable<LeadFilter['basis']>) : null,
    },
    sort: isOneOf(sort, SORTS) ? (sort as LeadSort) : 'newest',
  }
}

/** The address of the page: only what differs from "every lead, newest first". */
export interface LeadsAddress {
  readonly q?: string
  readonly review?: string
  readonly tag?: string
  readonly list?: number
  readonly written?: string
  readonly basis?: string
  readonly sort?: string
}

export function addressOf({ filter, sort }: LeadQuery): LeadsAddress {
  return {
    ...(filter.search === '' ? {} : { q: filter.search }),
    ...(filter.review === null ? {} : { review: filter.review }),
    ...(filter.tag === null ? {} : { tag: filter.tag }),
    ...(filter.listId === null ? {} : { list: filter.listId }),
    ...(filter.written === null ? {} : { written: filter.written }),
    ...(filter.basis == null ? {} : { basis: filter.basis }),
    ...(sort === 'newest' ? {} : { sort }),
  }
}

export function isFiltered(filter: LeadFilter): boolean {
  return (
    filter.search !== '' ||
    filter.review !== null ||
    filter.tag !== null ||
    filter.listId !== null ||
    filter.written !== null ||
    filter.basis != null
  )
}

/** Equal for equal questions. */
export function keyOf(query: LeadQuery): string {
  return JSON.stringify(addressOf(query))
}

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value)
}
