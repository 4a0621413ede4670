/**
 * The loop around the queue: one send in flight per mailbox, one wake-up armed at the earliest planned instant. There is
 * no polling: whatever changes the plan calls `wake`.
 */
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, type Send } from '#db/queries/sends'
import type { SendFact } from '#shared/domain/send-transitions'
import type { SendStage } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { Disarm } from '../platform/clock.ts'
import type { EngineContext } from './context.ts'
import { deliver, type MailboxTrouble } from './delivery.ts'
import type { Doubts } from './doubts.ts'
import type { Providers } from './providers.ts'
import type { Queue } from './queue.ts'

export interface SenderDeps extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'disk'> {
  readonly queue: Queue
  readonly providers: Providers
  readonly doubts: Doubts
  /** Ready or not, those that are not removed. */
  readonly mailboxes: () => readonly MailboxRecord[]
  /** A mailbox cannot be used for now: it rests, or asks for a sign-in. */
  readonly troubled: (mailboxId: number, trouble: Exclude<MailboxTrouble, 'none'>) => void
  /** It works again: its row of failures is over. */
  readonly worked: (mailboxId: number) => void
  /** Free space fell below the safety line, or rose above it. */
  readonly diskChanged: (isFull: boolean) => void
  /** Called at every wake-up: has the clock jumped, has the machine travelled? */
  readonly lookAtTime: () => void
}

export interface Sender {
  /** Looks at every mailbox now: something was queued, resumed, changed, or the clock moved. */
  wake(): void
  /** Stops what has not reached a provider; the rest finishes. */
  interrupt(): void
  /** Claims nothing more, waits for what is in flight, forgets its timer. */
  close(): Promise<void>
  /** Resolves when nothing is in flight; for tools that simulate time. */
  idle(): Promise<void>
}

/** Belt and braces: the longest the sender sleeps, ms. */
const SAFETY_MS = 15 * 60_000
/** Below this much free space nothing is claimed: what has been sent must still be recorded. */
const LEAST_FREE_BYTES = 50 * 1024 * 1024
/** How long the end of the app waits for a mail that is leaving, ms. */
const DRAIN_MS = 10_000
/** How long to wait before a record that the disk refused is tried again, ms. */
const PERSIST_PAUSE_MS = 5_000

