import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIncoming } from '#electron/mailbox/parse-incoming'
import type { IncomingMail } from '#shared/domain/incoming/incoming-mail'
import { fixtureBytes, parseFixture, RECEIVED_AT } from '#test/shared/incoming-mails'

const FACTS = { receivedAt: RECEIVED_AT, threadId: 'thread-7', ownAddresses: ['Rep@sender.example', 'x@y.example'] }

function parse(mail: string | Uint8Array): Promise<IncomingMail> {
  return parseIncoming(typeof mail === 'string' ? Buffer.from(mail.replaceAll('\n', '\r\n'), 'latin1') : mail, FACTS)
}

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

describe('the head of a mail', () => {
  test('gives what the rules look at', async () => {
    const mail = await parse(
      utf8(`Return-Path: <ann@corp.example>
From: "Lee, Änn" <Ann.Lee@Corp.example>
To: Team: Rep <REP@sender.example>, bob@corp.example;
Cc: carol@corp.example
Subject: =?utf-8?Q?R=C3=A9ponse?=
 =?utf-8?Q?_automatique?=  twice
 folded
Message-ID: <a1@corp.example>
In-Reply-To: <third@x.example>
References: <first@x.example>
 <second@x.example> <third@x.example>
AUTO-SUBMITTED: auto-replied
Auto-Submitted: no
X-Secret: not kept

Hello
`),
    )
    expect(mail).toEqual({
      from: 'ann.lee@corp.example',
      to: ['rep@sender.example', 'bob@corp.example', 'carol@corp.example'],
      subject: 'Réponse automatique twice folded',
      receivedAt: RECEIVED_AT,
      threadId: 'thread-7',
      messageId: '<a1@corp.example>',
      refersTo: ['<third@x.example>', '<second@x.example>', '<first@x.example>'],
      headers: { 'return-path': '<ann@corp.example>', 'auto-submitted': 'auto-replied' },
      newText: 'Hello',
      text: 'Hello\n',
      report: null,
      isFromSelf: false,
    })
  })

  test.each(['rep@sender.example', 'REP@Sender.example', 'rep+tag@sender.example', 'x@y.example'])(
    '%s is the rep',
    async (from) => {
      expect((await parse(`From: ${from}\n\n`)).isFromSelf).toBe(true)
    },
  )

  test.each(['ann@corp.example', 'rep@sender.example.evil.example', '"rep@sender.example" <eve@evil.example>', ''])(
    '%j is not',
    async (from) => {
      expect((await parse(`From: ${from}\n\n`)).isFromSelf).toBe(false)
    },
  )

  test('of several From headers the first counts', async () => {
    expect((await parse('From: ann@corp.example\nFrom: rep@sender.example\n\n')).from).toBe('ann@corp.example')
  })
})

