import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import type { MailProvider, OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { openProvider } from '#electron/mailbox/open-provider'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { startSmtpServer, testAuthority, type SmtpServerChoices } from '#test/support/smtp-server'

/** A place where mail arrives, and a way to open the mailbox that sends there, as often as a test restarts. */
interface Place {
  open(): MailProvider
  /** What really arrived. */
  arrived(): Promise<Arrival[]>
  [Symbol.asyncDispose](): Promise<void>
}

interface Arrival {
  /** The recipients of the envelope, where the place has one; else those of the header. */
  readonly to: readonly string[]
  readonly bytes: Buffer
}

const MAIL = outgoingMail()
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
]

describe.concurrent.each(PLACES)('%s', (_name, createPlace) => {
  test('a mail arrives once, at one recipient, with the bytes of the preview', async ({ expect }) => {
    await using place = await createPlace()
    const mailbox = place.open()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    const answer = await mailbox.sendDraft(draftId, MAIL, go, never())

    expect(await place.arrived()).toEqual([{ to: ['ann@corp.example'], bytes: await buildMime(MAIL) }])
    expect(answer).toEqual({ providerMessageId: `<${MAIL.key}@pacemail.example>` })
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
    expect(arrival?.bytes.equals(await buildMime(mail))).toBe(true)
    expect(arrival?.to).toEqual([changes.to ? 'Ann@xn--mller-kva.example' : 'ann@corp.example'])
  })

  test('a draft prepared twice is one draft and sends nothing', async ({ expect }) => {
    await using place = await createPlace()
    const first = await place.open().createDraft(MAIL, never())
    const second = await place.open().createDraft(MAIL, never())

    expect(second).toEqual(first)
    expect(await place.arrived()).toEqual([])
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
    const proof = (known: string) => (place.open().canProve ? known : 'unknown')

    expect(await fate()).toBe(proof('absent'))
    const { draftId } = await place.open().createDraft(MAIL, never())
    expect(await fate()).toBe(proof('draft'))
    await place.open().sendDraft(draftId, MAIL, go, never())
    expect(await fate()).toBe(proof('sent'))
  })

  test('throwing a draft away can be repeated and sends nothing', async ({ expect }) => {
    await using place = await createPlace()
    const mailbox = place.open()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    await mailbox.deleteDraft(draftId, never())
    await mailbox.deleteDraft(draftId, never())

    expect((await mailbox.findDraft(MAIL.key, draftId, never())).fate).toBe(mailbox.canProve ? 'absent' : 'unknown')
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

async function send(mailbox: MailProvider, mail: OutgoingMail, beforeFirstByte: () => boolean = go): Promise<void> {
  const { draftId } = await mailbox.createDraft(mail, never())
  await mailbox.sendDraft(draftId, mail, beforeFirstByte, never())
}

async function practicePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'pacemail-practice-'))
  const sent = join(folder, 'sent')
  return {
    open: () =>
      openProvider(
        { kind: 'practice', address: 'rita@pacemail.example', smtp: null },
        { practiceFolder: folder, password: null },
      ),
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
    open: () =>
      openProvider(
        { kind: 'smtp', address: 'rita@pacemail.example', smtp: server.settings },
        { practiceFolder: '', password: server.password },
      ),
    arrived: async () => server.received.map(({ to, bytes }) => ({ to, bytes })),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
