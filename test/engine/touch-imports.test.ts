import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { HistoryImport } from '#shared/contract/history'
import { AppError } from '#shared/errors'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { ended, upload } from '#test/support/import-file'
import { createMemorySecrets } from '#test/support/memory-secrets'
import { MONDAY_9, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

// Each file is read by a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const DAY = 86_400_000
const UTC = { order: 'dmy', zone: 'UTC' } as const

/** A file of earlier mail, opened and checked with the guessed columns. */
async function checked(app: TestEngine, text: string) {
  const uploadId = await upload(app, 'outreach.csv', text)
  const { importId } = await app.api.imports.open({ uploadId, purpose: 'history' })
  const { mapping, dateOrder } = await ended(app, importId)
  await app.api.imports.check({ importId, mapping, dates: { ...UTC, order: dateOrder ?? 'dmy' } })
  return ended(app, importId)
}

async function settled(
  app: TestEngine,
  { touchImportId }: Pick<HistoryImport, 'touchImportId'>,
): Promise<HistoryImport> {
  for (;;) {
    const change = new Promise<void>((resolve) => {
      const forget = app.engine.onChange(() => {
        forget()
        resolve()
      })
    })
    const one = (await app.api.history.imports({})).find((each) => each.touchImportId === touchImportId)
    if (one === undefined) throw new Error('the import is gone')
    if (!['reading', 'keeping', 'undoing'].includes(one.stage)) return one
    await change
  }
}

const OUTREACH = [
  'Recipient,Sent at,Subject,Campaign',
  'Ann Lee <p1@company1.example>,2026-02-20 10:00,Hello,Spring',
  'p1+news@company1.example,2026-02-20 10:00,Hello,Spring',
  'p2@company2.example,01/11/2025,Old,Autumn',
  'stranger@else.example,25/02/2026,Hi,',
  'no-one,2026-02-20,Hi,',
  'p3@company3.example,soon,Hi,',
  'p3@company3.example,2027-01-01,Hi,',
].join('\n')

test('a file of earlier mail says what keeping it would do before anything is kept', async () => {
  await using app = await startTestEngine()
  const stocked = await stock(app, 3)
  await dispatchAll(app, stocked, { at: { local: '2026-03-03T10:00', zone: 'UTC' } })
  const { importId, mapping, counts } = await checked(app, OUTREACH)
  expect(mapping).toEqual(['email', 'sentAt', 'about', 'about'])
  expect(counts).toMatchObject({ new: 3, duplicate_in_file: 1, invalid: 1, no_date: 2 })
  const report = await app.api.imports.report({ importId })
  expect(report.text).toContain('"not a date: soon"')
  expect(report.text).toContain('"in the future"')

  const taken = await app.api.history.takeFile({ importId })
  expect(taken).toMatchObject({ kind: 'file', name: 'outreach.csv', stage: 'found' })
  expect(taken.findings).toEqual({
    contacts: 3,
    known: 0,
    people: 3,
    leads: 2,
    coolingLeads: 1,
    waitingMails: 1,
    oldestAt: Date.UTC(2025, 10, 1),
    newestAt: Date.UTC(2026, 1, 25),
  })
  expect((await app.api.leads.get({ leadId: stocked.leadIds[0] as never })).lastTouchAt).toBeNull()
})

test('what is kept forbids mail within the cool-down, and undoing it allows it again', async () => {
  await using app = await startTestEngine()
  const stocked = await stock(app, 1)
  const leadId = stocked.leadIds[0] as never
  const { importId } = await checked(app, OUTREACH)
  const found = await app.api.history.takeFile({ importId })
  await app.api.history.keep(found)
  expect(await settled(app, found)).toMatchObject({ stage: 'kept', kept: 3, findings: null })
  expect((await app.api.history.ofLead({ leadId })).rows).toMatchObject([
    { at: Date.UTC(2026, 1, 20, 10), source: 'imported', about: 'Hello · Spring', importName: 'outreach.csv' },
  ])
  await expect(dispatchAll(app, stocked)).rejects.toMatchObject({ code: 'dispatch.nothing_to_queue' })

  await app.api.history.undo(found)
  expect(await settled(app, found)).toMatchObject({ stage: 'undone' })
  expect((await app.api.history.ofLead({ leadId })).total).toBe(0)
  await dispatchAll(app, stocked)
  await app.runOut()
  expect(app.mailbox.sent).toHaveLength(1)
  const { rows } = await app.api.activity.list({ kinds: ['history_imported', 'history_import_undone'] })
  expect(rows.map(({ kind, data }) => [kind, data['contacts']])).toEqual([
    ['history_import_undone', 3],
    ['history_imported', 3],
  ])
})

test('the same file again adds nothing, and undoing the second leaves what the first added', async () => {
  await using app = await startTestEngine()
  await stock(app, 1)
  const first = await app.api.history.takeFile(await checked(app, OUTREACH))
  await app.api.history.keep(first)
  await settled(app, first)
  const second = await app.api.history.takeFile(await checked(app, OUTREACH))
  expect(second.findings).toMatchObject({ contacts: 3, known: 3, coolingLeads: 0 })
  await app.api.history.keep(second)
  expect(await settled(app, second)).toMatchObject({ stage: 'kept', kept: 0 })
  await app.api.history.undo(second)
  await settled(app, second)
  expect((await app.api.history.ofLead({ leadId: 1 })).total).toBe(1)
})

test('a file that holds no dates, and one of another kind, cannot become history', async () => {
  await using app = await startTestEngine()
  const uploadId = await upload(app, 'outreach.csv', OUTREACH)
  const { importId } = await app.api.imports.open({ uploadId, purpose: 'history' })
  await ended(app, importId)
  const check = app.api.imports.check({ importId, mapping: ['email', 'ignore'] })
  await expect(check).rejects.toMatchObject({ code: 'import.no_date_column' })
  await app.api.imports.check({ importId, mapping: ['email', 'sentAt'] })
  await ended(app, importId)
  await expect(app.api.imports.save({ importId, listName: 'x' })).rejects.toMatchObject({ code: 'import.not_found' })
})

const TO = ['ann@corp.example']

/** A mailbox whose Sent folder holds `count` mails, one an hour, the newest an hour ago. */
function fullMailbox(count: number) {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  for (let n = 1; n <= count; n += 1) {
    const sentAt = MONDAY_9 - n * 3_600_000
    const to = [`person${n}@corp${n}.example`, 'you@practice.example']
    inbox.sent.push({ providerMessageId: `m${n}`, threadId: null, sentAt, to, key: null })
  }
  return { mailbox, inbox }
}

test('the Sent folder is read down to the day that was asked for, in shorter stretches where much was sent', async () => {
  const { mailbox, inbox } = fullMailbox(1_000)
  await using app = await startTestEngine({ mailbox })
  const { mailboxId } = await stock(app, 1)
  const started = await app.api.history.readMailbox({ mailboxId, days: 40 })
  expect(started).toMatchObject({ kind: 'mailbox', name: 'you@practice.example', stage: 'reading' })
  const found = await settled(app, started)
  expect(found).toMatchObject({ stage: 'found', mails: 960, readAt: MONDAY_9 - 40 * DAY })
  expect(found.findings).toMatchObject({ contacts: 960, people: 960, leads: 0 })
  expect(inbox.spans.length).toBeGreaterThan(3)
  await app.api.history.keep(found)
  expect(await settled(app, found)).toMatchObject({ kept: 960 })
})

test('a mailbox that fails half way keeps what was read, and goes on from there', async () => {
  const { mailbox, inbox } = fullMailbox(1_000)
  await using app = await startTestEngine({ mailbox })
  const { mailboxId } = await stock(app, 1)
  inbox.failure = new AppError('mail.unreachable', 'no line', { details: { reason: 'no_connection' } })
  const started = await app.api.history.readMailbox({ mailboxId, days: 40 })
  expect(await settled(app, started)).toMatchObject({ stage: 'stopped', failureCode: 'mail.unreachable', mails: 0 })
  inbox.failure = null
  await app.api.history.resume(started)
  expect(await settled(app, started)).toMatchObject({ stage: 'found', failureCode: null, mails: 960 })
})

test('it goes on after a restart, and reads nothing twice', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-restart-'))
  const { mailbox, inbox } = fullMailbox(1_000)
  const place = { dataFolder, secrets: createMemorySecrets(), mailbox }
  let id: Pick<HistoryImport, 'touchImportId'>
  let seen = 0
  {
    await using app = await startTestEngine(place)
    const { mailboxId } = await stock(app, 1)
    id = await app.api.history.readMailbox({ mailboxId, days: 40 })
    while (seen === 0) {
      await Promise.resolve()
      seen = (await app.api.history.imports({}))[0]?.mails ?? 0
    }
  }
  expect(seen).toBeLessThan(960)
  const asked = inbox.spans.length
  await using app = await startTestEngine(place)
  expect(await settled(app, id)).toMatchObject({ stage: 'found', mails: 960 })
  const spans = inbox.spans.slice(asked)
  expect(spans.every(({ before }) => before < MONDAY_9)).toBe(true)
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
})

