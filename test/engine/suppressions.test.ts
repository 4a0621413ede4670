import { expect, test, vi } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

// Leads come through a real import, whose thread takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

test('addresses and domains are kept by person and by domain, known ones are counted', async () => {
  await using app = await startTestEngine()
  const values = ['Ann+news@Corp.example', 'ann@corp.example', 'CLOSED.example', '@closed.example', 'bücher.example']
  expect(await app.api.suppressions.add({ values })).toEqual({ added: 3, known: 2, skippedSends: 0 })
  const { rows, total } = await app.api.suppressions.list({})
  expect(total).toBe(3)
  expect(rows.map((row) => `${row.kind} ${row.value}`)).toEqual([
    'domain xn--bcher-kva.example',
    'domain closed.example',
    'address ann@corp.example',
  ])
})

test.each([
  'ann@',
  'a b',
  'ann@bob@corp.example',
  'ann@corp.example, bob@corp.example',
  'corp',
  '@',
  'http://corp.example/',
])('with %j among them nothing is added, and the rep learns which one it was', async (bad) => {
  await using app = await startTestEngine()
  await expect(app.api.suppressions.add({ values: ['ok@corp.example', bad] })).rejects.toMatchObject({
    code: 'suppression.invalid',
    details: { value: bad, line: 2 },
  })
  expect((await app.api.suppressions.list({})).total).toBe(0)
})

test('what waits for them is skipped, and the leads show it', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 3)
  await dispatchAll(app, goods)
  const added = await app.api.suppressions.add({ values: ['company2.example', 'P3@company3.example'] })
  expect(added).toEqual({ added: 2, known: 0, skippedSends: 2 })
  const { rows } = await app.api.leads.list({ sort: 'oldest' })
  expect(rows.map((lead) => lead.isSuppressed)).toEqual([false, true, true])
  expect(rows.slice(1).map((lead) => lead.sendStatus)).toEqual(['skipped', 'skipped'])
})

test('the list can be searched by any part, and signs of the search language are only signs', async () => {
  await using app = await startTestEngine()
  await app.api.suppressions.add({ values: ['under_score@corp.example', 'plain@corp.example', 'other.example'] })
  const found = async (search: string) => (await app.api.suppressions.list({ search })).rows.map((row) => row.value)
  expect(await found('CORP')).toEqual(['plain@corp.example', 'under_score@corp.example'])
  expect(await found('r_s')).toEqual(['under_score@corp.example'])
  expect(await found('%')).toEqual([])
  expect(await found("'; DROP TABLE leads; --\0")).toEqual([])
  const page = await app.api.suppressions.list({ search: 'corp', offset: 1, limit: 1 })
  expect(page).toMatchObject({ total: 2, rows: [{ value: 'under_score@corp.example' }] })
})

test('a suppression can be taken back, once', async () => {
  await using app = await startTestEngine()
  await app.api.suppressions.add({ values: ['corp.example'] })
  const [entry] = (await app.api.suppressions.list({})).rows
  await app.api.suppressions.remove({ id: entry?.id ?? 0 })
  await app.api.suppressions.remove({ id: entry?.id ?? 0 })
  expect((await app.api.suppressions.list({})).total).toBe(0)
  const { rows } = await app.api.activity.list({ kinds: ['lead_suppressed', 'suppression_removed'] })
  expect(rows.map((row) => row.kind)).toEqual(['suppression_removed', 'lead_suppressed'])
})
