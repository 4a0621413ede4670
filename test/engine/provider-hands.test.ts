/**
 * The rep works in Gmail's or Outlook's own page on a draft that the engine has made: deletes it, sends it, edits it. Both
 * while the mail waits with its draft and while nobody knows whether it left (issue 3, "a draft deleted or sent by hand").
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandDeed } from '#test/support/provider-place'
import { problemsOf, sendsOf } from '#test/support/provider-run'
import { countOf, dispatch, expectClean, KINDS, mailboxOf, SEND, sendTo, type Kind } from '#test/support/provider-scene'
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

/** One mail with a draft: refused for now, or asked for without an answer. */
async function withDraft(kind: Kind, when: 'it waits' | 'in doubt'): Promise<ProviderWorld> {
  const world = await open(kind)
  const refusal = kind === 'gmail' ? 'userRate' : 'throttles without saying how long'
  world.place.next(SEND[kind], when === 'it waits' ? refusal : 'drops before acting')
  await dispatch(world, 0)
  expect((await sendTo(world, 0)).status).toBe(when === 'it waits' ? 'pending' : 'uncertain')
  return world
}

async function handle(world: ProviderWorld, deed: HandDeed): Promise<string> {
  const [send] = sendsOf(world)
  if (send === undefined || send.draftId === null) throw new Error('no draft')
  expect(await world.place.byHand(deed, send.draftId)).toBe(true)
  return send.key
}

interface Ending {
  readonly status: 'sent' | 'uncertain' | 'failed'
  /** Mails that left, by whoever's hand. */
  readonly left: number
}

const SENT: Ending = { status: 'sent', left: 1 }
/** It cannot be proved: the rep's to decide (providers.md §5.1 d). */
const REPS: Ending = { status: 'uncertain', left: 0 }
/** It was thrown away before anybody asked for the send: surely not sent, and not sent without being asked. */
const STOPPED: Ending = { status: 'failed', left: 0 }

const ROWS: readonly (readonly [Kind, 'it waits' | 'in doubt', HandDeed, Ending])[] = [
  ['gmail', 'it waits', 'sends', SENT],
  ['gmail', 'it waits', 'edits and sends', SENT],
  ['gmail', 'it waits', 'deletes', REPS],
  ['gmail', 'it waits', 'edits', REPS],
  ['gmail', 'in doubt', 'sends', SENT],
  ['gmail', 'in doubt', 'edits and sends', SENT],
  ['gmail', 'in doubt', 'deletes', REPS],
  ['gmail', 'in doubt', 'edits', REPS],
  ['outlook', 'it waits', 'sends', SENT],
  ['outlook', 'it waits', 'edits and sends', SENT],
  ['outlook', 'it waits', 'deletes', STOPPED],
  ['outlook', 'it waits', 'edits', SENT],
  ['outlook', 'in doubt', 'sends', SENT],
  ['outlook', 'in doubt', 'edits and sends', SENT],
  ['outlook', 'in doubt', 'deletes', REPS],
  ['outlook', 'in doubt', 'edits', SENT],
]

test.each(ROWS)('%s, %s: the rep %s the draft, and that counts', async (kind, when, deed, wanted) => {
  await using world = await withDraft(kind, when)
  const key = await handle(world, deed)
  await world.run(30 * MINUTE)
  for (let day = 0; day < 2; day += 1) {
    await world.sleep(25 * HOUR)
    await world.run(2 * MINUTE)
  }

  expect({ status: (await sendTo(world, 0)).status, left: world.place.left().length }).toEqual(wanted)
  const book = { trusted: new Set<number>(), denied: new Set<string>(), handled: new Set([key]) }
  expect(problemsOf({ world, ...book })).toEqual([])
})

/** Answers of 400 and the like, which would fail a mail for good. */
const NOES: readonly (readonly [Kind, string, string])[] = [
  ['gmail', 'drafts.update', 'badRequest'],
  ['gmail', 'drafts.update', 'tooLarge'],
  ['outlook', 'get', 'calls it a bad request'],
  ['outlook', 'get', 'calls it our bug'],
]

test.each(NOES)(
  '%s: a draft that was sent by hand is out, although "%s" is answered: %s',
  async (kind, operation, mood) => {
    await using world = await withDraft(kind, 'it waits')
    await handle(world, 'sends')
    world.place.next(operation, mood)
    // Sent mail is counted every ten minutes: before that only the doubt itself can tell.
    await world.run(3 * MINUTE)
    expect((await sendTo(world, 0)).status).not.toBe('failed')
    await world.run(5 * MINUTE)

    expect([(await sendTo(world, 0)).status, world.place.left().length]).toEqual(['sent', 1])
  },
)

