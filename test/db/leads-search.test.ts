import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countLeads, leadIdsAfter, listLeads, selectedLeadIds } from '#db/queries/leads'
import type { LeadSort } from '#shared/contract/leads'
import { filterOf, insertLeads, openTestDb, type SomeLead } from '#test/support/leads'

const LEADS: readonly SomeLead[] = [
  { email: 'jose.garcia@corp.example', firstName: 'José', lastName: 'García', company: 'Corp & Söhne', title: 'CEO' },
  { email: 'ann.lee@globex.example', firstName: 'Ann', lastName: "O'Lee", company: 'Globex', tags: ['very important'] },
  { email: 'zoe@initech.example', firstName: 'Zoë', lastName: 'Ångström', company: 'Initech 2000', tags: ['a"b'] },
  { email: 'annabel@corp.example', firstName: 'Annabel', company: 'NOT OR AND', title: 'Head (Sales)' },
  { email: 'x@y.example' },
]

/** Words of a lead as the index sees them: letters and digits, without case and accents. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}

function textOf({ email, firstName, lastName, company, title, tags }: SomeLead): string[][] {
  return [firstName, lastName, company, title, email, ...(tags ?? [])].map((part) => wordsOf(part ?? ''))
}

/** Each typed word must be found in one field: its pieces side by side, the last one as a beginning. */
function isMatch(lead: SomeLead, search: string): boolean {
  return search.split(/\s+/).every((typed) => {
    const pieces = wordsOf(typed)
    if (pieces.length === 0) return true
    return textOf(lead).some((words) =>
      words.some((_, at) =>
        pieces.every((piece, step) => {
          const word = words[at + step] ?? ''
          return step === pieces.length - 1 ? word.startsWith(piece) : word === piece
        }),
      ),
    )
  })
}

test.each([
  ['', [1, 2, 3, 4, 5]],
  ['garc', [1]],
  ['GARCIA jose', [1]],
  ['ann', [2, 4]],
  ['ann glob', [2]],
  ["o'lee", [2]],
  ['jose.garcia@corp', [1]],
  ['angstr', [3]],
  ['import', [2]],
  ['NOT', [4]],
  ['a"b', [3]],
  ['(sales', [4]],
  ['nobody', []],
  ['---', [1, 2, 3, 4, 5]],
])('%j finds %j', (search, found) => {
  using store = openTestDb()
  insertLeads(store.db, LEADS)
  const page = listLeads(store.db, { filter: filterOf({ search }), sort: 'oldest', offset: 0, limit: 100 })
  expect(page.rows.map((lead) => lead.id)).toEqual(found)
  expect(page.total).toBe(found.length)
})

