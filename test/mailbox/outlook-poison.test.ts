/** One mail that Exchange breaks over, and with it every page of a delta query that holds it. */
import { beforeAll, describe, test, vi } from 'vitest'
import type { MailChanges } from '#electron/mailbox/mail-provider'
import { outlookPlace, readerOf, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

/** A real server on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const never = () => new AbortController().signal
/** Monday, 9 November 2026, 09:00 UTC. */
const MONDAY = 1_794_214_800_000
const HOUR = 3_600_000

let kept: { readonly secretText: string }
beforeAll(async () => {
  kept = { secretText: await signedInSecret() }
})
const here = () => outlookPlace({ ...kept, now: () => MONDAY })

/** A whole round, page by page, each as after a restart. */
async function round(place: OutlookPlace, from: { cursor: string | null; since?: number }) {
  const pages: MailChanges[] = []
  let { cursor } = from
  for (let isMore = true; isMore;) {
    const page = await readerOf(place).changesSince({ cursor, since: from.since ?? MONDAY }, never())
    pages.push(page)
    ;({ cursor, isMore } = page)
  }
  return {
    subjects: pages.flatMap(({ heads }) => heads.map(({ subject }) => subject)),
    unlisted: pages.flatMap(({ unlisted }) => unlisted),
    cursor,
  }
}

async function poison(place: OutlookPlace, at = MONDAY): Promise<string> {
  const id = await place.store.receive({ from: 'ann@corp.example', subject: 'poison', at })
  place.store.poison.add(id)
  return id
}

const deltas = ({ server }: OutlookPlace) => server.requests.filter(({ operation }) => operation === 'delta').length

describe.concurrent('a mail that Exchange breaks over', () => {
  test('is told with its time, and holds up no other', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'before', at: MONDAY })
    const id = await poison(place, MONDAY + 1_000)
    await place.store.receive({
      from: 'bob@corp.example',
      subject: 'after',
      inReplyTo: '<ours@x.example>',
      at: MONDAY + HOUR,
    })
    await place.store.receive({ from: 'eve@corp.example', subject: 'spam', at: MONDAY, folder: 'junkemail' })
    const { subjects, unlisted, cursor } = await round(place, { cursor: null })

    expect(subjects).toEqual(['before', 'after', 'spam'])
    expect(unlisted).toMatchObject([
      {
        providerMessageId: id,
        receivedAt: MONDAY + 1_000,
        failure: { code: 'mail.refused', details: { providerCode: 'ErrorInternalServerError' } },
      },
    ])
    expect(await round(place, { cursor })).toMatchObject({ subjects: [], unlisted: [] })
  })

  test('in the middle of a long list loses nothing, and nothing comes twice', async ({ expect }) => {
    await using place = await here()
    const all = Array.from({ length: 120 }, (_, number) => `mail ${number}`)
    for (const [number, subject] of all.entries()) {
      if (number === 70) await poison(place, MONDAY + number * 1_000)
      await place.store.receive({ from: 'ann@corp.example', subject, at: MONDAY + number * 1_000 })
    }
    const { subjects, unlisted } = await round(place, { cursor: null })
    expect(new Set(subjects)).toEqual(new Set(all))
    expect(unlisted).toHaveLength(1)
  })

  test('and comes later finds the reading where it stood: what came since the last one is listed', async ({
    expect,
  }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'long read', at: MONDAY - 5 * HOUR })
    const { cursor } = await round(place, { cursor: null, since: MONDAY - 6 * HOUR })
    await poison(place)
    await place.store.receive({ from: 'ann@corp.example', subject: 'new', at: MONDAY })

    expect((await round(place, { cursor, since: MONDAY - HOUR })).subjects).toEqual(['new'])
  })

  test('is not asked for again; new mail comes, and once it lies behind, delta queries do', async ({ expect }) => {
    await using place = await here()
    const id = await poison(place)
    const first = await round(place, { cursor: null })
    await place.store.receive({ from: 'ann@corp.example', subject: 'next', at: MONDAY + HOUR })
    const before = deltas(place)
    const second = await round(place, { cursor: first.cursor })
    expect(second).toMatchObject({ subjects: ['next'], unlisted: [] })
    expect(place.server.requests.filter(({ operation }) => operation === 'get')).toHaveLength(2)
    // Of the junk folder only.
    expect(deltas(place) - before).toBe(1)

    const since = MONDAY + HOUR
    const third = await round(place, { cursor: second.cursor, since })
    expect(third).toMatchObject({ subjects: ['next'], unlisted: [] })
    await place.store.receive({ from: 'ann@corp.example', subject: 'last', at: MONDAY + 2 * HOUR })
    const fourth = await round(place, { cursor: third.cursor, since })
    expect(fourth.subjects).toEqual(['last'])
    expect(fourth.cursor).not.toContain(id)
  })

  test('is read when it came right', async ({ expect }) => {
    await using place = await here()
    const id = await poison(place)
    expect(await round(place, { cursor: null })).toMatchObject({ subjects: [], unlisted: [{}] })
    place.store.poison.delete(id)
    // Nothing was kept: it was to be tried again.
    expect(await round(place, { cursor: null })).toMatchObject({ subjects: ['poison'], unlisted: [] })
  })
})

describe.concurrent('a failure that is no mail’s', () => {
  test('of each of several mails is thrown', async ({ expect }) => {
    await using place = await here()
    for (const subject of ['a', 'b']) await place.store.receive({ from: 'ann@corp.example', subject, at: MONDAY })
    place.server.setMood('delta', 'breaks')
    place.server.setMood('get', 'breaks')
    await expect(round(place, { cursor: null })).rejects.toMatchObject({ code: 'mail.refused' })
  })

  test('of the list itself is thrown', async ({ expect }) => {
    await using place = await here()
    place.server.setMood('delta', 'breaks')
    place.server.setMood('list', 'is busy')
    await expect(round(place, { cursor: null })).rejects.toMatchObject({ details: { scope: 'mailbox' } })
  })

  test('of delta queries alone keeps no mail from being read', async ({ expect }) => {
    await using place = await here()
    await place.store.receive({ from: 'ann@corp.example', subject: 'one', at: MONDAY })
    place.server.setMood('delta', 'breaks')
    const first = await round(place, { cursor: null })
    expect(first).toMatchObject({ subjects: ['one'], unlisted: [] })
    place.server.setMood('delta', 'answers well')
    await place.store.receive({ from: 'ann@corp.example', subject: 'two', at: MONDAY + HOUR })
    expect((await round(place, { cursor: first.cursor })).subjects).toEqual(['two'])
  })
})
