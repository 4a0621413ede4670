/**
 * The queue's moves: each is one IMMEDIATE transaction that asks the rules with the facts of that instant, moves one send
 * and writes its event. Nothing here waits or reaches outside.
 */
import { type Writer, write } from '#db/open'
import { findDelay } from '#db/queries/campaigns'
import { findEnrolment, hasUnsentBefore } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { getCampaignStatus, listLaneHeads } from '#db/queries/queue'
import { findSend, moveSend, type MoveExtras, paceFound, pullBackPacing, type Send } from '#db/queries/sends'
import { getSetting } from '#db/queries/settings'
import { pullBackTouches, touchBySend, untouchBySend } from '#db/queries/touches'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { pullBackWaiting } from '#db/queries/waiting-sends'
import { decide, type LaneHead } from '#shared/domain/decide'
import { askGates, askWords, type Verdict } from '#shared/domain/gates'
import type { PacingHistory } from '#shared/domain/pacing'
import { nextSendState, type SendFact, type SendState } from '#shared/domain/send-transitions'
import type { EventKind, WaitCode } from '#shared/domain/taxonomy'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from './context.ts'
import { gateFacts, mailboxFacts } from './queue-facts.ts'
import { goOn, setAside } from './sequence.ts'
import { takeNewText } from './step-texts.ts'

export interface QueueDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly calendars: Calendars
  /** The epoch of this owner. */
  readonly epoch: () => number
  readonly isAppPaused: () => boolean
  /** The mailbox as it is now; null when it was removed. */
  readonly mailboxOf: (mailboxId: number) => MailboxRecord | null
  /** Called after every move; forecasts made before it are void. */
  readonly moved: () => void
}

export type Claim =
  | { readonly got: 'send'; readonly send: Send }
  /** `until` epoch ms; null: not before the rep does something. */
  | { readonly got: 'wait'; readonly until: number | null; readonly because: WaitCode }
  | { readonly got: 'nothing' }

export interface Queue {
  /** Takes the next send of a mailbox, if the rules let one go now. What they forbid for good is skipped on the way. */
  claim(mailboxId: number): Claim
  /**
   * Asks every gate once more and puts `sending` on disk. Null when the send may not go now: it has been put back,
   * skipped or taken by somebody else.
   */
  start(send: Send): Send | null
  /** The last look, right before the first byte: may this send still go? Writes nothing. */
  mayLeave(send: Send): boolean
  /** Moves a send by a fact; null when the fact came too late or somebody moved it first. */
  move(send: Send, fact: SendFact, extras?: Omit<MoveExtras, 'epoch'>): Send | null
  /** The clock was set back: what was to happen soon does not wait until then comes round again. */
  pullBack(): void
  /** Moves many in one transaction, each by the fact made for it; null leaves it alone. Returns those that moved. */
  moveAll(ids: readonly number[], factOf: (send: Send) => SendFact | null): readonly Send[]
  /** The same inside a transaction of the caller, who looks again afterwards. */
  moveAllIn(tx: Writer, ids: readonly number[], factOf: (send: Send) => SendFact | null): readonly Send[]
  /** One of them, with what is written beside. */
  moveOneIn(tx: Writer, send: Send, by: { fact: SendFact; extras: Omit<MoveExtras, 'epoch'> }): Send | null
}

/** What a claim has done on the way. */
interface Seen {
  readonly moved: Send[]
  /** Some were put off, or beside their lane. */
  isAside: boolean
}

/** The event of each fact. */
const EVENTS: Readonly<Record<SendFact['type'], EventKind>> = {
  claimed: 'send_claimed',
  drafted: 'send_drafted',
  started: 'send_started',
  accepted: 'send_accepted',
  refused: 'send_refused',
  unanswered: 'send_unanswered',
  held: 'send_held',
  forbidden: 'send_skipped',
  cancel_requested: 'send_cancelled',
  proved_sent: 'send_proved_sent',
  proved_unsent: 'send_proved_unsent',
  settled_sent: 'send_settled',
  settled_unsent: 'send_settled',
  revived: 'send_revived',
  queued_anew: 'send_requeued',
  retry_requested: 'send_requeued',
}

/** The pace was asked when the send was started; its own start must not hold it now. */
const NO_HISTORY: PacingHistory = { times: [], byHand: [], last: null, restartedAt: null }

