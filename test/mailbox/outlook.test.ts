import { convert } from 'html-to-text'
import PostalMime from 'postal-mime'
import { beforeAll, describe, test } from 'vitest'
import type { OutgoingMail, SentMail } from '#electron/mailbox/mail-provider'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, REP, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

const MAIL = outgoingMail()
const never = () => new AbortController().signal
const go = () => true

let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})
const here = () => outlookPlace({ secretText })

async function send(place: OutlookPlace, mail: OutgoingMail): Promise<SentMail> {
  const { draftId } = await place.open().createDraft(mail, never())
  return place.open().sendDraft(draftId, mail, go, never())
}

function draftOf(place: OutlookPlace) {
  const [draft, ...others] = place.store.all().filter(({ isDraft }) => isDraft)
  if (draft === undefined || others.length > 0) throw new Error('not one draft')
  return draft
}

describe.concurrent('what leaves', () => {
  test('the text part of a mail with HTML is made by Exchange and says the words of the HTML', async ({ expect }) => {
    await using place = await here()
    await send(
      place,
      outgoingMail({ html: '<p>Hello <b>Ann</b>,</p><p><a href="https://x.example/">see</a></p>', text: 'ours' }),
    )

    const { text } = await PostalMime.parse(place.store.left[0]?.bytes ?? '')
    const words = (value: string) => value.split(/\s+/).filter(Boolean)
    expect(words(text ?? '')).toEqual(
      words(convert('<p>Hello <b>Ann</b>,</p><p><a href="https://x.example/">see</a></p>')),
    )
  })

  test('a plain text keeps its lines, and no HTML is added', async ({ expect }) => {
    await using place = await here()
    await send(place, outgoingMail({ html: null, text: 'Hello Ann,\n\n  indented\n.\n-- \nRita' }))

    const { text, html } = await PostalMime.parse(place.store.left[0]?.bytes ?? '')
    expect({ text: text?.trimEnd(), html }).toEqual({ text: 'Hello Ann,\n\n  indented\n.\n-- \nRita', html: undefined })
  })

  test.for<[boolean, string | undefined]>([
    [true, `<mailto:${REP}?subject=unsubscribe%20${outgoingMail().key}>`],
    [false, undefined],
  ])('List-Unsubscribe, wanted: %s', async ([hasUnsubscribe, expected], { expect }) => {
    await using place = await here()
    await send(place, outgoingMail({ hasUnsubscribe }))

    const { headers } = await PostalMime.parse(place.store.left[0]?.bytes ?? '')
    expect(headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(expected)
  })

  test('the Message-ID is the one that Exchange gave the draft, and the answer names it', async ({ expect }) => {
    await using place = await here()
    const sent = await send(place, MAIL)

    const { messageId } = await PostalMime.parse(place.store.left[0]?.bytes ?? '')
    expect(sent.messageId).toBe(messageId)
    expect(await place.open().reader?.readSent(sent.providerMessageId, never())).toEqual(sent)
  })

  test('an address that is not the account is refused by Exchange and not replaced by another one', async ({
    expect,
  }) => {
    await using place = await here()
    const mail = outgoingMail({ from: { name: 'Rita', address: 'sales@pacemail.example' } })

    await expect(send(place, mail)).rejects.toMatchObject({
      code: 'mail.refused',
      details: { need: 'sender_not_allowed' },
    })
    expect(place.store.left).toEqual([])
  })

  test('every request asks for ids that survive a move', async ({ expect }) => {
    await using place = await here()
    const sent = await send(place, MAIL)

    // Without asking, Microsoft gives ids that hold in one folder only.
    expect(place.store.get(sent.providerMessageId).folder).toBe('sentitems')
  })
})

describe.concurrent('a follow-up', () => {
  const followUp = (first: SentMail): OutgoingMail =>
    outgoingMail({
      key: 'secondkey',
      subject: 'Re: A question about your depot',
      text: 'Just once more.',
      html: null,
      follows: { ...first, messageIds: [first.messageId ?? ''] },
    })

  test('goes to the lead and not to ourselves, in the same thread, with our text alone', async ({ expect }) => {
    await using place = await here()
    const first = await send(place, MAIL)
    const second = await send(place, followUp(first))

    const left = place.store.left[1]
    const { text, subject, inReplyTo, references, to } = await PostalMime.parse(left?.bytes ?? '')
    expect({ text: text?.trimEnd(), subject, inReplyTo, references }).toEqual({
      text: 'Just once more.',
      subject: 'Re: A question about your depot',
      inReplyTo: first.messageId,
      references: first.messageId,
    })
    expect(to?.map(({ address }) => address)).toEqual(['ann@corp.example'])
    expect(left?.to).toEqual(['ann@corp.example'])
    expect(second.threadId).toBe(first.threadId)
  })

  test('carries our key from its first moment', async ({ expect }) => {
    await using place = await here()
    const first = await send(place, MAIL)
    place.server.setMood('update', 'is not available')
    await expect(place.open().createDraft(followUp(first), never())).rejects.toMatchObject({ code: 'mail.refused' })

    expect(await place.open().strayDrafts(never())).toMatchObject([{ key: 'secondkey' }])
  })

  test('finds the mail it follows by its Message-ID when the id has changed on sending', async ({ expect }) => {
    await using place = await here()
    place.store.keepsIdOnSend = false
    const first = await send(place, MAIL)
    const second = await send(place, followUp(first))

    expect(second.threadId).toBe(first.threadId)
  })

  test('still names the mail it follows when that one is gone', async ({ expect }) => {
    await using place = await here()
    const first = await send(place, MAIL)
    place.store.purge(first.providerMessageId)
    await send(place, followUp(first))

    const { inReplyTo, references } = await PostalMime.parse(place.store.left[1]?.bytes ?? '')
    expect({ inReplyTo, references }).toEqual({ inReplyTo: first.messageId, references: first.messageId })
  })
})

describe.concurrent('between draft and sending', () => {
  test('a draft that was sent by hand is told as sent, and does not leave again', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    await place.store.submit(draftOf(place).id)
    const asked: number[] = []
    const sent = await place.open().sendDraft(draftId, MAIL, () => asked.push(1) > 0, never())

    expect(sent.messageId).toBe(place.store.left[0]?.messageId)
    expect({ asked, left: place.store.left.length }).toEqual({ asked: [], left: 1 })
  })

  test('a draft that transport already has is not sent again', async ({ expect }) => {
    await using place = await here()
    place.store.isTransportQuick = false
    const { draftId } = await place.open().createDraft(MAIL, never())
    await place.open().sendDraft(draftId, MAIL, go, never())
    await place.open().sendDraft(draftId, MAIL, go, never())
    await place.store.deliverQueued()

    expect(place.server.requests.filter(({ operation }) => operation === 'send')).toHaveLength(1)
    expect(place.store.left).toHaveLength(1)
  })

  test('a draft that somebody worked on leaves with the approved text and the one recipient', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    const eve = { name: '', address: 'eve@evil.example' }
    place.store.change(draftOf(place), {
      subject: 'Changed',
      cc: [eve],
      bcc: [eve],
      body: { contentType: 'text', content: 'x' },
    })
    await place.open().sendDraft(draftId, MAIL, go, never())

    const { subject, html } = await PostalMime.parse(place.store.left[0]?.bytes ?? '')
    expect(subject).toBe(MAIL.subject)
    expect(html).toContain(MAIL.html)
    expect(place.store.left[0]?.to).toEqual(['ann@corp.example'])
  })

  test('a draft from an older text leaves with the approved one', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(outgoingMail({ html: '<p>older</p>' }), never())
    await place.open().sendDraft(draftId, MAIL, go, never())

    expect((await PostalMime.parse(place.store.left[0]?.bytes ?? '')).html).toContain('may I ask you something?')
  })

  test('a draft that nobody touched is not written again', async ({ expect }) => {
    await using place = await here()
    await send(place, MAIL)
    expect(place.server.requests.filter(({ operation }) => operation === 'update')).toEqual([])
  })

  test('a draft that was thrown away by hand does not leave', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.store.remove(draftOf(place).id)

    await expect(place.open().sendDraft(draftId, MAIL, go, never())).rejects.toMatchObject({
      code: 'mail.refused',
      details: { isFinal: true, scope: 'message', providerCode: 'draft_deleted', isUnsent: true },
    })
    expect(place.store.left).toEqual([])
  })

  test('a draft that is gone is a doubt: it may have been sent by hand', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.store.purge(draftOf(place).id)

    await expect(place.open().sendDraft(draftId, MAIL, go, never())).rejects.toMatchObject({ code: 'mail.unanswered' })
    expect(await place.open().findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'unknown' })
  })

  test('a kept connection that dies under the send is one request and a doubt', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.server.nextMood('send', 'drops before acting')

    await expect(place.open().sendDraft(draftId, MAIL, go, never())).rejects.toMatchObject({ code: 'mail.unanswered' })
    expect(place.server.requests.filter(({ operation }) => operation === 'send')).toHaveLength(1)
  })

  test('a server that nobody reaches is not a doubt', async ({ expect }) => {
    const place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    const mailbox = place.open()
    await mailbox.check(never())
    const closeAndGo = async () => {
      await place.server.close()
      return mailbox.sendDraft(draftId, MAIL, go, never())
    }

    await expect(closeAndGo()).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'no_connection' } })
  })
})

