import PostalMime from 'postal-mime'
import { beforeAll, describe, test, vi } from 'vitest'
import { callUpload } from '#electron/mailbox/outlook/graph-call'
import type { OutgoingFile, OutgoingMail } from '#electron/mailbox/mail-provider'
import type { MoodName, Operation } from '#test/fakes/graph-moods'
import { manyBytes, outgoingFile, outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

/** Real servers on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const SMALL = outgoingFile('offer.pdf', manyBytes(40_000))
const LARGE = outgoingFile('Preise für Müller.csv', manyBytes(4_000_000, 2))
const MAIL = outgoingMail({ attachments: [SMALL, LARGE] })
const never = () => new AbortController().signal
const go = () => true

let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})
const here = () => outlookPlace({ secretText })

const create = async (place: OutlookPlace, mail = MAIL) => (await place.open().createDraft(mail, never())).draftId
const send = (place: OutlookPlace, draftId: string, mail = MAIL) => place.open().sendDraft(draftId, mail, go, never())

function draftIn({ store }: OutlookPlace) {
  const [draft, ...others] = store.all().filter(({ folder }) => folder === 'drafts')
  if (draft === undefined || others.length > 0) throw new Error('not one draft')
  return draft
}

/** Name and SHA-256 of every file of each mail that left, by name. */
async function left({ store }: OutlookPlace): Promise<string[][]> {
  const mails = await Promise.all(store.left.map(({ bytes }) => PostalMime.parse(bytes)))
  return mails.map(({ attachments }) =>
    attachments
      .map(({ filename, content }) => outgoingFile(filename ?? '', Buffer.from(content as ArrayBuffer)))
      .map(({ name, hash }) => `${name} ${hash}`)
      .toSorted(),
  )
}

const whole = (files: readonly OutgoingFile[]) => files.map(({ name, hash }) => `${name} ${hash}`).toSorted()

describe('files of a mail', () => {
  test('go one by one: below 3 MB at once, from there on in pieces of at most 4 MB, in order', async ({ expect }) => {
    await using place = await here()
    await send(place, await create(place))

    const lines = place.server.requests.map(({ line }) => line)
    expect(lines.filter((line) => line.startsWith('PUT'))).toEqual([
      'PUT bytes 0-3932159/4000000',
      'PUT bytes 3932160-3999999/4000000',
    ])
    expect(lines.filter((line) => line.endsWith('/attachments') && line.startsWith('POST'))).toHaveLength(1)
    expect(await left(place)).toEqual([whole([SMALL, LARGE])])
  })

  test('go with a follow-up too, and what Exchange takes over from the mail before does not', async ({ expect }) => {
    await using place = await here()
    const first = outgoingMail()
    const sent = await send(place, await create(place, first), first)
    const follows = { ...sent, messageIds: [sent.messageId ?? ''] }
    const mail = { ...MAIL, key: 'followup', subject: `Re: ${first.subject}`, follows }
    const draftId = await create(place, mail)
    place.store.attach(draftIn(place), {
      name: 'image001.png',
      contentType: 'image/png',
      bytes: manyBytes(9),
      isInline: true,
    })
    await send(place, draftId, mail)

    expect(await left(place)).toEqual([[], whole([SMALL, LARGE])])
    expect(new Set(place.store.left.map(({ conversationId }) => conversationId)).size).toBe(1)
  })

  test('are not asked about where a mail has none and nobody touched its draft', async ({ expect }) => {
    await using place = await here()
    const mail = outgoingMail()
    await send(place, await create(place, mail), mail)
    const asked = place.server.requests.map(({ operation }) => operation)
    expect(asked.filter((operation) => operation === 'files' || operation === 'attach')).toEqual([])
  })

  test('go to Microsoft, or to the server that plays it, and nowhere else', async ({ expect }) => {
    const server = { graphUrl: 'https://graph.microsoft.com/v1.0', timeoutMs: 1_000 }
    const piece = { bytes: manyBytes(10), from: 0, of: 10 }
    for (const url of ['https://evil.example/x', 'http://outlook.office.com/x', 'https://office.com.evil.example/']) {
      await expect(callUpload(server, { ...piece, url }, never())).rejects.toThrow('an upload to another server')
    }
    const local = { graphUrl: 'http://127.0.0.1:9/v1.0', timeoutMs: 1_000 }
    const url = 'https://outlook.office.com/x'
    await expect(callUpload(local, { ...piece, url }, never())).rejects.toThrow('an upload to another server')
  })
})

/** What happens while the files are on their way, by the request at which it happens. */
const MOMENTS: [Operation, MoodName][] = [
  ['attach', 'drops before acting'],
  ['attach', 'acts and drops'],
  ['attach', 'is busy'],
  ['attach', 'calls it too large'],
  ['session', 'drops before acting'],
  ['session', 'shows the page of a hotel'],
  ['session', 'throttles for 120 s'],
  ['piece', 'drops before acting'],
  ['piece', 'acts and drops'],
  ['piece', 'refuses the token'],
  ['piece', 'has no such item'],
  ['piece', 'is not available'],
  ['piece', 'shows the page of a hotel'],
]

describe('a mail with half its files never leaves', () => {
  test.for(MOMENTS)('%s: %s', async ([operation, mood], { expect }) => {
    await using place = await here()
    place.server.nextMood(operation, mood)
    await expect(create(place)).rejects.toMatchObject({
      code: expect.stringMatching(/^mail\.(?:refused|unreachable)$/),
    })

    expect(place.store.left).toEqual([])
    // What had been made of it is thrown away, and the next attempt begins anew.
    expect(await place.open().strayDrafts(never())).toEqual([])
    await send(place, await create(place))
    expect(await left(place)).toEqual([whole([SMALL, LARGE])])
  })

  test('a piece that is refused says nothing of the account', async ({ expect }) => {
    await using place = await here()
    place.server.nextMood('piece', 'refuses the token')
    const refused = { code: 'mail.refused', details: { isFinal: false, scope: 'message' } }
    await expect(create(place)).rejects.toMatchObject(refused)
  })

  test.for<[Operation, number]>([
    ['attach', 0],
    ['session', 1],
    ['piece', 1],
  ])(
    'after the app has died at "%s" the draft is found by its key and made whole',
    async ([operation, has], { expect }) => {
      await using place = await here()
      const dying = new AbortController()
      place.server.nextMood(operation, 'is silent and does nothing')
      const creating = place.open().createDraft(MAIL, dying.signal)
      await place.server.silence()
      dying.abort()
      await expect(creating).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'stopped' } })
      expect(draftIn(place).files).toHaveLength(has)

      const found = await place.open().findDraft(MAIL.key, null, never())
      expect(found.fate).toBe('draft')
      await send(place, 'draftId' in found ? found.draftId : '')
      expect(await left(place)).toEqual([whole([SMALL, LARGE])])
    },
  )

  test.for<[Operation, MoodName]>([
    ['files', 'is busy'],
    ['files', 'drops before acting'],
    ['attach', 'is busy'],
    ['session', 'has a bad gateway'],
    ['piece', 'drops before acting'],
    ['detach', 'breaks'],
    ['value', 'is busy'],
  ])('a draft that lost its files is not sent without them: %s, %s', async ([operation, mood], { expect }) => {
    await using place = await here()
    const draftId = await create(place)
    const draft = draftIn(place)
    const [small, large] = draft.files
    if (operation !== 'value') place.store.detach(draft, small?.id ?? '')
    if (operation !== 'value') place.store.detach(draft, large?.id ?? '')
    place.store.attach(draft, { name: SMALL.name, contentType: 'application/pdf', bytes: manyBytes(40_000, 9) })
    place.server.nextMood(operation, mood)
    let asked = 0
    const sending = place.open().sendDraft(draftId, MAIL, () => (asked += 1) > 0, never())

    await expect(sending).rejects.toMatchObject({ code: expect.stringMatching(/^mail\.(?:refused|unreachable)$/) })
    expect([asked, place.store.left.length]).toEqual([0, 0])
    await send(place, draftId)
    expect(await left(place)).toEqual([whole([SMALL, LARGE])])
  })
})

