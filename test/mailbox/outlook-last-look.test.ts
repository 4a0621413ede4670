/** The last look at a draft before it is sent, where it fails or finds nothing. */
import { beforeAll, describe, test } from 'vitest'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, REP, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

const MAIL = outgoingMail()
const never = () => new AbortController().signal

let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})
const here = () => outlookPlace({ secretText })

function draftOf(place: OutlookPlace) {
  const [draft, ...others] = place.store.all().filter(({ isDraft }) => isDraft)
  if (draft === undefined || others.length > 0) throw new Error('not one draft')
  return draft
}

test('the other addresses of the account are told, and of a personal account only its own', async ({ expect }) => {
  await using place = await here()
  expect(new Set(await place.open().ownAddresses(never()))).toEqual(new Set([REP]))
  place.store.aliases = ['rita@alias.example']
  expect(await place.open().ownAddresses(never())).toEqual([REP, REP, REP, 'rita@alias.example'])
})

describe.concurrent('the last look at a draft', () => {
  test('that finds nothing, where the draft held another text, leaves a doubt', async ({ expect }) => {
    await using place = await here()
    const { draftId } = await place.open().createDraft(outgoingMail({ html: '<p>older</p>' }), never())
    place.store.purge(draftOf(place).id)
    const asked: number[] = []

    await expect(place.open().sendDraft(draftId, MAIL, () => asked.push(1) > 0, never())).rejects.toMatchObject({
      code: 'mail.unanswered',
      details: { providerCode: 'draft_gone' },
    })
    expect(asked).toEqual([])
  })

  test.for(['get', 'folder'] as const)(
    'that is refused ("%s") is nothing that the mail is to blame for, and never final',
    async (operation, { expect }) => {
      await using place = await here()
      const { draftId } = await place.open().createDraft(MAIL, never())
      if (operation === 'folder') place.store.change(draftOf(place), { folder: 'inbox' })
      place.server.nextMood(operation, 'calls it a bad request')
      const asked: number[] = []

      await expect(place.open().sendDraft(draftId, MAIL, () => asked.push(1) > 0, never())).rejects.toMatchObject({
        code: 'mail.refused',
        details: { isFinal: false, scope: 'message' },
      })
      expect({ asked, left: place.store.left }).toEqual({ asked: [], left: [] })
    },
  )
})
