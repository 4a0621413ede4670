/**
 * Every mood of a Gmail and of an Outlook, at every step of a mail, on the whole engine: what the rep sees at once, and how
 * it ends once the provider is well again. The expectations are tables of providers.md §4 and §5 (provider-ends.ts).
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  GMAIL_ENDS,
  GOOGLE_TOKEN_ENDS,
  MICROSOFT_REFUSAL_ENDS,
  MICROSOFT_TOKEN_ENDS,
  OUTLOOK_ENDS,
  type End,
} from '#test/support/provider-ends'
import type { ProviderPlace } from '#test/support/provider-place'
import {
  countOf,
  dispatch,
  DRAFT,
  expectClean,
  KINDS,
  mailboxOf,
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
const DAY = 24 * HOUR

const templates = new Map<Kind, Template>()
beforeAll(async () => {
  for (const kind of KINDS) templates.set(kind, await prepareTemplate(kind, 60))
})
afterAll(() => templates.forEach((template) => template[Symbol.dispose]()))

interface Scene {
  readonly world: ProviderWorld
  /** When the mail before was sent, and when the one in question was asked for, epoch ms. */
  readonly firstAt: number
  readonly at: number
}

/** A mailbox that has sent one mail an hour ago and now sends another one, after `prepare`. */
async function sendOne(kind: Kind, prepare: (place: ProviderPlace, world: ProviderWorld) => void): Promise<Scene> {
  const world = await open(kind)
  await dispatch(world, 0)
  const firstAt = world.clock.now()
  await world.sleep(HOUR)
  expect(world.place.left()).toHaveLength(1)
  prepare(world.place, world)
  await dispatch(world, 1)
  return { world, firstAt, at: world.clock.now() }
}

function open(kind: Kind): Promise<ProviderWorld> {
  const template = templates.get(kind)
  if (template === undefined) throw new Error('no template')
  return openWorld(template)
}

/** What the rep sees right after the answer, or right after it did not come. */
async function expectSeen({ world, firstAt, at }: Scene, wanted: End): Promise<void> {
  const { status, restingUntil, need } = await mailboxOf(world)
  const send = await sendTo(world, 1)
  const mailbox = { status, restingUntil, need }
  const ready = { status: 'ready', restingUntil: null, need: null }
  const resting = (until: number) => ({ status: 'resting', restingUntil: until, need: null })
  switch (wanted.end) {
    case 'sent':
      return expect({ mailbox, send: send.status }).toEqual({ mailbox: ready, send: 'sent' })
    case 'sent, then rests':
      return expect({ mailbox, send: send.status }).toEqual({ mailbox: resting(at + wanted.ms), send: 'sent' })
    case 'rests':
    case 'rests until the window rolls': {
      const until = wanted.end === 'rests' ? at + wanted.ms : firstAt + DAY
      expect(mailbox).toEqual(resting(until))
      return expect(send).toMatchObject({
        status: 'pending',
        attempts: 0,
        wait: { code: 'mailbox_resting', at: until },
      })
    }
    case 'tried again':
      expect(mailbox).toEqual(ready)
      return expect(send).toMatchObject({ status: 'pending', attempts: 1, wait: { code: 'retry' } })
    case 'needs':
      expect(mailbox).toEqual({ status: 'needs_sign_in', restingUntil: null, need: wanted.need })
      return expect(send).toMatchObject({
        status: 'pending',
        attempts: 0,
        wait: { code: 'mailbox_signed_out', at: null },
      })
    case 'failed':
      expect(mailbox).toEqual(ready)
      return expect(send).toMatchObject({ status: 'failed', failure: { code: 'mail.refused' } })
    case 'in doubt':
      expect(mailbox).toEqual(wanted.restMs === undefined ? ready : resting(at + wanted.restMs))
      return expect(send).toMatchObject({ status: 'uncertain', failure: { code: 'mail.unanswered' } })
  }
}

/** Nothing is asked again before its time; then it ends as it must. */
async function expectEnd(scene: Scene, kind: Kind, wanted: End): Promise<void> {
  const { world, firstAt, at } = scene
  switch (wanted.end) {
    case 'rests':
      await expectQuietUntil(scene, kind, at + wanted.ms)
      break
    case 'rests until the window rolls':
      await expectQuietUntil(scene, kind, firstAt + DAY)
      break
    case 'tried again':
      await expectQuietUntil(scene, kind, at + 90 * SECOND)
      await world.run(MINUTE)
      break
    case 'needs':
      await expectQuietUntil(scene, kind, at + 3 * DAY)
      await world.signInAgain()
      break
    case 'in doubt':
      await expectSettled(scene, kind, wanted.hasLeft)
      break
    case 'failed':
    case 'sent':
    case 'sent, then rests':
  }
  const { status } = await sendTo(world, 1)
  expect({ status, left: world.place.left().length }).toEqual(
    wanted.end === 'failed' ? { status: 'failed', left: 1 } : { status: 'sent', left: 2 },
  )
}