export function createSender(deps: SenderDeps): Sender {
  const inFlight = new Map<number, Running>()
  const closing = new AbortController()
  let disarm: Disarm = () => {}
  let isClosed = false
  let isDiskFull = false

  function wake(): void {
    if (isClosed) return
    disarm()
    ifWritable(deps.lookAtTime)
    let earliest = deps.clock.now() + SAFETY_MS
    if (hasRoom()) {
      for (const mailbox of deps.mailboxes()) {
        const until = pump(mailbox)
        if (until !== null && until < earliest) earliest = until
      }
    }
    disarm = deps.clock.at(earliest, wake)
  }

  /** Starts what the mailbox can do now; otherwise says when to look again (epoch ms, null: not before something happens). */
  function pump(mailbox: MailboxRecord): number | null {
    if (inFlight.has(mailbox.id)) return null
    const lookAt = mailbox.status === 'needs_sign_in' ? null : deps.doubts.nextLookAt(mailbox.id)
    if (lookAt !== null && lookAt <= deps.clock.now()) {
      return track(mailbox, (running) => deps.doubts.settle(mailbox, running.abort.signal))
    }
    const claim = ifWritable(() => deps.queue.claim(mailbox.id)) ?? { got: 'nothing' }
    if (claim.got === 'send') return track(mailbox, (running) => carry(mailbox, claim.send, running))
    const until = claim.got === 'wait' ? claim.until : null
    return lookAt === null || until === null ? (until ?? lookAt) : Math.min(until, lookAt)
  }

  /** Null where nothing can be written now: it is tried again at the next wake-up. */
  function ifWritable<T>(work: () => T): T | null {
    try {
      return work()
    } catch (error) {
      noteUnwritable(error)
      return null
    }
  }

  /** A full disk has room again some day, and who locks the file lets go; anything else is thrown on. */
  function noteUnwritable(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal'
    if (code !== 'disk.full' && code !== 'db.locked') throw error
    deps.log.error('nothing can be written now', error)
    if (code === 'disk.full') setDiskFull(true)
  }

  async function carry(mailbox: MailboxRecord, send: Send, running: Running): Promise<void> {
    let trouble: MailboxTrouble
    try {
      const provider = await deps.providers.of(mailbox)
      const leaving = (): void => {
        running.isLeaving = true
      }
      trouble = await deliver({ ...deps, persist }, { send, mailbox, provider, signal: running.abort.signal, leaving })
    } catch (error) {
      deps.log.error('a delivery broke off', error, { sendId: send.id })
      await persist(() => putDown(send))
      trouble = troubleOf(error)
    }
    if (findSend(deps.db, send.id)?.state.status === 'uncertain') deps.doubts.raise(mailbox.id)
    if (trouble === 'none') deps.worked(mailbox.id)
    else deps.troubled(mailbox.id, trouble)
  }

  /** Leaves nothing in flight: what was not asked for goes back, what was asked for is in doubt. */
  function putDown(claimed: Send): void {
    const send = findSend(deps.db, claimed.id)
    if (send?.state.status !== 'processing') return
    deps.queue.move(send, fallFrom(send.state.stage, send.notBefore))
  }

  function track(mailbox: MailboxRecord, work: (running: Running) => Promise<void>): null {
    const running: Running = { abort: new AbortController(), isLeaving: false, done: Promise.resolve() }
    inFlight.set(mailbox.id, running)
    running.done = work(running)
      .catch((error: unknown) => deps.log.error('a delivery ended unexpectedly', error, { mailboxId: mailbox.id }))
      .finally(() => {
        inFlight.delete(mailbox.id)
        wake()
      })
    return null
  }

  function interrupt(): void {
    for (const running of inFlight.values()) if (!running.isLeaving) running.abort.abort()
  }

  /** What a provider has answered is recorded sooner or later: a full disk only delays it. After a kill it is looked up. */
  async function persist<T>(record: () => T): Promise<T> {
    for (;;) {
      try {
        return record()
      } catch (error) {
        noteUnwritable(error)
        await deps.clock.sleep(PERSIST_PAUSE_MS, closing.signal)
      }
    }
  }

  function hasRoom(): boolean {
    const isFull = deps.disk.freeBytes() < LEAST_FREE_BYTES
    setDiskFull(isFull)
    return !isFull
  }

  function setDiskFull(isFull: boolean): void {
    if (isFull === isDiskFull) return
    isDiskFull = isFull
    deps.diskChanged(isFull)
  }

  async function idle(): Promise<void> {
    while (inFlight.size > 0) await Promise.all([...inFlight.values()].map((running) => running.done))
  }

  /** What is leaving may finish; after the drain its outcome is looked up at the next start. */
  async function close(): Promise<void> {
    isClosed = true
    disarm()
    interrupt()
    const drained = new AbortController()
    const limit = deps.clock.sleep(DRAIN_MS, drained.signal).catch(() => {})
    await Promise.race([idle(), limit])
    drained.abort()
    closing.abort()
    for (const running of inFlight.values()) running.abort.abort()
    await idle()
  }

  return { wake, interrupt, close, idle }
}

/** What broke a delivery off tells of the mailbox; a disk that takes nothing is not its fault. */
function troubleOf(error: unknown): MailboxTrouble {
  const code = error instanceof AppError ? error.code : 'internal'
  if (code === 'mail.signed_out') return 'signed_out'
  return code === 'disk.full' || code === 'db.locked' ? 'none' : 'unreachable'
}

/** One mailbox at work. */
interface Running {
  readonly abort: AbortController
  isLeaving: boolean
  done: Promise<void>
}

/** What becomes of a send that was left at this stage by a crash. */
export function fallFrom(stage: SendStage, notBefore: number): SendFact {
  if (stage !== 'sending') return { type: 'held', notBefore }
  return { type: 'unanswered', failure: { code: 'mail.unanswered', providerCode: null } }
}
