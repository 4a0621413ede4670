import { describe, expect, test } from 'vitest'
import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'
import { readAll, readerOf } from '#test/mailbox/imap-journey'
import { imapPlace } from '#test/mailbox/imap-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

const MAIL = outgoingMail()
const AT = MAIL.date
const go = () => true
const never = () => new AbortController().signal

function raw(subject: string, more = ''): string {
  return `From: ann@corp.example\r\nSubject: ${subject}\r\n${more}\r\nHello.\r\n`
}

describe('reading', () => {
  test('nothing in the mailbox is changed', async () => {
    await using place = await imapPlace()
    place.imap.store.add('INBOX', raw('x'), { receivedAt: AT })
    place.imap.store.add('Sent', raw('y'), { receivedAt: AT })
    const { heads } = await readAll(place, null)
    await readerOf(place).readMail(heads[0]?.providerMessageId ?? '', 100, never())
    await readerOf(place).sentSince(0, 10, never())

    const harmless = /^(?:CAPABILITY|AUTHENTICATE|LIST|LSUB|EXAMINE .*|UID SEARCH|UID FETCH|LOGOUT)$/
    expect(place.imap.asked.filter((command) => !harmless.test(command))).toEqual([])
  })

  test('a mail that the server shows late is not passed over', async () => {
    await using place = await imapPlace()
    const { store } = place.imap
    store.add('INBOX', raw('first'), { receivedAt: AT })
    const start = await readAll(place, null, AT)
    store.add('INBOX', raw('late'), { receivedAt: AT, hiddenFor: 1 })
    const before = await readAll(place, start.cursor, AT)
    const after = await readAll(place, before.cursor, AT)

    expect(before.heads).toEqual([])
    expect(after.heads.map(({ subject }) => subject)).toEqual(['late'])
  })

  test('a server that does not tell its next UID is read the same', async () => {
    await using place = await imapPlace({ imap: { tellsUidNext: false } })
    const empty = await readAll(place, null, AT)
    place.imap.store.add('INBOX', raw('one'), { receivedAt: AT })
    const one = await readAll(place, empty.cursor, AT)
    const again = await readAll(place, null, AT)
    place.imap.store.add('INBOX', raw('two'), { receivedAt: AT })
    const two = await readAll(place, again.cursor, AT)

    expect([empty, one, again, two].map(({ heads }) => heads.map(({ subject }) => subject))).toEqual([
      [],
      ['one'],
      ['one'],
      ['two'],
    ])
  })

  test('mail that comes between two pages of the first reading comes too', async () => {
    await using place = await imapPlace()
    for (let index = 0; index < 150; index += 1) place.imap.store.add('INBOX', raw(`old ${index}`), { receivedAt: AT })
    const first = await readerOf(place).changesSince({ cursor: null, since: AT }, never())
    place.imap.store.add('INBOX', raw('meanwhile'), { receivedAt: AT - 10 * 86_400_000 })
    const rest = await readAll(place, first.cursor, AT)
    const later = await readAll(place, rest.cursor, AT)

    expect([first.isMore, first.heads.length, rest.heads.length]).toEqual([true, 100, 50])
    expect(later.heads.map(({ subject }) => subject)).toEqual(['meanwhile'])
  })

  test.each(['', 'nonsense', '{}', '[1]', '[["INBOX"]]', '[["INBOX","1000",-5,null]]', '[["INBOX","1000",2,"x"]]'])(
    'the cursor %j starts from the beginning',
    async (cursor) => {
      await using place = await imapPlace()
      place.imap.store.add('INBOX', raw('x'), { receivedAt: AT })

      expect((await readAll(place, cursor, AT)).heads).toHaveLength(1)
    },
  )

  test('drafts are left out, and mail from nobody is not', async () => {
    await using place = await imapPlace()
    place.imap.store.add('INBOX', raw('a draft'), { receivedAt: AT, flags: ['\\Draft'] })
    place.imap.store.add('INBOX', 'Subject: bounce\r\n\r\nx\r\n', { receivedAt: AT })
    const { heads } = await readAll(place, null, AT)

    expect(heads).toMatchObject([{ subject: 'bounce', from: '', messageId: '', refersTo: [] }])
  })

  test.each(['', '1', '1:2', 'x:1:INBOX', '1000:99:INBOX', '1000:1:Elsewhere', '<nobody@corp.example>'])(
    'the id %j names no mail',
    async (id) => {
      await using place = await imapPlace()
      place.imap.store.add('INBOX', raw('x'), { receivedAt: AT })

      expect(await readerOf(place).readMail(id, 100, never())).toBeNull()
      expect(await readerOf(place).readSent(id, never())).toBeNull()
    },
  )
})

