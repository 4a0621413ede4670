import { expect, test } from 'vitest'
import { sequenceDesk, startSequence, type SequenceDesk } from '#test/support/sequence'

const told = async ({ app }: SequenceDesk) =>
  (await app.api.activity.list({ kinds: ['send_new_thread'] })).rows.map(({ kind }) => kind)

test('a follow-up that cannot go into the thread of the mail before says so in its story', async () => {
  await using desk = await sequenceDesk(1)
  const { provider } = desk.mailbox
  const { sendDraft } = provider
  // As a Gmail that may not be read: nobody learns under which Message-ID a mail left.
  provider.sendDraft = async (...asked) => ({ ...(await sendDraft(...asked)), messageId: null })
  await startSequence(desk)
  await desk.app.runOut()
  expect(await told(desk)).not.toEqual([])
})

test('one of a mailbox that may not be read says that this is why', async () => {
  await using desk = await sequenceDesk(1)
  const { provider } = desk.mailbox
  const { sendDraft } = provider
  provider.sendDraft = async (...asked) => ({ ...(await sendDraft(...asked)), messageId: null })
  const [mailbox] = desk.app.engine.rooms.mailboxes.list()
  desk.app.engine.rooms.mailboxes.signedIn(mailbox!.id, { mayRead: false })
  await startSequence(desk)
  await desk.app.runOut()
  const { rows } = await desk.app.api.activity.list({ kinds: ['send_new_thread'] })
  expect(rows.map(({ data }) => data)).toContainEqual({ why: 'unread' })
})

test('one that goes into its thread says nothing', async () => {
  await using desk = await sequenceDesk(1)
  await startSequence(desk)
  await desk.app.runOut()
  expect(await told(desk)).toEqual([])
})
