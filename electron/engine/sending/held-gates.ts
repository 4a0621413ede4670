/** Is a mail that its provider holds still to leave? */
import type { Db } from '#db/open'
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { Send } from '#db/queries/sends'
import { askGates, type Verdict } from '#shared/domain/gates'
import { isHandedOver } from '#shared/domain/send-transitions'
import { droppedFact, NO_HISTORY } from './move-effects.ts'
import { headOf } from './queue.ts'
import { type FactsDeps, gateFacts } from './queue-facts.ts'

/** `dropped`: its campaign was cancelled, or the person or the step taken out of it. */
export type HeldVerdict = Verdict | { readonly say: 'dropped' }

/** What every gate says as of its time; its pace was asked when it was handed over. */
export function askHeld(deps: FactsDeps & { readonly db: Db }, mailbox: MailboxRecord, send: Send): HeldVerdict {
  if (!isHandedOver(send.state)) return { say: 'pass' }
  if (droppedFact(deps.db, send, deps.clock.now()) !== null) return { say: 'dropped' }
  // That we cannot send now does not keep the provider from it.
  const status = mailbox.status === 'paused' ? 'paused' : 'ready'
  const facts = gateFacts(deps, deps.db, {
    head: headOf(send),
    mailbox: { ...mailbox, status, history: NO_HISTORY },
    now: send.state.leavesAt,
  })
  return askGates({ ...facts, companyTimes: () => [] })
}
