/**
 * The loop around the queue: one send in flight per mailbox, one wake-up armed at the earliest planned instant. There is
 * no polling: whatever changes the plan calls `wake`.
 */
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, type Send } from '#db/queries/sends'
import type { SendFact } from '#shared/domain/send-transitions'
import type { SendStage } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { Disarm } from '../../platform/clock.ts'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import { deliver } from './delivery.ts'
import type { Handovers } from './handovers.ts'
import type { Doubts, LookedAgain } from './doubts.ts'
import type { Inbox } from '../inbox/inbox.ts'
import { createInFlight, type Running } from './in-flight.ts'
import { type MailboxTrouble, troubleOf } from '../mailboxes/mailbox-trouble.ts'
import type { Providers } from '../mailboxes/providers.ts'
import type { Queue } from './queue.ts'
import { createWritable } from '../writable.ts'

export interface SenderDeps extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'disk'> {
  readonly queue: Queue
  readonly calendars: Calendars
  readonly providers: Providers
  readonly doubts: Doubts
  readonly handovers: Handovers
  readonly inbox: Inbox
  /** Ready or not, those that are not removed. */
  readonly mailboxes: () => readonly MailboxRecord[]
  /** A mailbox cannot be used for now: it rests, or asks for a sign-in. */
  readonly troubled: (mailboxId: number, trouble: MailboxTrouble, at?: 'reading' | 'sending') => void
  /** It works again: its row of failures is over. */
  readonly worked: (mailboxId: number) => void
  /** A mail was refused for good. */
  readonly refused: (send: Send) => void
  /** A mail is about to leave this mailbox. Throws where that cannot be noted: then it does not. */
  readonly leaving: (mailbox: MailboxRecord) => void
  /** Free space fell below the safety line, or rose above it. */
  readonly diskChanged: (isFull: boolean) => void
  /** Called at every wake-up: has the clock jumped, has the machine travelled? */
  readonly lookAtTime: () => void
}

export interface Sender {
  /** Looks at every mailbox now: something was queued, resumed, changed, or the clock moved. */
  wake(): void
  /** Reads a mailbox's incoming mail now, after what it is doing. Throws what the adapter heard. */
  readNow(mailbox: MailboxRecord): Promise<void>
  /** Looks for an uncertain mail now, after what its mailbox is doing. Throws what opening the mailbox says. */
  lookNow(mailbox: MailboxRecord, sendId: number): Promise<LookedAgain>
  /**
   * Hands the next first mails of a mailbox to its provider, until it holds `most`; answers how many more it holds now. Throws
   * `mailbox.kind_mismatch`, and what opening the mailbox says.
   */
  handOver(mailbox: MailboxRecord, most: number): Promise<number>
  /** Takes a mail back from its provider and cancels it; false: that is not to be seen, or too late. */
  takeBack(mailbox: MailboxRecord, sendId: number): Promise<boolean>
  /** Does something with a mailbox after what it is doing, and beside nothing of it. Throws `app.closing`, and what `work` throws. */
  alone<T>(mailboxId: number, work: (running: Running) => Promise<T>): Promise<T>
  /** Stops what has not reached a provider; the rest finishes. */
  interrupt(): void
  /** Claims nothing more, waits for what is in flight, forgets its timer. */
  close(): Promise<void>
  /** Resolves when nothing is in flight; for tools that simulate time. */
  idle(): Promise<void>
}

/** Belt and braces: the longest the sender sleeps, ms. */
const SAFETY_MS = 15 * 60_000
/** While the disk is full: how soon it is looked at again, ms. Nobody tells when there is room. */
const UNTIL_ROOM_MS = 60_000
/** How long the end of the app waits for a mail that is leaving, ms. */
const DRAIN_MS = 10_000