describe('what the rep did to the files of a draft is put right before it leaves', () => {
  const same = { contentType: 'application/pdf', bytes: manyBytes(40_000, 9) }

  test.for<[string, (place: OutlookPlace) => void]>([
    ['one removed', (place) => place.store.detach(draftIn(place), draftIn(place).files[1]?.id ?? '')],
    ['one added', (place) => place.store.attach(draftIn(place), { ...same, name: 'secret plans.pdf' })],
    [
      'a picture added to the text',
      (place) => place.store.attach(draftIn(place), { ...same, name: 'a', isInline: true }),
    ],
    [
      'one replaced by another of the same name and size',
      (place) => {
        place.store.detach(draftIn(place), draftIn(place).files[0]?.id ?? '')
        place.store.attach(draftIn(place), { ...same, name: SMALL.name })
      },
    ],
  ])('%s', async ([_title, change], { expect }) => {
    await using place = await here()
    const draftId = await create(place)
    change(place)
    await send(place, draftId)

    expect(await left(place)).toEqual([whole([SMALL, LARGE])])
  })

  test('a draft made from an earlier list of files leaves with the ones of now', async ({ expect }) => {
    await using place = await here()
    const now: OutgoingMail = { ...MAIL, attachments: [outgoingFile('new offer.pdf', manyBytes(50, 3)), LARGE] }
    const draftId = await create(place)
    await send(place, draftId, now)

    expect(await left(place)).toEqual([whole(now.attachments)])
  })

  test('a draft that must lose all its files does', async ({ expect }) => {
    await using place = await here()
    const draftId = await create(place)
    await send(place, draftId, { ...MAIL, attachments: [] })
    expect(await left(place)).toEqual([[]])
  })
})
