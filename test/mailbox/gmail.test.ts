import { describe, expect, test } from 'vitest'
import { parseDraftId } from '#electron/mailbox/gmail/gmail-draft-id'
import type { OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { headerIn } from '#test/fakes/gmail-account'
import { REFUSES } from '#test/fakes/gmail-moods'
import { COMPOSE } from '#test/fakes/google-oauth'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { memorySecret, openGmail } from '#test/mailbox/gmail-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

const MAIL = outgoingMail()
const go = () => true
const never = () => new AbortController().signal

async function send(server: GoogleServer, mail: OutgoingMail = MAIL): Promise<string> {
  const { draftId } = await openGmail(server).createDraft(mail, never())
  await openGmail(server).sendDraft(draftId, mail, go, never())
  return draftId
}

function fateOf(server: GoogleServer, draftId: string | null, mail: OutgoingMail = MAIL) {
  return openGmail(server).findDraft(mail.key, draftId, never())
}

/** The id by which the fake knows a draft. */
function bare(draftId: string): string {
  return parseDraftId(draftId)?.draftId ?? ''
}

function followUp(first: { id: string; threadId: string }, messageId: string): OutgoingMail {
  return outgoingMail({
    key: 'followup',
    subject: `Re: ${MAIL.subject}`,
    date: MAIL.date + 600_000,
    follows: { providerMessageId: first.id, threadId: first.threadId, messageIds: [messageId] },
  })
}

test('the other addresses of the account are told, where reading is allowed', async () => {
  await using server = await startGoogleServer()
  server.account().aliases.push('rita@alias.example')
  expect(await openGmail(server).ownAddresses(never())).toEqual(['rita@pacemail.example', 'rita@alias.example'])
})

describe('sending', () => {
  test('goes the way of providers.md §5.1: profile, draft, draft sent', async () => {
    await using server = await startGoogleServer()
    await send(server)
    expect(server.requests).toEqual(['profile', 'drafts.create', 'drafts.send'])
  })

  test('the answer names the message and its thread; the Message-ID is read afterwards', async () => {
    await using server = await startGoogleServer()
    const mailbox = openGmail(server)
    const { draftId } = await mailbox.createDraft(MAIL, never())
    const sent = await mailbox.sendDraft(draftId, MAIL, go, never())
    const [left] = server.account().left

    expect(sent).toEqual({ providerMessageId: left?.id, threadId: left?.threadId, messageId: null })
    const messageId = headerIn(left?.raw ?? Buffer.of(), 'Message-ID')
    expect(messageId).toMatch(/@mail\.gmail\.com>$/)
    expect(await mailbox.reader?.readSent(sent.providerMessageId, never())).toEqual({ ...sent, messageId })
  })

  test('a follow-up stays in the thread of the first mail', async () => {
    await using server = await startGoogleServer()
    await send(server)
    const [first] = server.account().left
    const messageId = headerIn(first?.raw ?? Buffer.of(), 'Message-ID')
    await send(server, followUp(first ?? { id: '', threadId: '' }, messageId))
    const [, second] = server.account().left

    expect(second?.threadId).toBe(first?.threadId)
    expect(headerIn(second?.raw ?? Buffer.of(), 'In-Reply-To')).toBe(messageId)
  })

  test('a follow-up whose thread was deleted begins one of its own, also when its text changes before it leaves', async () => {
    await using server = await startGoogleServer()
    const mail = followUp({ id: '19a', threadId: '19a0000000000999' }, '<gone@mail.gmail.com>')
    const { draftId } = await openGmail(server).createDraft(mail, never())
    const sent = await openGmail(server).sendDraft(draftId, { ...mail, text: 'newer' }, go, never())

    const [left] = server.account().left
    expect(left?.threadId).toBe(sent.threadId)
    expect(sent.threadId).not.toBe('19a0000000000999')
    expect(headerIn(left?.raw ?? Buffer.of(), 'In-Reply-To')).toBe('<gone@mail.gmail.com>')
    expect(server.account().drafts.size).toBe(0)
  })

  test('what leaves is the mail that is handed over, even where the draft is older', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    const newer = outgoingMail({ text: 'Hello Ann, on Monday' })
    const asked: number[] = []
    await openGmail(server).sendDraft(draftId, newer, () => asked.push(server.requests.length) > 0, never())

    expect(server.requests.slice(2)).toEqual(['drafts.update', 'drafts.send'])
    expect(asked).toEqual([2])
    expect(server.account().left[0]?.raw.toString()).toContain('on Monday')
    expect(server.account().left).toHaveLength(1)
  })

  test('an older draft that is gone leaves a doubt: it may have been sent by hand', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    server.account().sendDraft(bare(draftId))
    const sending = openGmail(server).sendDraft(draftId, outgoingMail({ text: 'newer' }), go, never())

    await expect(sending).rejects.toMatchObject({ code: 'mail.unanswered' })
    expect(server.account().left).toHaveLength(1)
  })

  test.each(['sent', 'deleted'])('a draft that was %s by hand is not sent again', async (what) => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    if (what === 'sent') server.account().sendDraft(bare(draftId))
    else server.account().deleteDraft(bare(draftId))

    await expect(openGmail(server).sendDraft(draftId, MAIL, go, never())).rejects.toMatchObject({
      code: 'mail.unanswered',
    })
    expect(server.account().left).toHaveLength(what === 'sent' ? 1 : 0)
    expect((await fateOf(server, draftId)).fate).toBe(what === 'sent' ? 'sent' : 'unknown')
  })

  test('an id that is none of ours sends nothing and deletes nothing', async () => {
    await using server = await startGoogleServer()
    for (const id of ['', 'x', 'gmail1:a:b', bare((await openGmail(server).createDraft(MAIL, never())).draftId)]) {
      await expect(openGmail(server).sendDraft(id, MAIL, go, never())).rejects.toMatchObject({ code: 'mail.invalid' })
      await openGmail(server).deleteDraft(id, never())
    }
    expect(server.account().drafts.size).toBe(1)
    expect(server.requests).not.toContain('drafts.send')
  })

  test('a draft id tells nobody who is written to', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    for (const secret of ['ann', 'corp', 'example', 'depot']) expect(draftId.toLowerCase()).not.toContain(secret)
  })
})