test('what the rep wanted kept is kept to the end after a restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-restart-'))
  const { mailbox } = fullMailbox(1_000)
  const place = { dataFolder, secrets: createMemorySecrets(), mailbox }
  let found: HistoryImport
  {
    await using app = await startTestEngine(place)
    const { mailboxId } = await stock(app, 1)
    found = await settled(app, await app.api.history.readMailbox({ mailboxId, days: 40 }))
    expect(await app.api.history.keep(found)).toMatchObject({ stage: 'keeping', left: 960 })
  }
  await using app = await startTestEngine(place)
  expect((await app.api.history.imports({}))[0]).toMatchObject({ stage: 'keeping' })
  expect(await settled(app, found)).toMatchObject({ stage: 'kept', kept: 960 })
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
})

test('stopped by the rep, what was found may be kept or thrown away', async () => {
  const { mailbox } = fullMailbox(1_000)
  await using app = await startTestEngine({ mailbox })
  const { mailboxId } = await stock(app, 1)
  const started = await app.api.history.readMailbox({ mailboxId, days: 40 })
  const busy = app.api.history.readMailbox({ mailboxId, days: 1 })
  await expect(busy).rejects.toMatchObject({ code: 'history.busy' })
  expect(await app.api.history.stop(started)).toMatchObject({ stage: 'stopped', failureCode: null })
  await app.api.history.discard(started)
  expect(await app.api.history.imports({})).toEqual([])
})

