/**
 * Mail that a provider holds and sends by itself (docs/providers.md, "Handed to Exchange"): which goes there, what became of it,
 * and what is taken back. From the moment it is on disk as handed over nobody asks for it a second time.
 */
import { insertEvent } from '#db/queries/events'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, listHandedOver, type Send } from '#db/queries/sends'
import { isHandedOver, type SendFact } from '#shared/domain/send-transitions'
import { AppError } from '#shared/errors'
import { write } from '#db/open'
import type { DraftFate, MailHolding } from '../../mailbox/mail-provider.ts'
import type { Clock } from '../../platform/clock.ts'
import type { EngineContext } from '../context.ts'
import { askHeld } from './held-gates.ts'
import type { Forecasts } from '../planning/forecast.ts'
import { createLookLog } from './look-log.ts'
import type { Providers } from '../mailboxes/providers.ts'
import type { Queue } from './queue.ts'
import type { FactsDeps } from './queue-facts.ts'

export interface Handovers {
  /** Throws `mailbox.kind_mismatch`: it has no such provider, or its answers cannot be read; and what opening it says. */
  holdingOf(mailbox: MailboxRecord): Promise<MailHolding>
  /** The next first mails of the plan with their times (epoch ms), so that the provider holds `most` in all. */
  pick(mailboxId: number, most: number): { readonly sendId: number; readonly leavesAt: number }[]
  /** Takes one of them out of the queue; null where it does not wait there any more. */
  claim(sendId: number): Send | null
  isHeld(sendId: number): boolean
  /** When to look whether something left, epoch ms; null: nothing is held. */
  nextLookAt(mailboxId: number): number | null
  /** Looks for everything whose time has come; true where something is in doubt since. */
  settle(mailbox: MailboxRecord, signal: AbortSignal): Promise<boolean>
  /** When to take something back, epoch ms; null: everything that is held is wanted. */
  nextTakeBackAt(mailbox: MailboxRecord): number | null
  takeBackUnwanted(mailbox: MailboxRecord, signal: AbortSignal): Promise<void>
  /** Takes one back on the rep's word and cancels it; false: it is not to be seen whether that worked, or too late. */
  cancel(mailbox: MailboxRecord, sendId: number, signal: AbortSignal): Promise<boolean>
}

export interface HandoversDeps extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'publish'>, FactsDeps {
  readonly queue: Queue
  readonly forecasts: Forecasts
  readonly providers: Providers
}

/** A mail must be there before its time, ms. */
const LEAD_MS = 2 * 60_000
/** Further ahead nobody knows what will have happened, ms (docs/providers.md). */
const HORIZON_MS = 12 * 60 * 60_000
/** Transport takes some seconds: nothing is looked for before, ms after its time. */
const FIRST_LOOK_MS = 20_000
/** After a look or an attempt in vain, ms. */
const AGAIN_MS = 60_000
/** So long after its time a mail without a trace is in doubt, and one that is still leaving, ms. */
const PATIENCE_MS = { traceless: 2 * 60_000, leaving: 10 * 60_000 }
/**
 * What was taken back is not asked for before so long after its time, ms: Sent is read every ten minutes, and shows by then
 * whether it left all the same.
 */
const SURE_MS = 15 * 60_000

type Sent = DraftFate & { readonly fate: 'sent' }

