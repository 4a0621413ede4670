import { describe, expect, test } from 'vitest'
import type { MailHead, MailReader } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { DROPS_BEFORE, DROPS_IN_ANSWER, REFUSES, STRANGER_ANSWERS } from '#test/fakes/gmail-moods'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { openGmail } from '#test/mailbox/gmail-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

const MAIL = outgoingMail()
const never = () => new AbortController().signal

function readerOf(server: GoogleServer): MailReader {
  const { reader } = openGmail(server)
  if (reader === null) throw new Error('cannot read')
  return reader
}

/** Everything since `cursor`, page by page, each page by a program that has just started. */
async function readAll(
  server: GoogleServer,
  from: { cursor: string | null; since: number },
): Promise<{ heads: MailHead[]; pages: number; cursor: string }> {
  const heads: MailHead[] = []
  let { cursor } = from
  for (let pages = 1; ; pages += 1) {
    const page = await readerOf(server).changesSince({ ...from, cursor }, never())
    heads.push(...page.heads)
    cursor = page.cursor
    if (!page.isMore) return { heads, pages, cursor }
  }
}

async function start(server: GoogleServer): Promise<string> {
  return (await readAll(server, { cursor: null, since: Date.UTC(2100, 0) })).cursor
}

function receive(server: GoogleServer, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    server.account().receive({ from: 'ann@corp.example', subject: `No. ${index}` })
    return `No. ${index}`
  })
}

const subjects = (heads: readonly MailHead[]) => heads.map(({ subject }) => subject)