/** While the mailbox rests nobody is asked to draft or to send, whatever wakes up; a minute later it has been sent. */
async function expectQuietUntil({ world }: Scene, kind: Kind, until: number): Promise<void> {
  const asked = () => [countOf(world, DRAFT[kind]), countOf(world, SEND[kind])]
  const before = asked()
  await world.sleep(until - world.clock.now() - SECOND)
  expect(asked()).toEqual(before)
  await world.run(MINUTE)
}

/** A mail that left is not asked for again; one that did not is, with its own draft, once that is proved. */
async function expectSettled({ world, at }: Scene, kind: Kind, hasLeft: boolean): Promise<void> {
  const drafts = countOf(world, DRAFT[kind])
  const sends = countOf(world, SEND[kind])
  await world.run(at + PROOF_AGE[kind] - SECOND - world.clock.now())
  expect(countOf(world, SEND[kind])).toBe(sends)
  expect((await sendTo(world, 1)).status).toBe(hasLeft ? 'sent' : 'uncertain')
  await world.run(3 * MINUTE)
  expect(countOf(world, SEND[kind])).toBe(hasLeft ? sends : sends + 1)
  expect(countOf(world, DRAFT[kind])).toBe(drafts)
}

async function expectAll(scene: Scene, kind: Kind, wanted: End): Promise<void> {
  await using world = scene.world
  await expectSeen(scene, wanted)
  await expectEnd(scene, kind, wanted)
  await expectClean(world)
}

type Row = readonly [mood: string, end: End]

function rowsOf(ends: Readonly<Record<string, { ask: End; send: End }>>, step: 'ask' | 'send'): Row[] {
  return Object.entries(ends).map(([mood, end]) => [mood, end[step]])
}

/** A refused token is renewed once: only the second refusal ends it. */
const TWICE = new Set(['invalidCredentials', 'refuses the token', 'pageWith401', 'is kept away by a page with 401'])

/** The last look at a draft before it is sent: a refused one fails no mail, and a draft that is said to be gone is left to the send. */
const PREPARING = rowsOf(
  { ...OUTLOOK_ENDS, 'has no such item': { ask: { end: 'sent' }, send: { end: 'sent' } } },
  'ask',
).map(([mood, end]): Row => [mood, end.end === 'failed' ? { end: 'tried again' } : end])

const STEPS: readonly (readonly [Kind, string, readonly Row[]])[] = [
  ['gmail', 'drafts.create', rowsOf(GMAIL_ENDS, 'ask')],
  ['gmail', 'drafts.send', rowsOf(GMAIL_ENDS, 'send')],
  ['outlook', 'draft', rowsOf(OUTLOOK_ENDS, 'ask')],
  ['outlook', 'send', rowsOf(OUTLOOK_ENDS, 'send')],
  ['outlook', 'get', PREPARING],
]

describe.each(STEPS)('%s at "%s"', (kind, operation, rows) => {
  test.each(rows)('%s', async (mood, wanted) => {
    const scene = await sendOne(kind, (place, world) => {
      place.next(operation, mood)
      if (TWICE.has(mood)) place.next(operation, mood)
      if (mood === 'is slow') world.holds.push({ do: 'let go' })
    })
    await expectAll(scene, kind, wanted)
  })
})

describe.each([
  ['gmail', 'invalidCredentials', Object.entries(GOOGLE_TOKEN_ENDS)],
  ['outlook', 'refuses the token', Object.entries(MICROSOFT_TOKEN_ENDS)],
] as const)('%s at the renewal of a token that the send was refused for', (kind, refusal, rows) => {
  test.each(rows)('%s', async (mood, wanted) => {
    const scene = await sendOne(kind, (place) => {
      place.next(SEND[kind], refusal)
      place.next('token', mood)
    })
    await expectAll(scene, kind, wanted)
  })
})

describe('outlook, when the token endpoint says', () => {
  test.each(Object.entries(MICROSOFT_REFUSAL_ENDS))('%s', async (refusal, wanted) => {
    const scene = await sendOne('outlook', (place) => void place.quirk(refusal))
    await expectSeen(scene, wanted)
    if (wanted.end !== 'needs') await scene.world.place.heal()
    await expectAll(scene, 'outlook', wanted)
  })
})