export function createHandovers(deps: HandoversDeps): Handovers {
  const { db, clock, queue } = deps
  const lookLog = createLookLog(deps)
  const tries = createTries(clock)
  const kept = createKept(deps)

  async function holdingOf(mailbox: MailboxRecord): Promise<MailHolding> {
    const { holding } = await deps.providers.of(mailbox)
    if (holding === null || !mailbox.mayRead) throw new AppError('mailbox.kind_mismatch', mailbox.kind)
    return holding
  }

  function pick(mailboxId: number, most: number): { sendId: number; leavesAt: number }[] {
    const room = most - listHandedOver(db, mailboxId).length
    const now = clock.now()
    const picked: { sendId: number; leavesAt: number }[] = []
    for (const { sendId, at } of deps.forecasts.plannedAt(now + LEAD_MS)) {
      if (picked.length >= room || at > now + HORIZON_MS) break
      const send = findSend(db, sendId)
      if (send?.mailboxId === mailboxId && send.step === 0) picked.push({ sendId, leavesAt: at })
    }
    return picked
  }

  function claim(sendId: number): Send | null {
    const send = findSend(db, sendId)
    if (send?.state.status !== 'pending' || send.parked !== null) return null
    return queue.move(send, { type: 'claimed' })
  }

  function unwanted(mailbox: MailboxRecord): Send[] {
    const now = clock.now()
    return listHandedOver(db, mailbox.id).filter(
      (send) => leavesAt(send) > now && askHeld(deps, mailbox, send).say !== 'pass',
    )
  }

  async function settle(mailbox: MailboxRecord, signal: AbortSignal): Promise<boolean> {
    let isInDoubt = false
    for (const send of listHandedOver(db, mailbox.id)) {
      if (signal.aborted || firstLookAt(send) > clock.now()) break
      if (tries.mayTry(send)) isInDoubt = (await settleOne(mailbox, send, signal)) || isInDoubt
    }
    return isInDoubt
  }

  async function settleOne(mailbox: MailboxRecord, send: Send, signal: AbortSignal): Promise<boolean> {
    tries.note(send)
    const fate = await look(mailbox, send, signal)
    if (fate?.fate === 'sent') left(send, fate)
    if (fate === null || fate.fate === 'sent' || clock.now() < leavesAt(send) + patienceOf(fate)) return false
    queue.move(send, { type: 'unanswered', failure: { code: 'mail.unanswered', providerCode: null } })
    tries.forget(send)
    return true
  }

  /** Null when the look-up failed: that proves nothing. */
  async function look(mailbox: MailboxRecord, send: Send, signal: AbortSignal): Promise<DraftFate | null> {
    const draftId = isHandedOver(send.state) ? send.state.draftId : null
    try {
      const provider = await deps.providers.of(mailbox)
      const fate = await provider.findDraft(send.key, draftId, signal)
      const found = fate.fate === 'unknown' ? (fate.why ?? 'nothing') : fate.fate
      lookLog.tell(send, { found, code: null, places: provider.looksAt, byRep: false })
      return fate
    } catch (error) {
      deps.log.error('a mail that was handed over could not be looked for', error, { sendId: send.id })
      return null
    }
  }

  function left(send: Send, { providerMessageId, threadId, messageId, sentAt }: Sent): void {
    const now = Math.min(sentAt ?? leavesAt(send), clock.now())
    queue.move(send, { type: 'proved_sent', now, providerMessageId }, { sentAs: { threadId, messageId } })
    tries.forget(send)
  }

  /** Asked anew after each: with one less there may be room for the next. */
  async function takeBackUnwanted(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const send = unwanted(mailbox).find(tries.mayTry)
      if (send === undefined) return
      const isRewritten = askHeld(deps, mailbox, send).say === 'rewritten'
      const isTaken = await takeBack(mailbox, { send, next: () => afterVerdict(mailbox, send) }, signal)
      if (isRewritten && !isTaken) kept.tell(send)
    }
  }

  /** What the rules forbid for good ends at once; all else waits again. */
  function afterVerdict(mailbox: MailboxRecord, send: Send): SendFact | null {
    const verdict = askHeld(deps, mailbox, send)
    return verdict.say === 'never' ? { type: 'forbidden', now: clock.now(), because: verdict.because } : null
  }

  async function takeBack(
    mailbox: MailboxRecord,
    { send, next }: { send: Send; next: () => SendFact | null },
    signal: AbortSignal,
  ): Promise<boolean> {
    tries.note(send)
    if (!isHandedOver(send.state)) return false
    try {
      const holding = await holdingOf(mailbox)
      const taken = await holding.takeBack(send.key, send.state.draftId, signal)
      if (taken.fate === 'sent') left(send, taken)
      if (taken.fate === 'taken_back') endTaken(send, next())
      return taken.fate === 'taken_back'
    } catch (error) {
      deps.log.error('a mail could not be taken back', error, { sendId: send.id })
      return false
    }
  }

  /** In one transaction: what is not wanted any more waits at no moment. */
  function endTaken(send: Send, next: SendFact | null): void {
    const now = clock.now()
    const fact: SendFact = { type: 'taken_back', now, notBefore: Math.max(now, leavesAt(send) + SURE_MS) }
    write(db, (tx) => {
      queue.moveAllIn(tx, [send.id], ({ revision }) => (revision === send.revision ? fact : null))
      queue.moveAllIn(tx, [send.id], ({ state }) => (state.status === 'pending' ? next : null))
    })
    tries.forget(send)
    kept.forget(send)
    deps.forecasts.forget()
    deps.publish({ type: 'sends.changed' })
  }

  return {
    holdingOf,
    pick,
    claim,
    isHeld(sendId) {
      const send = findSend(db, sendId)
      return send !== null && isHandedOver(send.state)
    },
    nextLookAt: (mailboxId) => tries.earliest(listHandedOver(db, mailboxId), firstLookAt),
    settle,
    nextTakeBackAt: (mailbox) => tries.earliest(unwanted(mailbox), () => 0),
    takeBackUnwanted,
    async cancel(mailbox, sendId, signal) {
      const send = findSend(db, sendId)
      if (send === null) return false
      return takeBack(mailbox, { send, next: () => ({ type: 'cancel_requested', now: clock.now() }) }, signal)
    },
  }
}

