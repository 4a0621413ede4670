/** Mail of which nobody knows whether it left: an answer that names it proves that it did. */
import type { Db, Writer } from '#db/open'
import { listDoubted, tracesOf } from '#db/queries/incoming-traces'
import { findSend } from '#db/queries/sends'
import type { MatchHow, SentCandidate } from '#shared/domain/incoming/incoming-mail'
import type { MailTraces } from '../../mailbox/mail-provider.ts'
import type { Queue } from '../sending/queue.ts'
import type { ReadingOf } from './reading.ts'

export interface DoubtedMail extends SentCandidate {
  readonly toIdentity: string
  readonly traces: MailTraces
}

/** What came back about a mail in doubt. */
export interface AnswerProof {
  readonly doubted: DoubtedMail
  readonly how: MatchHow
  /** Epoch ms. */
  readonly receivedAt: number
}

/** What something may come back for although it is not known as sent, with what that would name. */
export function doubtedMail({ db }: { readonly db: Db }, { mailbox, reader }: ReadingOf): DoubtedMail[] {
  const { isOurThread } = tracesOf(db, mailbox.id)
  return listDoubted(db, mailbox.id).map(({ draftId, askedAt, ...send }) => {
    const traces = reader.tracesOf(send.key, draftId)
    // Somebody who answers in a thread that was there before may answer the mail before.
    const hasBegun = traces.threadId !== null && !isOurThread(traces.threadId)
    const threadId = hasBegun ? traces.threadId : null
    return { ...send, traces, messageId: traces.messageId, threadId, sentAt: askedAt, isInDoubt: true }
  })
}

/** Settles it as sent, unless it has been settled since, or is another mail by now: the rep had it sent anew. */
export function settleAnswered(
  tx: Writer,
  { doubted, how, receivedAt }: AnswerProof,
  { now, moveOneIn }: { readonly now: number; readonly moveOneIn: Queue['moveOneIn'] },
): boolean {
  const send = findSend(tx, doubted.sendId)
  if (send === null || send.key !== doubted.key) return false
  const { providerMessageId, ...sentAs } = doubted.traces
  const leftAt = Math.min(send.startedAt ?? receivedAt, receivedAt, now)
  const fact = { type: 'proved_sent', now: leftAt, providerMessageId, answered: how } as const
  return moveOneIn(tx, send, { fact, extras: { sentAs } }) !== null
}
