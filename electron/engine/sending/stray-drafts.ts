/** Drafts of ours that no send waits for: left behind by a crash, a lost answer or a cancellation. */
import { isEndedTestMail } from '#db/queries/readiness'
import { findSend, findSendIdByKey, type Send } from '#db/queries/sends'
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { MailProvider } from '../../mailbox/mail-provider.ts'
import type { EngineContext } from '../context.ts'
import type { Queue } from './queue.ts'

/**
 * What the provider holds of a send that waits here: this database is older than its handing over (a restored backup). It leaves
 * there, and not here as well. Throws what the adapter heard.
 */
export async function findHeld(
  deps: Pick<EngineContext, 'db' | 'clock'> & { readonly queue: Queue },
  { mailbox, provider, signal }: { mailbox: MailboxRecord; provider: MailProvider; signal: AbortSignal },
): Promise<void> {
  for (const { key, draftId, leavesAt } of (await provider.holding?.listHeld(signal)) ?? []) {
    const sendId = findSendIdByKey(deps.db, key)
    const send = sendId === null ? null : findSend(deps.db, sendId)
    if (send?.mailboxId !== mailbox.id || send.state.status !== 'pending') continue
    deps.queue.move(send, { type: 'found_held', now: deps.clock.now(), leavesAt, draftId })
  }
}

/** Throws away what is certainly not needed; drafts of other installs, and those in doubt, stay. Throws what the adapter heard. */
export async function sweepDrafts(
  deps: Pick<EngineContext, 'db' | 'clock'>,
  { mailbox, provider, signal }: { mailbox: MailboxRecord; provider: MailProvider; signal: AbortSignal },
): Promise<void> {
  let swept = 0
  for (const { key, draftId } of await provider.strayDrafts(signal)) {
    const sendId = findSendIdByKey(deps.db, key)
    const send = sendId === null ? null : findSend(deps.db, sendId)
    const isWaste = send === null ? isEndedTestMail(deps.db, mailbox.id, key) : !isNeeded(send)
    if (!isWaste || (send !== null && send.mailboxId !== mailbox.id)) continue
    await provider.deleteDraft(draftId, signal)
    swept += 1
  }
  if (swept === 0) return
  write(deps.db, (tx) =>
    insertEvent(tx, { at: deps.clock.now(), kind: 'drafts_swept', mailboxId: mailbox.id, data: { drafts: swept } }),
  )
}

/** A send that waits with a draft, is on its way or in doubt may still need what is there. */
function isNeeded({ state }: Send): boolean {
  switch (state.status) {
    case 'processing':
    case 'uncertain':
      return true
    case 'pending':
      return state.draftId !== null
    default:
      return false
  }
}
