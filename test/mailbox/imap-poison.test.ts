/** One mail that the server cannot tell of, or tells of so that nobody can read it, among others. */
import { describe, expect, test } from 'vitest'
import type { Poison } from '#test/fakes/imap-store'
import { readerOf } from '#test/mailbox/imap-journey'
import { imapPlace, type ImapPlace } from '#test/mailbox/imap-place'

const AT = 1_767_603_600_000
const never = () => new AbortController().signal
const FROM_START = { cursor: null, since: AT }

function raw(subject: string): string {
  return `From: Ann <ann@corp.example>\r\nTo: b@corp.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x.example>\r\nIn-Reply-To: <ours@pacemail.example>\r\n\r\nHello.\r\n`
}

async function placeWith(poison: Poison, others = 6): Promise<ImapPlace> {
  const place = await imapPlace()
  const { store } = place.imap
  for (let number = 1; number <= others; number += 1) {
    if (number === Math.ceil(others / 2)) store.add('INBOX', raw('bad'), { receivedAt: AT, poison })
    store.add('INBOX', raw(`no-${number}`), { receivedAt: AT })
  }
  store.add('Junk', raw('junk'), { receivedAt: AT })
  return place
}

async function readOn(place: ImapPlace, cursor: string) {
  const subjects: string[] = []
  for (let isMore = true, from = cursor; isMore;) {
    const page = await readerOf(place).changesSince({ cursor: from, since: AT }, never())
    subjects.push(...page.heads.map(({ subject }) => subject))
    from = page.cursor
    isMore = page.isMore
  }
  return subjects
}

describe('one mail of a page', () => {
  test.each(['garbled', 'no', 'drops'] as const)('that the server fails at (%s) holds up no other', async (poison) => {
    await using place = await placeWith(poison)
    const page = await readerOf(place).changesSince(FROM_START, never())
    const subjects = page.heads.map(({ subject }) => subject)
    const rest = page.isMore ? await readOn(place, page.cursor) : []

    expect([...subjects, ...rest].toSorted()).toEqual(['junk', 'no-1', 'no-2', 'no-3', 'no-4', 'no-5', 'no-6'])
    expect(page.unlisted).toMatchObject([
      { providerMessageId: '1000:3:INBOX', failure: { code: 'mail.refused', details: { scope: 'message' } } },
    ])
  })

  test('whose envelope nobody can read is told from its own headers', async () => {
    await using place = await placeWith('no envelope')
    const { heads, unlisted } = await readerOf(place).changesSince(FROM_START, never())

    expect(unlisted).toEqual([])
    expect(heads.find(({ subject }) => subject === 'bad')).toEqual({
      providerMessageId: '1000:3:INBOX',
      threadId: null,
      receivedAt: AT,
      from: 'ann@corp.example',
      subject: 'bad',
      messageId: '<bad@x.example>',
      refersTo: ['<ours@pacemail.example>'],
    })
  })

  test.each(['garbled', 'no', 'drops'] as const)('that cannot be opened (%s) is at fault itself', async (poison) => {
    await using place = await placeWith(poison)
    await expect(readerOf(place).readMail('1000:3:INBOX', 100, never())).rejects.toMatchObject({
      code: 'mail.refused',
      details: { scope: 'message', isFinal: false },
    })
    expect(await readerOf(place).readMail('1000:2:INBOX', 100, never())).not.toBeNull()
    expect(await readerOf(place).readMail('1000:99:INBOX', 100, never())).toBeNull()
  })
})

test.each(['no', 'drops'] as const)(
  'a single new mail that the server fails at (%s) is told with its time',
  async (poison) => {
    await using place = await imapPlace()
    place.imap.store.add('INBOX', raw('bad'), { receivedAt: AT, poison })
    const page = await readerOf(place).changesSince(FROM_START, never())

    expect(page.heads).toEqual([])
    expect(page.unlisted).toMatchObject([{ providerMessageId: '1000:1:INBOX', receivedAt: AT }])
    expect(await readOn(place, page.cursor)).toEqual([])
  },
)

test('a sent mail whose envelope nobody can read is counted all the same', async () => {
  await using place = await imapPlace()
  place.imap.store.add('Sent', raw('one'), { receivedAt: AT })
  place.imap.store.add('Sent', raw('two'), { receivedAt: AT, poison: 'no envelope' })

  const records = await readerOf(place).sentSince(AT, 10, never())
  expect(records.map(({ providerMessageId, to }) => [providerMessageId, to])).toEqual([
    ['<one@x.example>', ['b@corp.example']],
    ['<two@x.example>', ['b@corp.example']],
  ])
})