describe('sent mail', () => {
  test('everything that left is told, newest first, each mail once, with its key where it is ours', async () => {
    await using place = await imapPlace()
    const { store } = place.imap
    const sent = (id: string, more: string) => `Message-ID: <${id}@x.example>\r\n${more}\r\n\r\nx\r\n`
    store.add('Sent', sent('a', 'To: A@x.example, b@x.example\r\nBcc: c@x.example'), { receivedAt: AT + 1_000 })
    store.add('Sent', sent('b', 'To: d@x.example\r\nX-Pacemail-Key: somekey'), { receivedAt: AT + 3_000 })
    store.add('Sent', sent('b', 'To: d@x.example\r\nX-Pacemail-Key: somekey'), { receivedAt: AT + 2_000 })
    store.add('Sent', sent('moved', `Date: ${new Date(AT - 86_400_000).toUTCString()}`), { receivedAt: AT + 4_000 })
    store.add('Sent', sent('draft', 'To: e@x.example'), { receivedAt: AT + 5_000, flags: ['\\Draft'] })
    const records = await readerOf(place).sentSince(AT, 10, never())

    expect(records.map(({ providerMessageId, to, key }) => [providerMessageId, to, key])).toEqual([
      ['<b@x.example>', ['d@x.example'], 'somekey'],
      ['<a@x.example>', ['a@x.example', 'b@x.example', 'c@x.example'], null],
    ])
    expect(await readerOf(place).sentSince(AT, 1, never())).toHaveLength(1)
  })

  test('a stretch of the past is told by the date of the mail, also of mail that was moved here later', async () => {
    await using place = await imapPlace()
    const { store } = place.imap
    const sent = (id: string, at: number) =>
      `Message-ID: <${id}@x.example>\r\nTo: ${id}@x.example\r\nDate: ${new Date(at).toUTCString()}\r\n\r\nx\r\n`
    const DAY = 86_400_000
    for (const [id, days] of Object.entries({ a: 40, b: 20, c: 10, d: 5 })) {
      store.add('Sent', sent(id, AT - days * DAY), { receivedAt: AT })
    }
    const between = async (from: number, to: number) => {
      const span = { since: AT - from * DAY, before: AT - to * DAY }
      const records = await readerOf(place).sentBetween(span, 10, never())
      return records.map(({ to: [address] }) => address)
    }
    expect(await between(20, 5)).toEqual(['c@x.example', 'b@x.example'])
    expect(await between(365, 20)).toEqual(['a@x.example'])
  })

  test('a copy that the server shows late is unknown at first, and then proof', async () => {
    await using place = await imapPlace()
    const bytes = `Message-ID: <${MAIL.key}@pacemail.example>\r\n\r\nx\r\n`
    place.imap.store.add('Sent', bytes, { hiddenFor: 1 })

    expect((await place.open().findDraft(MAIL.key, null, never())).fate).toBe('unknown')
    expect((await place.open().findDraft(MAIL.key, null, never())).fate).toBe('sent')
  })

  test('a copy under another Message-ID is known by our key, and tells the id under which the mail left', async () => {
    const renamed = 'Message-ID: <new@server.example>'
    await using place = await imapPlace({
      smtp: {
        keep: ({ bytes }) =>
          void place.imap.store.add('Sent', bytes.toString('latin1').replace(/^Message-ID: .*$/m, renamed)),
      },
    })
    const answer = await place.open().sendDraft(MAIL.key, MAIL, go, never())

    expect(answer.messageId).toBe('<new@server.example>')
    expect(place.imap.store.texts('Sent')).toHaveLength(1)
    const fate = await place.open().findDraft(MAIL.key, null, never())
    expect(fate).toMatchObject({ fate: 'sent', messageId: '<new@server.example>' })
  })

  test('a copy without our key is found by its Message-ID, however many mails are newer', async () => {
    await using place = await imapPlace()
    place.imap.store.add('Sent', `Message-ID: <${MAIL.key}@pacemail.example>\r\n\r\nx\r\n`)
    for (let index = 0; index < 60; index += 1) place.imap.store.add('Sent', raw(`newer ${index}`))

    expect((await place.open().findDraft(MAIL.key, null, never())).fate).toBe('sent')
  })

  test('where the search finds no headers, new copies are found by looking through the newest', async () => {
    await using place = await imapPlace({ imap: { findsHeaders: false } })
    await place.open().sendDraft(MAIL.key, MAIL, go, never())
    place.imap.store.add('Sent', raw('newer'))

    expect((await place.open().findDraft(MAIL.key, null, never())).fate).toBe('sent')
  })

  test('a mail that only quotes our marks is not ours', async () => {
    await using place = await imapPlace()
    const id = `${MAIL.key}@pacemail.example`
    place.imap.store.add(
      'Sent',
      `Message-ID: <x${id}>\r\nX-Pacemail-Key: x${MAIL.key}\r\nIn-Reply-To: <${id}>\r\n\r\n<${id}>`,
    )

    expect(await place.open().findDraft(MAIL.key, null, never())).toEqual({ fate: 'unknown' })
  })

  test.each(['Gesendet', 'Sent Items', 'Sent Messages', 'Enviados', '&AMk-l&AOk-ments envoy&AOk-s', 'Verzonden'])(
    'a server that tells no roles: %s is where sent mail lies',
    async (name) => {
      await using place = await imapPlace({ imap: { tellsRoles: false } })
      place.imap.store.folders.delete('Sent')
      place.imap.store.create(name)
      await place.open().sendDraft(MAIL.key, MAIL, go, never())

      expect(place.imap.store.texts(name)).toHaveLength(1)
      expect((await place.open().findDraft(MAIL.key, null, never())).fate).toBe('sent')
    },
  )

  test('without a Sent folder nothing is proved, nothing is counted and nothing is created', async () => {
    await using place = await imapPlace()
    place.imap.store.folders.delete('Sent')
    await place.open().sendDraft(MAIL.key, MAIL, go, never())

    expect(await place.open().findDraft(MAIL.key, null, never())).toEqual({ fate: 'unknown' })
    expect(await readerOf(place).sentSince(0, 10, never())).toEqual([])
    expect([...place.imap.store.folders.keys()]).toEqual(['INBOX', 'Junk', 'Drafts'])
  })

  test('a mailbox without IMAP proves and reads nothing', async () => {
    await using place = await imapPlace()
    const { settings: server, password } = place.smtp
    const mailbox = createSmtpProvider({
      server,
      imap: null,
      address: 'rita@pacemail.example',
      password,
      timeoutMs: 60_000,
    })
    await mailbox.sendDraft(MAIL.key, MAIL, go, never())

    expect([mailbox.proof, mailbox.reader]).toEqual([null, null])
    expect(await mailbox.findDraft(MAIL.key, null, never())).toEqual({ fate: 'unknown' })
    expect(place.imap.connections).toBe(0)
  })
})
