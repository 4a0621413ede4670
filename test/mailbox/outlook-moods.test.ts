import { beforeAll, describe, test, vi } from 'vitest'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import type { MoodName, Operation } from '#test/fakes/graph-moods'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, REP, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

/** A real server on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const MAIL = outgoingMail()
/** One sign-in for all: it is the slow part, and has tests of its own. */
let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})
const never = () => new AbortController().signal

const refused = (details: object) => ({ code: 'mail.refused', details })
const FAIL = refused({ isFinal: true, scope: 'message' })
const AGAIN = refused({ isFinal: false, scope: 'message' })
const TOMORROW = refused({ isFinal: false, scope: 'mailbox', isDayLimit: true })
const rest = (restMs: number | null) => refused({ isFinal: false, scope: 'mailbox', isDayLimit: false, restMs })
const needs = (need: string) => refused({ isFinal: true, scope: 'mailbox', need })
const SIGNED_OUT = { code: 'mail.signed_out' }
const UNKNOWN = { code: 'mail.unanswered' }
const lost = (reason: string) => ({ code: 'mail.unreachable', details: { reason } })

interface Wanted {
  /** Null: it works. */
  readonly prepare: object | null
  readonly send: object | null
  /** Does the mail leave, whatever we hear of it? */
  readonly leaves: boolean
  /** Requests of this operation. */
  readonly requests?: number
}

/** Every mood and what providers.md §4 and §5 want of it. A new mood without a line does not compile. */
const WANTED: Record<MoodName, Wanted> = {
  'answers well': { prepare: null, send: null, leaves: true },
  'drops before acting': { prepare: lost('no_connection'), send: UNKNOWN, leaves: false },
  'acts and drops': { prepare: lost('no_connection'), send: UNKNOWN, leaves: true },
  'acts and is silent': { prepare: lost('stopped'), send: UNKNOWN, leaves: true },
  'is silent and does nothing': { prepare: lost('stopped'), send: UNKNOWN, leaves: false },
  'acts when the client has gone': { prepare: lost('stopped'), send: UNKNOWN, leaves: true },
  'acts and answers 504': { prepare: rest(null), send: UNKNOWN, leaves: true },
  'acts and answers 500': { prepare: AGAIN, send: UNKNOWN, leaves: true },
  'throttles for 120 s': { prepare: rest(120_000), send: rest(120_000), leaves: false },
  'throttles without saying how long': { prepare: rest(null), send: rest(null), leaves: false },
  'acts and asks to slow down': { prepare: null, send: null, leaves: true },
  'refuses the token': { prepare: SIGNED_OUT, send: SIGNED_OUT, leaves: false, requests: 2 },
  'wants more claims': { prepare: SIGNED_OUT, send: SIGNED_OUT, leaves: false },
  'denies access': { prepare: needs('permission'), send: needs('permission'), leaves: false },
  'says the account is disabled': { prepare: needs('account_blocked'), send: needs('account_blocked'), leaves: false },
  'says the password has expired': { prepare: SIGNED_OUT, send: SIGNED_OUT, leaves: false },
  'does not allow this sender': {
    prepare: needs('sender_not_allowed'),
    send: needs('sender_not_allowed'),
    leaves: false,
  },
  'reached its daily limit': { prepare: TOMORROW, send: TOMORROW, leaves: false },
  'reached its message limit': { prepare: TOMORROW, send: TOMORROW, leaves: false },
  'wants the account verified': { prepare: needs('account_blocked'), send: needs('account_blocked'), leaves: false },
  'refuses the recipient': { prepare: FAIL, send: FAIL, leaves: false },
  'calls it a bad request': { prepare: FAIL, send: FAIL, leaves: false },
  'has no such item': { prepare: AGAIN, send: UNKNOWN, leaves: false },
  'has no mailbox': { prepare: needs('no_mailbox'), send: needs('no_mailbox'), leaves: false },
  'has a conflict': { prepare: AGAIN, send: UNKNOWN, leaves: false },
  'has forgotten the state': { prepare: AGAIN, send: UNKNOWN, leaves: false },
  'calls it our bug': { prepare: FAIL, send: FAIL, leaves: false },
  'calls it too large': { prepare: FAIL, send: FAIL, leaves: false },
  'moves the mailbox': { prepare: rest(null), send: UNKNOWN, leaves: false },
  breaks: { prepare: AGAIN, send: UNKNOWN, leaves: false },
  'is not available': { prepare: rest(60_000), send: UNKNOWN, leaves: false },
  'is busy': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'has a bad gateway': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'has a gateway time-out': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'has no room left': { prepare: needs('mailbox_full'), send: needs('mailbox_full'), leaves: false },
  'has no bandwidth left': { prepare: rest(300_000), send: rest(300_000), leaves: false },
  'shows the page of a hotel': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'is kept away by a page with 400': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'is kept away by a page with 401': { prepare: rest(null), send: UNKNOWN, leaves: false, requests: 2 },
  'is kept away by a page with 403': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'is kept away by a page with 404': { prepare: rest(null), send: UNKNOWN, leaves: false },
  'is kept away by a page with 507': { prepare: rest(null), send: UNKNOWN, leaves: false },
}
const ROWS = Object.entries(WANTED) as [MoodName, Wanted][]