export function createQueue(deps: QueueDeps): Queue {
  const { db, clock } = deps

  function claim(mailboxId: number): Claim {
    const mailbox = deps.mailboxOf(mailboxId)
    if (!mailbox) return { got: 'nothing' }
    const seen: Seen = { moved: [], isAside: false }
    const claimed = write(db, (tx) => claimIn(tx, { mailbox, seen }))
    announce(deps, seen.moved)
    if (seen.isAside) {
      deps.moved()
      deps.publish({ type: 'sends.changed' })
    }
    return claimed
  }

  function claimIn(tx: Writer, { mailbox, seen }: { mailbox: MailboxRecord; seen: Seen }): Claim {
    if (isOvertaken(tx)) return { got: 'nothing' }
    const now = clock.now()
    const facts = mailboxFacts(tx, { mailbox, now })
    for (;;) {
      const heads = listLaneHeads(tx, mailbox.id)
      const decision = decide(heads, { now, mailbox: facts }, (head) =>
        gateFacts(deps, tx, { head, mailbox: facts, now }),
      )
      if (decision.do === 'nothing') return { got: 'nothing' }
      if (decision.do === 'wait') return { got: 'wait', until: decision.until, because: decision.because }
      if (decision.do === 'postpone' || decision.do === 'park') {
        setAside(tx, decision, now)
        seen.isAside = true
        continue
      }
      const send = known(findSend(tx, decision.head.sendId))
      const fact: SendFact =
        decision.do === 'send' ? { type: 'claimed' } : { type: 'forbidden', now, because: decision.because }
      const moved = moveIn(tx, { send, fact, now })
      if (!moved) throw new Error(`send ${send.id} moved inside its own transaction`)
      seen.moved.push(moved)
      if (decision.do === 'send') return { got: 'send', send: moved }
    }
  }

  function start(send: Send): Send | null {
    const mailbox = known(deps.mailboxOf(send.mailboxId))
    const moved = write(db, (tx) => {
      const now = clock.now()
      const facts = mailboxFacts(tx, { mailbox, now })
      const verdict = askGates(gateFacts(deps, tx, { head: headOf(send), mailbox: facts, now }))
      return moveIn(tx, { send, fact: startOr(verdict, { send, now }), now, extras: startedExtras(verdict, send) })
    })
    if (moved) announce(deps, [moved])
    return moved?.state.status === 'processing' ? moved : null
  }

  function mayLeave(send: Send): boolean {
    const mailbox = deps.mailboxOf(send.mailboxId)
    const current = findSend(db, send.id)
    if (!mailbox || !current || current.revision !== send.revision || current.epoch !== deps.epoch()) return false
    const facts = { ...mailbox, history: NO_HISTORY }
    return askWords(gateFacts(deps, db, { head: headOf(send), mailbox: facts, now: clock.now() })).say === 'pass'
  }

  function move(send: Send, fact: SendFact, extras: Omit<MoveExtras, 'epoch'> = {}): Send | null {
    const moved = write(db, (tx) => moveIn(tx, { send, fact, now: clock.now(), extras }))
    if (moved) announce(deps, [moved])
    return moved
  }

  function moveAll(ids: readonly number[], factOf: (send: Send) => SendFact | null): readonly Send[] {
    const moved = write(db, (tx) => moveAllIn(tx, ids, factOf))
    if (moved.length > 0) {
      deps.moved()
      deps.publish({ type: 'sends.changed' })
    }
    return moved
  }

  function moveAllIn(tx: Writer, ids: readonly number[], factOf: (send: Send) => SendFact | null): readonly Send[] {
    const now = clock.now()
    return ids.flatMap((id) => {
      const send = findSend(tx, id)
      const fact = send && factOf(send)
      return (send && fact && moveIn(tx, { send, fact, now })) ?? []
    })
  }

  function moveIn(
    tx: Writer,
    { send, fact, now, extras }: { send: Send; fact: SendFact; now: number; extras?: Omit<MoveExtras, 'epoch'> },
  ): Send | null {
    const state = nextSendState(send.state, fact)
    if (!state || isOvertaken(tx)) return null
    const moved = moveSend(tx, send, { state, ...placeOf(tx, send, fact), ...extras, epoch: deps.epoch() })
    if (!moved) return null
    rememberTouch(tx, moved, fact)
    if (fact.type === 'proved_sent' && send.state.status !== 'uncertain') rememberFound(tx, send.id, fact.now)
    insertEvent(tx, {
      at: now,
      kind: eventKind(fact),
      sendId: send.id,
      leadId: send.leadId,
      campaignId: send.campaignId,
      mailboxId: send.mailboxId,
      data: eventData(fact, state),
    })
    goOn(
      tx,
      { ...deps, move: (other, itsFact) => moveIn(tx, { send: other, fact: itsFact, now }) },
      { send: moved, fact, now },
    )
    const unwanted = unwantedFact(tx, moved, { fact, now })
    return unwanted
      ? moveIn(tx, { send: moved, fact: unwanted, now })
      : takeNewText(tx, { mailboxOf: deps.mailboxOf, now }, moved)
  }

  /** Another owner has begun although this one holds its lock, whose file was taken away: nothing is written any more. */
  function isOvertaken(tx: Writer): boolean {
    return getSetting(tx, 'epoch') !== deps.epoch()
  }

  function pullBack(): void {
    write(db, (tx) => {
      if (isOvertaken(tx)) return
      pullBackPacing(tx, clock.now())
      pullBackWaiting(tx, clock.now())
      pullBackTouches(tx, clock.now())
    })
  }

  const moveOneIn: Queue['moveOneIn'] = (tx, send, by) => moveIn(tx, { send, ...by, now: clock.now() })

  return { claim, start, mayLeave, move, moveAll, moveAllIn, moveOneIn, pullBack }
}

