/**
 * Sends whose outcome is not known are settled by looking. What a look cannot prove stays `uncertain` for the rep; a look
 * that fails proves nothing.
 */
import type { Db } from '#db/open'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { listUncertain, type Send } from '#db/queries/sends'
import type { DraftFate, MailProvider } from '../mailbox/mail-provider.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Providers } from './providers.ts'
import type { Queue } from './queue.ts'

export interface Doubts {
  /** When this mailbox's uncertain sends are worth a look, epoch ms; null: not before something happens. */
  nextLookAt(mailboxId: number): number | null
  /** Looks up every uncertain send of the mailbox once. */
  settle(mailbox: MailboxRecord, signal: AbortSignal): Promise<void>
  /** Something new is uncertain: look again. */
  raise(mailboxId: number): void
}

export interface DoubtsDeps {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly queue: Queue
  readonly providers: Providers
}

/** A look that failed is repeated after this long, ms. */
const LOOK_AGAIN_MS = 60_000

export function createDoubts(deps: DoubtsDeps): Doubts {
  /** Epoch ms or null, by mailbox; a mailbox not in it has not been looked at since the start. */
  const nextLook = new Map<number, number | null>()

  async function settle(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    nextLook.set(mailbox.id, null)
    const sends = listUncertain(deps.db, mailbox.id)
    if (sends.length === 0) return
    try {
      const provider = await deps.providers.of(mailbox)
      if (!provider.canProve) return
      for (const send of sends) await look(send, { provider, signal })
    } catch (error) {
      deps.log.error('a mailbox could not be looked at', error, { mailboxId: mailbox.id })
      nextLook.set(mailbox.id, deps.clock.now() + LOOK_AGAIN_MS)
    }
  }

  async function look(
    send: Send,
    { provider, signal }: { provider: MailProvider; signal: AbortSignal },
  ): Promise<void> {
    const draftId = send.state.status === 'uncertain' ? send.state.draftId : null
    let fate: DraftFate
    try {
      fate = await provider.findDraft(send.key, draftId, signal)
    } catch (error) {
      deps.log.error('a look-up failed; the send stays uncertain', error, { sendId: send.id })
      nextLook.set(send.mailboxId, deps.clock.now() + LOOK_AGAIN_MS)
      return
    }
    const now = deps.clock.now()
    switch (fate.fate) {
      case 'sent':
        deps.queue.move(send, { type: 'proved_sent', now, providerMessageId: fate.providerMessageId })
        return
      case 'draft':
        deps.queue.move(send, { type: 'proved_unsent', now, draftId: fate.draftId }, { attempts: send.attempts - 1 })
        return
      case 'absent':
        deps.queue.move(send, { type: 'proved_unsent', now, draftId: null }, { attempts: send.attempts - 1 })
        return
      case 'unknown':
    }
  }

  /** A look that is further away than any tells that the clock was set back. */
  function nextLookAt(mailboxId: number): number | null {
    const at = nextLook.get(mailboxId)
    if (at === undefined) return 0
    return at !== null && at > deps.clock.now() + LOOK_AGAIN_MS ? 0 : at
  }

  return {
    nextLookAt,
    settle,
    raise: (mailboxId) => nextLook.set(mailboxId, deps.clock.now()),
  }
}
