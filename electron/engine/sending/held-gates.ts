/** Is a mail that its provider holds still to leave? */
import type { Db } from '#db/open'
import { owesText } from '#db/queries/campaign-sends'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { getHistoryBefore } from '#db/queries/queue'
import type { Send } from '#db/queries/sends'
import { askCounts, askGates, type Verdict } from '#shared/domain/gates'
import { isHandedOver } from '#shared/domain/send-transitions'
import { droppedFact, NO_HISTORY } from './move-effects.ts'
import { headOf } from './queue.ts'
import { type FactsDeps, gateFacts } from './queue-facts.ts'

/**
 * `dropped`: its campaign was cancelled, or the person or the step taken out of it. `rewritten`: its step has another text
 * than the one that the provider holds.
 */
export type HeldVerdict = Verdict | { readonly say: 'dropped' } | { readonly say: 'rewritten' }

/**
 * Its pace was asked when it was handed over, and what is before it leaves a few seconds late: only what a change of the limits,
 * or other mail, has put further off than this counts, ms.
 */
const SLACK_MS = 30_000

/** What every gate says as of its time; whatever else is held until then counts before it. */
export function askHeld(deps: FactsDeps & { readonly db: Db }, mailbox: MailboxRecord, send: Send): HeldVerdict {
  if (!isHandedOver(send.state)) return { say: 'pass' }
  if (droppedFact(deps.db, send, deps.clock.now()) !== null) return { say: 'dropped' }
  if (owesText(deps.db, send.id)) return { say: 'rewritten' }
  // That we cannot send now does not keep the provider from it.
  const status = mailbox.status === 'paused' ? 'paused' : 'ready'
  const { leavesAt } = send.state
  const facts = gateFacts(deps, deps.db, {
    head: headOf(send),
    mailbox: { ...mailbox, status, history: NO_HISTORY },
    now: leavesAt,
  })
  const verdict = askGates({ ...facts, companyTimes: () => [] })
  if (verdict.say !== 'pass') return verdict
  const history = getHistoryBefore(deps.db, { mailboxId: mailbox.id, sendId: send.id, at: leavesAt })
  return askCounts({
    ...facts,
    now: leavesAt + SLACK_MS,
    mailbox: { ...facts.mailbox, history },
    companyTimes: () => facts.companyTimes().filter((at) => at < leavesAt),
  })
}