describe('the text of a mail', () => {
  test.each([
    ['human-reply', 'Hi Rob,\n\nby hand, with a list on paper. Call me on Thursday before 5 December?\n\nAnn'],
    ['bottom-reply', 'Ann Lee wrote on her phone; this is the note.\n\n\nBy hand.\n\n\nThanks for asking!'],
    ['outlook-reply', 'By hand.'],
    ['html-only-reply', 'Hi Rob,\n\nby hand & on paper: see here.'],
    ['colleague-reply', 'Ann passed this on to me. Please send an offer.'],
    ['stop', 'STOP'],
    [
      'french-oof',
      'Bonjour,\n\nJe suis absente du 1er au 8 décembre et de retour le 9 décembre.\n\nCordialement,\nAnn Lee',
    ],
  ])('%s.eml', async (fixture, newText) => {
    expect((await parseFixture(fixture)).newText).toBe(newText)
  })

  test.each<[string, string, string]>([
    ['utf-8', 'charset=utf-8', utf8('Grüße 👋')],
    ['no charset', 'x=y', utf8('Grüße 👋')],
    ['latin-1', 'charset="ISO-8859-1"', 'Grüße'],
    ['windows-1252', 'charset=windows-1252', 'Grüße \x80'],
    ['an unknown charset', 'charset=martian-7', 'Grüße'],
    ['Japanese', 'charset=iso-2022-jp', '\x1b$B$3$s\x1b(B'],
  ])('%s', async (name, charset, body) => {
    const { text } = await parse(`Content-Type: text/plain; ${charset}\nContent-Transfer-Encoding: 8bit\n\n${body}`)
    const expected: Record<string, string> = {
      'windows-1252': 'Grüße €',
      Japanese: 'こん',
      'utf-8': 'Grüße 👋',
      'no charset': 'Grüße 👋',
    }
    expect(text.trim()).toBe(expected[name] ?? 'Grüße')
  })

  test.each<[encoding: string, body: string, charset?: string]>([
    ['base64', Buffer.from(utf8('Grüße'), 'latin1').toString('base64')],
    ['base64', Buffer.from('\ufeffGrüße', 'utf16le').toString('base64'), '; charset=utf-16'],
    ['quoted-printable', 'Gr=C3=BC=\n=C3=9Fe'],
  ])('%s is decoded', async (encoding, body, charset = '') => {
    expect(
      (await parse(`Content-Type: text/plain${charset}\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n`)).newText,
    ).toBe('Grüße')
  })

  test('an empty plain part gives way to the HTML beside it', async () => {
    const mail = await parse(
      'Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<p>Hello<br>Ann</p>\n--b--\n',
    )
    expect(mail.newText).toBe('Hello\nAnn')
  })

  test('attached texts and attached mails are not part of it', async () => {
    const mail = await parse(
      `Content-Type: multipart/mixed; boundary="b b"\n\n--b b\n\nHello\n--b b
Content-Type: text/plain
Content-Disposition: attachment; filename=notes.txt

unsubscribe
--b b
Content-Type: message/rfc822

Subject: inner

unsubscribe
--b b
Content-Type: application/pdf

%PDF
--b b--
unsubscribe`,
    )
    expect(mail.text.trim()).toBe('Hello')
  })

  test('of a report only what it says itself is', async () => {
    const mail = await parse('Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry\n--b\n\nunsubscribe\n--b--\n')
    expect(mail.newText).toBe('Sorry')
  })

  test('a boundary in the middle of a line is text', async () => {
    const mail = await parse('Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee --b\nand more\n--b--\n')
    expect(mail.newText).toBe('see --b\nand more')
  })

  test('parts inside parts are found', async () => {
    const mail = await parse(
      'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=ab\n\n--ab\n\nHello\n--ab\nContent-Type: text/html\n\n<b>no</b>\n--ab--\n--a\n\nFooter\n--a--\n',
    )
    expect(mail.newText).toBe('Hello\n\nFooter')
  })

  test('a mail that is cut off anywhere keeps what is before the cut', async () => {
    const bytes = fixtureBytes('gmail-ndr')
    for (let end = 0; end <= bytes.length; end += 37) expect(await parse(bytes.subarray(0, end))).toBeTypeOf('object')
    const cut = await parse(bytes.subarray(0, bytes.indexOf('Last-Attempt-Date')))
    expect(cut.report).toMatchObject({ failedAddress: 'ann.lee@corp.example', status: '5.1.1', originalKey: null })
  })

  test('NULs, control characters and half characters are left out', async () => {
    const mail = await parse('Subject: a\0b\x07c\nMessage-ID: <a@b.example>\n\nHel\0lo\x1b\x7f\n')
    expect(mail).toMatchObject({ subject: 'abc', text: 'Hello\n', messageId: '<a@b.example>' })
  })
})

