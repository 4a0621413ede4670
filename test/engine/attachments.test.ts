import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDb } from '#db/open'
import type { AttachedFile } from '#shared/contract/templates'
import { manyBytes } from '#test/mailbox/outgoing-mail'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'
import { zipOf } from '#test/support/zip'

const PDF = Buffer.from('%PDF-1.7\r\n\0\nend')
const CONTENT = { subject: 'Hello {{firstName}}', body: 'Hi', format: 'plain' as const }

async function attach(app: TestEngine, name: string, bytes: Buffer): Promise<AttachedFile> {
  const { uploadId, pieceBytes } = await app.api.files.begin({ name, sizeBytes: bytes.length })
  for (let index = 0; index * pieceBytes < bytes.length; index += 1) {
    const data = bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes).toString('base64')
    await app.api.files.append({ uploadId, index, data })
  }
  return app.api.templates.attach({ uploadId })
}

function kept(app: TestEngine): string[] {
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: 0 })
  const rows = db.$client.prepare('SELECT hash FROM attached_files ORDER BY hash').pluck().all() as string[]
  db.close()
  return rows
}

const saveWith = (app: TestEngine, templateId: never, attachments: AttachedFile[] | null) =>
  app.api.templates.save({ templateId, name: 'Hello', content: CONTENT, attachments })

test('a mail leaves with the files of its template, byte for byte, and the preview lists them', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 2)
  const files = [
    await attach(app, 'C:\\offers\\Angebot ü.pdf', PDF),
    await attach(app, 'big.csv', manyBytes(2_000_000)),
  ]
  await saveWith(app, goods.templateId as never, files)
  const [leadId] = goods.leadIds
  const { attachments } = await app.api.dispatch.preview({ ...goods, leadId: leadId as never })
  expect(attachments).toEqual([
    { name: 'Angebot ü.pdf', sizeBytes: PDF.length, hash: createHash('sha256').update(PDF).digest('hex') },
    { name: 'big.csv', sizeBytes: 2_000_000, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  ])

  await dispatchAll(app, goods)
  await app.runOut()
  const carried = app.mailbox.sent.map((mail) => mail.attachments.map(({ name, bytes }) => [name, Buffer.from(bytes)]))
  const wanted = [
    ['Angebot ü.pdf', PDF],
    ['big.csv', manyBytes(2_000_000)],
  ]
  expect(carried).toEqual([wanted, wanted])
})

test('a queued mail keeps, and shows, the files of the version it was made from', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 1)
  const file = await attach(app, 'old.pdf', PDF)
  await saveWith(app, goods.templateId as never, [file])
  await dispatchAll(app, goods)
  await saveWith(app, goods.templateId as never, [])
  const [row] = (await app.api.sends.list({})).rows
  expect((await app.api.sends.get({ sendId: row!.id })).attachments).toEqual([file])
  await app.runOut()

  expect((await app.api.sends.get({ sendId: row!.id })).attachments).toEqual([file])
  expect(app.mailbox.sent.map((mail) => mail.attachments.map(({ name }) => name))).toEqual([['old.pdf']])
})

test('a test mail to oneself carries what the mail to a lead would', async () => {
  await using app = await startTestEngine()
  const { mailboxId } = await stock(app, 1)
  const { sizeBytes: _, ...file } = await attach(app, 'one.pdf', PDF)
  const test_ = { mailboxId, content: CONTENT, attachments: [file], requestKey: 'pressed once' }
  await app.api.readiness.sendTest(test_)
  await app.run(1)
  expect(app.mailbox.sent[0]?.attachments).toMatchObject([{ name: 'one.pdf', hash: file.hash, bytes: PDF }])

  const gone = { ...test_, attachments: [{ ...file, hash: 'f'.repeat(64) }], requestKey: 'pressed later' }
  await expect(app.api.readiness.sendTest(gone)).rejects.toMatchObject({ code: 'attachment.not_found' })
})

test('the same bytes are kept once, under any name', async () => {
  await using app = await startTestEngine()
  const one = await attach(app, 'one.pdf', PDF)
  const two = await attach(app, 'two.pdf', PDF)

  expect([one.hash, one.name, two.name]).toEqual([two.hash, 'one.pdf', 'two.pdf'])
  expect(kept(app)).toEqual([one.hash])
})

test('a changed list of files is another version, the same list is not, and without a list the files stay', async () => {
  await using app = await startTestEngine()
  const file = await attach(app, 'one.pdf', PDF)
  const first = await saveWith(app, null as never, [file])
  const versions = [first.version]
  for (const files of [[file], null, [], [{ ...file, name: 'two.pdf' }]]) {
    versions.push((await saveWith(app, first.id as never, files)).version)
  }

  expect(versions).toEqual([1, 1, 1, 2, 3])
  const { attachments } = await app.api.templates.get({ templateId: first.id })
  expect(attachments.map(({ name }) => name)).toEqual(['two.pdf'])
})

