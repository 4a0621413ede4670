import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { csvRows } from '#electron/engine/imports/csv'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, stock } from '#test/support/stock'
import { tempFile } from '#test/support/temp-file'

// Leads come through a real import, whose thread takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const EVERYBODY = { by: 'filter', filter: {} } as const

function byIds(ids: readonly number[]): { by: 'ids'; ids: number[] } {
  return { by: 'ids', ids: [...ids] }
}

async function reviews(app: TestEngine): Promise<string[]> {
  return (await app.api.leads.list({ sort: 'oldest' })).rows.map((lead) => lead.review)
}

test('a bulk review changes what is chosen, tells everybody and can be taken back once', async () => {
  await using app = await startTestEngine()
  const [first = 0] = await importLeads(app, 3)
  app.pushed.length = 0
  const except = [first]
  const change = await app.api.leads.review({ selection: { ...EVERYBODY, except }, review: 'rejected' })
  expect(change.changed).toBe(2)
  expect(await reviews(app)).toEqual(['approved', 'rejected', 'rejected'])
  expect(app.pushed).toContainEqual({ type: 'leads.changed' })

  const undoId = change.undoId ?? 0
  expect(await app.api.leads.undo({ undoId })).toEqual({ changed: 2 })
  expect(await reviews(app)).toEqual(['approved', 'approved', 'approved'])
  await expect(app.api.leads.undo({ undoId })).rejects.toMatchObject({ code: 'undo.gone' })
  const { rows } = await app.api.activity.list({ kinds: ['leads_reviewed'] })
  expect(rows.slice(0, 2).map((row) => row.data)).toEqual([
    { isUndo: true, changed: 2 },
    { review: 'rejected', changed: 2 },
  ])
})

test('tags are added and removed, counted and searchable', async () => {
  await using app = await startTestEngine()
  const [first = 0, second = 0] = await importLeads(app, 2)
  await app.api.leads.tag({ selection: byIds([first, second]), add: ['very  important', 'x'] })
  await app.api.leads.tag({ selection: byIds([second]), add: ['y'], remove: ['x', 'y'] })
  const { rows } = await app.api.leads.list({ sort: 'oldest' })
  expect(rows.map((lead) => lead.tags)).toEqual([
    ['very important', 'x'],
    ['very important', 'y'],
  ])
  expect((await app.api.leads.facets({})).tags).toEqual([
    { tag: 'very important', count: 2 },
    { tag: 'x', count: 1 },
    { tag: 'y', count: 1 },
  ])
  expect((await app.api.leads.list({ filter: { search: 'import' } })).total).toBe(2)
  expect((await app.api.leads.list({ filter: { tag: 'y' } })).total).toBe(1)
})

test('an edit replaces what was typed, cleans it and can be taken back', async () => {
  await using app = await startTestEngine()
  const [leadId = 0] = await importLeads(app, 1)
  const before = await app.api.leads.get({ leadId })
  const { lead, undoId } = await app.api.leads.edit({
    leadId,
    revision: before.revision,
    edit: {
      email: ' Info@New.example ',
      firstName: 'Ann\r\nBcc: x',
      zone: 'europe/paris',
      note: 'one\r\ntwo',
      fields: { Plan: 'Gold', empty: ' ' },
    },
  })
  expect(lead).toMatchObject({
    email: 'Info@New.example',
    isRole: true,
    firstName: 'Ann Bcc: x',
    lastName: before.lastName,
    zone: 'Europe/Paris',
    note: 'one\ntwo',
    fields: { Plan: 'Gold' },
  })
  await app.api.leads.undo({ undoId })
  const after = await app.api.leads.get({ leadId })
  expect(after).toEqual({ ...before, revision: after.revision })
})

test('an edit is refused whole when the lead has changed, or the address is wrong or taken', async () => {
  await using app = await startTestEngine()
  const [leadId = 0] = await importLeads(app, 2)
  const { revision, email } = await app.api.leads.get({ leadId })
  const edit = (typed: string, seen = revision) =>
    app.api.leads.edit({ leadId, revision: seen, edit: { email: typed, firstName: 'Changed' } })
  await expect(edit('a@b.example', revision - 1)).rejects.toMatchObject({ code: 'lead.changed' })
  await expect(edit('a@b.example,c@d.example')).rejects.toMatchObject({
    code: 'lead.address_invalid',
    details: { problem: 'several' },
  })
  await expect(edit('P2+tag@company2.example')).rejects.toMatchObject({ code: 'lead.address_taken' })
  await expect(
    app.api.leads.edit({ leadId, revision, edit: { zone: 'Mars/Olympus', firstName: 'Changed' } }),
  ).rejects.toMatchObject({ code: 'request.invalid' })
  await expect(app.api.leads.edit({ leadId: 99, revision: 0, edit: {} })).rejects.toMatchObject({
    code: 'lead.not_found',
  })
  expect(await app.api.leads.get({ leadId })).toMatchObject({ email, firstName: 'Person1', revision })
  expect(await edit('P1+other@company1.example')).toMatchObject({ lead: { email: 'P1+other@company1.example' } })
})

