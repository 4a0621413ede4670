import { expect, test, vi } from 'vitest'
import type { ImportState } from '#shared/contract/imports'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { ended, saveList, upload } from '#test/support/import-file'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, stock } from '#test/support/stock'

// Each file is read by a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

async function checked(app: TestEngine, purpose: ImportPurpose, text: string): Promise<ImportState> {
  const uploadId = await upload(app, 'file.csv', text)
  const { importId } = await app.api.imports.open({ uploadId, purpose })
  const { mapping } = await ended(app, importId)
  await app.api.imports.check({ importId, mapping })
  return ended(app, importId)
}

const verdicts = async (app: TestEngine, { importId }: ImportState) =>
  (await app.api.imports.rows({ importId })).rows.map(({ email, verdict }) => [email, verdict])

const PENDING = [
  'Email,Name,Company,Step,Next date',
  'p1@company1.example,Ann,Corp,2,2026-03-05',
  'p2@company2.example,Bob,Corp,2,2026-03-05',
  'p3@company3.example,Cem,Corp,2,2026-03-05',
  'stopped@else.example,Dan,Corp,1,2026-03-05',
  'lately@else.example,Eva,Corp,3,2026-03-05',
  'fresh@else.example,Fay,Corp,1,2026-03-05',
  'broken,Gus,Corp,1,2026-03-05',
].join('\n')

/** p1 has mail waiting, p2 was written to, p3 is an unreviewed lead; `lately` is no lead and was written to last week. */
async function desk(): Promise<TestEngine> {
  const app = await startTestEngine()
  const stocked = await stock(app, 2, { coolDownDays: 60 })
  const [first, second] = stocked.leadIds
  await dispatchAll(app, { ...stocked, leadIds: [second ?? 0] }, { key: 'the second lead' })
  await app.runOut()
  const at = { local: '2026-03-09T10:00', zone: 'UTC' }
  await dispatchAll(app, { ...stocked, leadIds: [first ?? 0] }, { key: 'the first lead', at })
  const [third] = await importLeads(app, 1, 3)
  await app.api.leads.review({ selection: { by: 'ids', ids: [third as never] }, review: 'new' })
  await app.api.suppressions.add({ values: ['stopped@else.example'] })
  const history = await checked(app, 'history', 'email,sent at\nlately@else.example,2026-02-23\n')
  const found = await app.api.history.takeFile(history)
  await app.api.history.keep(found)
  return app
}

test('what waits in another tool is told row by row before anything is kept', async () => {
  await using app = await desk()
  const state = await checked(app, 'pending', PENDING)
  expect(await verdicts(app, state)).toEqual([
    ['p1@company1.example', 'waiting'],
    ['p2@company2.example', 'written_to'],
    ['p3@company3.example', 'duplicate'],
    ['stopped@else.example', 'suppressed'],
    ['lately@else.example', 'written_to'],
    ['fresh@else.example', 'new'],
    ['broken', 'invalid'],
  ])
  expect((await app.api.leads.list({})).total).toBe(3)
})

test('it becomes approved leads with a tag, known ones among them, and once however often', async () => {
  await using app = await desk()
  const tagged = async () => {
    const { rows } = await app.api.leads.list({ filter: { tag: 'moved' }, sort: 'email' })
    return rows.map(({ email, review, fields }) => [email, review, fields['Next date'] ?? ''])
  }
  const first = await checked(app, 'pending', PENDING)
  expect(await saveList(app, { importId: first.importId, listName: 'Moved', tags: ['moved'] })).toMatchObject({
    stage: 'saved',
  })
  const expected = [
    ['fresh@else.example', 'approved', '2026-03-05'],
    ['p3@company3.example', 'approved', ''],
  ]
  expect(await tagged()).toEqual(expected)

  const second = await checked(app, 'pending', PENDING)
  await saveList(app, { importId: second.importId, listName: 'Moved again', tags: ['moved'] })
  expect(await tagged()).toEqual(expected)
  const tagging = await app.api.activity.list({ kinds: ['leads_tagged'] })
  expect(tagging.rows.map(({ data }) => data['changed'])).toEqual([1])
})

test('who was written to lately comes along only where the rep asks for it', async () => {
  await using app = await desk()
  const { importId } = await checked(app, 'pending', PENDING)
  await saveList(app, { importId, listName: 'Moved', tags: ['moved'], includeWritten: true })
  const { rows } = await app.api.leads.list({ filter: { tag: 'moved' }, sort: 'email' })
  expect(rows.map(({ email }) => email)).toEqual([
    'fresh@else.example',
    'lately@else.example',
    'p2@company2.example',
    'p3@company3.example',
  ])
})

test('a lead that the rep rejected stays rejected', async () => {
  await using app = await desk()
  await app.api.leads.review({ selection: { by: 'ids', ids: [3] }, review: 'rejected' })
  const { importId } = await checked(app, 'pending', PENDING)
  await saveList(app, { importId, listName: 'Moved', tags: ['moved'] })
  expect(await app.api.leads.get({ leadId: 3 })).toMatchObject({ review: 'rejected', tags: ['moved'] })
})

const LISTED = ['gone.example', 'ann@corp.example', 'ANN+news@corp.example', 'two words', '@known.example'].join('\n')

test('a do-not-contact list is told line by line, then kept, and its mail is skipped', async () => {
  await using app = await startTestEngine()
  const stocked = await stock(app, 1)
  await app.api.suppressions.add({ values: ['known.example'] })
  await dispatchAll(app, stocked, { at: { local: '2026-03-09T10:00', zone: 'UTC' } })
  const state = await checked(app, 'suppressions', `${LISTED}\ncompany1.example`)
  expect(await verdicts(app, state)).toEqual([
    ['gone.example', 'new'],
    ['ann@corp.example', 'new'],
    ['ANN+news@corp.example', 'duplicate_in_file'],
    ['two words', 'invalid'],
    ['@known.example', 'duplicate'],
    ['company1.example', 'new'],
  ])
  expect((await app.api.suppressions.list({})).total).toBe(1)
  await saveList(app, { importId: state.importId, listName: 'not a list' })

  const { rows } = await app.api.suppressions.list({})
  expect(rows.map(({ kind, value, reason }) => [kind, value, reason])).toEqual([
    ['domain', 'company1.example', 'imported'],
    ['address', 'ann@corp.example', 'imported'],
    ['domain', 'gone.example', 'imported'],
    ['domain', 'known.example', 'by_hand'],
  ])
  expect((await app.api.sends.list({ status: ['skipped'] })).total).toBe(1)
  expect((await app.api.leads.facets({})).lists).toHaveLength(1)
  const again = await checked(app, 'suppressions', LISTED)
  expect(again.counts).toMatchObject({ new: 0, duplicate: 3 })
})

test('what is exported can be imported again', async () => {
  await using app = await startTestEngine()
  await app.api.suppressions.add({ values: ['ann@corp.example', 'corp.example'] })
  const { text, fileName } = await app.api.suppressions.export({})
  expect(fileName).toBe('pacemail-do-not-contact.csv')
  await using other = await startTestEngine()
  const { importId, counts, mapping } = await checked(other, 'suppressions', text)
  expect(mapping).toEqual(['email', 'ignore', 'ignore', 'ignore'])
  expect(counts).toMatchObject({ new: 2, invalid: 0 })
  await saveList(other, { importId, listName: 'not a list' })
  expect((await other.api.suppressions.list({})).total).toBe(2)
})