test('the files of a version cannot be changed, taken away or lost, whoever asks the database', async () => {
  await using app = await startTestEngine()
  await saveWith(app, null as never, [await attach(app, 'one.pdf', PDF)])
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: 0 })
  const run = (sql: string) => () => db.$client.exec(sql)

  expect(run("UPDATE template_attachments SET name = 'other.pdf'")).toThrow('never edited')
  expect(run('DELETE FROM template_attachments')).toThrow('never edited')
  expect(run('DELETE FROM attached_files')).toThrow('FOREIGN KEY')
  db.close()
})

test.each([
  ['setup.exe', PDF, 'attachment.blocked', { type: 'exe', inside: null }],
  ['offer.pdf.vbs', PDF, 'attachment.blocked', { type: 'vbs', inside: null }],
  ['all.zip', zipOf([{ name: 'docs/run me.bat', bytes: PDF }]), 'attachment.blocked', { inside: 'run me.bat' }],
  ['empty.pdf', Buffer.alloc(0), 'attachment.empty', { name: 'empty.pdf' }],
  ['film.mp4', Buffer.alloc(25_000_001), 'attachment.too_large', { maxBytes: 25_000_000 }],
])('%s is refused when it is added, and nothing of it stays', async (name, bytes, code, details) => {
  await using app = await startTestEngine()
  await expect(attach(app, name, bytes)).rejects.toMatchObject({ code, details })

  expect(kept(app)).toEqual([])
  const folder = join(app.dataFolder, 'tmp', 'uploads')
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
})

test('a zip file of harmless files, and what only looks like a zip file, are taken', async () => {
  await using app = await startTestEngine()
  await attach(app, 'docs.zip', zipOf([{ name: 'offer.pdf', bytes: PDF }]))
  await attach(app, 'odd.zip', PDF)
  expect(kept(app)).toHaveLength(2)
})

test('a template with files that are unknown, blocked, too many or too large together is not saved', async () => {
  await using app = await startTestEngine()
  const save = (files: AttachedFile[]) => saveWith(app, null as never, files)
  const file = await attach(app, 'one.pdf', PDF)
  const large = await attach(app, 'large.csv', manyBytes(13_000_000))

  await expect(save([{ ...file, hash: 'f'.repeat(64) }])).rejects.toMatchObject({ code: 'attachment.not_found' })
  await expect(save([{ ...file, name: 'one.exe' }])).rejects.toMatchObject({ code: 'attachment.blocked' })
  await expect(save(Array.from({ length: 11 }, () => file))).rejects.toMatchObject({ code: 'attachment.too_many' })
  await expect(save([large, { ...large, name: 'again.csv' }])).rejects.toMatchObject({ code: 'attachment.too_large' })
  expect(await app.api.templates.list({})).toEqual([])
})

test('what a mailbox cannot carry is said before anything is queued', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 1)
  await saveWith(app, goods.templateId as never, [await attach(app, 'prices.csv', manyBytes(1_000_000))])
  app.mailbox.mostMailBytes = 1_500_000
  const smtp = { host: 'localhost', port: 25, security: 'none' as const, user: 'rep' }
  const account = { address: 'rep@corp.example', senderName: 'Rep', signature: '', smtp, password: 'x' }
  const small = await app.api.mailboxes.addSmtp(account)
  expect(small.mostMailBytes).toBe(1_500_000)
  const order = {
    ...goods,
    mailboxId: small.id,
    selection: { by: 'ids' as const, ids: goods.leadIds as never },
    at: null,
  }
  const failure = {
    code: 'dispatch.attachments_too_large',
    details: { sizeBytes: 1_000_000, maxBytes: 730_769, address: 'rep@corp.example' },
  }

  await expect(app.api.dispatch.check(order)).rejects.toMatchObject(failure)
  await expect(app.api.dispatch.queue({ ...order, requestKey: 'pressed-once' })).rejects.toMatchObject(failure)
  app.mailbox.mostMailBytes = 30_000_000
  await app.api.mailboxes.signIn({ mailboxId: small.id, password: 'y' })
  expect((await app.api.dispatch.check(order)).ready).toBe(1)
})

test('what was added and never saved is forgotten at the next start; what a version carries stays', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-test-'))
  const first = await startTestEngine({ dataFolder })
  const saved = await attach(first, 'one.pdf', PDF)
  await saveWith(first, null as never, [saved])
  await saveWith(first, (await first.api.templates.list({}))[0]?.id as never, [])
  await attach(first, 'never saved.pdf', manyBytes(10))
  expect(kept(first)).toHaveLength(2)
  await first[Symbol.asyncDispose]()
  const second = await startTestEngine({ dataFolder })

  expect(kept(second)).toEqual([saved.hash])
  await second[Symbol.asyncDispose]()
  rmSync(dataFolder, { recursive: true, force: true })
})