/** A look that fails, lags or lies: nothing is sent again before its time, and the truth comes out in the end. */
describe.each([
  ['gmail', 'drafts.get', 'left'],
  ['gmail', 'drafts.get', 'did not leave'],
  ['gmail', 'threads.get', 'left'],
  ['outlook', 'get', 'left'],
  ['outlook', 'get', 'did not leave'],
  ['outlook', 'list', 'left'],
  ['outlook', 'list', 'did not leave'],
  ['outlook', 'folder', 'did not leave'],
] as const)('%s is asked by "%s" about a mail that %s', (kind, operation, truth) => {
  test('whatever the look meets', { timeout: 240_000 }, async () => {
    await using world = await open(kind)
    const moods = world.place.moodsOf(operation)
    for (const [lead, mood] of moods.entries()) {
      // Sent mail has just been counted: until the next time only the look can tell.
      await world.sleep(11 * MINUTE)
      world.place.next(SEND[kind], truth === 'left' ? 'acts and drops' : 'drops before acting')
      const before = { sends: countOf(world, SEND[kind]), drafts: countOf(world, DRAFT[kind]), left: lead }
      await dispatch(world, lead)
      const at = world.clock.now()
      expect([mood, (await sendTo(world, lead)).status]).toEqual([mood, 'uncertain'])
      world.place.next(operation, mood)
      if (TWICE.has(mood)) world.place.next(operation, mood)

      await world.run(at + PROOF_AGE[kind] - SECOND - world.clock.now())
      expect([mood, countOf(world, SEND[kind])]).toEqual([mood, before.sends + 1])
      await world.run(6 * MINUTE)
      expect([mood, (await sendTo(world, lead)).status, world.place.left().length]).toEqual([mood, 'sent', lead + 1])
      expect([mood, countOf(world, SEND[kind])]).toEqual([mood, before.sends + (truth === 'left' ? 1 : 2)])
      expect([mood, countOf(world, DRAFT[kind])]).toEqual([mood, before.drafts + 1])
    }
    await expectClean(world)
  })
})

/** Where a cursor is forgotten, reading begins again; what Graph may say of one mail alone makes it read the mails one by one. */
const READ_ANOTHER_WAY: Readonly<Record<Kind, ReadonlySet<string>>> = {
  gmail: new Set(['notFound']),
  outlook: new Set([
    'has forgotten the state',
    'acts and answers 500',
    'refuses the recipient',
    'breaks',
    'calls it too large',
    'calls it our bug',
    'has a conflict',
    'has no such item',
    'calls it a bad request',
  ]),
}

function readingRows(kind: Kind, ends: Readonly<Record<string, { ask: End; send: End }>>): Row[] {
  return rowsOf(ends, 'ask').map(([mood, end]) => [mood, READ_ANOTHER_WAY[kind].has(mood) ? { end: 'sent' } : end])
}

/** What came back counts before anything more is sent; a mailbox that cannot be read rests or asks for the rep. */
describe.each([
  ['gmail', 'history.list', GMAIL_ENDS],
  ['outlook', 'delta', OUTLOOK_ENDS],
] as const)('%s at "%s", which reads incoming mail', (kind, operation, ends) => {
  test('nothing is sent while it cannot be read, and everything once afterwards', { timeout: 240_000 }, async () => {
    await using world = await open(kind)
    for (const [lead, [mood, wanted]] of readingRows(kind, ends).entries()) {
      world.place.next(operation, mood)
      if (TWICE.has(mood)) world.place.next(operation, mood)
      if (mood === 'is slow') world.holds.push({ do: 'let go' })
      await world.run(91 * SECOND)
      await dispatch(world, lead)

      const { status, need, restingUntil } = await mailboxOf(world)
      if (wanted.end === 'sent') {
        expect([mood, status, world.place.left().length]).toEqual([mood, 'ready', lead + 1])
        continue
      }
      expect([mood, world.place.left().length]).toEqual([mood, lead])
      if (wanted.end === 'needs') expect([mood, status, need]).toEqual([mood, 'needs_sign_in', wanted.need])
      else expect([mood, status]).toEqual([mood, 'resting'])
      if (wanted.end === 'needs') await world.signInAgain()
      else await world.sleep((restingUntil ?? 0) - world.clock.now())
      await world.run(MINUTE)
      expect([mood, world.place.left().length]).toEqual([mood, lead + 1])
    }
    await expectClean(world)
  })
})
