import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import type { OutgoingFile, OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime, contentTypeOf } from '#electron/mailbox/mime'
import { checkMime } from '#electron/mailbox/mime-check'
import { safeFileName } from '#shared/domain/attachments'
import { manyBytes, outgoingFile, outgoingMail } from '#test/mailbox/outgoing-mail'

const BYTES = Buffer.from('%PDF-1.7\r\n.\r\n\nFrom me\r\n--x\r\n\0\xff', 'latin1')
const HEADERS = ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to', 'x-pacemail-key']

const withFiles = (...attachments: OutgoingFile[]): OutgoingMail => outgoingMail({ attachments })

/** The mail as a second parser sees it: our headers, both texts, and these files. */
async function expectReadBack(mail: OutgoingMail): Promise<void> {
  const parsed = await PostalMime.parse(await buildMime(mail))
  expect(parsed.headers.map(({ key }) => key).toSorted()).toEqual(HEADERS)
  expect([parsed.to?.length, parsed.cc, parsed.bcc]).toEqual([1, undefined, undefined])
  expect(parsed.text?.trim()).toBe(mail.text)
  expect(parsed.html?.trim() ?? null).toBe(mail.html)
  const seen = parsed.attachments.map(({ filename, disposition, content }) => [
    filename,
    disposition,
    outgoingFile('', Buffer.from(content as ArrayBuffer)).hash,
  ])
  expect(seen).toEqual(mail.attachments.map(({ name, hash }) => [name, 'attachment', hash]))
}

describe('files of a mail', () => {
  test.each<[string, Partial<OutgoingMail>]>([
    ['with HTML', {}],
    ['of plain text', { html: null }],
  ])('are read back as they were attached, in order, in a mail %s', async (_title, changes) => {
    const files = [
      outgoingFile('b.pdf', BYTES),
      outgoingFile('a.bin', manyBytes(70_000)),
      outgoingFile('b.pdf', manyBytes(1)),
    ]
    await expectReadBack(outgoingMail({ ...changes, attachments: files }))
  })

  test('make the same bytes for the same mail, and lines that every server takes', async () => {
    const mail = withFiles(outgoingFile('Angebot ü.pdf', BYTES))
    const bytes = await buildMime(mail)
    expect(await buildMime(mail)).toEqual(bytes)
    const lines = bytes.toString('latin1').split('\r\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(256)
  })

  test.each([
    ['offer.pdf', 'application/pdf'],
    ['OFFER.PDF', 'application/pdf'],
    ['prices.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['letter.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['photo.jpg', 'image/jpeg'],
    ['notes.txt', 'text/plain'],
    ['all.zip', 'application/zip'],
    ['call.ics', 'text/calendar'],
    ['mail.eml', 'application/octet-stream'],
    ['unknown', 'application/octet-stream'],
    ['pdf', 'application/octet-stream'],
  ])('%s is %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type)
  })

  test('a mail in a file, and texts with any line break, keep their bytes', async () => {
    const eml = Buffer.from('From: a@b.example\nSubject: bare\n\nlines\r\nof both kinds\n')
    await expectReadBack(withFiles(outgoingFile('mail.eml', eml), outgoingFile('notes.txt', eml)))
  })

  test('of 25 MB together fit below what Gmail takes', async () => {
    const half = manyBytes(12_500_000)
    const bytes = await buildMime(withFiles(outgoingFile('a.bin', half), outgoingFile('b.bin', half)))
    expect(bytes.length).toBeLessThan(36_700_160)
  })
})

describe('a hostile file name', () => {
  test.each([
    'a\r\nBcc: eve@evil.example.pdf',
    'a\nX-Evil: 1.pdf',
    'a".pdf',
    'a"; filename="b.pdf',
    '../a.pdf',
    'a\\b.pdf',
    'a\0.pdf',
    'a\u2028.pdf',
    'photo\u202egpj.pdf',
    '=?UTF-8?Q?a=2Eexe?=',
    'a.pdf ',
    'a.pdf.',
    '',
    'nul',
    '\ud800.pdf',
    'setup.exe',
    'offer.pdf.vbs',
  ])('%j stops the mail', async (name) => {
    await expect(buildMime(withFiles(outgoingFile(name, BYTES)))).rejects.toMatchObject({
      code: 'mail.invalid',
      details: { field: 'attachments' },
    })
  })

  test('once made safe is read back as it is, and adds no header', async () => {
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
      fc.constantFrom(
        '\r\n',
        '"',
        "'",
        ';',
        '%',
        '*',
        '=',
        '(',
        ')',
        '=?UTF-8?Q?',
        '?=',
        ', ',
        '日本語'.repeat(20),
        '👋🏽',
        '\\',
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 5 }), async (pieces) => {
        await expectReadBack(withFiles(outgoingFile(safeFileName(`${pieces.join('')}.pdf`), BYTES)))
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})

describe('the last look at the finished bytes refuses', () => {
  const mail = withFiles(outgoingFile('offer.pdf', manyBytes(500)))
  const expected = {
    from: 'rita@pacemail.example',
    to: 'ann@corp.example',
    key: mail.key,
    hasHtml: true,
    isFollowUp: false,
    hasUnsubscribe: false,
    fileHashes: mail.attachments.map(({ hash }) => hash),
  }

  test.each<[string, string | RegExp, string]>([
    ['another byte in a file', /(filename=offer\.pdf\r\n\r\n)P/, '$1Q'],
    ['a file that is shown instead of attached', 'Disposition: attachment', 'Disposition: inline'],
    ['a file in another encoding', 'Encoding: base64', 'Encoding: 8bit'],
    ['a header too many at a file', 'Content-Disposition: attachment', 'X-Evil: 1\r\nContent-Disposition: attachment'],
    ['a part too many', 'Hello Ann', `----_NmP-${mail.key}-Part_1`],
  ])('%s', async (_title, from, to) => {
    const text = (await buildMime(mail)).toString('latin1')
    expect(text).toMatch(from)
    expect(() => checkMime(Buffer.from(text.replace(from, to), 'latin1'), expected)).toThrow(/^finished mail/)
  })

  test('a file that is missing, or one that nobody attached', async () => {
    const bytes = await buildMime(mail)
    expect(() => checkMime(bytes, { ...expected, fileHashes: [] })).toThrow(/^finished mail/)
    const two = [...expected.fileHashes, ...expected.fileHashes]
    expect(() => checkMime(bytes, { ...expected, fileHashes: two })).toThrow(/^finished mail/)
    checkMime(bytes, expected)
  })

  test('a file that changed on our disk since it was attached', async () => {
    const changed = { ...outgoingFile('offer.pdf', BYTES), bytes: manyBytes(10) }
    await expect(buildMime(withFiles(changed))).rejects.toMatchObject({ code: 'mail.invalid' })
  })
})
