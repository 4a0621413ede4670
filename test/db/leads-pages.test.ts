import { expect, test } from 'vitest'
import { countLeads, listLeads, selectedLeadIds } from '#db/queries/leads'
import { statement } from '#db/statements'
import type { LeadFilter, LeadSort } from '#shared/contract/leads'
import { filterOf, insertLeads, openTestDb } from '#test/support/leads'
import { explain, recordSql } from '#test/support/test-db'

const SORTS: readonly LeadSort[] = ['newest', 'oldest', 'name', 'company', 'email']
const FILTERS: Readonly<Record<string, Partial<LeadFilter>>> = {
  everybody: {},
  'a search': { search: 'ann' },
  'a tag': { tag: 'odd' },
  'a search, a review and a tag': { search: 'ann', review: 'new', tag: 'odd' },
}

test.each(Object.keys(FILTERS))('pages of %s put together are the whole result, in every order', (name) => {
  using store = openTestDb()
  const leads = Array.from({ length: 61 }, (_, at) => ({
    email: `p${(at * 37) % 61}@example.org`,
    firstName: at % 3 === 0 ? 'Ann' : 'Bob',
    lastName: `Lee ${(at * 17) % 61}`,
    company: `Firm ${at % 7}`,
    tags: at % 2 === 0 ? [] : ['odd'],
  }))
  insertLeads(store.db, leads)
  const filter = filterOf(FILTERS[name] ?? {})
  const page = (sort: LeadSort, offset: number, limit: number) => {
    const found = listLeads(store.db, { filter, sort, offset, limit })
    return found.rows.map((lead) => lead.id)
  }
  for (const sort of SORTS) {
    const whole = page(sort, 0, 100)
    expect(whole.length).toBeGreaterThan(8)
    for (const size of [1, 4, 7]) {
      const pages = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) => page(sort, at * size, size))
      expect(pages.flat()).toEqual(whole)
    }
    expect(page(sort, whole.length, 5)).toEqual([])
  }
})

test('where words and a tag are asked for together, no plan goes through two lists of leads', () => {
  using store = openTestDb()
  const filter = filterOf({ search: 'ann', tag: 'odd', review: 'new' })
  const statements = recordSql(store.db, () => {
    insertLeads(store.db, [{ email: 'ann@example.org', tags: ['odd'] }])
    for (const sort of SORTS) listLeads(store.db, { filter, sort, offset: 0, limit: 10 })
    countLeads(store.db, filter)
    selectedLeadIds(store.db, { by: 'filter', filter, except: [] })
  }).filter((sql) => sql.includes('lead_tags') && sql.startsWith('SELECT'))
  expect(statements.length).toBeGreaterThan(SORTS.length)
  for (const sql of statements) {
    const lists = explain(store.db, sql).filter((step) => step.startsWith('LIST SUBQUERY'))
    expect(lists).toHaveLength(1)
  }
})

test('the values of a statement are hidden from the planner, which would compile it again for each', () => {
  using store = openTestDb()
  const found = statement(store.db, 'SELECT leads.id FROM leads JOIN lists ON lists.id = list_id WHERE leads.id = ?')
  expect(found.source).toMatch(/WHERE leads\.id = \+\?$/)
  expect(found.all(1)).toEqual([])
})
