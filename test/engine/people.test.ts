import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openDb } from '#db/open'
import { mailRoom } from '#electron/mailbox/open-provider'
import type { Lead } from '#shared/contract/leads'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { checkFile, saveList } from '#test/support/import-file'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { stepsAfter } from '#test/support/sequence'
import { dispatchAll, stock, type Stock } from '#test/support/stock'

// Backups and imports have threads of their own, which take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const MINUTE = 60_000
const GONE = 'p2@company2.example'

/** Files in the whole data folder that hold one of these words, in any case, also as UTF-16 or base64. */
function traces(app: TestEngine, words: readonly string[]): string[] {
  const files = readdirSync(app.dataFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.flatMap((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    const text = `${entry.name}\n${bytes.toString('latin1')}\n${bytes.toString('utf16le')}`.toLowerCase()
    return words.filter((word) => text.includes(word.toLowerCase())).map((word) => `${entry.name}: ${word}`)
  })
}

/** Three leads are written to from a real practice folder; the second answers, is edited, tagged and suppressed. */
async function livedWith(app: TestEngine): Promise<void> {
  const goods = await stock(app, 3)
  await dispatchAll(app, goods)
  await app.runOut()
  const { rows } = await app.api.sends.list({})
  const send = rows.find(({ to }) => to === GONE)!
  await app.api.incoming.invent({ sendId: send.id, verdict: 'replied' })
  await app.run(30 * MINUTE)
  const lead = await app.api.leads.get({ leadId: send.leadId })
  expect(lead.contact).toBe('replied')
  const edit = { note: 'Met p2@company2.example in Zanzibar', phone: '+49 555 0102' }
  const { lead: edited } = await app.api.leads.edit({ leadId: lead.id, revision: lead.revision, edit })
  await app.api.leads.edit({ leadId: lead.id, revision: edited.revision, edit: { note: 'Prefers Thursdays' } })
  await app.api.leads.tag({ selection: { by: 'ids', ids: [lead.id] }, add: ['zanzibar'] })
  await writeOver(app, goods, lead.id)
  await app.api.leads.doNotContact({ leadId: lead.id })
  await app.api.leads.saveFilters({ filters: [{ name: 'Them', filter: { search: GONE }, sort: 'name' }] })
  await app.engine.rooms.backups.make()
}

/** A mail of a draft, over which the rep has written something for this one person. */
async function writeOver({ api }: TestEngine, goods: Stock, leadId: Lead['id']): Promise<void> {
  const { mailboxId, templateId } = goods
  const steps = stepsAfter(templateId, [0])
  const { id: campaignId } = await api.campaigns.create({ name: 'Draft', steps, mailboxIds: [mailboxId], at: null })
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [leadId] } })
  const words = { subject: 'By hand', body: 'As we said in Samarkand', format: 'plain' } as const
  await api.campaigns.writeDraftMail({ campaignId, leadId, step: 0, templateId, words })
}

/** What only this person's rows hold. */
const WORDS = [
  GONE,
  'company2',
  'Company 2',
  'Person2',
  'Last2',
  'zanzibar',
  'Prefers Thursdays',
  '555 0102',
  'Samarkand',
]

test('nothing of an erased person is found in the whole data folder, and everybody else is as before', async () => {
  await using app = await startTestEngine({ mail: mailRoom })
  await livedWith(app)
  expect(traces(app, WORDS).length).toBeGreaterThan(WORDS.length)
  expect(await app.api.people.find({ address: 'P2+fair@company2.example' })).toMatchObject({
    leads: 1,
    mails: 1,
    answers: 1,
    isSuppressed: true,
    isErased: false,
  })

  const erasure = await app.api.people.erase({ address: GONE, confirmation: GONE, replacesBackups: true })
  expect(erasure).toEqual({ leads: 1, mails: 1, cancelled: 0, isTraceless: true, hasReplacedBackups: true })
  expect(traces(app, WORDS)).toEqual([])
  expect(traces(app, ['p3@company3.example']).length).toBeGreaterThan(0)
  expect(app.errors).toEqual([])

  const { rows } = await app.api.leads.list({})
  expect(rows.map(({ email }) => email).toSorted()).toEqual(['p1@company1.example', 'p3@company3.example'])
  const { rows: sends } = await app.api.sends.list({})
  expect(sends.map(({ status, to }) => `${status} ${to}`).toSorted()).toEqual([
    'sent (erased)',
    'sent p1@company1.example',
    'sent p3@company3.example',
  ])
  expect((await app.api.incoming.list({})).rows).toMatchObject([{ from: '', subject: '' }])
  expect(await app.api.people.find({ address: GONE })).toMatchObject({ leads: 0, mails: 0, touches: 0, isErased: true })
})

test('the caps still count what was sent to an erased person', async () => {
  await using app = await startTestEngine({ mail: mailRoom })
  const goods = await stock(app, 3)
  await dispatchAll(app, goods)
  await app.runOut()
  await app.api.people.erase({ address: GONE, confirmation: GONE, replacesBackups: false })
  const { budget } = await app.api.mailboxes.get({ mailboxId: goods.mailboxId })
  expect(budget.lastDay).toBe(3)
})

test('an erased person does not come back by a file, by an edit or by an undo', async () => {
  await using app = await startTestEngine({ mail: mailRoom })
  await livedWith(app)
  const { rows } = await app.api.leads.list({ filter: { search: 'Person1' } })
  const [other] = rows
  await app.api.people.erase({ address: GONE, confirmation: 'P2@Company2.example', replacesBackups: false })

  const checked = await checkFile(app, 'email\np2+again@company2.example\nnew@company2.example\n')
  expect(checked.counts).toMatchObject({ suppressed: 1, new: 1 })
  const { importId } = checked
  expect(await saveList(app, { importId, listName: 'Again' })).toMatchObject({ stage: 'saved' })
  expect((await app.api.leads.list({ filter: { search: 'company2' } })).total).toBe(1)

  const edit = { leadId: other!.id, revision: other!.revision, edit: { email: GONE } }
  await expect(app.api.leads.edit(edit)).rejects.toMatchObject({ code: 'lead.address_erased' })
})