/** Runs one step in a mood; where the server is silent, the rep (or sleep) ends the waiting. */
async function inMood<T>(
  { server }: OutlookPlace,
  [operation, mood]: [Operation, MoodName],
  step: (signal: AbortSignal) => Promise<T>,
): Promise<{ value: T } | { error: unknown }> {
  server.setMood(operation, mood)
  const controller = new AbortController()
  void server.silence().then(() => controller.abort())
  try {
    return { value: await step(controller.signal) }
  } catch (error) {
    return { error }
  } finally {
    server.setMood(operation, 'answers well')
    await server.idle()
  }
}

/** What the engine does after a doubt or a refusal: looks, and sends the same draft when it is proved unsent. */
async function settle(mailbox: MailProvider, draftId: string): Promise<void> {
  const fate = await mailbox.findDraft(MAIL.key, draftId, never())
  if (fate.fate === 'draft') await mailbox.sendDraft(fate.draftId, MAIL, () => true, never())
}

test('a request that fails tells both numbers by which Microsoft finds it, and ours is another one each time', async ({
  expect,
}) => {
  await using place = await outlookPlace({ secretText })
  place.server.setMood('draft', 'breaks')
  const heard = async () => {
    const error = await place
      .open()
      .createDraft(MAIL, never())
      .catch((caught: unknown) => caught as Error)
    return /request [0-9a-f-]{36}, ours ([0-9a-f-]{36})$/.exec('message' in error ? error.message : '')?.[1]
  }
  const [first, second] = [await heard(), await heard()]
  expect(first).toBeDefined()
  expect(second).toBeDefined()
  expect(first).not.toBe(second)
})

describe.concurrent('drafting, when Microsoft', () => {
  test.for(ROWS)('%s', async ([mood, wanted], { expect }) => {
    await using place = await outlookPlace({ secretText })
    const result = await inMood(place, ['draft', mood], (signal) => place.open().createDraft(MAIL, signal))

    if (wanted.prepare === null) expect(result).toHaveProperty('value')
    else expect(result).toMatchObject({ error: wanted.prepare })
    expect(place.server.requests.filter(({ operation }) => operation === 'draft')).toHaveLength(wanted.requests ?? 1)
    expect(place.server.accepted(REP)).toEqual([])

    // Later it works: one mail, and no draft of ours stays behind.
    const mailbox = place.open()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    await mailbox.sendDraft(draftId, MAIL, () => true, never())
    for (const stray of await mailbox.strayDrafts(never())) await mailbox.deleteDraft(stray.draftId, never())
    expect(place.server.accepted(REP)).toHaveLength(1)
    expect(place.store.all().filter(({ folder }) => folder === 'drafts')).toEqual([])
  })
})