test('leads that were written to, or are about to be, are not removed', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 4)
  const [sent = 0, cancelled = 0] = goods.leadIds
  await dispatchAll(app, { ...goods, leadIds: [sent] })
  await app.runOut()
  await dispatchAll(app, { ...goods, leadIds: goods.leadIds.slice(1, 3) }, { key: 'pressed-again' })
  const waiting = await app.api.sends.list({})
  const send = waiting.rows.find((row) => row.leadId === cancelled)
  await app.api.sends.cancel({ selection: { by: 'ids', ids: [send?.id ?? 0] } })

  const removal = await app.api.leads.remove({ selection: EVERYBODY })
  expect(removal).toMatchObject({ changed: 2, kept: 2 })
  const left = await app.api.leads.list({ sort: 'oldest' })
  expect(left.rows.map((lead) => [lead.id, lead.sendStatus])).toEqual([
    [sent, 'sent'],
    [goods.leadIds[2], 'pending'],
  ])
  expect(await app.api.leads.undo({ undoId: removal.undoId ?? 0 })).toEqual({ changed: 2 })
  expect((await app.api.leads.list({})).total).toBe(4)
})

test('a lead knows its last contact and whether it waits, was written to or never was', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 3)
  await dispatchAll(app, { ...goods, leadIds: goods.leadIds.slice(0, 1) })
  await app.runOut()
  await dispatchAll(app, { ...goods, leadIds: goods.leadIds.slice(1, 2) }, { key: 'pressed-again' })
  const ids = async (written: 'never' | 'waiting' | 'written') =>
    (await app.api.leads.list({ filter: { written } })).rows.map((lead) => lead.id)
  expect([await ids('written'), await ids('waiting'), await ids('never')]).toEqual(goods.leadIds.map((id) => [id]))
  const lead = await app.api.leads.get({ leadId: goods.leadIds[0] ?? 0 })
  expect(lead).toMatchObject({ sendStatus: 'sent', lastTouchAt: expect.any(Number) })
})

test('"do not contact" suppresses the person and skips what waits', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 2)
  await dispatchAll(app, goods)
  const leadId = goods.leadIds[1] ?? 0
  expect(await app.api.leads.doNotContact({ leadId })).toMatchObject({ isSuppressed: true, sendStatus: 'skipped' })
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(1)
  expect((await app.api.suppressions.list({})).rows).toMatchObject([
    { kind: 'address', value: 'p2@company2.example', reason: 'by_hand' },
  ])
  await expect(app.api.leads.doNotContact({ leadId: 99 })).rejects.toMatchObject({ code: 'lead.not_found' })
})

test('the export neutralises formulas, and an import of it gives the same people again', async () => {
  await using app = await startTestEngine()
  const text = `email,first name,phone,Plan
=x@corp.example,"=cmd|'/C calc'!A0",+48 22 123,-5
ann@corp.example,"<script>alert(1)</script>",,"say ""hi"", {{firstName}}"
`
  const { rooms } = app.engine
  await rooms.imports.importWhole({ fileName: 'a.csv', bytes: Buffer.from(text), listName: 'A' })
  const before = (await app.api.leads.list({ sort: 'oldest' })).rows
  const { fileName, text: csv } = await app.api.leads.export({})
  expect(fileName).toBe('pacemail-leads.csv')
  using file = tempFile(csv)
  const cells = [...csvRows(file.path, { encoding: 'utf-8', delimiter: ',' })].flatMap((row) => row.cells)
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  expect(cells).toContain("'=cmd|'/C calc'!A0")

  await app.api.leads.remove({ selection: EVERYBODY })
  await rooms.imports.importWhole({ fileName: 'b.csv', bytes: Buffer.from(csv), listName: 'B' })
  const after = (await app.api.leads.list({ sort: 'oldest' })).rows
  const texts = before.map(({ email, firstName, phone, fields }) => ({
    email,
    firstName,
    phone,
    fields: { ...fields, Review: 'new' },
  }))
  expect(after).toMatchObject(texts)
})

test('a filter that matches nobody changes nobody', async () => {
  await using app = await startTestEngine()
  await importLeads(app, 2)
  const selection = { by: 'filter', filter: { search: 'nobody' } } as const
  expect(await app.api.leads.review({ selection, review: 'rejected' })).toEqual({ changed: 0, undoId: null })
  expect(await app.api.leads.remove({ selection })).toEqual({ changed: 0, kept: 0, undoId: null })
})

test('a change that fails half way is undone whole, with its event', async () => {
  await using app = await startTestEngine()
  await importLeads(app, 3)
  const client = new Database(join(app.dataFolder, 'pacemail.db'))
  client.exec(`CREATE TRIGGER break_it BEFORE UPDATE ON leads WHEN old.id = 2
    BEGIN SELECT RAISE(ABORT, 'the disk broke'); END`)
  const before = client.prepare('SELECT count(*) FROM events').pluck().get()
  await expect(app.api.leads.review({ selection: EVERYBODY, review: 'new' })).rejects.toThrow('the disk broke')
  expect(await reviews(app)).toEqual(['approved', 'approved', 'approved'])
  expect(client.prepare('SELECT count(*) FROM events').pluck().get()).toBe(before)
  client.close()
})