/** A touch is remembered before the provider is asked, and forgotten when the mail surely did not leave. */
function rememberTouch(tx: Writer, send: Send, fact: SendFact): void {
  if (fact.type === 'started') touchBySend(tx, send.id, fact.now)
  if (fact.type === 'refused' || fact.type === 'proved_unsent' || fact.type === 'settled_unsent') {
    untouchBySend(tx, send.id)
  }
}

/** It left without this database knowing: the pace and the cool-down count it all the same. */
function rememberFound(tx: Writer, sendId: number, at: number): void {
  paceFound(tx, sendId, at)
  touchBySend(tx, sendId, at)
}

function startOr(verdict: Verdict, { send, now }: { send: Send; now: number }): SendFact {
  switch (verdict.say) {
    case 'pass':
      return { type: 'started', now }
    case 'never':
      return { type: 'forbidden', now, because: verdict.because }
    case 'wait':
    case 'later':
    case 'hold':
      // Back in its lane, the next claim asks again and sets it aside where that is due.
      return { type: 'held', notBefore: send.notBefore }
  }
}

function startedExtras(verdict: Verdict, send: Send): Omit<MoveExtras, 'epoch'> {
  return verdict.say === 'pass' ? { attempts: send.attempts + 1 } : {}
}

/** A refusal that may be asked again is told as such. */
function eventKind(fact: SendFact): EventKind {
  return fact.type === 'refused' && fact.retryAt !== null ? 'send_retried' : EVENTS[fact.type]
}

/** Where a fact sends it back to wait: why until then, and whether the mail before it has still to go. */
function placeOf(tx: Writer, send: Send, fact: SendFact): Pick<MoveExtras, 'dueCode' | 'parked'> {
  if (fact.type === 'refused' && fact.retryAt !== null) return { dueCode: 'retry' }
  // It is released at once where nothing is to go before it.
  if (fact.type === 'queued_anew') return { dueCode: 'scheduled', ...(send.step > 0 && { parked: 'step_before' }) }
  return fact.type === 'revived' && hasUnsentBefore(tx, send) ? { parked: 'step_before' } : {}
}

/** Codes and numbers only. */
function eventData(fact: SendFact, to: SendState): Record<string, unknown> | null {
  switch (fact.type) {
    case 'proved_unsent':
      return to.status === 'failed' ? { hasFailed: true } : null
    case 'forbidden':
      return { because: fact.because }
    case 'refused':
      return { code: fact.failure.code, providerCode: fact.failure.providerCode, retryAt: fact.retryAt }
    case 'unanswered':
      return { code: fact.failure.code, providerCode: fact.failure.providerCode }
    case 'cancel_requested':
      return fact.because === undefined ? null : { because: fact.because }
    case 'settled_sent':
      return { wasSent: true }
    case 'settled_unsent':
      return { wasSent: false }
    default:
      return null
  }
}

/** A send as it stands in its lane. */
export function headOf(send: Send): LaneHead {
  return {
    sendId: send.id,
    campaignId: send.campaignId,
    isFollowUp: send.step > 0,
    zone: send.zone,
    priority: send.priority,
    notBefore: send.notBefore,
    dueCode: send.dueCode,
  }
}

/**
 * Back from the provider, but the rep has cancelled its campaign or dropped its step in the meantime: it is cancelled as well.
 * What the rep asks for anew is wanted. Null: it is.
 */
function unwantedFact(tx: Writer, send: Send, { fact, now }: { fact: SendFact; now: number }): SendFact | null {
  if (send.state.status !== 'pending' || isAskedAnew(fact)) return null
  if (getCampaignStatus(tx, send.campaignId) === 'cancelled') return { type: 'cancel_requested', now }
  if (send.step > 0 && findDelay(tx, send.campaignId, send.step) === null) {
    return { type: 'cancel_requested', now, because: 'step_dropped' }
  }
  const isOut = findEnrolment(tx, send.campaignId, send.leadId)?.status === 'removed'
  return isOut ? { type: 'cancel_requested', now, because: 'taken_out' } : null
}

function isAskedAnew({ type }: SendFact): boolean {
  return type === 'settled_unsent' || type === 'retry_requested' || type === 'revived' || type === 'queued_anew'
}

function announce(deps: QueueDeps, sends: readonly Send[]): void {
  if (sends.length === 0) return
  deps.moved()
  for (const send of sends) {
    deps.publish({
      type: 'sends.moved',
      sendId: send.id,
      campaignId: send.campaignId,
      leadId: send.leadId,
      status: send.state.status,
    })
  }
}

function known<T>(value: T | null): T {
  if (value === null) throw new Error('the queue names something that is not there')
  return value
}