describe('a delivery report', () => {
  test.each<[string, object | null]>([
    [
      'gmail-ndr',
      {
        source: 'dsn',
        failedAddress: 'ann.lee@corp.example',
        action: 'failed',
        status: '5.1.1',
        diagnosticCode:
          'smtp; 550 5.1.1 <ann.lee@corp.example>: Recipient address rejected: User unknown in virtual mailbox table',
        originalMessageId: '<CAFk7q2m4x6=t8v2w3y5@mail.gmail.com>',
        originalKey: 'k7q2m4x6t8v2w3y5',
      },
    ],
    [
      'postfix-ndr',
      { status: '5.0.0', originalKey: 'k7q2m4x6t8v2w3y5', diagnosticCode: 'smtp; 550 No such user here' },
    ],
    ['exchange-ndr', { failedAddress: 'ann.lee@corp.example', status: '5.1.10', originalKey: 'k7q2m4x6t8v2w3y5' }],
    ['postfix-delayed', { action: 'delayed', status: '4.4.1' }],
    ['qmail-bounce', { source: 'prose', failedAddress: 'ann.lee@corp.example', originalKey: 'k7q2m4x6t8v2w3y5' }],
    ['read-receipt', null],
    ['human-reply', null],
  ])('%s.eml', async (fixture, report) => {
    const mail = await parseFixture(fixture)
    if (report === null) expect(mail.report).toBeNull()
    else expect(mail.report).toMatchObject(report)
  })

  const STATUS = 'Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n'
  const failed = (address: string): string => `Final-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\n\n`

  test('of several recipients the one that failed counts', async () => {
    const delivered = 'Final-Recipient: rfc822; list@x.example\nAction: expanded\nStatus: 2.0.0\n\n'
    const mail = await parse(
      `Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry\n--b\n${STATUS}${delivered}${failed('ann@x.example')}--b--`,
    )
    expect(mail.report).toMatchObject({ failedAddress: 'ann@x.example', action: 'failed' })
  })

  test('of Google names our mail even where no copy of it came back', async () => {
    const google = 'Content-Type: message/delivery-status\n\nX-Original-Message-ID: <ours@x.example>\n\n'
    const mail = await parse(
      `Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry\n--b\n${google}${failed('ann@x.example')}--b--`,
    )
    expect(mail.report?.originalMessageId).toBe('<ours@x.example>')
  })

  test('may be encoded', async () => {
    const status = Buffer.from(`Reporting-MTA: dns; x\r\n\r\n${failed('ann@x.example')}`).toString('base64')
    const mail = await parse(
      `Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${status}\n--b--`,
    )
    expect(mail.report?.failedAddress).toBe('ann@x.example')
  })

  test('may be a header and prose', async () => {
    const from = 'From: mailer-daemon@googlemail.com\nX-Failed-Recipients: Ann@x.example\n'
    expect((await parse(`${from}Subject: Delivery Status Notification (Failure)\n\n`)).report).toMatchObject({
      source: 'header',
      failedAddress: 'ann@x.example',
      action: 'failed',
      status: null,
    })
    expect((await parse(`${from}Subject: Delivery Status Notification (Delay)\n\n`)).report?.action).toBe('delayed')
  })

  test('that a person has attached to a mail is none', async () => {
    const attached = `Content-Type: multipart/mixed; boundary=b\n\n--b\n\nLook\n--b\n${STATUS}${failed('ann@x.example')}--b--`
    expect((await parse(`From: bob@corp.example\n${attached}`)).report).toBeNull()
    expect((await parse(`From: mailer-daemon@corp.example\n${attached}`)).report).not.toBeNull()
  })

  test('keeps no key that could not be ours', async () => {
    const mail = await parse(
      `Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry\n--b\n${STATUS}${failed('a@x.example')}--b\nContent-Type: text/rfc822-headers\n\nX-Pacemail-Key: ../../etc/passwd\n--b--`,
    )
    expect(mail.report?.originalKey).toBeNull()
  })
})

