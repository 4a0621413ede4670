import { beforeAll, describe, test } from 'vitest'
import type { MailHead } from '#electron/mailbox/mail-provider'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, readerOf, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

const never = () => new AbortController().signal
/** Monday, 9 November 2026, 09:00 UTC. */
const MONDAY = 1_794_214_800_000
const HOUR = 3_600_000

let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})
const here = () => outlookPlace({ secretText, now: () => MONDAY })

/** Everything since the cursor, as the engine reads it: page by page, and after a restart in between. */
async function readAll(place: OutlookPlace, from: { cursor: string | null; since: number }) {
  const heads: MailHead[] = []
  let { cursor } = from
  for (let isMore = true; isMore;) {
    const page = await readerOf(place).changesSince({ cursor, since: from.since }, never())
    heads.push(...page.heads)
    ;({ cursor, isMore } = page)
  }
  return { subjects: heads.map(({ subject }) => subject), heads, cursor }
}

describe.concurrent('incoming mail', () => {
  test('inbox and spam come with what the list tells, oldest first', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'Ann <Ann@Corp.example>', subject: 'newer', at: MONDAY + HOUR })
    await place.store.receive({
      from: 'bob@corp.example',
      subject: 'older',
      at: MONDAY,
      messageId: '<m1@corp.example>',
    })
    await place.store.receive({ from: 'eve@corp.example', subject: 'spam', at: MONDAY, folder: 'junkemail' })
    const { heads, subjects } = await readAll(place, { cursor: null, since: MONDAY })

    expect(subjects).toEqual(['older', 'newer', 'spam'])
    expect(heads[0]).toMatchObject({
      receivedAt: MONDAY,
      from: 'bob@corp.example',
      messageId: '<m1@corp.example>',
      refersTo: [],
    })
    expect(heads[1]).toMatchObject({ from: 'ann@corp.example' })
  })

  test.for([
    ['that the list tells', true],
    ['that Microsoft tells for one mail at a time only', false],
  ] as const)('an answer refers to our mail by its headers, %s', async ([, tells], { expect }) => {
    await using place = await here()
    place.store.tellsHeadersInDelta = tells
    const fields = ['From: alias@other.example', 'Subject: Hello', 'in-reply-to: <ours@pacemail.example>']
    const references = 'References: <first@pacemail.example>\r\n <ours@pacemail.example>'
    await place.store.receive(Buffer.from(`${[...fields, references].join('\r\n')}\r\n\r\nYes.\r\n`))
    await place.store.receive({ from: 'bob@corp.example', subject: 'refers to nothing', at: MONDAY + HOUR })
    const { heads } = await readAll(place, { cursor: null, since: MONDAY })

    expect(heads.map(({ refersTo }) => refersTo)).toEqual([['<ours@pacemail.example>', '<first@pacemail.example>'], []])
    expect(place.server.requests.filter(({ operation }) => operation === 'get')).toHaveLength(tells ? 0 : 2)
  })

  test('a mail that is gone when its headers are asked for is told without them', async ({ expect }) => {
    await using place = await here()
    place.store.tellsHeadersInDelta = false
    await place.store.receive({ from: 'ann@corp.example', subject: 'gone', inReplyTo: '<ours@pacemail.example>' })
    place.server.nextMood('get', 'has no such item')
    expect((await readAll(place, { cursor: null, since: MONDAY })).heads).toMatchObject([
      { subject: 'gone', refersTo: [] },
    ])
  })

  test('mail from before is left out, and so are drafts and what we sent', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'long ago', at: MONDAY - HOUR })
    const { draftId } = await place.open().createDraft(outgoingMail(), never())
    await place.open().sendDraft(draftId, outgoingMail(), () => true, never())
    await place.open().createDraft(outgoingMail({ key: 'another' }), never())
    place.store.add({ folder: 'inbox', subject: 'a draft in the inbox' })

    expect((await readAll(place, { cursor: null, since: MONDAY })).subjects).toEqual([])
  })

  test('the cursor leads to what is new, once', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'first', at: MONDAY })
    const first = await readAll(place, { cursor: null, since: MONDAY })
    const nothing = await readAll(place, { cursor: first.cursor, since: MONDAY })
    await place.store.receive({ from: 'ann@corp.example', subject: 'second', at: MONDAY })
    await place.store.receive({ from: 'ann@corp.example', subject: 'third', at: MONDAY, folder: 'junkemail' })
    const second = await readAll(place, { cursor: nothing.cursor, since: MONDAY })

    expect([first.subjects, nothing.subjects, second.subjects]).toEqual([['first'], [], ['second', 'third']])
  })

  test('a week offline comes page by page, whole, and can be gone on with in the middle of a folder', async ({
    expect,
  }) => {
    await using place = await here()
    const subjects = Array.from({ length: 130 }, (_, number) => `mail ${number}`)
    for (const subject of subjects) await place.store.receive({ from: 'ann@corp.example', subject, at: MONDAY })
    await place.store.receive({ from: 'ann@corp.example', subject: 'spam', at: MONDAY, folder: 'junkemail' })
    const first = await readerOf(place).changesSince({ cursor: null, since: MONDAY }, never())
    const rest = await readAll(place, { cursor: first.cursor, since: MONDAY })

    expect(first).toMatchObject({ isMore: true })
    expect(first.heads).toHaveLength(50)
    expect([...first.heads.map(({ subject }) => subject), ...rest.subjects].toSorted()).toEqual(
      [...subjects, 'spam'].toSorted(),
    )
  })

  test('a page is the same when it is asked for again', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'first', at: MONDAY })
    const ask = () => readerOf(place).changesSince({ cursor: null, since: MONDAY }, never())
    expect(await ask()).toEqual(await ask())
  })

  test('when Microsoft has forgotten the state, reading begins again at the given moment', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'first', at: MONDAY })
    const { cursor } = await readAll(place, { cursor: null, since: MONDAY })
    await place.store.receive({ from: 'ann@corp.example', subject: 'second', at: MONDAY + HOUR })
    place.server.nextMood('delta', 'has forgotten the state')

    expect((await readAll(place, { cursor, since: MONDAY })).subjects).toEqual(['first', 'second'])
  })

  test.for(['', '[]', '{}', 'x', '[["a"],0]', '[[null,null],7]', '[[1,2],0]'])(
    'a cursor of %j begins anew',
    async (cursor, { expect }) => {
      await using place = await here()
      await place.store.receive({ from: 'ann@corp.example', subject: 'first', at: MONDAY })
      expect((await readAll(place, { cursor, since: MONDAY })).subjects).toEqual(['first'])
    },
  )

  test('a link to another server gets no token', async ({ expect }) => {
    await using place = await here()
    await using other = await here()
    const cursor = JSON.stringify([[`${other.server.endpoints.graphUrl}/me/mailFolders/inbox/messages/delta`, null], 0])

    await expect(readerOf(place).changesSince({ cursor, since: MONDAY }, never())).rejects.toMatchObject({
      code: 'mail.unreachable',
    })
    expect(other.server.requests).toEqual([])
  })

  test('a failed reading throws and moves nothing', async ({ expect }) => {
    await using place = await here()
    place.server.setMood('delta', 'is not available')
    await expect(readerOf(place).changesSince({ cursor: null, since: MONDAY }, never())).rejects.toMatchObject({
      code: 'mail.refused',
      details: { scope: 'mailbox', restMs: 60_000 },
    })
  })
})

