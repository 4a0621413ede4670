/** First mails that Exchange holds and sends while the machine sleeps: nothing twice, nothing lost, nothing that is not wanted. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  expectAllOnce,
  GAP,
  handOver,
  HOUR,
  MINUTE,
  openWaiting,
  sentTimes,
  standings,
} from '#test/support/holding-scene'
import { countOf, expectClean, sendTo } from '#test/support/provider-scene'
import { prepareTemplate, type Template } from '#test/support/provider-template'
import type { ProviderWorld, WorldChoices } from '#test/support/provider-world'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

let template: Template
beforeAll(async () => {
  template = await prepareTemplate('outlook')
})
afterAll(() => template[Symbol.dispose]())

const open = (choices?: WorldChoices): Promise<ProviderWorld> => openWaiting(template, choices)

async function cancelAll(world: ProviderWorld) {
  const moved = await world.app.api.sends.cancel({ selection: { by: 'everything' } })
  await world.settle()
  return moved
}

async function suppress(world: ProviderWorld, lead: number): Promise<void> {
  const { to } = await sendTo(world, lead)
  await world.app.api.suppressions.add({ values: [to] })
  await world.settle()
}

test('what was handed over leaves at the times of the plan while the machine sleeps, each mail once', async () => {
  await using world = await open()
  const planned = [await sendTo(world, 1), await sendTo(world, 2)].map(({ wait }) => wait?.at ?? 0)
  expect(await handOver(world, 2)).toBe(2)
  expect(standings(world)).toEqual(['sent', 'handed_over', 'handed_over', 'pending'])
  expect((await sendTo(world, 1)).startedAt).toBe(planned[0])
  expect((await world.app.api.app.status({})).nextSendAt).toBe(planned[0])
  expect((await world.app.api.sends.counts({})).byDay[0]).toMatchObject({ planned: 3, sent: 1 })
  expect(world.place.left()).toHaveLength(1)

  await world.sleep(2 * HOUR)
  expect(standings(world).slice(0, 3)).toEqual(['sent', 'sent', 'sent'])
  expect((await sentTimes(world)).slice(1, 3)).toEqual(planned.map((at) => at - (at % 1_000)))
  await expectAllOnce(world)
  await expectClean(world)
})

test('pauses between mails hold for what Exchange sends and for what goes from here together', async () => {
  await using world = await open()
  await handOver(world, 2)
  await expectAllOnce(world)
  const times = await sentTimes(world)
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  // Exchange knows whole seconds.
  expect(gaps.filter((gap) => gap < GAP.min - 1_000)).toEqual([])
})

test('a second press hands over only what is missing', async () => {
  await using world = await open()
  expect([await handOver(world, 2), await handOver(world, 2), await handOver(world, 3)]).toEqual([2, 0, 1])
})

test('what somebody said while the machine slept takes back what has not left', async () => {
  await using world = await open()
  await handOver(world, 3)
  await suppress(world, 2)
  expect(standings(world)).toEqual(['sent', 'handed_over', 'skipped', 'handed_over'])
  await world.sleep(3 * HOUR)
  expect(world.place.left()).toHaveLength(3)
  expect(standings(world)).toEqual(['sent', 'sent', 'skipped', 'sent'])
})

test.each([true, false])(
  'a pause takes back what is held; it goes later, once (does deleting cancel? %s)',
  async (does) => {
    await using world = await open()
    if (!does) await world.place.quirk('sends what was deleted')
    await handOver(world, 2)
    await world.app.api.app.pause({})
    await world.settle()
    expect(standings(world)).toEqual(['sent', 'pending', 'pending', 'pending'])
    expect((await sendTo(world, 1)).wait?.code).toBe('app_paused')
    await world.app.api.app.resume({})
    await expectAllOnce(world)
  },
)

test('what the rep cancels is taken back and cancelled', async () => {
  await using world = await open()
  await handOver(world, 2)
  expect(await cancelAll(world)).toEqual({ changed: 3, kept: 0, notTakenBack: 0 })
  expect(standings(world)).toEqual(['sent', 'cancelled', 'cancelled', 'cancelled'])
  await world.sleep(5 * HOUR)
  expect(world.place.left()).toHaveLength(1)
  await expectClean(world)
})

test('what cannot be taken back is told as kept, stays with Exchange and is not sent from here', async () => {
  await using world = await open()
  await handOver(world, 1)
  world.place.next('delete', 'denies access')
  expect(await cancelAll(world)).toEqual({ changed: 2, kept: 1, notTakenBack: 1 })
  expect(standings(world)).toEqual(['sent', 'handed_over', 'cancelled', 'cancelled'])
  await world.sleep(5 * HOUR)
  expect([world.place.left().length, standings(world)[1]]).toEqual([2, 'sent'])
})

test('a campaign that is cancelled takes its held mail with it', async () => {
  await using world = await open()
  await handOver(world, 1)
  const { campaignId, to } = await sendTo(world, 1)
  await world.app.api.campaigns.cancel({ campaignId })
  await world.settle()
  expect(standings(world)[1]).toBe('cancelled')
  await world.sleep(5 * HOUR)
  expect(world.place.left().map((mail) => mail.to)).not.toContain(to)
})

test.each(['acts and drops', 'drops before acting', 'acts and answers 504'])(
  'no answer to handing over (%s): nobody asks again before its time has told',
  async (mood) => {
    await using world = await open()
    world.place.next('send', mood)
    expect(await handOver(world, 1)).toBe(1)
    expect(standings(world)[1]).toBe('handed_over')
    const sends = countOf(world, 'send')
    await world.run(15 * MINUTE)
    expect(countOf(world, 'send')).toBe(sends)
    await expectAllOnce(world)
    await expectClean(world)
  },
)

test('a clear "no" to handing over puts the mail back', async () => {
  await using world = await open()
  world.place.next('send', 'throttles for 120 s')
  expect(await handOver(world, 2)).toBe(0)
  expect(standings(world).slice(1)).toEqual(['pending', 'pending', 'pending'])
  await expectAllOnce(world)
})

test('Exchange that does not keep the time is not asked to send', async () => {
  await using world = await open()
  await world.place.quirk('forgets when to send')
  expect(await handOver(world, 1)).toBe(0)
  expect([world.place.left().length, countOf(world, 'send')]).toEqual([1, 1])
})

test('a held mail that was thrown away by hand is for the rep to decide', async () => {
  await using world = await open()
  await handOver(world, 1)
  await world.place.quirk('loses what it holds')
  await world.sleep(3 * HOUR)
  await world.run(20 * MINUTE)
  expect(standings(world)[1]).toBe('uncertain')
  const { to } = await sendTo(world, 1)
  expect(world.place.left().map((mail) => mail.to)).not.toContain(to)
})

test('a database that is older than the handing over finds what Exchange holds, and sends it no second time', async () => {
  await using world = await open()
  world.backUp()
  await handOver(world, 2)
  await world.restore()
  await world.run(MINUTE)
  expect(standings(world)).toEqual(['sent', 'handed_over', 'handed_over', 'pending'])
  await expectAllOnce(world)
})

test('nothing is handed over while everything is paused, or by another kind of mailbox', async () => {
  await using world = await open()
  await world.app.api.app.pause({})
  expect(await handOver(world, 2)).toBe(0)
  const practice = await world.app.api.mailboxes.addPractice({})
  await expect(world.app.api.mailboxes.handOver({ mailboxId: practice.id, count: 1 })).rejects.toMatchObject({
    code: 'mailbox.kind_mismatch',
  })
  await expect(world.app.api.mailboxes.saveHandOver({ mailboxId: practice.id, count: 1 })).rejects.toMatchObject({
    code: 'mailbox.kind_mismatch',
  })
})

test('when the machine goes to sleep, so many are handed over as the rep has set, and none without that', async () => {
  await using world = await open()
  world.app.engine.goingToSleep()
  await world.settle()
  expect(standings(world)[1]).toBe('pending')

  const { mailboxId } = world.goods
  const saved = await world.app.api.mailboxes.saveHandOver({ mailboxId, count: 2 })
  expect(saved).toMatchObject({ handOver: 2, held: 0 })
  world.app.engine.goingToSleep()
  await world.settle()
  expect(standings(world)).toEqual(['sent', 'handed_over', 'handed_over', 'pending'])
  expect(await world.app.api.mailboxes.get({ mailboxId })).toMatchObject({ held: 2 })
})