describe.concurrent('sending, when Microsoft', () => {
  test.for(ROWS)('%s', async ([mood, wanted], { expect }) => {
    await using place = await outlookPlace({ secretText })
    const { draftId } = await place.open().createDraft(MAIL, never())
    let asked = 0
    const mayLeave = () => (asked += 1) > 0
    const result = await inMood(place, ['send', mood], (signal) =>
      place.open().sendDraft(draftId, MAIL, mayLeave, signal),
    )

    if (wanted.send === null) expect(result).toHaveProperty('value')
    else expect(result).toMatchObject({ error: wanted.send })
    expect(asked).toBe(1)
    expect(place.server.requests.filter(({ operation }) => operation === 'send')).toHaveLength(wanted.requests ?? 1)
    expect(place.server.accepted(REP)).toHaveLength(wanted.leaves ? 1 : 0)

    // A look tells the truth, and whatever follows from it, one mail leaves.
    const { fate } = await place.open().findDraft(MAIL.key, draftId, never())
    expect(fate).toBe(wanted.leaves ? 'sent' : 'draft')
    await settle(place.open(), draftId)
    expect(place.server.accepted(REP)).toHaveLength(1)
  })

  test('asks to slow down, the answer says for how long', async ({ expect }) => {
    await using place = await outlookPlace({ secretText })
    const { draftId } = await place.open().createDraft(MAIL, never())
    place.server.setMood('send', 'acts and asks to slow down')
    const sent = await place.open().sendDraft(draftId, MAIL, () => true, never())

    expect(sent).toMatchObject({ restMs: 30_000 })
  })
})

describe.concurrent.each<[Operation, string]>([
  ['get', 'the last look at the draft'],
  ['update', 'writing the approved text again'],
])('%s (%s), when Microsoft', (operation) => {
  test.for(ROWS)('%s', async ([mood, wanted], { expect }) => {
    await using place = await outlookPlace({ secretText })
    const { draftId } = await place.open().createDraft(outgoingMail({ text: 'older', html: null }), never())
    let asked = 0
    const result = await inMood(place, [operation, mood], (signal) =>
      place.open().sendDraft(draftId, MAIL, () => (asked += 1) > 0, signal),
    )

    // The older text never leaves: nothing is asked before the approved one is in the draft.
    const isGone = mood === 'has no such item'
    // A look that is refused tells nothing of the mail; one that finds nothing leaves a doubt.
    const refusal = wanted.prepare === FAIL && operation === 'get' ? AGAIN : wanted.prepare
    if (wanted.prepare === null) expect(result).toHaveProperty('value')
    else expect(result).toMatchObject({ error: isGone ? UNKNOWN : refusal })
    expect({ asked, left: place.server.accepted(REP).length }).toEqual(
      wanted.prepare === null ? { asked: 1, left: 1 } : { asked: 0, left: 0 },
    )
    for (const { bytes } of place.server.accepted(REP)) expect(bytes.toString()).toContain('may I ask you something?')
  })
})

describe.concurrent.each<[Operation, 'draft' | 'sent']>([
  ['list', 'draft'],
  ['list', 'sent'],
  ['get', 'draft'],
  ['folder', 'draft'],
])('looking (%s) for a mail that is %s, when Microsoft', (operation, truth) => {
  test.for(ROWS)('%s', async ([mood, wanted], { expect }) => {
    await using place = await outlookPlace({ secretText })
    const { draftId } = await place.open().createDraft(MAIL, never())
    if (truth === 'sent') await place.open().sendDraft(draftId, MAIL, () => true, never())
    const result = await inMood(place, [operation, mood], (signal) => place.open().findDraft(MAIL.key, draftId, signal))

    // A failed look-up throws: it is not "absent". A draft that cannot be read directly proves nothing.
    if (wanted.prepare === null) expect(result).toMatchObject({ value: { fate: truth } })
    else if (mood === 'has no such item' && operation === 'get') expect(result).toEqual({ value: { fate: 'unknown' } })
    else if (mood === 'has no such item' && operation === 'folder')
      expect(result).toMatchObject({ value: { fate: truth } })
    else expect(result).toMatchObject({ error: wanted.prepare })
    expect(await place.open().findDraft(MAIL.key, draftId, never())).toMatchObject({ fate: truth })
  })
})