test('what Pacemail sent itself and mail that is counted already is no second contact', async () => {
  const { mailbox, inbox } = fullMailbox(0)
  await using app = await startTestEngine({ mailbox })
  const stocked = await stock(app, 1)
  await dispatchAll(app, stocked)
  await app.runOut()
  const mine = { threadId: null, sentAt: app.clock.now(), to: ['p1@company1.example'] }
  const key = mailbox.sent[0]?.key ?? ''
  inbox.sent.push({ ...mine, providerMessageId: 'ours', key })
  inbox.sent.push({ ...mine, providerMessageId: 'by hand', sentAt: app.clock.now() - 1_000, key: null })
  inbox.sent.push({ ...mine, providerMessageId: 'of another Pacemail', to: TO, key: 'unknown' })
  await app.run(11 * 60_000)
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
  const found = await settled(app, await app.api.history.readMailbox({ mailboxId: stocked.mailboxId }))
  expect(found.findings).toMatchObject({ contacts: 2, known: 1 })
  await app.api.history.keep(found)
  expect(await settled(app, found)).toMatchObject({ kept: 1 })
  expect((await app.api.history.ofLead({ leadId: 1 })).rows.map(({ source }) => source)).toEqual(['sent', 'by_hand'])
})

test('a mailbox that cannot be read says so', async () => {
  await using app = await startTestEngine()
  const { mailboxId } = await stock(app, 1)
  const found = await settled(app, await app.api.history.readMailbox({ mailboxId }))
  expect(found).toMatchObject({ stage: 'stopped', failureCode: 'history.not_readable' })
})

test('what an import has found of somebody is erased with them, and no file and no Sent folder brings them back', async () => {
  const { mailbox, inbox } = fullMailbox(3)
  await using app = await startTestEngine({ mailbox })
  const { mailboxId } = await stock(app, 1)
  await settled(app, await app.api.history.readMailbox({ mailboxId, days: 2 }))
  const address = 'person2@corp2.example'
  await app.api.people.erase({ address, confirmation: address, replacesBackups: false })
  await app.run(6_000)
  expect((await app.api.history.imports({}))[0]?.findings).toMatchObject({ contacts: 2, people: 2 })
  inbox.sent.push({ providerMessageId: 'again', threadId: null, sentAt: MONDAY_9 - 1, to: [address], key: null })
  const again = await settled(app, await app.api.history.readMailbox({ mailboxId, days: 2 }))
  expect(again).toMatchObject({ mails: 4, findings: { contacts: 2, people: 2 } })
  const { counts } = await checked(app, `email,sent\n${address},2026-02-20\nnew@corp.example,2026-02-20\n`)
  expect(counts).toMatchObject({ suppressed: 1, new: 1 })
})
