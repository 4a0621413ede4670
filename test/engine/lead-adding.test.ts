import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'
import { importLeads, stock } from '#test/support/stock'

test('a person typed in by hand is an approved lead that mail can be queued for', async () => {
  await using app = await startTestEngine()
  const { mailboxId, templateId } = await stock(app, 0)
  app.pushed.length = 0
  const lead = await app.api.leads.add({
    email: ' Ann+x@Corp.example ',
    firstName: 'Ann\r\nBcc: x',
    company: 'Corp',
    provenance: { basis: 'customer', basisAt: 5, basisNote: 'order 7' },
  })
  expect(lead).toMatchObject({
    email: 'Ann+x@Corp.example',
    firstName: 'Ann Bcc: x',
    review: 'approved',
    isRole: false,
    source: 'Added by hand',
    basis: 'customer',
    basisAt: 5,
    basisNote: 'order 7',
  })
  expect(app.pushed).toContainEqual({ type: 'leads.changed' })
  expect(await app.api.leads.find({ email: 'ann@CORP.example' })).toEqual({ leadId: lead.id })
  expect((await app.api.leads.list({ filter: { search: 'corp' } })).total).toBe(1)
  const order = { selection: { by: 'ids' as const, ids: [lead.id] }, templateId, mailboxId, at: null }
  expect(await app.api.dispatch.check(order)).toMatchObject({ ready: 1, obstacleCount: 0 })
})

test('all of them stand in one list, and each is told as an event', async () => {
  await using app = await startTestEngine()
  const one = await app.api.leads.add({ email: 'one@corp.example' })
  const two = await app.api.leads.add({ email: 'two@corp.example' })
  const { lists } = await app.api.leads.facets({})
  expect(lists).toMatchObject([{ listId: one.listId, name: 'Added by hand', count: 2 }])
  const { rows } = await app.api.activity.list({ kinds: ['leads_imported'] })
  expect(rows.map(({ leadId, data }) => [leadId, data.imported])).toEqual([
    [two.id, 1],
    [one.id, 1],
  ])
})

test('nobody becomes two people, not even under another address of the company', async () => {
  await using app = await startTestEngine()
  await app.api.leads.add({ email: 'ann@corp.example' })
  await app.api.aliases.join({ domains: ['corp.example', 'corp-group.example'] })
  for (const email of ['ANN+y@corp.example', 'ann@corp-group.example']) {
    await expect(app.api.leads.add({ email })).rejects.toMatchObject({ code: 'lead.address_taken' })
  }
  await expect(app.api.leads.add({ email: 'ANN+y@corp.example' })).rejects.toMatchObject({ code: 'lead.address_taken' })
  expect(await app.api.leads.find({ email: 'bob@corp.example' })).toEqual({ leadId: null })
})

test('what is no address is refused, and who was erased does not come back', async () => {
  await using app = await startTestEngine()
  await importLeads(app, 1)
  const { rows } = await app.api.leads.list({})
  const gone = rows[0]?.email ?? ''
  await app.api.people.erase({ address: gone, confirmation: gone, replacesBackups: false })
  await expect(app.api.leads.add({ email: gone })).rejects.toMatchObject({ code: 'lead.address_erased' })
  for (const call of [app.api.leads.add, app.api.leads.find]) {
    await expect(call({ email: 'a@b.example, c@d.example' })).rejects.toMatchObject({
      code: 'lead.address_invalid',
      details: { problem: 'several' },
    })
  }
  expect((await app.api.leads.list({})).total).toBe(0)
})