describe('hostile mail', () => {
  const HEAD = 'From: a@b.example\r\nContent-Type: '
  // Sizes at which work that grows with the square of the input would not end within the limit of a test.
  test.each<[string, string]>([
    ['ten megabytes of quote marks', `${HEAD}text/plain\r\n\r\n${'>'.repeat(10_000_000)}`],
    ['ten megabytes of quoted lines', `${HEAD}text/plain\r\n\r\n${'>\n'.repeat(5_000_000)}`],
    ['ten megabytes of line breaks', `${HEAD}text/plain\r\n\r\n${'\n'.repeat(10_000_000)}`],
    ['nothing but a head', 'a:\n'.repeat(3_000_000)],
    ['a head of one line', `Subject: ${'=?utf-8?q?a?= '.repeat(700_000)}`],
    ['a head of folds', `To: a\n${' b\n'.repeat(3_000_000)}`],
    ['a hundred thousand recipients', `To: ${'a@b.example, '.repeat(100_000)}\n\n`],
    ['groups of recipients', `To: ${'a:b<,;'.repeat(1_000_000)}\n\n`],
    ['comments', `Content-Type: text/plain; ${'('.repeat(1_000_000)}\n\n`],
    ['parts without end', `${HEAD}multipart/mixed; boundary=a\r\n\r\n${'--a\n\n'.repeat(200_000)}`],
    ['parts of many lines', `${HEAD}multipart/mixed; boundary=a\r\n\r\n${`--a\n\n${'\n'.repeat(9_990)}`.repeat(100)}`],
    ['half boundaries', `${HEAD}multipart/mixed; boundary=a\r\n\r\n${'\n--a-'.repeat(200_000)}`],
    [
      'parts in parts',
      `${HEAD}multipart/mixed; boundary=a\r\n\r\n${'--a\nContent-Type: multipart/mixed; boundary=a\n\n'.repeat(20_000)}`,
    ],
    ['parts in parts of other names', nested(10_000)],
    ['HTML of open tags', `${HEAD}text/html\r\n\r\n${'<a href='.repeat(120_000)}`],
    ['HTML of deep tags', `${HEAD}text/html\r\n\r\n${'<div><blockquote>'.repeat(50_000)}x`],
    ['HTML of tables', `${HEAD}text/html\r\n\r\n${'<table><tr><td>'.repeat(50_000)}x`],
    ['HTML of comments', `${HEAD}text/html\r\n\r\n${'<!--'.repeat(250_000)}`],
    [
      'text and HTML side by side',
      `${HEAD}multipart/mixed; boundary=a\r\n\r\n--a\n\n${'&lt;<'.repeat(90_000)}\n--a\nContent-Type: text/html\n\n${'<a href='.repeat(60_000)}`,
    ],
    [
      'a report of many recipients',
      `${HEAD}multipart/report; boundary=a\r\n\r\n--a\n\n--a\nContent-Type: message/delivery-status\n\n${'\n\nAction: failed'.repeat(60_000)}`,
    ],
  ])('%s', async (_, mail) => {
    const { text, newText, subject, to } = await parse(Buffer.from(mail, 'latin1'))
    expect(text.length).toBeLessThanOrEqual(20_000)
    expect(newText.length).toBeLessThanOrEqual(10_000)
    expect(subject.length).toBeLessThanOrEqual(1_000)
    expect(to.length).toBeLessThanOrEqual(50)
  })

  test('a part that is nested too deeply is not read', async () => {
    expect((await parse(Buffer.from(nested(9), 'latin1'))).newText).toBe('deep')
    expect((await parse(Buffer.from(nested(30), 'latin1'))).newText).toBe('')
  })

  test('any bytes give a mail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await parse(bytes)).receivedAt).toBe(RECEIVED_AT)
      }),
      { numRuns: 300 },
    )
  })

  test('any mixture of what mails are made of gives a mail without control characters', async () => {
    const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 10 }))
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const mail = await parse(Buffer.from(pieces.join(''), 'latin1'))
        expect(JSON.stringify(mail)).not.toMatch(/\\u00(?:0[0-8bef]|1|7f)|\\ud[89a-f]/)
      }),
      { numRuns: 500 },
    )
  })
})

/** What mails are made of. */
const PIECES = [
  'From: ',
  'To: ',
  'Subject: ',
  'References: ',
  'X-Failed-Recipients: ',
  'Content-Type: ',
  'Content-Transfer-Encoding: base64',
  'multipart/report; boundary=b',
  'multipart/alternative; boundary="b"',
  'message/delivery-status',
  'text/html; charset=utf-7',
  '; charset=utf-16',
  'Final-Recipient: rfc822;',
  'On 1 Jan x wrote:',
  '\r\n--b\r\n',
  '--b--',
  '\r\n',
  '\n\n',
  '\r',
  '\0',
  '\xff\xfe',
  '=00',
  '=ED=A0=80',
  '=?utf-8?b?',
  '?=',
  '<a@b.example>',
  'a@b.example',
  '<p>',
  '&#0;',
  '> ',
]

/** So many parts inside each other, each with a boundary of its own, and a text in the innermost. */
function nested(depth: number): string {
  const heads = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}x\n\n--b${level}x\n`,
  )
  return `${heads.join('')}\ndeep\n`
}
