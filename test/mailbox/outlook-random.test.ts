import fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { AppError } from '#shared/errors'
import type { DraftFate } from '#electron/mailbox/mail-provider'
import { MOODS, type MoodName, type Operation } from '#test/fakes/graph-moods'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { outlookPlace, REP, signedInSecret, type OutlookPlace } from '#test/mailbox/outlook-place'

/** A real server on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 120_000 })

/** Thousands were run when this was written; these take a few seconds. */
const RUNS = 60
const MAIL = outgoingMail()
const OPERATIONS = ['draft', 'get', 'list', 'update', 'send', 'folder', 'token'] as const satisfies Operation[]

let secretText: string
beforeAll(async () => {
  secretText = await signedInSecret()
})

/** What a run knows on its disk, as the engine would: a kill forgets everything else. */
interface Kept {
  draftId: string | null
  state: 'ready' | 'drafted' | 'uncertain' | 'sent'
}

/** One attempt in the life of a send, always with a mailbox as after a restart. A refusal leaves the state as it is. */
async function step(place: OutlookPlace, kept: Kept, signal: AbortSignal): Promise<void> {
  const mailbox = place.open()
  if (kept.state === 'uncertain') return settle(kept, await mailbox.findDraft(MAIL.key, kept.draftId, signal))
  if (kept.draftId === null) kept.draftId = (await mailbox.createDraft(MAIL, signal)).draftId
  kept.state = 'drafted'
  const mayLeave = () => {
    // On disk before the first byte: a kill in between leaves a doubt.
    kept.state = 'uncertain'
    return true
  }
  try {
    await mailbox.sendDraft(kept.draftId, MAIL, mayLeave, signal)
    kept.state = 'sent'
  } catch (error) {
    if (error instanceof AppError && error.code !== 'mail.unanswered') kept.state = 'drafted'
    throw error
  }
}

function settle(kept: Kept, fate: DraftFate): void {
  if (fate.fate === 'sent') kept.state = 'sent'
  if (fate.fate !== 'draft') return
  kept.draftId = fate.draftId
  kept.state = 'drafted'
}

/** Silence ends in a kill; the server may still act on what it got. */
async function stepInMoods(
  place: OutlookPlace,
  kept: Kept,
  moods: Partial<Record<Operation, MoodName>>,
): Promise<void> {
  for (const operation of OPERATIONS) place.server.setMood(operation, moods[operation] ?? 'answers well')
  const controller = new AbortController()
  void place.server.silence().then(() => controller.abort())
  await step(place, kept, controller.signal).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
  })
  place.server.release()
  // The waiting times of §5.2: by then whatever is going to happen has happened.
  await place.server.idle()
}

const mood = fc.constantFrom(...(Object.keys(MOODS) as MoodName[]))
const steps = fc.array(
  fc.record({ operation: fc.constantFrom(...OPERATIONS), mood, also: fc.option(mood), isLagging: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
)

test('whatever Microsoft does, no mail leaves twice, and each one ends in a state that is true', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (plan, keepsIdOnSend) => {
      await using place = await outlookPlace({ secretText })
      place.store.keepsIdOnSend = keepsIdOnSend
      let wasLagging = false
      const kept: Kept = { draftId: null, state: 'ready' }
      for (const { operation, mood: name, also, isLagging } of plan) {
        // An index that stands still through several steps, also across a send.
        if (!isLagging) place.store.catchUp()
        else if (!wasLagging) place.store.lag()
        wasLagging = isLagging
        await stepInMoods(place, kept, { [operation]: name, ...(also === null ? {} : { send: also }) })
        expect(place.server.accepted(REP).length).toBeLessThanOrEqual(1)
        if (kept.state === 'sent') break
      }
      place.store.catchUp()
      for (let times = 0; times < 3 && kept.state !== 'sent'; times += 1) await stepInMoods(place, kept, {})

      expect({ state: kept.state, left: place.server.accepted(REP).length }).toEqual({ state: 'sent', left: 1 })
    }),
    { numRuns: RUNS, seed: 3 },
  )
})