test('somebody erased between the look at a file and its saving is not saved', async () => {
  await using app = await startTestEngine()
  const { importId } = await checkFile(app, 'email\np2@company2.example\nnew@company2.example\n')
  // As another window would do it: the import that is shown stays.
  const { erased } = app.engine.rooms
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: 1 })
  erased.add(db as never, GONE, 1)
  db.close()
  await saveList(app, { importId, listName: 'Again' })
  expect((await app.api.leads.list({})).rows.map(({ email }) => email)).toEqual(['new@company2.example'])
})

test('a lead of an erased person cannot be queued, however it came in', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 1)
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: 1 })
  app.engine.rooms.erased.add(db as never, 'p1@company1.example', 1)
  db.close()
  await expect(dispatchAll(app, goods)).rejects.toMatchObject({ code: 'dispatch.nothing_to_queue' })
})

test('mail that waits for the person is cancelled first', async () => {
  await using app = await startTestEngine({ mail: mailRoom })
  await dispatchAll(app, await stock(app, 3), { at: { local: '2026-03-05T10:00', zone: 'UTC' } })
  const erasure = await app.api.people.erase({ address: GONE, confirmation: GONE, replacesBackups: false })
  expect(erasure).toMatchObject({ mails: 1, cancelled: 1 })
  const { rows } = await app.api.sends.list({})
  expect(rows.map(({ status, to }) => `${status} ${to}`).toSorted()).toEqual([
    'cancelled (erased)',
    'pending p1@company1.example',
    'pending p3@company3.example',
  ])
})

test('nothing is erased while the outcome of a mail to them is not known', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('does not accept and the answer is lost')
  mailbox.isBlind = true
  await using app = await startTestEngine({ mailbox })
  await dispatchAll(app, await stock(app, 1))
  await app.run(30_000)
  const address = 'p1@company1.example'
  expect(await app.api.people.find({ address })).toMatchObject({ inFlight: 1 })
  await expect(app.api.people.erase({ address, confirmation: address, replacesBackups: false })).rejects.toMatchObject({
    code: 'person.in_flight',
    details: { uncertain: 1 },
  })
  expect((await app.api.leads.list({})).total).toBe(1)
})

test('the address must be typed once more', async () => {
  await using app = await startTestEngine()
  await stock(app, 2)
  const wrong = { address: GONE, confirmation: 'p1@company1.example', replacesBackups: false }
  await expect(app.api.people.erase(wrong)).rejects.toMatchObject({ code: 'person.not_confirmed' })
  expect((await app.api.leads.list({})).total).toBe(2)
})

test('what comes back late for an erased person is not kept', async () => {
  await using app = await startTestEngine({ mail: mailRoom })
  await dispatchAll(app, await stock(app, 2))
  await app.runOut()
  const { rows } = await app.api.sends.list({})
  const send = rows.find(({ to }) => to === GONE)!
  await app.api.incoming.invent({ sendId: send.id, verdict: 'bounced' })
  // A bounce that names the mail by its key, kept aside until the person is erased.
  const folder = join(app.dataFolder, 'practice')
  const inbox = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => /inbox.*\.eml$/.test(name))!
  const letter = readFileSync(join(folder, inbox))
  await app.api.people.erase({ address: GONE, confirmation: GONE, replacesBackups: true })
  const late = `${String(app.clock.now() + MINUTE).padStart(15, '0')}-late.eml`
  writeFileSync(join(folder, dirname(inbox), late), letter)
  // Whatever else is read, it is read with it.
  await app.run(2 * MINUTE)
  await app.api.incoming.invent({ sendId: rows.find(({ to }) => to !== GONE)!.id, verdict: 'replied' })
  await app.run(30 * MINUTE)
  expect((await app.api.incoming.list({})).rows).toMatchObject([{ verdict: 'replied' }])
})

test('what a crash left of the erasing is made up for at the next start', async () => {
  await using first = await startTestEngine()
  await stock(first, 2)
  await first.engine.close()
  const file = join(first.dataFolder, 'pacemail.db')
  const db = openDb({ file, backupFolder: first.dataFolder, now: 1 })
  db.$client.exec("UPDATE leads SET removed_at = 1, email = '', identity = '', first_name = '' WHERE id = 2")
  db.$client.exec("INSERT INTO settings (key, value) VALUES ('isRewriteDue', 'true')")
  db.close()
  expect(traces(first, [GONE])).not.toEqual([])
  await using again = await startTestEngine({ dataFolder: first.dataFolder, secrets: first.secrets })
  expect(traces(again, [GONE])).toEqual([])
})

test('every row about a person is handed out as JSON, and nothing about others', async () => {
  await using app = await startTestEngine({ mail: mailRoom })
  await livedWith(app)
  const { text, fileName } = await app.api.people.export({ address: GONE })
  const data = JSON.parse(text) as Record<string, unknown[]>
  const sizes = Object.fromEntries(Object.entries(data).map(([table, rows]) => [table, rows.length]))
  expect(fileName).toBe('pacemail-person.json')
  expect(sizes).toMatchObject({
    leads: 1,
    hand_edits: 1,
    sends: 1,
    incoming: 1,
    touches: 1,
    suppressions: 1,
    undo_leads: 3,
  })
  expect(sizes['events']).toBeGreaterThan(5)
  expect(text).toContain('Hello Person2')
  expect(text).not.toContain('company1')
})
