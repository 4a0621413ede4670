import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import type { OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime, messageIdOf } from '#electron/mailbox/mime'
import { checkMime } from '#electron/mailbox/mime-check'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

const HEADERS = ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to', 'x-pacemail-key']

/** What tries to become a header, a recipient or a mail of its own. */
const EVIL = [
  '\r\nBcc: eve@evil.example',
  '\nBcc: eve@evil.example',
  '\r\n\r\nsecond body',
  '\r\n.\r\nMAIL FROM:<eve@evil.example>',
  '\r.\r',
  '\0',
  '\u2028Bcc: eve@evil.example',
  '\u0085Bcc: eve@evil.example',
  '\x7f',
  '\ud800',
  '=?UTF-8?Q?Bcc=3A_eve?=',
  '=?utf-8?b?ZXZlQGV2aWwuZXhhbXBsZQ==?=',
]
/** Odd, and allowed: it must arrive as it is. */
const ODD = [
  ', eve@evil.example',
  '; eve@evil.example',
  '" <eve@evil.example>, "',
  '<eve@evil.example>',
  '(comment) eve@evil.example',
  'group: eve@evil.example;',
  'Grüße, Müller',
  '👋🏽 Ann',
  '日本語の件名はとても長い'.repeat(12),
  '\\"\\',
  "O'Brien & Söhne <GmbH>",
  '{{firstName}} <script>alert(1)</script>',
  '-- ',
  'From me',
  'a=b?c',
]

describe('the bytes of a mail', () => {
  test('are the same for the same mail, with our headers only', async () => {
    const first = await buildMime(outgoingMail())
    expect(await buildMime(outgoingMail())).toEqual(first)

    const { headers } = await PostalMime.parse(first)
    expect(headers.map(({ key }) => key).toSorted()).toEqual(HEADERS)
  })

  test('carry key, Message-ID and date so that the mail can be found again', async () => {
    const mail = outgoingMail()
    const parsed = await PostalMime.parse(await buildMime(mail))

    expect(messageIdOf(mail)).toBe('<k7q2m4x6z3abcdefghijklmnop@pacemail.example>')
    expect(parsed.messageId).toBe(messageIdOf(mail))
    expect(parsed.headers.find(({ key }) => key === 'x-pacemail-key')?.value).toBe(mail.key)
    expect(parsed.date).toBe('2026-01-05T09:00:00.000Z')
  })

  test('have one part without html and two with it', async () => {
    const plain = (await buildMime(outgoingMail({ html: null }))).toString()
    expect(plain).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m)
    expect(plain).not.toContain('multipart')
    expect((await buildMime(outgoingMail())).toString()).toContain('multipart/alternative')
  })

  test('name no file and fetch no address, whatever the body says', async () => {
    const mail = outgoingMail({ text: 'file:///etc/passwd', html: '<img src="file:///etc/passwd">' })
    const { attachments, html } = await PostalMime.parse(await buildMime(mail))
    expect(attachments).toEqual([])
    expect(html).toContain('<img src="file:///etc/passwd">')
  })
})

describe('hostile text', () => {
  const set: Record<string, (text: string) => OutgoingMail> = {
    'the subject': (text) => outgoingMail({ subject: `Hello${text}` }),
    "the recipient's name": (text) => outgoingMail({ to: { name: `Ann${text}`, address: 'ann@corp.example' } }),
    "the sender's name": (text) => outgoingMail({ from: { name: `Rita${text}`, address: 'rita@pacemail.example' } }),
    "the recipient's address": (text) => outgoingMail({ to: { name: 'Ann', address: `ann@corp.example${text}` } }),
    "the sender's address": (text) => outgoingMail({ from: { name: 'Rita', address: `rita@pacemail.example${text}` } }),
  }
  const places = Object.keys(set)

  test.each(places.flatMap((place) => EVIL.map((text) => [place, text] as const)))(
    '%s refuses %j',
    async (place, text) => {
      await expect(buildMime(set[place]!(text))).rejects.toMatchObject({ code: 'mail.invalid' })
    },
  )

  test.each(ODD)('subject and names keep %j, and nobody else is written to', async (text) => {
    const mail = outgoingMail({
      subject: `Hello ${text}`,
      to: { name: `Ann ${text}`, address: 'ann@corp.example' },
      from: { name: `Rita ${text}`, address: 'rita@pacemail.example' },
    })
    await expectReadBack(mail)
  })

  test.each(ODD)('no address ends in %j', async (text) => {
    const mail = outgoingMail({ to: { name: 'Ann', address: `ann@corp.example${text}` } })
    await expect(buildMime(mail)).rejects.toMatchObject({ code: 'mail.invalid', details: { field: 'to' } })
  })

  test('a line that is too long for a header stops the mail', async () => {
    const mail = outgoingMail({ subject: 'x'.repeat(2_000) })
    await expect(buildMime(mail)).rejects.toMatchObject({ code: 'mail.invalid' })
  })
})