test('no search text can break the query, in any order of the list', () => {
  using store = openTestDb()
  insertLeads(store.db, LEADS)
  const sign = fc.constantFrom(
    ...'"\'()*:^-+{}[]~@%_\\;,.!?#&|<>=/ \0\n\t'.split(''),
    'a',
    'Ö',
    'é',
    'AND',
    'NEAR(',
    'OR',
    '\ud800',
    '😀',
  )
  const text = fc.oneof(fc.string({ unit: sign, maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))
  const sorts = fc.constantFrom<LeadSort>('newest', 'oldest', 'name', 'company', 'email')
  fc.assert(
    fc.property(text, sorts, (search, sort) => {
      const { rows, total } = listLeads(store.db, { filter: filterOf({ search }), sort, offset: 0, limit: 100 })
      expect(rows).toHaveLength(total)
    }),
    { numRuns: 500 },
  )
})

test('a search finds what a look at every lead finds', () => {
  const word = fc.constantFrom(
    'ann',
    'Anna',
    'García',
    'garcia',
    'corp',
    "O'Lee",
    'x-y',
    'söhne',
    '2000',
    'Åke',
    'b.c@d',
    'a',
  )
  const text = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '))
  const lead = fc.record({
    firstName: text,
    lastName: text,
    company: text,
    title: text,
    tags: fc.array(word, { maxLength: 2 }),
  })
  const search = fc.array(
    word.chain((typed) => fc.nat(typed.length).map((length) => typed.slice(0, length))),
    { minLength: 1, maxLength: 3 },
  )
  using store = openTestDb()
  fc.assert(
    fc.property(fc.array(lead, { maxLength: 6 }), search, (leads, words) => {
      store.db.$client.exec('DELETE FROM leads')
      const people = leads.map((one, at) => ({ ...one, tags: [...new Set(one.tags)], email: `p${at}@example.org` }))
      const ids = insertLeads(store.db, people)
      const typed = words.join(' ')
      const found = leadIdsAfter(store.db, filterOf({ search: typed }), { after: 0, limit: 100 })
      expect(found).toEqual(ids.filter((_, at) => isMatch(people[at] as SomeLead, typed)))
      expect(countLeads(store.db, filterOf({ search: typed }))).toBe(found.length)
    }),
    { numRuns: 150 },
  )
})

test('the index follows edits, tags, removals and their return', () => {
  using store = openTestDb()
  const [id = 0] = insertLeads(store.db, [{ email: 'ann@corp.example', firstName: 'Ann', tags: ['old'] }])
  const found = (search: string) => countLeads(store.db, filterOf({ search }))
  const run = (sql: string) => store.db.$client.prepare(sql).run(id)
  run("UPDATE leads SET first_name = 'Berta', tags = '[\"new\"]' WHERE id = ?")
  expect([found('ann'), found('berta'), found('old'), found('new')]).toEqual([1, 1, 0, 1])
  run('UPDATE leads SET removed_at = 5 WHERE id = ?')
  expect([found('berta'), countLeads(store.db, filterOf({ tag: 'new' }))]).toEqual([0, 0])
  run("UPDATE leads SET first_name = 'Carla' WHERE id = ?")
  expect([found('berta'), found('carla')]).toEqual([0, 0])
  run('UPDATE leads SET removed_at = NULL WHERE id = ?')
  expect([found('carla'), countLeads(store.db, filterOf({ tag: 'new' }))]).toEqual([1, 1])
  store.db.$client.exec("INSERT INTO leads_fts(leads_fts, rank) VALUES ('integrity-check', 0)")
})

test('each order is the same whether few leads are sorted or many are walked', () => {
  using store = openTestDb()
  const names = ['', 'bob', 'Alice', 'carl', 'Bob', 'alice']
  const leads = Array.from({ length: 2_400 }, (_, at) => ({
    email: `${names[at % 6]}${(at * 7_919) % 2_400}@example.org`,
    firstName: names[(at * 31) % 6] ?? '',
    lastName: names[(at * 17) % 6] ?? '',
    company: names[(at * 13) % 6] ?? '',
    tags: at % 50 === 0 ? ['few'] : ['many'],
  }))
  insertLeads(store.db, leads)
  for (const sort of ['name', 'company', 'email'] as const) {
    const ids = (tag: string) =>
      [0, 500, 1_000, 1_500, 2_000].flatMap((offset) =>
        listLeads(store.db, { filter: filterOf({ tag }), sort, offset, limit: 500 }).rows.map((lead) => lead.id),
      )
    const order = ids('many')
    expect(new Set(order).size).toBe(2_352)
    // 48 leads are sorted, 2,352 are walked; `all` is one walk over both.
    const all = [0, 500, 1_000, 1_500, 2_000].flatMap((offset) =>
      listLeads(store.db, { filter: filterOf({}), sort, offset, limit: 500 }).rows.map((lead) => lead.id),
    )
    const few = new Set(ids('few'))
    expect(all.filter((id) => !few.has(id))).toEqual(order)
    expect(all.filter((id) => few.has(id))).toEqual(ids('few'))
  }
})

test('words that nearly everybody matches find the same beside a review as few words do', () => {
  using store = openTestDb()
  const leads = Array.from({ length: 5_200 }, (_, at) => ({
    email: `p${at}@example.org`,
    title: at % 2 === 0 ? 'Head of Sales' : 'Head',
    tags: at % 3 === 0 ? ['third', 'all'] : ['all'],
  }))
  insertLeads(store.db, leads)
  store.db.$client.exec("UPDATE leads SET review = 'approved' WHERE id % 5 = 0")
  const found = (filter: Parameters<typeof filterOf>[0]) => {
    const page = { filter: filterOf(filter), sort: 'oldest', offset: 0, limit: 500 } as const
    const { rows, total } = listLeads(store.db, page)
    return [total, rows.map((lead) => lead.id)]
  }
  const expected = (isFound: (at: number) => boolean) => {
    const ids = leads.map((_, at) => at + 1).filter((id) => isFound(id - 1) && id % 5 === 0)
    return [ids.length, ids.slice(0, 500)]
  }
  expect(found({ review: 'approved', search: 'head' })).toEqual(expected(() => true))
  expect(found({ review: 'approved', search: 'sales' })).toEqual(expected((at) => at % 2 === 0))
  expect(found({ review: 'approved', tag: 'all', listId: 1 as never })).toEqual(expected(() => true))
  expect(found({ review: 'approved', tag: 'third', search: 'head' })).toEqual(expected((at) => at % 3 === 0))
})

test('people without a name come last', () => {
  using store = openTestDb()
  insertLeads(store.db, [
    { email: 'a@x.example' },
    { email: 'b@x.example', lastName: 'Zed' },
    { email: 'c@x.example', lastName: 'ann' },
  ])
  const { rows } = listLeads(store.db, { filter: filterOf({}), sort: 'name', offset: 0, limit: 10 })
  expect(rows.map((lead) => lead.lastName)).toEqual(['ann', 'Zed', ''])
})

test('filters hold together, and a selection by filter leaves its exceptions out', () => {
  using store = openTestDb()
  insertLeads(store.db, LEADS)
  store.db.$client.exec("UPDATE leads SET review = 'approved' WHERE id IN (1, 2)")
  const ids = (filter: Parameters<typeof filterOf>[0], except: number[] = []) =>
    selectedLeadIds(store.db, { by: 'filter', filter: filterOf(filter), except: except as never })
  expect(ids({ review: 'approved' })).toEqual([1, 2])
  expect(ids({ review: 'approved', search: 'corp' })).toEqual([1])
  expect(ids({ review: 'new', search: 'corp' })).toEqual([4])
  expect(ids({ tag: 'very important', review: 'approved' })).toEqual([2])
  expect(ids({ written: 'never' }, [2, 5])).toEqual([1, 3, 4])
  expect(ids({ written: 'waiting' })).toEqual([])
  expect(selectedLeadIds(store.db, { by: 'ids', ids: [5, 2, 99] as never })).toEqual([2, 5])
})

test('the hot queries use the indexes that were made for them', () => {
  using store = openTestDb()
  const plan = (sql: string) =>
    (store.db.$client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map((row) => row.detail)
      .join('; ')
  const live = 'SELECT l.id FROM leads l WHERE l.removed_at IS NULL'
  expect(plan(`${live} ORDER BY l.id DESC LIMIT 9`)).not.toContain('TEMP B-TREE')
  expect(plan(`${live} AND l.review = 'new' ORDER BY l.id DESC LIMIT 9`)).toMatch(/leads_review(?!.*TEMP)/)
  expect(plan(`${live} AND l.list_id = 1 ORDER BY l.id DESC LIMIT 9`)).toMatch(/leads_list(?!.*TEMP)/)
  const byName = "ORDER BY l.last_name = '', l.last_name COLLATE NOCASE, l.first_name COLLATE NOCASE, l.id LIMIT 9"
  expect(plan(`${live} ${byName}`)).toMatch(/leads_name(?!.*TEMP)/)
})
