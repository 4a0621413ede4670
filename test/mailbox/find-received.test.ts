import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { AcceptedMail, MailProvider, OutgoingMail } from '#electron/mailbox/mail-provider'
import { createPracticeProvider } from '#electron/mailbox/practice/practice'
import { startGoogleServer } from '#test/fakes/google-server'
import { openGmail } from '#test/mailbox/gmail-place'
import { imapPlace } from '#test/mailbox/imap-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace } from '#test/mailbox/outlook-place'

/** A mail to oneself, which a test lets arrive. */
interface Place extends AsyncDisposable {
  open(): MailProvider
  /** Lets the mail that left arrive there. */
  arrive(folder: 'inbox' | 'spam', at: number): Promise<void>
}

const REP = 'rita@pacemail.example'
const MAIL = outgoingMail({ to: { name: 'Rita Repp', address: REP } })
const AT = Date.UTC(2026, 0, 5, 10)

vi.setConfig({ testTimeout: 30_000 })

async function gmail(): Promise<Place> {
  const server = await startGoogleServer({ addresses: [REP], now: () => AT })
  return {
    open: () => openGmail(server),
    // One message with the labels of both sides, from the first moment.
    arrive: async (folder) => {
      const message = server.account().messages.get(server.account().left[0]?.id ?? '')
      if (message) Object.assign(message, { labelIds: ['SENT', folder === 'inbox' ? 'INBOX' : 'SPAM'] })
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** Through an alias or another server it comes back as a message of its own. */
async function gmailByAnotherRoute(): Promise<Place> {
  const server = await startGoogleServer({ addresses: [REP], now: () => AT })
  return {
    open: () => openGmail(server),
    arrive: async (folder) => {
      const raw = server.account().left[0]?.raw ?? Buffer.alloc(0)
      Object.assign(server.account().messages.get(server.account().left[0]?.id ?? '') ?? {}, { labelIds: ['SENT'] })
      server.account().receive({ from: '', subject: '', raw, labelIds: [folder === 'inbox' ? 'INBOX' : 'SPAM'] })
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}

async function outlook(): Promise<Place> {
  const place = await outlookPlace({ now: () => AT })
  return {
    open: () => place.open(),
    arrive: async (folder, at) => {
      const messageId = place.store.left[0]?.messageId ?? ''
      await place.store.receive({ from: REP, messageId, folder: folder === 'inbox' ? 'inbox' : 'junkemail', at })
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}

async function imap(): Promise<Place> {
  const place = await imapPlace()
  return {
    open: () => place.open(),
    arrive: async (folder, receivedAt) => {
      const raw = place.smtp.received[0]?.bytes.toString('latin1') ?? ''
      await place.add(folder === 'inbox' ? 'INBOX' : 'Junk', [{ raw, receivedAt }])
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}

const PLACES = [
  ['Gmail', gmail],
  ['Gmail, by another route', gmailByAnotherRoute],
  ['Outlook', outlook],
  ['IMAP', imap],
] as const

test.for(PLACES)('%s: a mail to oneself is found in the inbox, with its time', async ([name, start]) => {
  await using place = await start()
  const accepted = await send(place.open(), MAIL)
  if (!name.startsWith('Gmail')) expect(await find(place, accepted)).toBeNull()
  await place.arrive('inbox', AT)
  expect(await find(place, accepted)).toEqual({ place: 'inbox', receivedAt: AT })
})

test.for(PLACES)('%s: or in the spam folder', async ([_name, start]) => {
  await using place = await start()
  const accepted = await send(place.open(), MAIL)
  await place.arrive('spam', AT)
  expect(await find(place, accepted)).toEqual({ place: 'spam', receivedAt: AT })
})

test('IMAP: it is found although its sending was never confirmed', async () => {
  await using place = await imap()
  await send(place.open(), MAIL)
  await place.arrive('inbox', AT)
  expect(await find(place, { providerMessageId: null, messageId: null })).toMatchObject({ place: 'inbox' })
})

test('practice: what lies among the sent mails has arrived', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pacemail-practice-'))
  const place = { open: () => createPracticeProvider({ folder }) }
  expect(await find(place, { providerMessageId: null, messageId: null })).toBeNull()
  const accepted = await send(place.open(), MAIL)
  expect(await find(place, accepted)).toEqual({ place: 'inbox', receivedAt: MAIL.date })
  await rm(folder, { recursive: true, force: true })
})

async function find(place: Pick<Place, 'open'>, sent: { providerMessageId: string | null; messageId: string | null }) {
  const { providerMessageId, messageId } = sent
  return place.open().reader?.findReceived({ key: MAIL.key, providerMessageId, messageId }, never())
}

async function send(mailbox: MailProvider, mail: OutgoingMail): Promise<AcceptedMail> {
  const { draftId } = await mailbox.createDraft(mail, never())
  return mailbox.sendDraft(draftId, mail, () => true, never())
}

function never(): AbortSignal {
  return new AbortController().signal
}
