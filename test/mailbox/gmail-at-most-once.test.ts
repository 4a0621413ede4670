import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { AppError } from '#shared/errors'
import * as moods from '#test/fakes/gmail-moods'
import { REFUSES, type Mood } from '#test/fakes/gmail-moods'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { openGmail } from '#test/mailbox/gmail-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

/** Many runs through real sockets, on a machine that may be busy. */
vi.setConfig({ testTimeout: 240_000 })

const MAIL = outgoingMail()
const never = () => new AbortController().signal

const SEND_MOODS = {
  fine: moods.FINE,
  'cut before': moods.DROPS_BEFORE,
  'cut after': moods.DROPS_AFTER,
  'half an answer': moods.DROPS_IN_ANSWER,
  'error and done': moods.FAILS_AND_DOES_IT,
  'too late': moods.ACCEPTS_TOO_LATE,
  'rate limit': REFUSES.userRate,
  '503': REFUSES.unavailable,
  '401': REFUSES.invalidCredentials,
} satisfies Record<string, Mood>
const LOOK_MOODS = {
  fine: moods.FINE,
  lags: moods.LOOK_LAGS,
  lingers: moods.DRAFT_LINGERS,
  '503': REFUSES.unavailable,
  cut: moods.DROPS_BEFORE,
} satisfies Record<string, Mood>
const HANDS = ['none', 'none', 'none', 'deletes the draft', 'sends the draft', 'edits and sends the draft'] as const

const named = <T extends string>(all: Record<T, Mood>) => fc.constantFrom(...(Object.keys(all) as T[]))
const run = fc.record({
  drafts: fc.array(named(SEND_MOODS), { maxLength: 2 }),
  sends: fc.array(named(SEND_MOODS), { maxLength: 4 }),
  looks: fc.array(named(LOOK_MOODS), { maxLength: 8 }),
  dropsHeaders: fc.boolean(),
  hand: fc.constantFrom(...HANDS),
  /** Does the sender go on with its draft after a refusal? Where it writes a new one, a hand on the old one is a second mail. */
  keepsDraft: fc.boolean(),
})

/**
 * The adapter under the simplest engine that keeps to its contract, restarted before each step. What the server's own record
 * must show: no mail twice, and what is reported is what happened.
 */
test('whatever fails, no mail leaves twice, and what is told to be sent or unsent is', async () => {
  await fc.assert(
    fc.asyncProperty(run, async ({ drafts, sends, looks, dropsHeaders, ...habits }) => {
      await using server = await startGoogleServer()
      server.account().dropsOwnHeaders = dropsHeaders
      server.next('drafts.create', ...drafts.map((name) => SEND_MOODS[name]))
      server.next('drafts.send', ...sends.map((name) => SEND_MOODS[name]))
      for (const operation of ['drafts.get', 'threads.get', 'history.list'] as const) {
        server.next(operation, ...looks.map((name) => LOOK_MOODS[name]))
      }
      const end = await deliver(server, habits)
      await server.late()
      const { length } = server.account().left

      expect(length).toBeLessThanOrEqual(1)
      if (end === 'sent') expect(length).toBe(1)
      if (end === 'not sent') expect(length).toBe(0)
    }),
    { numRuns: 100, seed: 20_261_122 },
  )
})

type End = 'sent' | 'not sent' | 'the rep decides'

interface Habits {
  readonly hand: (typeof HANDS)[number]
  readonly keepsDraft: boolean
}

/** A refused mail is tried again: with its draft, or with a new one. Only a doubt must not end in a new draft. */
async function deliver(server: GoogleServer, { hand, keepsDraft }: Habits): Promise<End> {
  let draftId: string | null = null
  for (let attempt = 0; attempt < 6; attempt += 1) {
    draftId ??= await draft(server)
    if (draftId === null) return 'not sent'
    if (attempt === 0 && keepsDraft) byHand(server, hand)
    const id = draftId
    const code = await codeOf(async () => open(server).sendDraft(id, MAIL, () => true, never()))
    if (code === null) return 'sent'
    const fate = code === 'mail.unanswered' ? await settle(server, id) : 'refused'
    if (fate === 'sent') return 'sent'
    if (fate === 'unknown') return 'the rep decides'
    if (fate === 'refused' && !keepsDraft) draftId = null
  }
  return 'the rep decides'
}

/** Two looks in a row that see the draft prove that it was not sent; a look that fails proves nothing. */
async function settle(server: GoogleServer, draftId: string): Promise<string> {
  const seen: string[] = []
  for (let look = 0; look < 12; look += 1) {
    const fate = await open(server)
      .findDraft(MAIL.key, draftId, never())
      .catch(() => null)
    if (fate?.fate === 'sent') return 'sent'
    seen.push(fate?.fate ?? 'failed')
    if (seen.slice(-2).join() === 'draft,draft') return 'draft'
  }
  return 'unknown'
}

async function draft(server: GoogleServer): Promise<string | null> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const made = await open(server)
      .createDraft(MAIL, never())
      .catch(() => null)
    if (made !== null) return made.draftId
  }
  return null
}

/** The newest draft is the one that is known to the sender; older ones are strays of lost answers. */
function byHand(server: GoogleServer, hand: (typeof HANDS)[number]): void {
  const id = [...server.account().drafts.keys()].at(-1) ?? ''
  if (hand === 'deletes the draft') server.account().deleteDraft(id)
  if (hand === 'sends the draft') server.account().sendDraft(id)
  if (hand === 'edits and sends the draft')
    server.account().sendDraft(server.account().editDraftByHand(id, (raw) => raw))
}

/** Little patience: on a busy machine it may end before an answer comes, which is one more lost answer. */
function open(server: GoogleServer): MailProvider {
  return openGmail(server, { timeoutMs: 60 })
}

async function codeOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
