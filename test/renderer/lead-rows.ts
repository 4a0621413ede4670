import type { Lead } from '#shared/contract/leads'
import type { LeadId, ListId } from '#shared/domain/ids'
import { PAGE_ROWS, type LeadWindow } from '../../renderer/features/leads/lead-window.ts'

/** A lead for tests of the page; `id` also makes it recognisable. */
export function leadRow(id: number, change: Partial<Lead> = {}): Lead {
  return {
    id: id as LeadId,
    email: `lead${id}@corp.example`,
    firstName: 'Ann',
    lastName: `Lead ${id}`,
    company: 'Corp',
    title: '',
    website: '',
    phone: '',
    country: '',
    zone: '',
    fields: {},
    note: '',
    source: '',
    basis: 'legitimate_interest',
    basisAt: null,
    basisNote: '',
    tags: [],
    review: 'new',
    contact: 'none',
    isSuppressed: false,
    isRole: false,
    listId: 1 as ListId,
    lastTouchAt: null,
    allowedAgain: null,
    sendStatus: null,
    createdAt: 0,
    revision: 1,
    ...change,
  }
}

/** A result with the given ids from row `first` of its page on; only that page is in hand. */
export function windowOf(
  ids: readonly number[],
  options: { total?: number; page?: number; isSettled?: boolean } = {},
): LeadWindow {
  const { total = ids.length, page = 0, isSettled = true } = options
  if (ids.length > PAGE_ROWS) throw new Error('More rows than a page holds.')
  return { total, pages: new Map([[page, ids.map((id) => leadRow(id))]]), isSettled }
}
