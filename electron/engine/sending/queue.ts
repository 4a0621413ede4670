/**
 * The queue's moves: each is one IMMEDIATE transaction that asks the rules with the facts of that instant, moves one send
 * and writes its event. Nothing here waits or reaches outside.
 */
import { type Writer, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { listLaneHeads } from '#db/queries/queue'
import { findSend, moveSend, type MoveExtras, pullBackPacing, type Send } from '#db/queries/sends'
import { getSetting } from '#db/queries/settings'
import { pullBackTouches } from '#db/queries/touches'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { pullBackWaiting } from '#db/queries/waiting-sends'
import { decide, type LaneHead } from '#shared/domain/decide'
import { askGates, askWords, type GateFacts, type Verdict } from '#shared/domain/gates'
import { nextSendState, type SendFact } from '#shared/domain/send-transitions'
import type { WaitCode } from '#shared/domain/taxonomy'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import { eventData, eventKind, NO_HISTORY, placeOf, rememberMove, unwantedFact } from './move-effects.ts'
import { gateFacts, mailboxFacts } from './queue-facts.ts'
import { goOn, setAside } from '../campaigns/sequence.ts'
import { takeNewText } from '../campaigns/step-texts.ts'

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
   * skipped or taken by somebody else. With `leavesAt` (epoch ms) its provider is to hold it until then: what somebody has said
   * must let it go now and every gate then, and it is `handed_over`.
   */
  start(send: Send, leavesAt: number | null): Send | null
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

  function start(send: Send, leavesAt: number | null): Send | null {
    const mailbox = known(deps.mailboxOf(send.mailboxId))
    const moved = write(db, (tx) => {
      const now = clock.now()
      const facts = mailboxFacts(tx, { mailbox, now })
      const ask = (at: number): GateFacts => gateFacts(deps, tx, { head: headOf(send), mailbox: facts, now: at })
      const said: Verdict = leavesAt === null ? { say: 'pass' } : askWords(ask(now))
      const verdict = said.say === 'pass' ? askGates(ask(leavesAt ?? now)) : said
      const fact = startOr(verdict, { send, now, leavesAt })
      return moveIn(tx, { send, fact, now, extras: startedExtras(verdict, send) })
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
    rememberMove(tx, { from: send, to: moved, fact })
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

function startOr(
  verdict: Verdict,
  { send, now, leavesAt }: { send: Send; now: number; leavesAt: number | null },
): SendFact {
  switch (verdict.say) {
    case 'pass':
      return leavesAt === null ? { type: 'started', now } : { type: 'handed_over', now, leavesAt }
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