describe('incoming mail', () => {
  test('a head tells who answers what', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    const mail = server.account().receive({
      from: '"Ann Example" <Ann@Corp.Example>',
      subject: '=?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      inReplyTo: '<k@mail.gmail.com>',
    })
    const { heads } = await readAll(server, { cursor, since: 0 })

    expect(heads).toEqual([
      {
        providerMessageId: mail.id,
        threadId: mail.threadId,
        receivedAt: mail.internalDate,
        from: 'ann@corp.example',
        subject: 'Grüße',
        messageId: expect.stringMatching(/^<in-.*>$/) as string,
        refersTo: ['<k@mail.gmail.com>'],
      },
    ])
  })

  test('a bounce may come from nobody, and refer to nothing', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    server.account().receive({ from: '', subject: '', raw: Buffer.from('From: <>\r\n\r\nno') })
    expect((await readAll(server, { cursor, since: 0 })).heads).toMatchObject([
      { from: '', subject: '', messageId: '', refersTo: [] },
    ])
  })

  test('comes in order, page by page, once, however often the program restarts', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    const expected = receive(server, 120)
    const { heads, pages, cursor: next } = await readAll(server, { cursor, since: 0 })

    expect(subjects(heads)).toEqual(expected)
    expect(pages).toBe(3)
    expect((await readAll(server, { cursor: next, since: 0 })).heads).toEqual([])
  })

  test('the rep’s own mail and drafts are left out, spam and archived mail are not', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    const mailbox = openGmail(server)
    const { draftId } = await mailbox.createDraft(MAIL, never())
    await mailbox.sendDraft(draftId, MAIL, () => true, never())
    await mailbox.createDraft(MAIL, never())
    server.account().receive({ from: 'a@x.example', subject: 'spam', labelIds: ['SPAM'] })
    server.account().receive({ from: 'a@x.example', subject: 'archived', labelIds: [] })

    expect(subjects((await readAll(server, { cursor, since: 0 })).heads)).toEqual(['spam', 'archived'])
    expect(server.requests.filter((operation) => operation === 'messages.get')).toHaveLength(2)
    expect(subjects((await readAll(server, { cursor: null, since: 0 })).heads)).toEqual(['spam', 'archived'])
    server.account().historyTellsLabels = false
    expect(subjects((await readAll(server, { cursor, since: 0 })).heads)).toEqual(['spam', 'archived'])
  })

  test('without a cursor everything since a time comes, oldest first', async () => {
    await using server = await startGoogleServer()
    receive(server, 3)
    const since = server.account().receive({ from: 'a@x.example', subject: 'first' }).internalDate
    const expected = receive(server, 118)
    const { heads, pages } = await readAll(server, { cursor: null, since })

    expect(subjects(heads).slice(-119)).toEqual(['first', ...expected])
    expect(heads.length).toBeLessThan(122)
    expect(pages).toBe(3)
  })

  test('mail that arrives while the list is read is not missed', async () => {
    await using server = await startGoogleServer()
    receive(server, 60)
    const first = await readerOf(server).changesSince({ cursor: null, since: 0 }, never())
    server.account().receive({ from: 'a@x.example', subject: 'meanwhile' })
    const { heads, cursor } = await readAll(server, { cursor: first.cursor, since: 0 })
    const later = await readAll(server, { cursor, since: 0 })

    expect(first.isMore).toBe(true)
    expect(subjects([...heads, ...later.heads])).toContain('meanwhile')
  })

  test('when Gmail has forgotten so far back, everything since a time comes', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    const expected = receive(server, 3)
    server.account().forgetHistory()

    expect(subjects((await readAll(server, { cursor, since: 0 })).heads)).toEqual(expected)
  })

  test('a page token that has grown old costs a second reading, not the mail', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    const expected = receive(server, 70)
    const first = await readerOf(server).changesSince({ cursor, since: 0 }, never())
    server.next('history.list', REFUSES.badRequest)
    const { heads } = await readAll(server, { cursor: first.cursor, since: 0 })

    expect(subjects(heads)).toEqual(expected)
  })

  test('what is deleted before it is read is left out', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    receive(server, 2)
    server.next('messages.get', REFUSES.notFound)
    expect(subjects((await readAll(server, { cursor, since: 0 })).heads)).toEqual(['No. 1'])
  })

  test.each(['history', 'list'] as const)(
    'a mail that Gmail breaks over is told apart, and holds up no other: %s',
    async (kind) => {
      await using server = await startGoogleServer()
      const cursor = kind === 'history' ? await start(server) : null
      receive(server, 2)
      const { id } = server.account().receive({ from: 'ann@corp.example', subject: 'poison' })
      server.account().poison.add(id)
      const page = await readerOf(server).changesSince({ cursor, since: 0 }, never())

      expect(subjects(page.heads)).toEqual(['No. 0', 'No. 1'])
      expect(page.unlisted).toMatchObject([
        {
          providerMessageId: id,
          receivedAt: null,
          failure: { code: 'mail.refused', details: { providerCode: 'backendError' } },
        },
      ])
      const later = await readerOf(server).changesSince({ cursor: page.cursor, since: 0 }, never())
      expect(later).toMatchObject({ heads: [], unlisted: [] })
    },
  )

  test('where Gmail breaks over each of several mails, it is no mail that is at fault', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    receive(server, 2)
    server.always('messages.get', REFUSES.internal)
    await expect(readerOf(server).changesSince({ cursor, since: 0 }, never())).rejects.toMatchObject({
      details: { scope: 'mailbox' },
    })
  })

  test('a text that is no cursor starts anew', async () => {
    await using server = await startGoogleServer()
    const expected = receive(server, 2)
    for (const cursor of ['', '{}', 'null', '{"v":"gmail1","h":""}']) {
      expect(subjects((await readAll(server, { cursor, since: 0 })).heads)).toEqual(expected)
    }
  })

  test('a failure is told and moves nothing', async () => {
    await using server = await startGoogleServer()
    const cursor = await start(server)
    receive(server, 1)
    server.next('messages.get', REFUSES.unavailable)
    await expect(readerOf(server).changesSince({ cursor, since: 0 }, never())).rejects.toMatchObject({
      code: 'mail.refused',
      details: { isFinal: false, scope: 'mailbox' },
    })
    expect(subjects((await readAll(server, { cursor, since: 0 })).heads)).toEqual(['No. 0'])
  })
})