describe('what became of a mail', () => {
  test('a mail that left is found with its thread and its real Message-ID', async () => {
    await using server = await startGoogleServer()
    const draftId = await send(server)
    const [left] = server.account().left
    expect(await fateOf(server, draftId)).toEqual({
      fate: 'sent',
      providerMessageId: left?.id,
      threadId: left?.threadId,
      messageId: headerIn(left?.raw ?? Buffer.of(), 'Message-ID'),
    })
  })

  test('it is found where Gmail drops our header', async () => {
    await using server = await startGoogleServer()
    server.account().dropsOwnHeaders = true
    expect((await fateOf(server, await send(server))).fate).toBe('sent')
  })

  test('it is found where the rep opened the draft in Gmail and sent it from there', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    const edited = server
      .account()
      .editDraftByHand(bare(draftId), (raw) =>
        Buffer.from(raw.toString('latin1').replace(/^X-Pacemail-Key.*\r\n/m, ''), 'latin1'),
      )
    expect(await fateOf(server, draftId)).toEqual({ fate: 'unknown' })
    server.account().sendDraft(edited)
    expect((await fateOf(server, draftId)).fate).toBe('sent')
  })

  test('a follow-up is not taken for the first mail of its thread', async () => {
    await using server = await startGoogleServer()
    for (const drops of [false, true]) {
      server.account().dropsOwnHeaders = drops
      await send(server)
      const first = server.account().left.at(-1)
      const second = followUp(first ?? { id: '', threadId: '' }, headerIn(first?.raw ?? Buffer.of(), 'Message-ID'))
      const { draftId } = await openGmail(server).createDraft(second, never())
      await openGmail(server).deleteDraft(draftId, never())

      expect(await fateOf(server, draftId, second)).toEqual({ fate: 'unknown' })
    }
  })

  test('another mail to the same person is not taken for it', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    await openGmail(server).deleteDraft(draftId, never())
    await send(server, outgoingMail({ key: 'another', subject: 'Something else' }))
    server.account().sendByHand(Buffer.from('To: ann@corp.example\r\nSubject: By hand\r\n\r\nHello'))

    expect(await fateOf(server, draftId)).toEqual({ fate: 'unknown' })
  })

  test('the same words under another key, or to another person, are not taken for it', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    await openGmail(server).deleteDraft(draftId, never())
    await send(server, outgoingMail({ key: 'another' }))
    server.account().dropsOwnHeaders = true
    await send(server, outgoingMail({ key: 'other', to: { name: 'Bob', address: 'bob@corp.example' } }))

    expect(await fateOf(server, draftId)).toEqual({ fate: 'unknown' })
  })

  test('the history finds it in another thread', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    const raw = await buildMime(MAIL)
    server.account().deleteDraft(bare(draftId))
    server.account().sendByHand(raw)

    expect((await fateOf(server, draftId)).fate).toBe('sent')
    server.account().forgetHistory()
    expect(await fateOf(server, draftId)).toEqual({ fate: 'unknown' })
  })

  test('a deleted draft stays unknown: its trace may have been deleted as well', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    await openGmail(server).deleteDraft(draftId, never())
    expect(await fateOf(server, draftId)).toEqual({ fate: 'unknown' })
  })

  test('without a draft id it is found by its key alone, and can be sent', async () => {
    await using server = await startGoogleServer()
    await openGmail(server).createDraft(outgoingMail({ key: 'another' }), never())
    await openGmail(server).createDraft(MAIL, never())
    const found = await fateOf(server, null)
    if (found.fate !== 'draft') throw new Error(found.fate)
    await openGmail(server).sendDraft(found.draftId, MAIL, go, never())

    expect(headerIn(server.account().left[0]?.raw ?? Buffer.of(), 'X-Pacemail-Key')).toBe(MAIL.key)
    expect((await fateOf(server, found.draftId)).fate).toBe('sent')
    expect((await fateOf(server, null)).fate).toBe('sent')
  })

  test('drafts of the rep are no strays', async () => {
    await using server = await startGoogleServer()
    server.account().createDraft(Buffer.from('To: ann@corp.example\r\nSubject: My own\r\n\r\nHello'), null)
    await openGmail(server).createDraft(MAIL, never())
    const strays = await openGmail(server).strayDrafts(never())

    expect(strays.map(({ key }) => key)).toEqual([MAIL.key])
    for (const { draftId } of strays) await openGmail(server).deleteDraft(draftId, never())
    expect(server.account().drafts.size).toBe(1)
  })
})

