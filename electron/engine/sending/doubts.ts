/**
 * Sends whose outcome is not known are settled by looking. What a look cannot prove stays `uncertain` for the rep; a look
 * that fails proves nothing.
 */
import type { Db } from '#db/open'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, listUncertain, type Send } from '#db/queries/sends'
import { AppError } from '#shared/errors'
import { wasRefused } from '#shared/domain/send-transitions'
import type { LookFinding } from '#shared/domain/taxonomy'
import type { DraftFate, MailProvider, ProofTimes } from '../../mailbox/mail-provider.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { EngineContext } from '../context.ts'
import { createLookLog, type Look } from './look-log.ts'
import type { Providers } from '../mailboxes/providers.ts'
import type { Queue } from './queue.ts'

export interface Doubts {
  /** When this mailbox's uncertain sends are worth a look, epoch ms; null: not before something happens. */
  nextLookAt(mailboxId: number): number | null
  /** Looks up every uncertain send of the mailbox once. */
  settle(mailbox: MailboxRecord, signal: AbortSignal): Promise<void>
  /** Looks for one send now, on the rep's word, also where looking had ended. */
  lookAgain(mailbox: MailboxRecord, sendId: number, signal: AbortSignal): Promise<LookedAgain>
  /** Something new is uncertain: look again. */
  raise(mailboxId: number): void
}

/** What the rep is told of a look. */
export interface LookedAgain {
  /** `too_early`: the provider cannot know yet; `never`: this mailbox cannot be looked at. */
  readonly found: LookFinding | 'too_early' | 'never'
  /** Why there was no answer: a code; else null. */
  readonly code: string | null
  /** When it is looked for next, epoch ms; null: not by itself. */
  readonly nextLookAt: number | null
}

export interface DoubtsDeps extends Pick<EngineContext, 'publish'> {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly queue: Queue
  readonly providers: Providers
}

/** A look that failed is repeated after this long, ms. */
const LOOK_AGAIN_MS = 60_000
/** So many looks without a trace before the rep is asked. */
const LEAST_LOOKS = 3
/** No look is planned further ahead, ms. */
const FURTHEST_LOOK_MS = 60 * 60_000

