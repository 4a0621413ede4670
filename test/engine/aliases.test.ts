import { expect, test } from 'vitest'
import { checkFile } from '#test/support/import-file'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

test('somebody at another domain of the same company is the same person to the cool-down', async () => {
  await using app = await startTestEngine()
  const stocked = await stock(app, 1)
  await dispatchAll(app, stocked)
  await app.runOut()
  await app.api.aliases.join({ domains: ['company1.example', 'Company1-Group.example'] })
  expect(await app.api.aliases.list({})).toEqual([['company1.example', 'company1-group.example']])

  const { counts, importId } = await checkFile(app, 'email\np1@company1-group.example\nq1@company1-group.example\n')
  expect(counts).toMatchObject({ written_to: 1, new: 1 })
  await app.api.imports.cancel({ importId })
  await app.api.aliases.part({ domain: 'company1-group.example' })
  expect(await app.api.aliases.list({})).toEqual([])
  expect((await checkFile(app, 'email\np1@company1-group.example\n')).counts).toMatchObject({ new: 1 })
})

test('who must not be written to at one domain is not written to at the other', async () => {
  await using app = await startTestEngine()
  const stocked = await stock(app, 2)
  await app.api.suppressions.add({ values: ['p1@other.example', 'third.example'] })
  await dispatchAll(app, stocked, { at: { local: '2026-03-03T10:00', zone: 'UTC' } })
  const joined = await app.api.aliases.join({ domains: ['company1.example', 'other.example'] })
  expect(joined).toEqual({ skippedSends: 1 })
  expect(await app.api.aliases.join({ domains: ['company2.example', 'third.example'] })).toEqual({ skippedSends: 1 })
  expect((await app.api.leads.get({ leadId: stocked.leadIds[0] as never })).isSuppressed).toBe(true)
  await app.runOut()
  expect(app.mailbox.sent).toEqual([])
})

test('a lead is known under its other address', async () => {
  await using app = await startTestEngine()
  await stock(app, 1)
  await app.api.aliases.join({ domains: ['company1.example', 'other.example'] })
  const { importId, counts } = await checkFile(app, 'email\nP1@other.example\n')
  expect(counts).toMatchObject({ duplicate: 1, new: 0 })
  const { rows } = await app.api.imports.rows({ importId })
  expect(rows).toMatchObject([{ detail: 'as p1@company1.example' }])
})

test('groups with a domain in common become one', async () => {
  await using app = await startTestEngine()
  await app.api.aliases.join({ domains: ['a.example', 'b.example'] })
  await app.api.aliases.join({ domains: ['c.example', 'd.example'] })
  await app.api.aliases.join({ domains: ['d.example', 'b.example', 'e.example'] })
  expect(await app.api.aliases.list({})).toEqual([['a.example', 'b.example', 'c.example', 'd.example', 'e.example']])
  await app.api.aliases.part({ domain: 'a.example' })
  expect(await app.api.aliases.list({})).toEqual([['b.example', 'c.example', 'd.example', 'e.example']])
})

test.each([
  [['gmail.com', 'corp.example'], 'alias.free_mail'],
  [['corp.example', 'CORP.example'], 'alias.invalid'],
  [['corp.example', 'not a domain'], 'alias.invalid'],
])('%j are not one company', async (domains, code) => {
  await using app = await startTestEngine()
  await expect(app.api.aliases.join({ domains })).rejects.toMatchObject({ code })
  expect(await app.api.aliases.list({})).toEqual([])
})
