import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'

const ANY = { search: '', review: null, tag: null, listId: null, written: null, basis: null }

test('saved filters are kept by name, and the page hears of it', async () => {
  await using app = await startTestEngine()
  const { leads } = app.api
  const south = { name: 'South', filter: { ...ANY, search: 'munich' }, sort: 'name' as const }
  const news = { name: 'New ones', filter: { ...ANY, review: 'new' as const }, sort: 'newest' as const }
  await leads.saveFilters({ filters: [south, news] })
  expect(await leads.savedFilters({})).toEqual([news, south])
  expect(app.pushed).toContainEqual({ type: 'leads.changed' })
})

test('of two of the same name, in any case, the later one stays', async () => {
  await using app = await startTestEngine()
  const first = { name: 'South', filter: { ...ANY, search: 'munich' }, sort: 'name' as const }
  const second = { name: 'SOUTH', filter: { ...ANY, search: 'passau' }, sort: 'name' as const }
  expect(await app.api.leads.saveFilters({ filters: [first, second] })).toEqual([second])
})
