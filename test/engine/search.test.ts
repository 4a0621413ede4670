import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

test('one question finds leads, campaigns, templates and mailboxes by the words they have', async () => {
  await using app = await startTestEngine()
  const { api } = app
  const stocked = await stock(app, 3)
  await dispatchAll(app, stocked)
  const find = (text: string) => api.search.everything({ text, limit: 5 })

  const hello = await find('hello')
  expect(hello.templates.map(({ name, subject }) => [name, subject])).toEqual([['Hello', 'Hello {{firstName}}']])
  expect(hello.campaigns.map(({ name, status }) => [name, status])).toEqual([['Hello', 'active']])
  expect(hello.leads).toEqual([])

  expect((await find('person2')).leads.map(({ email }) => email)).toEqual(['p2@company2.example'])
  expect((await find('company')).leads).toHaveLength(3)
  expect((await find('robin')).mailboxes).toHaveLength(1)
})

test('no more of each are told than were asked for, and a text without a word finds nothing', async () => {
  await using app = await startTestEngine()
  await stock(app, 9)
  expect((await app.api.search.everything({ text: 'person', limit: 4 })).leads).toHaveLength(4)
  const nothing = { leads: [], campaigns: [], templates: [], mailboxes: [] }
  expect(await app.api.search.everything({ text: ' - ', limit: 4 })).toEqual(nothing)
})

test('what is gone is not found: a removed lead, an archived template, a removed mailbox', async () => {
  await using app = await startTestEngine()
  const { api } = app
  const { leadIds, templateId, mailboxId } = await stock(app, 2)
  await api.leads.remove({ selection: { by: 'ids', ids: leadIds.slice(0, 1) } })
  await api.templates.archive({ templateId, isArchived: true })
  await api.mailboxes.remove({ mailboxId })
  expect((await api.search.everything({ text: 'person', limit: 5 })).leads).toHaveLength(1)
  expect((await api.search.everything({ text: 'hello', limit: 5 })).templates).toEqual([])
  expect((await api.search.everything({ text: 'robin', limit: 5 })).mailboxes).toEqual([])
})