describe('one mail', () => {
  test('is read whole, byte by byte', async () => {
    await using server = await startGoogleServer()
    const raw = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256))
    const { id } = server.account().receive({ from: '', subject: '', raw })
    expect(Buffer.from((await readerOf(server).readMail(id, 1_000_000, never())) ?? []).equals(raw)).toBe(true)
  })

  test.each([0, 1, 2, 3, 4, 1_000, 65_537])('is cut off after %i bytes', async (mostBytes) => {
    await using server = await startGoogleServer()
    const raw = await buildMime(outgoingMail({ text: 'A quite ordinary line.\n'.repeat(22_000) }))
    const { id } = server.account().receive({ from: '', subject: '', raw })
    const read = Buffer.from((await readerOf(server).readMail(id, mostBytes, never())) ?? [])
    expect(read.equals(raw.subarray(0, mostBytes))).toBe(true)
  })

  test('that is gone is null', async () => {
    await using server = await startGoogleServer()
    expect(await readerOf(server).readMail('19a0000000000999', 10, never())).toBeNull()
    expect(await readerOf(server).readSent('19a0000000000999', never())).toBeNull()
  })

  test.each([DROPS_BEFORE, DROPS_IN_ANSWER, STRANGER_ANSWERS])(
    'whose answer breaks off is a failure, not a shorter mail',
    async (mood) => {
      await using server = await startGoogleServer()
      const { id } = server.account().receive({ from: '', subject: '', raw: Buffer.alloc(200_000, 'x') })
      server.next('messages.get', mood)
      await expect(readerOf(server).readMail(id, 1_000_000, never())).rejects.toMatchObject({
        code: 'mail.unreachable',
        details: { reason: 'no_connection' },
      })
    },
  )

  test('that cannot be read now is a failure, not null', async () => {
    await using server = await startGoogleServer()
    const { id } = server.account().receive({ from: '', subject: 'x' })
    server.next('messages.get', REFUSES.domainPolicy)
    await expect(readerOf(server).readMail(id, 10, never())).rejects.toMatchObject({ details: { need: 'admin' } })
  })
})

describe('what was sent', () => {
  test('ours with its key, the rep’s own with everyone it went to, newest first', async () => {
    await using server = await startGoogleServer()
    const mailbox = openGmail(server)
    const { draftId } = await mailbox.createDraft(MAIL, never())
    await mailbox.sendDraft(draftId, MAIL, () => true, never())
    const header = ['To: "B, C" <B@x.example>', 'Cc: c@x.example', 'Bcc: d@x.example', 'Subject: By hand', '', '']
    const byHand = server.account().sendByHand(Buffer.from(header.join('\r\n')))
    const records = await readerOf(server).sentSince(0, 10, never())

    expect(records).toMatchObject([
      { sentAt: byHand.internalDate, to: ['b@x.example', 'c@x.example', 'd@x.example'], key: null },
      { providerMessageId: server.account().left[0]?.id, to: ['ann@corp.example'], key: MAIL.key },
    ])
  })

  test('at most so many, and nothing from before', async () => {
    await using server = await startGoogleServer()
    const raw = Buffer.from('To: b@x.example\r\n\r\n')
    const all = Array.from({ length: 5 }, () => server.account().sendByHand(raw))
    const since = all[2]?.internalDate ?? 0
    const ids = async (from: number, most: number) =>
      (await readerOf(server).sentSince(from, most, never())).map(({ providerMessageId }) => providerMessageId)

    expect(await ids(since, 10)).toEqual([all[4]?.id, all[3]?.id, all[2]?.id])
    expect(await ids(0, 2)).toEqual([all[4]?.id, all[3]?.id])
    const span = { since: all[1]?.internalDate ?? 0, before: all[3]?.internalDate ?? 0 }
    const between = await readerOf(server).sentBetween(span, 10, never())
    expect(between.map(({ providerMessageId }) => providerMessageId)).toEqual([all[2]?.id, all[1]?.id])
  })
})
