import type { LeadPage } from '#db/queries/leads'
import { EVERYBODY } from './ground.ts'

const PAGE = { filter: EVERYBODY, sort: 'newest', offset: 0, limit: 100 } as const

/** What a rep asks, worst cases among it: words that nearly everybody has, the far end of a list, filters that halve it. */
export function questions(count: number, listId: number): Record<string, LeadPage> {
  const filtered = (filter: Partial<LeadPage['filter']>, more: Partial<LeadPage> = {}): LeadPage => ({
    ...PAGE,
    filter: { ...EVERYBODY, ...filter },
    ...more,
  })
  return {
    'first page': PAGE,
    'page in the middle': { ...PAGE, offset: count / 2 },
    'last page': { ...PAGE, offset: count - 100 },
    'oldest, last page': { ...PAGE, sort: 'oldest', offset: count - 100 },
    'by name': { ...PAGE, sort: 'name' },
    'by name, last page': { ...PAGE, sort: 'name', offset: count - 100 },
    'by company, page in the middle': { ...PAGE, sort: 'company', offset: count / 2 },
    'by company, last page': { ...PAGE, sort: 'company', offset: count - 100 },
    'by address, last page': { ...PAGE, sort: 'email', offset: count - 100 },
    'search: one letter': filtered({ search: 'e' }),
    'search: a word of everybody': filtered({ search: 'example' }),
    'search: a word of everybody, by name': filtered({ search: 'example' }, { sort: 'name' }),
    'search: a word of everybody, by name, last page': filtered(
      { search: 'example' },
      { sort: 'name', offset: count - 100 },
    ),
    'search: a first name': filtered({ search: 'chloe' }),
    'search: two beginnings': filtered({ search: 'jur bear' }),
    'search: two beginnings, by company': filtered({ search: 'jur bear' }, { sort: 'company' }),
    'search: one company': filtered({ search: 'bearings 4500' }),
    'search: nothing found': filtered({ search: 'zzzzzz' }),
    'review: new': filtered({ review: 'new' }),
    'review: new, by name, page in the middle': filtered({ review: 'new' }, { sort: 'name', offset: count / 4 }),
    'review: new, by name, last page': filtered({ review: 'new' }, { sort: 'name', offset: count / 2 - 100 }),
    'review: approved and a search': filtered({ review: 'approved', search: 'b' }),
    'review: approved and a search, by company': filtered({ review: 'approved', search: 'b' }, { sort: 'company' }),
    'tag of a third': filtered({ tag: 'warm' }),
    'tag of a third, by company': filtered({ tag: 'warm' }, { sort: 'company' }),
    'tag of a few, by name': filtered({ tag: 'rare' }, { sort: 'name' }),
    'one list': filtered({ listId: listId as never }),
    'never written to': filtered({ written: 'never' }),
    waiting: filtered({ written: 'waiting' }),
    'written to': filtered({ written: 'written' }),
    'all filters and a search': filtered(
      { search: 'e', review: 'new', tag: 'warm', written: 'never' },
      { sort: 'name' },
    ),
  }
}
