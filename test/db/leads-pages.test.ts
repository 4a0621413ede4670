import { expect, test } from 'vitest'
import type { Db } from '#db/open'
import { countLeads, leadIdsAfter, listLeads, selectedLeadIds } from '#db/queries/leads'
import { statement } from '#db/statements'
import type { LeadFilter, LeadSort } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import { filterOf, insertLeads, openTestDb } from '#test/support/leads'
import { seedSend } from '#test/support/seed-rows'
import { explain, openQueueDb, recordSql } from '#test/support/test-db'

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

/** Leads in every state a filter asks for: 4 of 5 have a send, every 7th is removed, the last list is still being saved. */
function insertMixedLeads(db: Db, count: number): void {
  const names = ['Ann', 'Bob', 'Annabel', '']
  insertLeads(
    db,
    Array.from({ length: count }, (_, at) => ({
      email: `p${(at * 37) % count}@example.org`,
      firstName: names[at % 4] ?? '',
      lastName: names[(at * 7) % 4] ?? '',
      tags: at % 3 === 0 ? ['odd'] : [],
    })),
  )
  const statuses = ['pending', 'processing', 'sent', 'skipped'] as const
  for (let id = 1; id <= count; id += 1) {
    if (id % 5 !== 0) seedSend(db, { leadId: id, status: statuses[id % 4] ?? 'sent' })
    if (id % 11 === 0) seedSend(db, { leadId: id, status: 'sent', campaignId: 2 })
  }
  db.$client.exec(`
    INSERT INTO lists (id, name, file_name, mapping, counts, created_at, saving_since)
    VALUES (2, 'Small', 'f', '[]', '{}', 1, NULL), (3, 'Half', 'f', '[]', '{}', 1, 1);
    UPDATE leads SET review = CASE id % 3 WHEN 0 THEN 'approved' WHEN 1 THEN 'rejected' ELSE 'new' END;
    UPDATE leads SET list_id = 2 WHERE id % 6 = 0;
    UPDATE leads SET list_id = 3 WHERE id > ${count - 10};
    UPDATE leads SET removed_at = 1 WHERE id % 7 = 0;`)
}

test('a page shows the leads that the same filter selects, in the order of everybody', () => {
  using store = openQueueDb()
  insertMixedLeads(store.db, 240)
  const page = (filter: LeadFilter, sort: LeadSort) => {
    const { rows, total } = listLeads(store.db, { filter, sort, offset: 0, limit: 500 })
    return { ids: rows.map((lead) => lead.id), total }
  }
  const everybody = Object.fromEntries(SORTS.map((sort) => [sort, page(filterOf({}), sort).ids]))
  for (const [at, filter] of everyFilter().entries()) {
    const sort = SORTS[at % SORTS.length] ?? 'newest'
    const chosen = new Set(selectedLeadIds(store.db, { by: 'filter', filter, except: [] }))
    const ids = (everybody[sort] ?? []).filter((id) => chosen.has(id))
    expect({ filter, sort, ...page(filter, sort) }).toEqual({ filter, sort, ids, total: chosen.size })
    expect(countLeads(store.db, filter)).toBe(chosen.size)
  }
})

/** Each value of each part with each of the others. */
function everyFilter(): LeadFilter[] {
  const parts = {
    search: ['', 'a', 'bob ann', '@'],
    review: [null, 'new', 'approved'],
    tag: [null, 'odd', 'none'],
    listId: [null, 1, 2, 3],
    written: [null, 'never', 'waiting', 'written'],
  } as const
  let filters: Partial<Record<keyof LeadFilter, unknown>>[] = [{}]
  for (const [part, values] of Object.entries(parts)) {
    filters = filters.flatMap((filter) => values.map((value) => ({ ...filter, [part]: value })))
  }
  return filters as LeadFilter[]
}

test('those found at the far end of an order are shown in that order as well', () => {
  using store = openTestDb()
  store.db.$client.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 18500)
    INSERT INTO leads (list_id, email, identity, domain, last_name, review, created_at)
    SELECT 1, i || '@x.example', i, 'x.example', printf('%05d', i),
      CASE WHEN i <= 2100 THEN 'approved' WHEN i > 16400 THEN 'rejected' ELSE 'new' END, 1 FROM n`)
  const ids = (review: LeadReview, offset: number) => {
    const page = { filter: filterOf({ review }), sort: 'name', offset, limit: 3 } as const
    return listLeads(store.db, page).rows.map((lead) => lead.id)
  }
  expect([ids('approved', 0), ids('approved', 2_097)]).toEqual([
    [1, 2, 3],
    [2_098, 2_099, 2_100],
  ])
  expect([ids('rejected', 0), ids('rejected', 2_097)]).toEqual([
    [16_401, 16_402, 16_403],
    [18_498, 18_499, 18_500],
  ])
})

test('each part of a filter is read from an index, and no table from end to end', () => {
  using store = openQueueDb()
  insertMixedLeads(store.db, 30)
  const statements = recordSql(store.db, () => {
    for (const written of ['never', 'waiting', 'written', null] as const) {
      const filter = filterOf({ review: 'new', tag: 'odd', listId: 1 as never, written })
      listLeads(store.db, { filter, sort: 'oldest', offset: 0, limit: 10 })
    }
    listLeads(store.db, { filter: filterOf({ written: 'never' }), sort: 'name', offset: 0, limit: 10 })
  }).filter((sql) => sql.includes('json_group_array'))
  const reading = statements
    .flatMap((sql) => explain(store.db, sql))
    .filter((step) => /^S(?:CAN|EARCH) (?:l|leads|sends|lead_tags)\b/.test(step))
  expect(reading.length).toBeGreaterThan(6)
  for (const step of reading) expect(step).toMatch(/ USING (?:COVERING |INTEGER )?(?:INDEX|PRIMARY KEY)/)
})

test('where words and a tag are asked for together, no plan goes through two lists of leads', () => {
  using store = openTestDb()
  const filter = filterOf({ search: 'ann', tag: 'odd', review: 'new' })
  const statements = recordSql(store.db, () => {
    insertLeads(store.db, [{ email: 'ann@example.org', tags: ['odd'] }])
    leadIdsAfter(store.db, filter, { after: 0, limit: 10 })
    selectedLeadIds(store.db, { by: 'filter', filter, except: [] })
  }).filter((sql) => sql.includes('lead_tags') && sql.startsWith('SELECT'))
  expect(statements).toHaveLength(2)
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