test('any name, subject and body is refused or read back the same by another parser', async () => {
  const piece = fc.oneof(
    { weight: 10, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
    { weight: 4, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: fc.constantFrom(...EVIL) },
  )
  const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''))
  await fc.assert(
    fc.asyncProperty(text, text, text, fc.option(text), async (subject, name, body, html) => {
      const mail = outgoingMail({ subject, to: { name, address: 'ann@corp.example' }, text: body, html })
      const isHostile = /[\p{Cc}\p{Cs}\u2028\u2029]|=\?/u.test(`${subject} ${name}`)
      if (isHostile) await expect(buildMime(mail)).rejects.toMatchObject({ code: 'mail.invalid' })
      else await expectReadBack(mail)
    }),
    { numRuns: 80 },
  )
}, 60_000)

/** The mail as a second parser sees it: the same people, subject and bodies, and nothing that we did not write. */
async function expectReadBack(mail: OutgoingMail): Promise<void> {
  const bytes = await buildMime(mail)
  const parsed = await PostalMime.parse(bytes)
  const names = parsed.headers.map(({ key }) => key).filter((key) => key !== 'content-transfer-encoding')

  expect([...new Set([...names, 'subject'])].toSorted()).toEqual(HEADERS)
  expect(names.length).toBe(new Set(names).size)
  const people = [parsed.from, ...(parsed.to ?? [])].map((who) => [oneLine(who?.name ?? ''), who?.address])
  expect(people).toEqual([
    [oneLine(mail.from.name), 'rita@pacemail.example'],
    [oneLine(mail.to.name), 'ann@corp.example'],
  ])
  expect([parsed.cc, parsed.bcc, parsed.replyTo, parsed.sender]).toEqual([undefined, undefined, undefined, undefined])
  expect(oneLine(parsed.subject ?? '')).toBe(oneLine(mail.subject))
  expect(lines(parsed.text)).toBe(lines(mail.text))
  expect(lines(parsed.html)).toBe(lines(mail.html ?? undefined))
  expect(parsed.attachments).toEqual([])
}

/** Folding a header may turn several spaces into one. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function lines(text: string | undefined): string {
  return (text ?? '').toWellFormed().replace(/\r\n?/g, '\n').trim()
}

describe('the last look at the finished bytes refuses', () => {
  const expected = {
    from: 'rita@pacemail.example',
    to: 'ann@corp.example',
    key: outgoingMail().key,
    hasHtml: true,
    isFollowUp: false,
    hasUnsubscribe: false,
    fileHashes: [],
  }
  const change = async (from: string | RegExp, to: string) => {
    const text = (await buildMime(outgoingMail())).toString('latin1')
    expect(text).toMatch(from)
    return Buffer.from(text.replace(from, to), 'latin1')
  }

  test.each<[string, string | RegExp, string]>([
    ['a second To', 'To: Ann', 'To: Eve <eve@evil.example>\r\nTo: Ann'],
    ['a Bcc', 'Subject:', 'Bcc: eve@evil.example\r\nSubject:'],
    ['an unknown header', 'Subject:', 'X-Evil: 1\r\nSubject:'],
    ['another recipient', 'ann@corp.example', 'eve@evil.example'],
    ['a second recipient', '<ann@corp.example>', '<ann@corp.example>, <eve@evil.example>'],
    ['a recipient before the recipient', 'Ann Example <', 'eve@evil.example, Ann <'],
    ['a group', 'Ann Example <', 'all: eve@evil.example; <'],
    ['another sender', 'rita@pacemail.example>', 'ceo@evil.example>'],
    ['another key', /X-Pacemail-Key: \w+/, 'X-Pacemail-Key: other'],
    ['a missing key', /X-Pacemail-Key: \w+\r\n/, ''],
    ['a bare line feed', 'Hello Ann', 'Hello\nAnn'],
    ['a bare carriage return', 'Hello Ann', 'Hello\rAnn'],
    ['a dot between bare line breaks', 'Hello Ann', 'Hello\n.\nAnn'],
    ['a NUL', 'Hello Ann', 'Hello\0Ann'],
    ['a byte beyond ASCII', 'Hello Ann', 'Hello \xe4'],
    ['a line of 999 letters', 'Hello Ann', 'x'.repeat(999)],
    ['a line that is no header', 'Subject:', 'no header at all\r\nSubject:'],
    ['a part too many', 'Hello Ann', `----_NmP-${outgoingMail().key}-Part_1`],
    ['no line break at the end', /\r\n$/, ''],
  ])('%s', async (_title, from, to) => {
    const bytes = await change(from, to)
    expect(() => checkMime(bytes, expected)).toThrow(/^finished mail/)
  })

  test('nothing of a mail that is right', async () => {
    expect(() => checkMime(Buffer.from(''), expected)).toThrow()
    checkMime(await buildMime(outgoingMail()), expected)
  })
})