test.each(KINDS)(
  '%s: a draft that is still there after a refusal for good lets its send fail, once that is proved',
  async (kind) => {
    await using world = await withDraft(kind, 'it waits')
    world.place.next(SEND[kind], kind === 'gmail' ? 'badRequest' : 'calls it a bad request')
    await world.run(3 * MINUTE)
    expect(await sendTo(world, 0)).toMatchObject({ status: 'uncertain', failure: { code: 'mail.refused' } })
    await world.run(6 * MINUTE)

    expect(await sendTo(world, 0)).toMatchObject({ status: 'failed', failure: { code: 'mail.refused' }, attempts: 1 })
    expect([countOf(world, SEND[kind]), world.place.left()]).toEqual([2, []])
  },
)

test.each(KINDS)(
  '%s: a failed mail whose draft the rep sends by hand is found in Sent, and told as sent',
  async (kind) => {
    await using world = await open(kind)
    world.place.next(SEND[kind], kind === 'gmail' ? 'badRequest' : 'calls it a bad request')
    await dispatch(world, 0)
    expect((await sendTo(world, 0)).status).toBe('failed')
    await handle(world, 'sends')
    await world.run(15 * MINUTE)

    expect([(await sendTo(world, 0)).status, world.place.left().length]).toEqual(['sent', 1])
  },
)

/** "Cancelled" is the rep's word and stays; that the person was written to counts all the same. */
test.each(KINDS)('%s: a mail that the rep took back here and sent there counts as one by hand', async (kind) => {
  await using world = await withDraft(kind, 'it waits')
  const { id } = await sendTo(world, 0)
  await world.app.api.sends.cancel({ selection: { by: 'ids', ids: [id] } })
  await handle(world, 'sends')
  expect((await sendTo(world, 0)).status).toBe('cancelled')
  const byHand = async () => (await mailboxOf(world)).budget.byHand
  const before = await byHand()
  await world.run(15 * MINUTE)

  expect([(await sendTo(world, 0)).status, world.place.left().length]).toEqual(['cancelled', 1])
  expect((await byHand()) - before).toBe(1)
})

/** Only the rep ends a doubt that cannot be settled by looking, and their word counts at once. */
describe.each(KINDS)('%s: a draft deleted in the middle of a doubt', (kind) => {
  test('is sent anew when the rep says so, and once', async () => {
    await using world = await withDraft(kind, 'in doubt')
    await handle(world, 'deletes')
    await world.run(30 * MINUTE)
    const { id, status } = await sendTo(world, 0)
    expect([status, countOf(world, SEND[kind])]).toEqual(['uncertain', 1])

    await world.app.api.sends.settle({ sendId: id, wasSent: false })
    await world.settle()
    await world.run(MINUTE)
    expect([(await sendTo(world, 0)).status, world.place.left().length]).toEqual(['sent', 1])
  })

  test('is never asked for again when the rep says that it was sent', async () => {
    await using world = await withDraft(kind, 'in doubt')
    await handle(world, 'deletes')
    await world.run(30 * MINUTE)
    await world.app.api.sends.settle({ sendId: (await sendTo(world, 0)).id, wasSent: true })
    await world.sleep(25 * HOUR)
    await world.run(2 * MINUTE)

    expect([(await sendTo(world, 0)).status, countOf(world, SEND[kind])]).toEqual(['sent', 1])
    expect(world.place.left()).toEqual([])
  })
})

/** Its draft is there with the text that the campaign had when it was made. */
test.each(KINDS)('%s: a draft in doubt whose step was edited leaves with the new text, once', async (kind) => {
  await using world = await withDraft(kind, 'in doubt')
  const { api } = world.app
  const { templateId, mailboxId } = world.goods
  const content = { subject: 'Newer than the draft', body: 'Another text.', format: 'plain' } as const
  await api.templates.save({ templateId, name: 'Hello', content })
  const { campaignId, id: sendId } = await sendTo(world, 0)
  const [first] = (await api.campaigns.get({ campaignId })).steps
  const steps = [{ delay: first!.delay, threading: first!.threading, templateIds: [templateId] }]
  const changed = await api.campaigns.change({ campaignId, name: 'Spring', steps, mailboxIds: [mailboxId], at: null })
  expect(changed).toMatchObject({ rewritten: 0, undecided: 1 })
  await world.run(HOUR)

  expect((await api.sends.get({ sendId })).mail.subject).toBe('Newer than the draft')
  expect(world.place.left().map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]?.trim())).toEqual([
    'Newer than the draft',
  ])
  await expectClean(world)
})
