/**
 * The process dies at each moment of a mail's way to Gmail and to Outlook, also while a request is on its way. What is on
 * its disk then, and what the provider remembers, is all that the next one has.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { GMAIL_OPERATIONS } from '#test/support/provider-gmail'
import { MOMENTS } from '#test/support/provider-life'
import {
  countOf,
  dispatch,
  DRAFT,
  expectClean,
  KINDS,
  PROOF_AGE,
  SEND,
  sendTo,
  type Kind,
} from '#test/support/provider-scene'
import { prepareTemplate, type Template } from '#test/support/provider-template'
import { openWorld, type ProviderWorld } from '#test/support/provider-world'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const templates = new Map<Kind, Template>()
beforeAll(async () => {
  for (const kind of KINDS) templates.set(kind, await prepareTemplate(kind))
})
afterAll(() => templates.forEach((template) => template[Symbol.dispose]()))

function open(kind: Kind): Promise<ProviderWorld> {
  const template = templates.get(kind)
  if (template === undefined) throw new Error('no template')
  return openWorld(template)
}

async function expectSentOnce(world: ProviderWorld): Promise<void> {
  await world.run(15 * MINUTE)
  expect([(await sendTo(world, 0)).status, world.place.left().length]).toEqual(['sent', 1])
  await expectClean(world)
}

/** Claimed, drafted, sending, sent: each is a commit. */
const COMMITS = [1, 2, 3, 4]

describe.each(KINDS)('%s: dies at', (kind) => {
  test.each(MOMENTS.filter((moment) => !moment.includes('look')))('"%s"', async (at) => {
    await using world = await open(kind)
    world.dies = { at, hit: 1 }
    await dispatch(world, 0)
    // Reading happens by itself, also where nothing is sent.
    await world.run(2 * MINUTE)
    expect(world.kills).toBe(1)
    await expectSentOnce(world)
  })

  test.each(COMMITS)('commit number %i', async (hit) => {
    await using world = await open(kind)
    world.dies = { at: 'a commit', hit }
    await dispatch(world, 0)
    expect(world.kills).toBe(1)
    await expectSentOnce(world)
  })

  test.each(['before the look', 'after the look'] as const)('"%s"', async (at) => {
    await using world = await open(kind)
    world.place.next(SEND[kind], 'acts and drops')
    world.dies = { at, hit: 1 }
    await dispatch(world, 0)
    await world.run(2 * MINUTE)
    expect(world.kills).toBe(1)
    expect(countOf(world, SEND[kind])).toBe(1)
    await expectSentOnce(world)
  })
})

const ON_THE_WAY = ['acts and is silent', 'is silent and does nothing', 'acts when the client has gone'] as const
const REQUESTS: readonly (readonly [Kind, string])[] = [
  ...GMAIL_OPERATIONS.filter((name) => /^(?:profile|drafts\.(?:create|send))$/.test(name)).map(
    (name) => ['gmail', name] as const,
  ),
  ['outlook', 'draft'],
  ['outlook', 'get'],
  ['outlook', 'send'],
]

describe.each(REQUESTS)('%s: dies while "%s" is on its way', (kind, operation) => {
  test.each(ON_THE_WAY)('to a server that %s', async (mood) => {
    await using world = await open(kind)
    world.place.next(operation, mood)
    world.holds.push({ do: 'kill' })
    await dispatch(world, 0)
    expect(world.kills).toBe(1)
    await expectSentOnce(world)
  })

  test.each(ON_THE_WAY)('to a server that %s, and the next process is closed in the same place', async (mood) => {
    await using world = await open(kind)
    world.place.next(operation, mood)
    world.place.next(operation, mood)
    world.holds.push({ do: 'kill' }, { do: 'close' })
    await dispatch(world, 0)
    await expectSentOnce(world)
  })
})

describe.each(KINDS)('%s: dies while its send is on its way, and the server', (kind) => {
  test('takes it only just before the second look: it is found, and not sent again', async () => {
    await using world = await open(kind)
    world.place.next(SEND[kind], 'is silent and does nothing')
    world.holds.push({ do: 'accept late', afterMs: PROOF_AGE[kind] - 2 * SECOND })
    await dispatch(world, 0)
    const sends = countOf(world, SEND[kind])
    await world.run(PROOF_AGE[kind] + 2 * MINUTE)
    expect([countOf(world, SEND[kind]), world.place.left().length]).toEqual([sends, 1])
    await expectSentOnce(world)
  })

  test('never takes it: however long ago, one look at the draft is no proof; the second one is', async () => {
    await using world = await open(kind)
    world.place.next(SEND[kind], 'is silent and does nothing')
    world.holds.push({ do: 'kill' })
    // The process that comes next dies before it looks, and the machine stays off for hours.
    world.dies = { at: 'before the look', hit: 1 }
    await dispatch(world, 0)
    await world.sleep(5 * HOUR)
    expect(world.kills).toBe(2)

    const [sends, drafts] = [countOf(world, SEND[kind]), countOf(world, DRAFT[kind])]
    await world.run(50 * SECOND)
    expect([countOf(world, SEND[kind]), (await sendTo(world, 0)).status]).toEqual([sends, 'uncertain'])
    await world.run(2 * MINUTE)
    expect([countOf(world, SEND[kind]), countOf(world, DRAFT[kind])]).toEqual([sends + 1, drafts])
    await expectSentOnce(world)
  })
})