export function createSender(deps: SenderDeps): Sender {
  const writable = createWritable(deps)
  const inFlight = createInFlight({ log: deps.log, ended: () => wake() })
  let disarm: Disarm = () => {}
  let isClosed = false

  function wake(): void {
    if (isClosed) return
    disarm()
    writable.attempt(deps.lookAtTime)
    const hasRoom = writable.hasRoom()
    let earliest = deps.clock.now() + (hasRoom ? SAFETY_MS : UNTIL_ROOM_MS)
    if (hasRoom) {
      for (const mailbox of deps.mailboxes()) earliest = earlier(earliest, pump(mailbox)) ?? earliest
    }
    disarm = deps.clock.at(earliest, wake)
  }

  /**
   * Starts what the mailbox can do now; otherwise says when to look again (epoch ms, null: not before something happens).
   * Doubts come first, and what the provider should have sent by now; then what came back: what that says counts before
   * anything more is sent, and what is held and no longer wanted is taken back.
   */
  function pump(mailbox: MailboxRecord): number | null {
    if (inFlight.has(mailbox.id)) return null
    const isOpen = mailbox.status !== 'needs_sign_in'
    const lookAt = isOpen ? deps.doubts.nextLookAt(mailbox.id) : null
    if (isDue(lookAt)) return begin(mailbox, ({ abort }) => deps.doubts.settle(mailbox, abort.signal))
    const leftAt = isOpen ? deps.handovers.nextLookAt(mailbox.id) : null
    if (isDue(leftAt)) return begin(mailbox, ({ abort }) => settleHeld(mailbox, abort.signal))
    const readAt = isOpen ? deps.inbox.nextReadAt(mailbox) : null
    if (isDue(readAt)) return begin(mailbox, ({ abort }) => readFirst(mailbox, abort.signal))
    const backAt = isOpen ? deps.handovers.nextTakeBackAt(mailbox) : null
    if (isDue(backAt)) return begin(mailbox, ({ abort }) => deps.handovers.takeBackUnwanted(mailbox, abort.signal))
    const claim = writable.attempt(() => deps.queue.claim(mailbox.id)) ?? { got: 'nothing' }
    if (claim.got === 'send')
      return begin(mailbox, async (running) => {
        await carry(mailbox, { send: claim.send, leavesAt: null, running })
      })
    const elsewhere = earlier(earlier(lookAt, readAt), earlier(leftAt, backAt))
    return earlier(claim.got === 'wait' ? claim.until : null, elsewhere)
  }

  /** That it rests is written however long the disk takes for it: until then it would be read again at once, and for ever. */
  async function readFirst(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    const trouble = await deps.inbox.readOrTrouble(mailbox, signal)
    if (trouble !== null) await writable.persist(() => deps.troubled(mailbox.id, trouble, 'reading'))
  }

  async function settleHeld(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    if (await deps.handovers.settle(mailbox, signal)) deps.doubts.raise(mailbox.id)
  }

  function isDue(at: number | null): boolean {
    return at !== null && at <= deps.clock.now()
  }

  function begin(mailbox: MailboxRecord, work: (running: Running) => Promise<void>): null {
    inFlight.start(mailbox, work)
    return null
  }

  async function carry(mailbox: MailboxRecord, { send, leavesAt, running }: Carried): Promise<MailboxTrouble | null> {
    const { persist } = writable
    let trouble: MailboxTrouble | null
    try {
      const provider = await deps.providers.of(mailbox)
      const leaving = (): void => {
        deps.leaving(mailbox)
        running.isLeaving = true
      }
      const { signal } = running.abort
      trouble = await deliver({ ...deps, persist }, { send, mailbox, provider, leavesAt, signal, leaving })
    } catch (error) {
      deps.log.error('a delivery broke off', error, { sendId: send.id })
      await persist(() => putDown(send))
      trouble = troubleOf(error)
    }
    if (findSend(deps.db, send.id)?.state.status === 'uncertain') deps.doubts.raise(mailbox.id)
    if (trouble === null) deps.worked(mailbox.id)
    else deps.troubled(mailbox.id, trouble)
    return trouble
  }

  /** One after the other, until one does not get through. */
  const handOver = (mailbox: MailboxRecord, most: number) =>
    alone(mailbox.id, async (running) => {
      await deps.handovers.holdingOf(mailbox)
      let count = 0
      for (const { sendId, leavesAt } of deps.handovers.pick(mailbox.id, most)) {
        if (isClosed || running.abort.signal.aborted || !writable.hasRoom()) break
        const send = writable.attempt(() => deps.handovers.claim(sendId)) ?? null
        if (send === null) continue
        running.isLeaving = false
        const trouble = await carry(mailbox, { send, leavesAt, running })
        if (deps.handovers.isHeld(sendId)) count += 1
        if (trouble !== null) break
      }
      return count
    })

  /** Leaves nothing in flight: what was not asked for goes back, what was asked for is in doubt. */
  function putDown(claimed: Send): void {
    const send = findSend(deps.db, claimed.id)
    if (send?.state.status !== 'processing') return
    const fact = fallFrom(send.state.stage, send.notBefore)
    if (fact !== null) deps.queue.move(send, fact)
  }

  const readNow = (mailbox: MailboxRecord) => alone(mailbox.id, ({ abort }) => deps.inbox.read(mailbox, abort.signal))

  const lookNow = (mailbox: MailboxRecord, sendId: number) =>
    alone(mailbox.id, ({ abort }) => deps.doubts.lookAgain(mailbox, sendId, abort.signal))

  const takeBack = (mailbox: MailboxRecord, sendId: number) =>
    alone(mailbox.id, ({ abort }) => deps.handovers.cancel(mailbox, sendId, abort.signal))

  async function alone<T>(mailboxId: number, work: (running: Running) => Promise<T>): Promise<T> {
    // Asked again right before the start: of two that wait, one comes first.
    while (inFlight.has(mailboxId)) await inFlight.until(mailboxId)
    if (isClosed) throw new AppError('app.closing', 'nothing is begun any more')
    const heard = Promise.withResolvers<T>()
    inFlight.start({ id: mailboxId }, (running) => work(running).then(heard.resolve, heard.reject))
    return heard.promise
  }

  /** What is leaving may finish; after the drain its outcome is looked up at the next start. */
  async function close(): Promise<void> {
    isClosed = true
    disarm()
    inFlight.interrupt()
    const drained = new AbortController()
    const limit = deps.clock.sleep(DRAIN_MS, drained.signal).catch(() => {})
    await Promise.race([inFlight.idle(), limit])
    drained.abort()
    writable.close()
    inFlight.abort()
    await inFlight.idle()
  }

  return {
    wake,
    readNow,
    lookNow,
    handOver,
    takeBack,
    alone,
    interrupt: () => inFlight.interrupt(),
    close,
    idle: () => inFlight.idle(),
  }
}

/** One mail on its way, at once or to be held until `leavesAt` (epoch ms). */
interface Carried {
  readonly send: Send
  readonly leavesAt: number | null
  readonly running: Running
}

/** Null waits for nothing. */
function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

/** What becomes of a send that was left at this stage by a crash; null: the provider may hold it, and its time tells. */
export function fallFrom(stage: SendStage, notBefore: number): SendFact | null {
  if (stage === 'handed_over') return null
  if (stage !== 'sending') return { type: 'held', notBefore }
  return { type: 'unanswered', failure: { code: 'mail.unanswered', providerCode: null } }
}
