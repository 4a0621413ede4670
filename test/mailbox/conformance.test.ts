import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import type { MailProvider, OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { createPracticeProvider } from '#electron/mailbox/practice/practice'
import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'
import { startGoogleServer } from '#test/fakes/google-server'
import { openGmail } from '#test/mailbox/gmail-place'
import { imapPlace } from '#test/mailbox/imap-place'
import { manyBytes, outgoingFile, outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace } from '#test/mailbox/outlook-place'
import { startSmtpServer, testAuthority, type SmtpServerChoices } from '#test/support/smtp-server'

/** A place where mail arrives, and a way to open the mailbox that sends there, as often as a test restarts. */
interface Place extends Habits {
  open(): MailProvider
  /** What really arrived. */
  arrived(): Promise<Arrival[]>
  [Symbol.asyncDispose](): Promise<void>
}

/** In what places differ, and may. */
interface Habits {
  /** The bytes that the place keeps as they were sent; where it keeps no bytes, what it keeps of the mail. */
  readonly keeps: (bytes: Buffer) => Buffer | Promise<Buffer>
  /** The Message-ID that the answer to a send names; null where it names none. */
  readonly answeredId: string | RegExp | null
  /** What a look proves of a mail that is in none of its stages. */
  readonly absence: 'absent' | 'unknown'
  /** What a look proves of a mail that is drafted; SMTP knows no drafts. */
  readonly drafted?: 'unknown'
  /** May the same mail, drafted twice, be two drafts? */
  readonly mayDraftTwice: boolean
}

interface Arrival {
  /** The recipients of the envelope, where the place has one; else those of the header. */
  readonly to: readonly string[]
  readonly bytes: Buffer
}

const MAIL = outgoingMail()
/** ms; nothing here comes near it. */
const SMTP_TIMEOUT_MS = 120_000
/** Every byte arrives, and one key is one draft. */
const EXACT: Habits = {
  keeps: (bytes) => bytes,
  answeredId: `<${MAIL.key}@pacemail.example>`,
  absence: 'absent',
  mayDraftTwice: false,
}
/**
 * Gmail writes its own Message-ID and leaves the rest as it is. It has no key of ours, so a lost answer may leave a second
 * draft; and as traces can be deleted by hand, it never proves that a mail was not sent (providers.md §5.1).
 */
const GMAIL: Habits = {
  keeps: (bytes) => Buffer.from(bytes.toString('latin1').replace(/^Message-ID: .*\r\n/m, ''), 'latin1'),
  answeredId: null,
  absence: 'unknown',
  mayDraftTwice: true,
}

/**
 * Exchange keeps fields and not bytes (outlook-message.ts says why): addresses, subject, our key, and one body. Of a mail
 * with HTML that is the HTML, in a document of Exchange's, and its text part is made by Exchange: outlook.test.ts looks at
 * that one. Message-ID and Date are Exchange's, and its index finds no proof of absence (providers.md §5.2).
 */
const OUTLOOK: Habits = {
  keeps: async (bytes) => {
    const { from, to, cc, bcc, subject = '', html, text, headers } = await PostalMime.parse(bytes)
    const key = headers.find((header) => header.key === 'x-pacemail-key')?.value
    const unsubscribe = headers.find((header) => header.key === 'list-unsubscribe')?.value
    const body = html?.replace(/^<html><head>[^]*?<body>|<\/body><\/html>\s*$/g, '').trimEnd() ?? text?.trimEnd()
    return Buffer.from(JSON.stringify({ from, to, cc, bcc, subject, key, unsubscribe, isHtml: Boolean(html), body }))
  },
  answeredId: /^<[^<>@]+@[^<>@]+>$/,
  absence: 'unknown',
  mayDraftTwice: true,
}

const go = () => true
const never = () => new AbortController().signal

/** Real servers on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const systemAuthorities = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...systemAuthorities, testAuthority()]))
afterAll(() => tls.setDefaultCACertificates(systemAuthorities))

const PLACES: [string, () => Promise<Place>][] = [
  ['practice', practicePlace],
  ['smtp to this machine', () => smtpPlace({ security: 'none' })],
  ['smtp without pipelining', () => smtpPlace({ security: 'none', hasPipelining: false })],
  ['smtp with STARTTLS', () => smtpPlace({ security: 'starttls' })],
  ['smtp with TLS', () => smtpPlace({ security: 'tls' })],
  ['smtp with imap', smtpWithImapPlace],
  ['gmail', gmailPlace],
  ['outlook', outlookPlaceHere],
]

describe.concurrent.each(PLACES)('%s', (_name, createPlace) => {
  test('a mail arrives once, at one recipient, with the bytes of the preview', async ({ expect }) => {
    await using place = await createPlace()
    const mailbox = place.open()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    const answer = await mailbox.sendDraft(draftId, MAIL, go, never())

    const [arrival, ...others] = await place.arrived()
    expect(others).toEqual([])
    expect(arrival?.to).toEqual(['ann@corp.example'])
    expect(arrival && (await place.keeps(arrival.bytes))).toEqual(await place.keeps(await buildMime(MAIL)))
    const { answeredId } = place
    expect(answer.messageId).toEqual(answeredId instanceof RegExp ? expect.stringMatching(answeredId) : answeredId)
  })

  test.for<[string, Partial<OutgoingMail>]>([
    ['lines that begin with a dot', { text: '.\n..\n.hidden\nend\n.' }],
    ['one line of 5,000 letters', { text: 'x'.repeat(5_000) }],
    ['umlauts, emoji and a formula', { subject: 'Grüße 👋', text: '=1+1 äöü 👋', html: '<p>=1+1 äöü 👋</p>' }],
    ['plain text only', { html: null }],
    ['half a megabyte', { text: 'A quite ordinary line.\n'.repeat(22_000) }],
    ['an address in another spelling', { to: { name: '', address: 'Ann@MÜLLER.example' } }],
  ])('%s: the bytes stay the same', async ([_title, changes], { expect }) => {
    await using place = await createPlace()
    const mail = outgoingMail(changes)
    await send(place.open(), mail)

    const [arrival] = await place.arrived()
    const [kept, wanted] = [arrival && (await place.keeps(arrival.bytes)), await place.keeps(await buildMime(mail))]
    expect(kept?.equals(wanted)).toBe(true)
    expect(arrival?.to).toEqual([changes.to ? 'Ann@xn--mller-kva.example' : 'ann@corp.example'])
  })

  test('two files, one of 4 MB and one with a foreign name, arrive byte for byte', async ({ expect }) => {
    await using place = await createPlace()
    const files = [
      outgoingFile('Angebot für Müller – 見積書.pdf', Buffer.from('%PDF-1.7\r\n.\r\n\0\nend')),
      outgoingFile('prices.csv', manyBytes(4_000_000)),
    ]
    await send(place.open(), outgoingMail({ attachments: files }))

    const [arrival, ...others] = await place.arrived()
    expect(others).toEqual([])
    const { attachments, html, text } = await PostalMime.parse(arrival?.bytes ?? '')
    expect(attachments.map(({ filename }) => filename)).toEqual(files.map(({ name }) => name))
    expect(attachments.map(({ mimeType }) => mimeType)).toEqual(['application/pdf', 'text/csv'])
    expect(attachments.map(({ disposition }) => disposition)).toEqual(['attachment', 'attachment'])
    expect(attachments.map(({ content }) => hashOf(content))).toEqual(files.map(({ hash }) => hash))
    expect([html, text]).toEqual([expect.stringContaining('ask you'), expect.stringContaining('ask you')])
  })

  test('a draft prepared twice is one draft, or two that are found, and sends nothing', async ({ expect }) => {
    await using place = await createPlace()
    const first = await place.open().createDraft(MAIL, never())
    const second = await place.open().createDraft(MAIL, never())
    const strays = await place.open().strayDrafts(never())

    if (place.mayDraftTwice) expect(strays.map(({ key }) => key)).toEqual([MAIL.key, MAIL.key])
    else expect(second).toEqual(first)
    expect(await place.arrived()).toEqual([])
  })

  test('a stray draft can be thrown away by what is told of it', async ({ expect }) => {
    await using place = await createPlace()
    await place.open().createDraft(MAIL, never())
    await place.open().createDraft(MAIL, never())
    for (const { draftId } of await place.open().strayDrafts(never())) await place.open().deleteDraft(draftId, never())

    expect(await place.open().strayDrafts(never())).toEqual([])
  })

  test('the sender is asked once, right before the mail leaves', async ({ expect }) => {
    await using place = await createPlace()
    const asked: number[] = []
    await send(place.open(), MAIL, () => asked.push(1) > 0)

    expect(asked).toEqual([1])
    expect(await place.arrived()).toHaveLength(1)
  })

  test('a mail that is stopped before its first byte does not arrive, and may be sent later', async ({ expect }) => {
    await using place = await createPlace()
    const mailbox = place.open()

    await expect(send(mailbox, MAIL, () => false)).rejects.toMatchObject({ code: 'mail.unreachable' })
    expect(await place.arrived()).toEqual([])
    await send(mailbox, MAIL)
    expect(await place.arrived()).toHaveLength(1)
  })

  test('a mail does not arrive when the last question itself fails', async ({ expect }) => {
    await using place = await createPlace()
    const fail = () => {
      throw new Error('the database is closed')
    }

    await expect(send(place.open(), MAIL, fail)).rejects.toMatchObject({ code: 'mail.unreachable' })
    expect(await place.arrived()).toEqual([])
  })

  test('after an abort nothing is asked and nothing arrives', async ({ expect }) => {
    await using place = await createPlace()
    const mailbox = place.open()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    const asked: number[] = []
    const sending = mailbox.sendDraft(draftId, MAIL, () => asked.push(1) > 0, AbortSignal.abort())

    await expect(sending).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'stopped' } })
    expect(asked).toEqual([])
    expect(await place.arrived()).toEqual([])
  })

  test('what became of a mail is proved or not known, never guessed', async ({ expect }) => {
    await using place = await createPlace()
    const fate = async () => (await place.open().findDraft(MAIL.key, null, never())).fate
    const proof = (known: string) => (place.open().proof ? known : 'unknown')

    expect(await fate()).toBe(proof(place.absence))
    const { draftId } = await place.open().createDraft(MAIL, never())
    expect(await fate()).toBe(proof(place.drafted ?? 'draft'))
    await place.open().sendDraft(draftId, MAIL, go, never())
    expect(await fate()).toBe(proof('sent'))
  })

  test('throwing a draft away can be repeated and sends nothing', async ({ expect }) => {
    await using place = await createPlace()
    const mailbox = place.open()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    await mailbox.deleteDraft(draftId, never())
    await mailbox.deleteDraft(draftId, never())

    expect((await mailbox.findDraft(MAIL.key, draftId, never())).fate).toBe(mailbox.proof ? place.absence : 'unknown')
    expect(await place.arrived()).toEqual([])
  })

  test('a check signs in and sends nothing', async ({ expect }) => {
    await using place = await createPlace()
    await place.open().check(never())
    expect(await place.arrived()).toEqual([])
  })

  test.for([
    'ann@corp.example, eve@evil.example',
    'ann@corp.example\r\nBcc: eve@evil.example',
    'ann@corp.example\0.evil.example',
    '"ann@corp.example" <eve@evil.example>',
    'ann@corp.example> RCPT TO:<eve@evil.example',
    '',
  ])('nobody is written to at %j', async (address, { expect }) => {
    await using place = await createPlace()
    const mail = outgoingMail({ to: { name: 'Ann', address } })

    await expect(send(place.open(), mail)).rejects.toMatchObject({ code: 'mail.invalid' })
    await expect(place.open().sendDraft(mail.key, mail, go, never())).rejects.toMatchObject({ code: 'mail.invalid' })
    expect(await place.arrived()).toEqual([])
  })

  test('the draft of one mail does not send another', async ({ expect }) => {
    await using place = await createPlace()
    const { draftId } = await place.open().createDraft(MAIL, never())
    const other = outgoingMail({ key: 'anotherkey' })

    await expect(place.open().sendDraft(draftId, other, go, never())).rejects.toMatchObject({ code: 'mail.invalid' })
    expect(await place.arrived()).toEqual([])
  })
})

function hashOf(content: ArrayBuffer | Uint8Array | string): string {
  const bytes = typeof content === 'string' ? content : new Uint8Array(content)
  return createHash('sha256').update(bytes).digest('hex')
}

async function send(mailbox: MailProvider, mail: OutgoingMail, beforeFirstByte: () => boolean = go): Promise<void> {
  const { draftId } = await mailbox.createDraft(mail, never())
  await mailbox.sendDraft(draftId, mail, beforeFirstByte, never())
}

async function practicePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'pacemail-practice-'))
  const sent = join(folder, 'sent')
  return {
    ...EXACT,
    open: () => createPracticeProvider({ folder }),
    arrived: async () => {
      const names = await readdir(sent).catch(() => [])
      return Promise.all(
        names.map(async (name) => {
          const bytes = await readFile(join(sent, name))
          const { to = [], cc = [], bcc = [] } = await PostalMime.parse(bytes)
          return { to: [...to, ...cc, ...bcc].map(({ address }) => address ?? ''), bytes }
        }),
      )
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function smtpPlace(choices: SmtpServerChoices): Promise<Place> {
  const server = await startSmtpServer(choices)
  return {
    ...EXACT,
    open: () =>
      createSmtpProvider({
        server: server.settings,
        imap: null,
        address: MAIL.from.address,
        password: server.password,
        timeoutMs: SMTP_TIMEOUT_MS,
      }),
    arrived: async () => server.received.map(({ to, bytes }) => ({ to, bytes })),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** That nothing is in Sent proves nothing: not every server keeps a copy. */
async function smtpWithImapPlace(): Promise<Place> {
  const place = await imapPlace()
  return {
    ...EXACT,
    absence: 'unknown',
    drafted: 'unknown',
    open: () => place.open(),
    arrived: async () => place.smtp.received.map(({ to, bytes }) => ({ to, bytes })),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}

async function gmailPlace(): Promise<Place> {
  const server = await startGoogleServer()
  return {
    ...GMAIL,
    open: () => openGmail(server),
    arrived: async () => server.account().left.map(({ to, raw }) => ({ to, bytes: raw })),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

async function outlookPlaceHere(): Promise<Place> {
  const place = await outlookPlace()
  return {
    ...OUTLOOK,
    open: () => place.open(),
    arrived: async () => place.store.left.map(({ to, bytes }) => ({ to, bytes })),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}
