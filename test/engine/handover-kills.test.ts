/**
 * The process dies at each moment of handing mail to Exchange, of what becomes of it, and of taking it back. What is on its disk
 * then, and what Exchange remembers, is all that the next one has.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  changePolicy,
  editStep,
  expectAllOnce,
  HOUR,
  openWaiting,
  standings,
  tryToHandOver,
} from '#test/support/holding-scene'
import { expectClean } from '#test/support/provider-scene'
import { prepareTemplate, type Template } from '#test/support/provider-template'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

let template: Template
beforeAll(async () => {
  template = await prepareTemplate('outlook')
})
afterAll(() => template[Symbol.dispose]())

/** Before and after each request, and between the last look and the first byte. */
const HANDING_OVER = [
  'before the draft',
  'after the draft',
  'before the send',
  'before the first byte',
  'first byte allowed',
  'after the answer',
] as const

describe('dies while it hands over', () => {
  test.each(HANDING_OVER)('the second of two mails: "%s"', async (at) => {
    await using world = await openWaiting(template)
    world.dies = { at, hit: 2 }
    await tryToHandOver(world, 2)
    expect(world.kills).toBe(1)
    await expectAllOnce(world)
    await expectClean(world)
  })

  test.each([1, 2, 3, 4, 5, 6])('commit number %i, and the machine stays off for hours', async (hit) => {
    await using world = await openWaiting(template)
    world.dies = { at: 'a commit', hit }
    await tryToHandOver(world, 2)
    expect(world.kills).toBe(1)
    await world.sleep(3 * HOUR)
    await expectAllOnce(world)
    await expectClean(world)
  })

  test.each(['acts and is silent', 'is silent and does nothing', 'acts when the client has gone'])(
    'while the request is on its way to a server that %s',
    async (mood) => {
      await using world = await openWaiting(template)
      world.place.next('send', mood)
      world.holds.push({ do: 'kill' })
      await tryToHandOver(world, 1)
      expect(world.kills).toBe(1)
      expect(standings(world)[1]).toBe('handed_over')
      await expectAllOnce(world)
      await expectClean(world)
    },
  )
})

test.each(['before the look', 'after the look'] as const)('dies %s at what has left', async (at) => {
  await using world = await openWaiting(template)
  await tryToHandOver(world, 2)
  world.dies = { at, hit: 1 }
  await world.sleep(2 * HOUR)
  expect(world.kills).toBe(1)
  await expectAllOnce(world)
  await expectClean(world)
})

describe.each([true, false])('dies while it takes back, where deleting cancels: %s', (cancels) => {
  test.each(['before taking back', 'after taking back'] as const)('%s', async (at) => {
    await using world = await openWaiting(template)
    if (!cancels) await world.place.quirk('sends what was deleted')
    await tryToHandOver(world, 2)
    world.dies = { at, hit: 1 }
    await world.app.api.app.pause({})
    await world.settle()
    expect([world.kills, standings(world).slice(1)]).toEqual([1, ['pending', 'pending', 'pending']])
    await world.app.api.app.resume({})
    await expectAllOnce(world)
    await expectClean(world)
  })

  test.each([
    ['before taking back', 'its step is edited'],
    ['after taking back', 'its step is edited'],
    ['before taking back', 'a limit is lowered'],
    ['after taking back', 'a limit is lowered'],
  ] as const)('%s, because %s', async (at, why) => {
    await using world = await openWaiting(template)
    if (!cancels) await world.place.quirk('sends what was deleted')
    await tryToHandOver(world, 2)
    world.dies = { at, hit: 1 }
    if (why === 'a limit is lowered') await changePolicy(world, { hourlyCap: 2 })
    else await editStep(world, 1)
    expect([world.kills, standings(world).includes('pending')]).toEqual([1, true])
    await changePolicy(world)
    await expectAllOnce(world)
    await expectClean(world)
  })

  test.each(['acts and is silent', 'is silent and does nothing', 'acts when the client has gone'])(
    'while the request is on its way to a server that %s',
    async (mood) => {
      await using world = await openWaiting(template)
      if (!cancels) await world.place.quirk('sends what was deleted')
      await tryToHandOver(world, 1)
      world.place.next('delete', mood)
      world.holds.push({ do: 'kill' })
      await world.app.api.app.pause({})
      await world.settle()
      expect(world.kills).toBe(1)
      await world.app.api.app.resume({})
      await expectAllOnce(world)
      await expectClean(world)
    },
  )
})
