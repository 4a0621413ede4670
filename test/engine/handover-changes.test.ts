/** What the rep changes while Exchange holds mail: its text, its limits. What no longer holds is taken back and goes later. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  changePolicy,
  editStep,
  expectAllOnce,
  handOver,
  HOUR,
  MINUTE,
  NEW_SUBJECT,
  openWaiting,
  sentTimes,
  standings,
  subjects,
} from '#test/support/holding-scene'
import { countOf, expectClean, sendTo } from '#test/support/provider-scene'
import { prepareTemplate, type Template } from '#test/support/provider-template'
import type { ProviderWorld } from '#test/support/provider-world'
import { ALWAYS } from '#test/support/start-test-engine'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

let template: Template
beforeAll(async () => {
  template = await prepareTemplate('outlook')
})
afterAll(() => template[Symbol.dispose]())

async function toldOf(world: ProviderWorld, lead: number) {
  const { events } = await world.app.api.sends.get({ sendId: (await sendTo(world, lead)).id })
  return events.filter(({ kind }) => kind === 'send_rewritten').map(({ data }) => data['text'])
}

describe('a step that is edited', () => {
  test('takes back the mail that is held with the old text; it goes later, once, with the new one', async () => {
    await using world = await openWaiting(template)
    await handOver(world, 2)
    await editStep(world, 1)
    expect(standings(world)).toEqual(['sent', 'pending', 'handed_over', 'pending'])
    expect(await toldOf(world, 1)).toEqual(['owed', 'taken'])
    await expectAllOnce(world)
    expect(subjects(world).filter((subject) => subject === NEW_SUBJECT)).toHaveLength(1)
    await expectClean(world)
  })

  test('can be handed over again with the new text', async () => {
    await using world = await openWaiting(template)
    await handOver(world, 1)
    await editStep(world, 1)
    expect(standings(world)[1]).toBe('pending')
    await handOver(world, 3)
    expect(standings(world).slice(1)).toEqual(['handed_over', 'handed_over', 'handed_over'])
    await world.sleep(3 * HOUR)
    expect(subjects(world).filter((subject) => subject === NEW_SUBJECT)).toHaveLength(1)
    await expectAllOnce(world)
  })

  test('does not change what Exchange sends although it was deleted: it left with the old text, and not again', async () => {
    await using world = await openWaiting(template)
    await world.place.quirk('sends what was deleted')
    await handOver(world, 1)
    await editStep(world, 1)
    await expectAllOnce(world)
    expect(subjects(world)).not.toContain(NEW_SUBJECT)
    await expectClean(world)
  })

  test('says once that the old text may leave where Exchange does not give it back', async () => {
    await using world = await openWaiting(template)
    await handOver(world, 1)
    for (let time = 0; time < 60; time += 1) world.place.next('delete', 'denies access')
    await editStep(world, 1)
    await world.run(5 * MINUTE)
    expect(standings(world)[1]).toBe('handed_over')
    expect(await toldOf(world, 1)).toEqual(['owed', 'with_exchange'])
    await expectAllOnce(world)
    expect(subjects(world)).not.toContain(NEW_SUBJECT)
  })
})

describe('limits that are changed', () => {
  test('and those that are not take nothing back, however long this machine is awake', async () => {
    await using world = await openWaiting(template)
    await world.place.quirk('sends late what it holds')
    await handOver(world, 3)
    await changePolicy(world, { domainCap: 1, handReserve: 0 })
    await world.run(2 * HOUR)
    expect([countOf(world, 'delete'), standings(world)]).toEqual([0, Array(4).fill('sent')])
  })

  test.each([
    ['an hourly cap of two', { hourlyCap: 2 }, ['handed_over', 'pending', 'pending']],
    ['a daily cap of three', { dailyCap: 3, handReserve: 0 }, ['handed_over', 'handed_over', 'pending']],
    ['a longer pause', { gapMs: { min: 15 * HOUR, max: 15 * HOUR } }, ['pending', 'pending', 'pending']],
    [
      'hours that begin tomorrow',
      { hours: ALWAYS.map((day, index) => (index === 0 ? [] : day)) },
      Array(3).fill('pending'),
    ],
  ])('take back what they do not allow: %s', async (_limit, change, expected) => {
    await using world = await openWaiting(template)
    await handOver(world, 3)
    await changePolicy(world, change)
    expect(standings(world).slice(1)).toEqual(expected)
    await world.sleep(3 * HOUR)
    await changePolicy(world)
    await expectAllOnce(world)
    await expectClean(world)
  })

  test('hold at the latest when this machine wakes', async () => {
    await using world = await openWaiting(template)
    await handOver(world, 3)
    for (let time = 0; time < 2; time += 1) world.place.next('delete', 'denies access')
    await changePolicy(world, { hourlyCap: 2 })
    expect(standings(world).slice(1)).toEqual(['handed_over', 'handed_over', 'handed_over'])
    await world.sleep(2 * MINUTE)
    expect(standings(world).slice(1)).toEqual(['handed_over', 'pending', 'pending'])
    await world.run(2 * HOUR)
    const times = await sentTimes(world)
    const inOneHour = times.map((from) => times.filter((at) => at >= from && at < from + HOUR - MINUTE).length)
    expect(Math.max(...inOneHour)).toBe(2)
  })

  test('are asked anew after each mail that was taken back: with one less there may be room for the next', async () => {
    await using world = await openWaiting(template)
    await handOver(world, 2)
    const { to } = await sendTo(world, 1)
    for (let time = 0; time < 2; time += 1) world.place.next('delete', 'denies access')
    await changePolicy(world, { hourlyCap: 2 })
    await world.app.api.suppressions.add({ values: [to] })
    await world.settle()
    expect(standings(world).slice(1, 3)).toEqual(['handed_over', 'handed_over'])
    await world.run(2 * MINUTE)
    expect(standings(world).slice(1, 3)).toEqual(['skipped', 'handed_over'])
  })
})