describe('send-only: the rep did not allow reading', () => {
  function sendOnly(server: GoogleServer) {
    return openGmail(server, { mayRead: false, secret: memorySecret(server.secretFor(undefined, [COMPOSE])) })
  }

  test('a mail is drafted and sent, and nothing is read', async () => {
    await using server = await startGoogleServer()
    const mailbox = sendOnly(server)
    const { draftId } = await mailbox.createDraft(MAIL, never())
    expect((await mailbox.findDraft(MAIL.key, draftId, never())).fate).toBe('draft')
    await mailbox.sendDraft(draftId, MAIL, go, never())

    expect(mailbox.reader).toBeNull()
    expect(await mailbox.findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'unknown' })
    expect(await mailbox.findDraft(MAIL.key, null, never())).toEqual({ fate: 'unknown' })
    expect(server.account().left).toHaveLength(1)
  })

  test('a permission that was taken back is told as such', async () => {
    await using server = await startGoogleServer()
    const mailbox = openGmail(server, { secret: memorySecret(server.secretFor(undefined, [COMPOSE])) })
    await expect(mailbox.reader?.changesSince({ cursor: null, since: 0 }, never())).rejects.toMatchObject({
      code: 'mail.refused',
      details: { isFinal: true, scope: 'mailbox', need: 'permission' },
    })
  })
})

describe('the secret', () => {
  test('is renewed before it ends, and kept with its new end and the refresh token', async () => {
    await using server = await startGoogleServer()
    const old = JSON.parse(server.secretFor()) as Record<string, unknown>
    const secret = memorySecret(JSON.stringify({ ...old, expiry_date: Date.now() + 1_000 }))
    await openGmail(server, { secret }).check(never())
    const kept = JSON.parse(secret.text ?? '{}') as Record<string, unknown>

    expect(server.oauth.renewals).toBe(1)
    expect(kept).toMatchObject({ refresh_token: old['refresh_token'], scope: old['scope'] })
    expect(kept['access_token']).not.toBe(old['access_token'])
    expect(kept['expiry_date']).toBeGreaterThan(Date.now() + 3_000_000)
  })

  test('is renewed once for many requests at the same time', async () => {
    await using server = await startGoogleServer()
    const secret = memorySecret(server.secretFor())
    const mailbox = openGmail(server, { secret })
    server.oauth.expireAccessTokens()
    await Promise.all(Array.from({ length: 8 }, () => mailbox.check(never())))

    expect(server.oauth.renewals).toBe(1)
    expect(secret.writes).toBe(1)
  })

  test('a renewed refresh token replaces the old one', async () => {
    await using server = await startGoogleServer()
    const old = JSON.parse(server.secretFor()) as Record<string, unknown>
    const secret = memorySecret(JSON.stringify({ ...old, expiry_date: 1 }))
    const body = { access_token: old['access_token'] + 'x', refresh_token: '1//next', expires_in: 3_599 }
    server.next('token', { does: 'nothing', gives: () => ({ status: 200, body }) })
    await openGmail(server, { secret })
      .check(never())
      .catch(() => undefined)
    expect(secret.text).toContain('1//next')
  })

  test.each([null, '', '{}', 'password'])('%j is no secret of Google: the rep must sign in', async (text) => {
    await using server = await startGoogleServer()
    const mailbox = openGmail(server, { secret: memorySecret(text) })
    await expect(mailbox.check(never())).rejects.toMatchObject({ code: 'mail.signed_out' })
    expect(server.requests).toEqual([])
  })

  test('is in no failure, whatever fails', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    const failures: unknown[] = []
    for (const mood of Object.values(REFUSES)) {
      server.next('drafts.send', mood, mood)
      await openGmail(server)
        .sendDraft(draftId, MAIL, go, never())
        .catch((error: unknown) => failures.push(error))
    }
    const text = failures.map((error) => `${(error as Error).stack} ${JSON.stringify(error)}`).join()

    expect(failures).toHaveLength(Object.values(REFUSES).length)
    expect(server.oauth.secrets.filter((secret) => text.includes(secret))).toEqual([])
    expect(text).not.toContain('ann@corp.example')
  })
})
