import { expect, test } from 'vitest'
import type { MailHead, MailProvider, MailReader } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import type { ReceivedMail, TestSmtpServer } from '#test/support/smtp-server'

/** An SMTP server and an IMAP server, ours or a real one. */
export interface JourneyPlace {
  readonly smtp: TestSmtpServer
  open(): MailProvider
  add(path: string, mails: readonly { readonly raw: string; readonly receivedAt: number }[]): Promise<void>
  texts(path: string): Promise<string[]>
  /** How many mails of a folder nobody has read. */
  unseen(path: string): Promise<number>
  /** The server numbers the mails of a folder anew. */
  renumber(path: string): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** `keep` is called by the SMTP server with every mail that it took. */
export type StartJourney = (keep?: (place: JourneyPlace, mail: ReceivedMail) => Promise<void>) => Promise<JourneyPlace>

const MAIL = outgoingMail()
const MESSAGE_ID = `<${MAIL.key}@pacemail.example>`
const go = () => true
const never = () => new AbortController().signal
const intoSent = (place: JourneyPlace, { bytes }: ReceivedMail) =>
  place.add('Sent', [{ raw: bytes.toString('latin1'), receivedAt: MAIL.date }])

/** What must hold at every IMAP server; registers its tests. */
export function imapJourney(start: StartJourney): void {
  sentJourney(start)
  readingJourney(start)
}

function sentJourney(start: StartJourney): void {
  test('of a mail that was taken there is exactly one copy in Sent, read and known as ours', async () => {
    await using place = await start()
    const answer = await place.open().sendDraft(MAIL.key, MAIL, go, never())

    expect(await place.texts('Sent')).toEqual([(await buildMime(MAIL)).toString('latin1')])
    expect(await place.unseen('Sent')).toBe(0)
    const record = {
      providerMessageId: MESSAGE_ID,
      threadId: null,
      sentAt: MAIL.date,
      to: ['ann@corp.example'],
      key: MAIL.key,
    }
    expect(await readerOf(place).sentSince(MAIL.date, 10, never())).toEqual([record])
    expect(await readerOf(place).sentSince(MAIL.date + 1, 10, never())).toEqual([])
    const span = { since: MAIL.date, before: MAIL.date + 1 }
    expect(await readerOf(place).sentBetween(span, 10, never())).toEqual([record])
    expect(await readerOf(place).sentBetween({ since: 0, before: MAIL.date }, 10, never())).toEqual([])
    const sent = { providerMessageId: MESSAGE_ID, threadId: null, messageId: MESSAGE_ID }
    expect(answer).toEqual(sent)
    expect(await readerOf(place).readSent(answer.providerMessageId, never())).toEqual(sent)
  })

  test('where the server keeps the copy itself there is no second one', async () => {
    await using place = await start(intoSent)
    await place.open().sendDraft(MAIL.key, MAIL, go, never())

    expect(await place.texts('Sent')).toHaveLength(1)
  })

  test('a lost answer to a mail that was taken is settled by its copy in Sent', async () => {
    await using place = await start(intoSent)
    place.smtp.mood = 'takes the mail and drops'
    const sending = place.open().sendDraft(MAIL.key, MAIL, go, never())

    await expect(sending).rejects.toMatchObject({ code: 'mail.unanswered' })
    const fate = { fate: 'sent', providerMessageId: MESSAGE_ID, threadId: null, messageId: MESSAGE_ID }
    expect(await place.open().findDraft(MAIL.key, MAIL.key, never())).toEqual(fate)
    expect(await place.texts('Sent')).toHaveLength(1)
  })

  test('a mail that was never taken is never proved, and leaves no copy', async () => {
    await using place = await start(intoSent)
    place.smtp.mood = 'drops after the mail'
    await expect(place.open().sendDraft(MAIL.key, MAIL, go, never())).rejects.toMatchObject({ code: 'mail.unanswered' })
    place.smtp.mood = 'refuses the mail'
    await expect(place.open().sendDraft(MAIL.key, MAIL, go, never())).rejects.toMatchObject({ code: 'mail.refused' })

    expect(await place.open().findDraft(MAIL.key, MAIL.key, never())).toEqual({ fate: 'unknown' })
    expect(await place.texts('Sent')).toEqual([])
  })

  test('an old mail is found among hundreds of newer ones, and the mail of another key is not it', async () => {
    await using place = await start()
    const other = outgoingMail({ key: 'anotherkey' })
    await place.open().sendDraft(MAIL.key, MAIL, go, never())
    await place.add('Sent', incoming(120))

    expect(await place.open().findDraft(MAIL.key, null, never())).toMatchObject({ fate: 'sent', messageId: MESSAGE_ID })
    expect(await place.open().findDraft(other.key, null, never())).toEqual({ fate: 'unknown' })
  })
}

function readingJourney(start: StartJourney): void {
  test('mail of inbox and junk comes once and in pages, and then only what is new', async () => {
    await using place = await start()
    await place.add('INBOX', incoming(230))
    await place.add('Junk', incoming(3, 'junk'))
    const first = await readAll(place, null)

    expect(first.heads.map(({ subject }) => subject)).toEqual([...subjects(230), ...subjects(3, 'junk')])
    expect(first.pages).toBe(3)
    await place.add('INBOX', incoming(1, 'late'))
    const later = await readAll(place, first.cursor)
    expect(later.heads.map(({ subject }) => subject)).toEqual(['late 0'])
    expect(await readAll(place, later.cursor)).toMatchObject({ heads: [], pages: 1 })
  })

  test('what arrived before the time that is asked for stays unread, and later mail comes whatever its date', async () => {
    await using place = await start()
    await place.add('INBOX', incoming(5))
    const { heads, cursor } = await readAll(place, null, AT + 3 * MINUTE)

    expect(heads.map(({ subject }) => subject)).toEqual(['mail 3', 'mail 4'])
    await place.add('INBOX', [{ raw: rawMail('moved here', 1), receivedAt: AT - 400 * 24 * 60 * MINUTE }])
    const later = await readAll(place, cursor, AT + 3 * MINUTE)
    expect(later.heads.map(({ subject }) => subject)).toEqual(['moved here'])
  })

  test('a folder that the server numbers anew is read again from the time that is asked for', async () => {
    await using place = await start()
    await place.add('INBOX', incoming(120))
    const before = await readAll(place, null)
    await place.renumber('INBOX')
    const again = await readAll(place, before.cursor, AT + 110 * MINUTE)

    expect(again.heads.map(({ subject }) => subject)).toEqual(subjects(120).slice(110))
    const [old] = before.heads
    expect(await readerOf(place).readMail(old?.providerMessageId ?? '', 1_000, never())).toBeNull()
    expect(await readAll(place, again.cursor, AT)).toMatchObject({ heads: [], pages: 1 })
  })

  test('a head tells who wrote what about which mail of ours', async () => {
    await using place = await start()
    const raw = [
      'From: =?utf-8?Q?Ann_M=C3=BCller?= <Ann@Corp.example>',
      'To: rita@pacemail.example',
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      'Message-ID: <answer@corp.example>',
      'In-Reply-To: <two@pacemail.example>',
      'References: <zero@pacemail.example>\r\n\t<one@pacemail.example>',
      '',
      'Yes.',
      '',
    ].join('\r\n')
    await place.add('INBOX', [
      { raw, receivedAt: AT },
      { raw: rawMail('to myself', 1, 'Rita <RITA@pacemail.example>'), receivedAt: AT },
    ])
    const { heads } = await readAll(place, null)

    expect(heads).toEqual([
      {
        providerMessageId: expect.stringMatching(/^\d+:1:INBOX$/),
        threadId: null,
        receivedAt: AT,
        from: 'ann@corp.example',
        subject: 'Grüße',
        messageId: '<answer@corp.example>',
        refersTo: ['<two@pacemail.example>', '<zero@pacemail.example>', '<one@pacemail.example>'],
      },
    ])
    const [head] = heads
    const read = async (most: number) => readerOf(place).readMail(head?.providerMessageId ?? '', most, never())
    expect(Buffer.from((await read(10_000)) ?? []).toString('latin1')).toBe(raw)
    expect(Buffer.from((await read(20)) ?? []).toString('latin1')).toBe(raw.slice(0, 20))
  })
}

const MINUTE = 60_000
/** Noon, so that every zone of a server agrees on the day before. */
const AT = Date.UTC(2026, 0, 5, 12)

function subjects(count: number, word = 'mail'): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index}`)
}

/** A minute apart, junk after the others. */
function incoming(count: number, word = 'mail'): { raw: string; receivedAt: number }[] {
  const from = word === 'mail' ? AT : AT + 24 * 60 * MINUTE
  return subjects(count, word).map((subject, index) => ({
    raw: rawMail(subject, index),
    receivedAt: from + index * MINUTE,
  }))
}

function rawMail(subject: string, index: number, from = 'Ann <ann@corp.example>'): string {
  const id = `${subject.replace(' ', '-')}.${index}@corp.example`
  return `From: ${from}\r\nTo: rita@pacemail.example\r\nSubject: ${subject}\r\nMessage-ID: <${id}>\r\n\r\nHello.\r\n`
}

export function readerOf(place: Pick<JourneyPlace, 'open'>): MailReader {
  const { reader } = place.open()
  if (reader === null) throw new Error('this mailbox is not read')
  return reader
}

/** Every page, each with a reader of its own as after a restart. */
export async function readAll(
  place: Pick<JourneyPlace, 'open'>,
  cursor: string | null,
  since = AT,
): Promise<{ heads: MailHead[]; cursor: string; pages: number }> {
  const heads: MailHead[] = []
  for (let pages = 1; ; pages += 1) {
    const page = await readerOf(place).changesSince({ cursor, since }, never())
    heads.push(...page.heads)
    cursor = page.cursor
    if (!page.isMore) return { heads, cursor, pages }
  }
}
