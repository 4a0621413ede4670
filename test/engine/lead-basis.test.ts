/** Where leads come from, and on what ground they may be written to: recorded with each of them, and asked for before a mail. */
import { expect, test } from 'vitest'
import { checkFile, saveList } from '#test/support/import-file'
import { type TestEngine, startTestEngine } from '#test/support/start-test-engine'
import { stock } from '#test/support/stock'

const NOON = Date.UTC(2026, 1, 3, 12)

async function imported(app: TestEngine, text: string, provenance?: object) {
  const { importId } = await checkFile(app, text)
  await saveList(app, { importId, listName: 'L', ...(provenance === undefined ? {} : { provenance }) })
  const { rows } = await app.api.leads.list({ sort: 'oldest' })
  return rows
}

test('an import records with every lead what the rep says of the whole list', async () => {
  await using app = await startTestEngine()
  const provenance = { source: 'Trade fair', basis: 'consent', basisAt: NOON, basisNote: 'card 7' } as const
  const rows = await imported(app, 'Email\na@one.example\nb@two.example\n', provenance)
  expect(rows).toHaveLength(2)
  for (const row of rows) expect(row).toMatchObject(provenance)
})

test('where the rep says nothing it is the file, and no more than legitimate interest', async () => {
  await using app = await startTestEngine()
  const [lead] = await imported(app, 'Email\na@one.example\n')
  expect(lead).toMatchObject({ source: 'people.csv', basis: 'legitimate_interest', basisAt: null, basisNote: '' })
})

test('what a row says of its own ground counts before the list, whole', async () => {
  await using app = await startTestEngine()
  const text = `Email,Source,Basis,Basis date,Basis proof
a@one.example,Fair,consent,2026-02-03,form
b@two.example,,nonsense,03.02.2026,
c@three.example,,customer,,
`
  const rows = await imported(app, text, { source: 'List', basis: 'inquiry', basisAt: 5, basisNote: 'mail' })
  expect(rows.map(({ source, basis, basisAt, basisNote }) => [source, basis, basisAt, basisNote])).toEqual([
    ['Fair', 'consent', NOON, 'form'],
    ['List', 'inquiry', 5, 'mail'],
    ['List', 'customer', null, ''],
  ])
})

test('it can be edited, taken back, filtered by and exported', async () => {
  await using app = await startTestEngine()
  const [lead] = await imported(app, 'Email\na@one.example\nb@two.example\n')
  if (lead === undefined) throw new Error('no lead')
  const edit = { source: 'Their page', basis: 'published', basisAt: NOON, basisNote: 'imprint' } as const
  const saved = await app.api.leads.edit({ leadId: lead.id, revision: lead.revision, edit })
  expect(saved.lead).toMatchObject(edit)
  expect(await app.api.leads.list({ filter: { basis: 'published' } })).toMatchObject({
    total: 1,
    rows: [{ id: lead.id }],
  })
  const selection = { by: 'filter', filter: { basis: 'published' } } as const
  expect(await app.api.leads.tag({ selection, add: ['x'] })).toMatchObject({ changed: 1 })
  const { text } = await app.api.leads.export({ filter: { basis: 'published' } })
  expect(text).toContain('"Source","Basis","Basis proof","Basis date"')
  expect(text).toContain('"Their page","published","imprint","2026-02-03"')

  const cleared = await app.api.leads.edit({
    leadId: lead.id,
    revision: saved.lead.revision + 1,
    edit: { basisAt: null },
  })
  expect(cleared.lead.basisAt).toBeNull()
  await app.api.leads.undo({ undoId: cleared.undoId })
  expect((await app.api.leads.get({ leadId: lead.id })).basisAt).toBe(NOON)
})

test('it is recorded for many at once, and taken back for all of them', async () => {
  await using app = await startTestEngine()
  await imported(app, 'Email,Basis,Basis date\na@one.example,customer,2026-02-03\nb@two.example,,\n')
  const selection = { by: 'filter', filter: {} } as const
  const ground = { basis: 'consent', basisAt: NOON, basisNote: 'fair' } as const
  const { changed, undoId } = await app.api.leads.setBasis({ selection, ...ground })
  expect(changed).toBe(2)
  const after = await app.api.leads.list({ sort: 'oldest' })
  for (const row of after.rows) expect(row).toMatchObject(ground)
  expect(await app.api.leads.setBasis({ selection, ...ground })).toEqual({ changed: 0, undoId: null })

  if (undoId === null) throw new Error('nothing to take back')
  await app.api.leads.undo({ undoId })
  const before = await app.api.leads.list({ sort: 'oldest' })
  expect(before.rows.map(({ basis, basisAt }) => [basis, basisAt])).toEqual([
    ['customer', NOON],
    ['legitimate_interest', null],
  ])
})

test('a lead whose country asks for more than is recorded is not queued, and is once the proof is there', async () => {
  await using app = await startTestEngine()
  const { mailboxId, templateId } = await stock(app, 0)
  const [german, american] = await imported(app, 'Email,First name,Company\na@one.de,Ann,One\nb@two.us,Bo,Two\n')
  if (german === undefined || american === undefined) throw new Error('no leads')
  const selection = { by: 'ids', ids: [german.id, american.id] } as const
  await app.api.leads.review({ selection: { by: 'ids', ids: [...selection.ids] }, review: 'approved' })
  const order = { selection: { by: 'ids', ids: [...selection.ids] }, templateId, mailboxId, at: null } as const

  const check = await app.api.dispatch.check({ ...order, selection: { by: 'ids', ids: [german.id, american.id] } })
  expect(check).toMatchObject({ ready: 1, obstacles: [{ leadId: german.id, reason: 'basis_missing' }] })

  const edit = { basis: 'consent', basisAt: NOON, basisNote: 'signed form' } as const
  await app.api.leads.edit({ leadId: german.id, revision: german.revision + 1, edit })
  const again = await app.api.dispatch.check({ ...order, selection: { by: 'ids', ids: [german.id, american.id] } })
  expect(again).toMatchObject({ ready: 2, obstacleCount: 0 })
})