export function createDoubts(deps: DoubtsDeps): Doubts {
  const lookLog = createLookLog(deps)
  /** Epoch ms or null, by mailbox; a mailbox not in it has not been looked at since the start. */
  const nextLook = new Map<number, number | null>()
  /** What the last looks at a send found, and how many in a row. */
  const found = new Map<number, { readonly fate: DraftFate['fate']; readonly looks: number }>()

  async function settle(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    nextLook.set(mailbox.id, null)
    const sends = listUncertain(deps.db, mailbox.id)
    if (sends.length === 0) return
    try {
      const provider = await deps.providers.of(mailbox)
      if (provider.proof === null) return
      const place = { provider, signal, byRep: false, keep: () => {} }
      for (const send of sends) plan(mailbox.id, await settleOne(send, { ...place, proof: provider.proof }))
    } catch (error) {
      deps.log.error('a mailbox could not be looked at', error, { mailboxId: mailbox.id })
      plan(mailbox.id, deps.clock.now() + LOOK_AGAIN_MS)
    }
  }

  /** The earliest look wins; null plans none. */
  function plan(mailboxId: number, at: number | null): void {
    const known = nextLook.get(mailboxId) ?? null
    if (at !== null && (known === null || at < known)) nextLook.set(mailboxId, at)
  }

  async function lookAgain(mailbox: MailboxRecord, sendId: number, signal: AbortSignal): Promise<LookedAgain> {
    const send = findSend(deps.db, sendId)
    // Settled while the mailbox was busy.
    if (send?.state.status !== 'uncertain') throw new AppError('send.not_uncertain', `send ${sendId}`)
    const provider = await deps.providers.of(mailbox)
    if (provider.proof === null) return { found: 'never', code: null, nextLookAt: null }
    const looks: Look[] = []
    const keep = (made: Look): void => void looks.push(made)
    const next = await settleOne(send, { provider, proof: provider.proof, signal, byRep: true, keep })
    plan(mailbox.id, next)
    const [made] = looks
    return { found: made?.found ?? 'too_early', code: made?.code ?? null, nextLookAt: next }
  }

  /** Answers when to look again, epoch ms; null: it is settled, or the rep's to decide. */
  async function settleOne(send: Send, at: Place): Promise<number | null> {
    const now = deps.clock.now()
    // A start in the future was just now: the clock was set back.
    const startedAt = Math.min(send.startedAt ?? 0, now)
    const { proof } = at
    if (now < startedAt + proof.firstLookMs) return startedAt + proof.firstLookMs
    const fate = await look(send, at)
    if (fate === null) return now + LOOK_AGAIN_MS
    const before = found.get(send.id)
    const looks = before?.fate === fate.fate ? before.looks + 1 : 1
    const verdict = weigh(fate, { ageMs: now - startedAt, looks, proof })
    if (verdict === 'look again') found.set(send.id, { fate: fate.fate, looks })
    else found.delete(send.id)
    if (verdict === 'look again') return now + Math.max(proof.betweenLooksMs, 1)
    if (verdict !== 'up to the rep') conclude(send, verdict)
    return null
  }

  /** Null when the look-up failed: that proves nothing. */
  async function look(send: Send, { provider, signal, byRep, keep }: Place): Promise<DraftFate | null> {
    const draftId = send.state.status === 'uncertain' ? send.state.draftId : null
    const tell = (made: Look): void => {
      keep(made)
      lookLog.tell(send, made)
    }
    try {
      const fate = await provider.findDraft(send.key, draftId, signal)
      tell({ found: findingOf(fate), code: null, places: provider.looksAt, byRep })
      return fate
    } catch (error) {
      deps.log.error('a look-up failed; the send stays uncertain', error, { sendId: send.id })
      // Stopped by us: nobody was asked.
      if (!signal.aborted) {
        tell({ found: 'no_answer', code: error instanceof AppError ? error.code : 'internal', places: [], byRep })
      }
      return null
    }
  }

  function conclude(send: Send, fate: Proved): void {
    const now = deps.clock.now()
    if (fate.fate === 'sent') {
      const { providerMessageId, threadId, messageId } = fate
      deps.queue.move(send, { type: 'proved_sent', now, providerMessageId }, { sentAs: { threadId, messageId } })
      return
    }
    const draftId = fate.fate === 'draft' ? fate.draftId : null
    // An attempt whose answer was lost does not count.
    const attempts = wasRefused(send.state) ? send.attempts : send.attempts - 1
    deps.queue.move(send, { type: 'proved_unsent', now, draftId }, { attempts })
  }

  /** A look that is further away than any tells that the clock was set back. */
  function nextLookAt(mailboxId: number): number | null {
    const at = nextLook.get(mailboxId)
    if (at === undefined) return 0
    return at !== null && at > deps.clock.now() + FURTHEST_LOOK_MS ? 0 : at
  }

  return {
    nextLookAt,
    settle,
    lookAgain,
    raise: (mailboxId) => nextLook.set(mailboxId, deps.clock.now()),
  }
}

interface Place {
  readonly provider: MailProvider
  readonly proof: ProofTimes
  readonly signal: AbortSignal
  /** The rep asked for this look. */
  readonly byRep: boolean
  /** Hears of a look that was made. */
  readonly keep: (look: Look) => void
}

function findingOf(fate: DraftFate): LookFinding {
  return fate.fate === 'unknown' ? (fate.why ?? 'nothing') : fate.fate
}

type Proved = Exclude<DraftFate, { readonly fate: 'unknown' }>

/** What was seen of a doubtful send. */
interface Seen {
  /** Since it was asked for. */
  readonly ageMs: number
  /** How many looks in a row found the same, this one counted. */
  readonly looks: number
  readonly proof: ProofTimes
}

/** What a look proves. A draft proves "not sent" only after some time and looks that agree: a server may be slow. */
function weigh(fate: DraftFate, { ageMs, looks, proof }: Seen): Proved | 'look again' | 'up to the rep' {
  switch (fate.fate) {
    case 'sent':
    case 'absent':
      return fate
    case 'draft':
      return ageMs >= proof.draftAgeMs && looks >= proof.draftLooks ? fate : 'look again'
    case 'unknown':
      // After a sleep the time is up at the first look, and a list may still lag.
      return ageMs >= proof.giveUpMs && looks >= LEAST_LOOKS ? 'up to the rep' : 'look again'
  }
}