describe.concurrent('looking for a mail', () => {
  test('an index that lags makes no draft of a mail that left', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.store.lag()
    await place.open().sendDraft(draftId, MAIL, go, never())

    expect((await place.open().findDraft(MAIL.key, draftId, never())).fate).toBe('sent')
    expect((await place.open().findDraft(MAIL.key, null, never())).fate).toBe('sent')
  })

  test('an index that lags behind the draft leaves it to the id', async ({ expect }) => {
    await using place = await here()
    place.store.lag()
    const { draftId } = await place.open().createDraft(MAIL, never())

    expect(await place.open().findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'draft', draftId })
    expect(await place.open().findDraft(MAIL.key, null, never())).toEqual({ fate: 'unknown' })
  })

  test('a mail whose id changed on sending is found, and with a lagging index it is unknown, never a draft', async ({
    expect,
  }) => {
    await using place = await here()
    place.store.keepsIdOnSend = false
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.store.lag()
    await place.open().sendDraft(draftId, MAIL, go, never())

    expect(await place.open().findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'unknown' })
    place.store.catchUp()
    expect((await place.open().findDraft(MAIL.key, draftId, never())).fate).toBe('sent')
  })

  test('a sent copy that lost our key is found by its Message-ID', async ({ expect }) => {
    await using place = await here()
    place.store.keepsIdOnSend = false
    const { draftId } = await place.open().createDraft(MAIL, never())
    await place.open().sendDraft(draftId, MAIL, go, never())
    for (const message of place.store.all()) message.properties.clear()

    expect((await place.open().findDraft(MAIL.key, draftId, never())).fate).toBe('sent')
  })

  test('of two drafts of one key, one of which left, the answer is: sent', async ({ expect }) => {
    await using place = await here()
    const first = await place.open().createDraft(MAIL, never())
    const second = await place.open().createDraft(MAIL, never())
    await place.open().sendDraft(first.draftId, MAIL, go, never())

    expect((await place.open().findDraft(MAIL.key, second.draftId, never())).fate).toBe('sent')
  })

  test('a mail that transport has is not a draft: it will leave by itself', async ({ expect }) => {
    await using place = await here()
    place.store.isTransportQuick = false
    const { draftId } = await place.open().createDraft(MAIL, never())
    await place.open().sendDraft(draftId, MAIL, go, never())

    expect(await place.open().findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'unknown', why: 'leaving' })
    expect(await place.open().strayDrafts(never())).toEqual([])
    await expect(place.open().deleteDraft(draftId, never())).rejects.toMatchObject({ code: 'mail.refused' })
    await place.store.deliverQueued()
    expect((await place.open().findDraft(MAIL.key, draftId, never())).fate).toBe('sent')
  })

  test('a draft that was thrown away by hand proves nothing, and the rep decides', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.store.remove(draftOf(place).id)

    expect(await place.open().findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'unknown', why: 'thrown_away' })
  })

  test('a draft found without its id can be sent, with the approved text', async ({ expect }) => {
    await using place = await here()
    await place.open().createDraft(outgoingMail({ html: '<p>older</p>' }), never())
    const found = await place.open().findDraft(MAIL.key, null, never())
    if (found.fate !== 'draft') throw new Error('no draft')
    await place.open().sendDraft(found.draftId, MAIL, go, never())

    expect((await PostalMime.parse(place.store.left[0]?.bytes ?? '')).html).toContain('may I ask you something?')
  })

  test('throwing away the draft of a mail that left keeps the copy in Sent Items', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(MAIL, never())
    const sent = await place.open().sendDraft(draftId, MAIL, go, never())
    await place.open().deleteDraft(draftId, never())

    expect(place.store.get(sent.providerMessageId).folder).toBe('sentitems')
  })

  test('drafts of others are no strays', async ({ expect }) => {
    await using place = await here()
    for (let number = 0; number < 120; number += 1) place.store.add({ subject: `by hand ${number}` })
    await place.open().createDraft(MAIL, never())

    expect(await place.open().strayDrafts(never())).toMatchObject([{ key: MAIL.key }])
  })

  test('silence ends with the time-out', async ({ expect }) => {
    await using place = await here()
    place.server.setMood('list', 'is silent and does nothing')

    await expect(place.open(50).findDraft(MAIL.key, null, never())).rejects.toMatchObject({
      code: 'mail.unreachable',
      details: { reason: 'timeout' },
    })
  })

  test('a key with a quote in it asks for nothing else', async ({ expect }) => {
    await using place = await here()
    await place.open().createDraft(MAIL, never())
    expect(await place.open().findDraft("x' or 'a' eq 'a", null, never())).toEqual({ fate: 'unknown' })
  })
})

describe.concurrent('a check', () => {
  test.for<['me' | 'folder', 'has no mailbox' | 'denies access', string]>([
    ['folder', 'has no mailbox', 'no_mailbox'],
    ['me', 'denies access', 'permission'],
  ])('%s %s', async ([operation, mood, need], { expect }) => {
    await using place = await here()
    place.server.setMood(operation, mood)
    await expect(place.open().check(never())).rejects.toMatchObject({ details: { need } })
  })
})

test('a refusal tells nothing of what Microsoft wrote', async ({ expect }) => {
  await using place = await here()
  place.server.setMood('draft', 'calls it a bad request')
  const error: unknown = await place
    .open()
    .createDraft(MAIL, never())
    .catch((reason: unknown) => reason)

  expect(JSON.stringify([error, (error as Error).message, (error as Error).cause])).not.toMatch(/SECRET|ann@corp/)
})