describe.concurrent('one mail', () => {
  test('comes as it arrived, cut off where we want', async ({ expect }) => {
    await using place = await here()
    const bytes = Buffer.from(
      `From: ann@corp.example\r\nSubject: x\r\n\r\n${'A quite ordinary line.\r\n'.repeat(20_000)}`,
    )
    const id = await place.store.receive(bytes)

    expect(await readerOf(place).readMail(id, 10_000_000, never())).toEqual(bytes)
    expect(await readerOf(place).readMail(id, 1_000, never())).toEqual(bytes.subarray(0, 1_000))
  })

  test('that is gone is null, and one that could not be read is not', async ({ expect }) => {
    await using place = await here()
    const id = await place.store.receive({ from: 'ann@corp.example' })
    place.server.setMood('value', 'is busy')
    await expect(readerOf(place).readMail(id, 1_000, never())).rejects.toMatchObject({ code: 'mail.refused' })
    place.server.setMood('value', 'answers well')
    place.store.purge(id)

    expect(await readerOf(place).readMail(id, 1_000, never())).toBeNull()
    expect(await readerOf(place).readSent(id, never())).toBeNull()
  })
})

describe.concurrent('what left the mailbox', () => {
  test('is told newest first with our keys, by hand or by us, and no more than asked for', async ({ expect }) => {
    let now = MONDAY
    await using place = await outlookPlace({ secretText, now: () => now })
    const byHand = place.store.add({ to: [{ name: '', address: 'Old@Corp.example' }] })
    await place.store.submit(byHand.id)
    for (const key of ['key1', 'key2', 'key3']) {
      now += HOUR
      const mail = outgoingMail({ key })
      const { draftId } = await place.open().createDraft(mail, never())
      await place.open().sendDraft(draftId, mail, () => true, never())
    }

    const all = await readerOf(place).sentSince(MONDAY, 100, never())
    expect(all.map(({ key }) => key)).toEqual(['key3', 'key2', 'key1', null])
    expect(all[3]).toMatchObject({ to: ['old@corp.example'], sentAt: MONDAY })
    expect((await readerOf(place).sentSince(MONDAY + HOUR, 2, never())).map(({ key }) => key)).toEqual(['key3', 'key2'])
    const span = { since: MONDAY, before: MONDAY + 2 * HOUR }
    expect((await readerOf(place).sentBetween(span, 100, never())).map(({ key }) => key)).toEqual(['key1', null])
    expect(await readerOf(place).sentBetween(span, 1, never())).toHaveLength(1)
  })

  test('is counted whole over many pages', async ({ expect }) => {
    await using place = await here()
    for (let number = 0; number < 230; number += 1) {
      place.store.add({ folder: 'sentitems', isDraft: false, sentAt: MONDAY })
    }

    expect(await readerOf(place).sentSince(MONDAY, 1_000, never())).toHaveLength(230)
  })
})
