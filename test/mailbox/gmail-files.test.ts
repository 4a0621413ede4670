import { expect, test, vi } from 'vitest'
import type { OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { REFUSES } from '#test/fakes/gmail-moods'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { openGmail } from '#test/mailbox/gmail-place'
import { manyBytes, outgoingFile, outgoingMail } from '#test/mailbox/outgoing-mail'

/** Real servers on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const LARGE = outgoingMail({ attachments: [outgoingFile('prices.csv', manyBytes(4_000_000))] })
const go = () => true
const never = () => new AbortController().signal

const withoutId = (bytes: Buffer) => bytes.toString('latin1').replace(/^Message-ID: .*\r\n/m, '')

async function expectLeft(server: GoogleServer, mail: OutgoingMail): Promise<void> {
  const left = server.account().left.map(({ raw }) => withoutId(raw))
  expect(left.length).toBe(1)
  expect(left[0] === withoutId(await buildMime(mail))).toBe(true)
}

test('a large mail is uploaded again after an old token was refused, and leaves once', async () => {
  await using server = await startGoogleServer()
  server.next('drafts.create', REFUSES.invalidCredentials)
  const { draftId } = await openGmail(server).createDraft(LARGE, never())
  await openGmail(server).sendDraft(draftId, LARGE, go, never())

  expect(server.requests.filter((request) => request === 'drafts.create')).toHaveLength(2)
  await expectLeft(server, LARGE)
})

test('a draft made from other files is written anew before it leaves', async () => {
  await using server = await startGoogleServer()
  const { draftId } = await openGmail(server).createDraft(LARGE, never())
  const now = { ...LARGE, attachments: [outgoingFile('prices.csv', manyBytes(4_000_000, 7))] }
  await openGmail(server).sendDraft(draftId, now, go, never())

  expect(server.requests.filter((request) => request === 'drafts.update')).toHaveLength(1)
  await expectLeft(server, now)
})

test('a large follow-up stays in its thread', async () => {
  await using server = await startGoogleServer()
  const mailbox = openGmail(server)
  const first = outgoingMail()
  const sent = await mailbox.sendDraft((await mailbox.createDraft(first, never())).draftId, first, go, never())
  const { messageId } = (await mailbox.reader?.readSent(sent.providerMessageId, never())) ?? {}
  const follows = { ...sent, messageIds: [messageId ?? ''] }
  const mail = { ...LARGE, key: 'followup', subject: `Re: ${first.subject}`, follows }
  const { draftId } = await mailbox.createDraft(mail, never())
  await mailbox.sendDraft(draftId, mail, go, never())

  expect(server.account().left.map(({ threadId }) => threadId)).toEqual([sent.threadId, sent.threadId])
})

test('an upload that is cut off is no mail and no doubt', async () => {
  await using server = await startGoogleServer()
  server.next('drafts.create', { does: 'nothing', gives: 'a cut' })
  await expect(openGmail(server).createDraft(LARGE, never())).rejects.toMatchObject({ code: 'mail.unreachable' })
  expect([server.account().left, [...server.account().drafts]]).toEqual([[], []])
})
