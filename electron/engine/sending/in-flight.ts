import type { MailboxRecord } from '#db/queries/mailboxes'
import type { Log } from '../../platform/log.ts'

/** One mailbox at work. */
export interface Running {
  readonly abort: AbortController
  /** Its mail begins to leave: an abort would only make the outcome unknown. */
  isLeaving: boolean
  done: Promise<void>
}

/** What is going on right now, at most one thing per mailbox. */
export interface InFlight {
  has(mailboxId: number): boolean
  /** Starts work on a mailbox that has none. */
  start(mailbox: Pick<MailboxRecord, 'id'>, work: (running: Running) => Promise<void>): void
  /** Resolves when this mailbox has nothing to do, at once where it has not. */
  until(mailboxId: number): Promise<void>
  /** Stops what has not reached a provider; the rest finishes. */
  interrupt(): void
  /** Stops all of it. */
  abort(): void
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>
}

export function createInFlight(deps: { readonly log: Log; readonly ended: () => void }): InFlight {
  const all = new Map<number, Running>()

  function start(mailbox: Pick<MailboxRecord, 'id'>, work: (running: Running) => Promise<void>): void {
    const running: Running = { abort: new AbortController(), isLeaving: false, done: Promise.resolve() }
    all.set(mailbox.id, running)
    running.done = work(running)
      .catch((error: unknown) => deps.log.error('a delivery ended unexpectedly', error, { mailboxId: mailbox.id }))
      .finally(() => {
        all.delete(mailbox.id)
        deps.ended()
      })
  }

  return {
    has: (mailboxId) => all.has(mailboxId),
    start,
    async until(mailboxId) {
      while (all.has(mailboxId)) await all.get(mailboxId)?.done
    },
    interrupt() {
      for (const running of all.values()) if (!running.isLeaving) running.abort.abort()
    },
    abort() {
      for (const running of all.values()) running.abort.abort()
    },
    async idle() {
      while (all.size > 0) await Promise.all([...all.values()].map((running) => running.done))
    },
  }
}
