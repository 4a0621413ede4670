/** Mail that Exchange holds until its time: handed over, looked for, taken back. */
import { beforeAll, describe, test } from 'vitest'
import { KEY_PROPERTY } from '#electron/mailbox/outlook/outlook-message'
import type { MailHolding } from '#electron/mailbox/mail-provider'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

const MAIL = outgoingMail()
const HOUR = 3_600_000
const NOON = Date.UTC(2026, 10, 23, 12)
const never = () => new AbortController().signal

let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})

interface Held extends OutlookPlace {
  readonly clock: { now: number }
  readonly draftId: string
}

/** A fake Microsoft whose clock the test turns, with one draft. */
async function here(): Promise<Held> {
  const clock = { now: NOON }
  const place = await outlookPlace({ secretText, now: () => clock.now })
  const { draftId } = await place.open().createDraft(MAIL, never())
  return Object.assign(place, { clock, draftId })
}

function holdingOf(place: OutlookPlace): MailHolding {
  const { holding } = place.open()
  if (holding === null) throw new Error('Outlook holds mail')
  return holding
}

function handOver(place: Held, leavesAt = NOON + HOUR, beforeFirstByte = () => true) {
  return holdingOf(place).handOver(place.draftId, MAIL, { leavesAt, beforeFirstByte }, never())
}

const find = (place: Held) => place.open().findDraft(MAIL.key, place.draftId, never())
const takeBack = (place: Held) => holdingOf(place).takeBack(MAIL.key, place.draftId, never())

async function passTo(place: Held, at: number): Promise<void> {
  place.clock.now = at
  await place.store.passTime()
}

describe.concurrent('a mail that was handed over', () => {
  test('is kept by Exchange and leaves by itself at its time, which is told', async ({ expect }) => {
    await using place = await here()
    expect(await handOver(place)).toEqual({ left: null, restMs: null })
    await passTo(place, NOON + HOUR - 1)
    expect(place.store.left).toEqual([])
    expect(await find(place)).toEqual({ fate: 'unknown', why: 'leaving' })
    expect(await holdingOf(place).listHeld(never())).toMatchObject([{ key: MAIL.key, leavesAt: NOON + HOUR }])

    await passTo(place, NOON + 5 * HOUR)
    expect(place.store.left.map(({ key }) => key)).toEqual([MAIL.key])
    expect(await find(place)).toMatchObject({ fate: 'sent', sentAt: NOON + HOUR })
    expect(await holdingOf(place).listHeld(never())).toEqual([])
  })

  test('with a time that has passed leaves at once', async ({ expect }) => {
    await using place = await here()
    await handOver(place, NOON - HOUR)
    expect(place.store.left).toHaveLength(1)
  })

  test('is not asked for where Exchange did not keep the time: it would leave at once', async ({ expect }) => {
    await using place = await here()
    place.store.keepsDeferredTime = false
    const asked: number[] = []
    await expect(handOver(place, NOON + HOUR, () => asked.push(1) > 0)).rejects.toMatchObject({
      code: 'mail.refused',
      details: { providerCode: 'not_deferred', isFinal: false, scope: 'message' },
    })
    expect({ asked, left: place.store.left, held: place.store.held() }).toEqual({ asked: [], left: [], held: [] })
  })

  test('that had left by hand is told as one that left', async ({ expect }) => {
    await using place = await here()
    await place.store.submit(place.store.all()[0]?.id ?? '')
    expect(await handOver(place)).toMatchObject({ left: { messageId: expect.any(String) } })
    expect(place.store.left).toHaveLength(1)
  })

  test('is a doubt where the answer is lost, whether or not it is held', async ({ expect }) => {
    await using place = await here()
    place.server.nextMood('send', 'acts and drops')
    await expect(handOver(place)).rejects.toMatchObject({ code: 'mail.unanswered' })
    expect(place.store.held()).toHaveLength(1)
  })

  test('and never asked for is sent at once when it is sent the usual way', async ({ expect }) => {
    await using place = await here()
    place.server.nextMood('send', 'is busy')
    await expect(handOver(place)).rejects.toThrow()
    const ask = () => true
    await place.open().sendDraft(place.draftId, MAIL, ask, never())
    expect([place.store.left.length, place.store.held().length]).toEqual([1, 0])
  })
})

describe.concurrent('taking a held mail back', () => {
  test('deletes it, and it never leaves', async ({ expect }) => {
    await using place = await here()
    await handOver(place)
    expect(await takeBack(place)).toEqual({ fate: 'taken_back' })
    expect(await takeBack(place)).toEqual({ fate: 'taken_back' })
    await passTo(place, NOON + 5 * HOUR)
    expect(place.store.left).toEqual([])
  })

  test('comes too late where it has left: nothing is deleted', async ({ expect }) => {
    await using place = await here()
    await handOver(place)
    await passTo(place, NOON + 2 * HOUR)
    expect(await takeBack(place)).toMatchObject({ fate: 'sent', sentAt: NOON + HOUR })
    expect(place.store.all().map(({ folder }) => folder)).toEqual(['sentitems'])
  })

  test('finds one that left under another id', async ({ expect }) => {
    await using place = await here()
    place.store.keepsIdOnSend = false
    await handOver(place)
    await passTo(place, NOON + 2 * HOUR)
    expect(await takeBack(place)).toMatchObject({ fate: 'sent' })
  })

  test('of one that is nowhere to be found proves nothing', async ({ expect }) => {
    await using place = await here()
    await handOver(place)
    place.store.purge(place.store.held()[0]?.id ?? '')
    expect(await takeBack(place)).toEqual({ fate: 'unknown' })
  })

  test('that is refused says so, and the mail is still held', async ({ expect }) => {
    await using place = await here()
    await handOver(place)
    place.server.nextMood('delete', 'denies access')
    await expect(takeBack(place)).rejects.toMatchObject({ code: 'mail.refused' })
    expect(place.store.held()).toHaveLength(1)
  })

  test('that was answered and not done proves nothing', async ({ expect }) => {
    await using place = await here()
    await handOver(place)
    place.server.nextMood('delete', { acts: 'not', answers: { status: 404, code: 'ErrorItemNotFound' } })
    expect(await takeBack(place)).toEqual({ fate: 'unknown' })
    expect(place.store.held()).toHaveLength(1)
  })
})

test('only what is held under a key of ours is told', async ({ expect }) => {
  await using place = await here()
  await handOver(place)
  place.store.held()[0]?.properties.delete(KEY_PROPERTY.toLowerCase())
  expect(await holdingOf(place).listHeld(never())).toEqual([])
})