/** What its provider did not give back although its step has another text: it may leave with the old one. */
function createKept({ db, clock, publish }: Pick<HandoversDeps, 'db' | 'clock' | 'publish'>) {
  const told = new Set<number>()
  return {
    /** Once: it is tried again each minute. */
    tell({ id: sendId, leadId, campaignId, mailboxId }: Send): void {
      const current = findSend(db, sendId)
      if (current === null || !isHandedOver(current.state) || told.has(sendId)) return
      told.add(sendId)
      const of = { sendId, leadId, campaignId, mailboxId, data: { text: 'with_exchange' } }
      write(db, (tx) => insertEvent(tx, { at: clock.now(), kind: 'send_rewritten', ...of }))
      publish({ type: 'sends.changed' })
    },
    forget: ({ id }: Send) => void told.delete(id),
  }
}

/** What was tried in vain waits a little. */
function createTries(clock: Clock) {
  /** Not before this moment, epoch ms, by send. */
  const notBefore = new Map<number, number>()

  /** A moment further away than any tells that the clock was set back. */
  function until({ id }: Send): number {
    const at = notBefore.get(id) ?? 0
    return at > clock.now() + AGAIN_MS ? 0 : at
  }

  return {
    note: ({ id }: Send) => void notBefore.set(id, clock.now() + AGAIN_MS),
    forget: ({ id }: Send) => void notBefore.delete(id),
    mayTry: (send: Send) => until(send) <= clock.now(),
    /** `at` says when each is due, epoch ms; null: none is. */
    earliest(sends: readonly Send[], at: (send: Send) => number): number | null {
      const moments = sends.map((send) => Math.max(at(send), until(send)))
      return moments.length > 0 ? Math.min(...moments) : null
    },
  }
}

function patienceOf(fate: DraftFate): number {
  return fate.fate === 'unknown' && fate.why === 'leaving' ? PATIENCE_MS.leaving : PATIENCE_MS.traceless
}

function firstLookAt(send: Send): number {
  return leavesAt(send) + FIRST_LOOK_MS
}

function leavesAt({ state }: Send): number {
  return isHandedOver(state) ? state.leavesAt : 0
}
