/** What left a mailbox, whoever sent it: mail of ours that this database does not know of, and the rep's own. */
import { insertOutsideMail, isOurs, setSeenAs, touchByHand } from '#db/queries/incoming'
import { isCountedTestMail } from '#db/queries/readiness'
import { findSend, findSendIdByKey, type Send } from '#db/queries/sends'
import { write } from '#db/open'
import { identityOfText } from '#shared/domain/incoming/incoming-mail'
import { isHandedOver } from '#shared/domain/send-transitions'
import type { SentRecord } from '../../mailbox/mail-provider.ts'
import type { EngineContext } from '../context.ts'
import { ownIdentitiesOf } from './own-addresses.ts'
import type { Queue } from '../sending/queue.ts'
import type { ReadingOf } from './reading.ts'
import { readSentDown } from './sent-spans.ts'

export interface SentMailDeps extends Pick<EngineContext, 'db' | 'clock' | 'log'> {
  readonly queue: Queue
}

/** Enough for what leaves between two looks. After a restored backup there may be more: then it is read stretch by stretch. */
const MOST = 500

/**
 * Looks through everything that left since `since` (epoch ms). A mail with the key of a send that is not known as sent
 * proves it: after a restored backup nothing is sent twice. The rest counts against the caps, also a draft of ours that the rep
 * sent by hand after taking its send back here. Throws before all of it was read, whatever the reason. True when anything was new.
 */
export async function readSentMail(deps: SentMailDeps, of: ReadingOf, since: number): Promise<boolean> {
  const newest = await of.reader.sentSince(since, MOST, of.signal)
  let isNew = takeAll(deps, of, newest)
  if (newest.length < MOST) return isNew
  // The provider's clock may be ahead of ours.
  const before = Math.max(deps.clock.now(), ...newest.map(({ sentAt }) => sentAt)) + 1
  for await (const { records } of readSentDown(of.reader, { since, before }, of.signal)) {
    isNew = takeAll(deps, of, records) || isNew
  }
  return isNew
}

function takeAll(deps: SentMailDeps, of: ReadingOf, records: readonly SentRecord[]): boolean {
  let isNew = false
  for (const record of records) isNew = take(deps, of, record) || isNew
  return isNew
}

function take(deps: SentMailDeps, of: ReadingOf, record: SentRecord): boolean {
  const sendId = record.key === null ? null : findSendIdByKey(deps.db, record.key)
  const send = sendId === null ? null : findSend(deps.db, sendId)
  switch (send?.state.status) {
    case 'pending':
    case 'uncertain':
    case 'failed':
      return proveSent(deps, record, send)
    case 'processing':
      return isHandedOver(send.state) && proveSent(deps, record, send)
    case 'sent':
      learn(deps, record, send)
      return false
    default:
      return !isKnown(deps, of, record) && count(deps, of, record)
  }
}

/** It is sent on the rep's word, or an answer's: only now its ids are seen, which a follow-up needs. */
function learn({ db }: SentMailDeps, { providerMessageId, threadId }: SentRecord, { id, state }: Send): void {
  if (state.status !== 'sent' || state.providerMessageId !== null) return
  write(db, (tx) => setSeenAs(tx, id, { providerMessageId, threadId }))
}

/** A send of ours, or a mail to oneself that was counted when it was asked for. */
function isKnown({ db }: SentMailDeps, { mailbox }: ReadingOf, { key, providerMessageId }: SentRecord): boolean {
  return isOurs(db, mailbox.id, providerMessageId) || (key !== null && isCountedTestMail(db, mailbox.id, key))
}

function proveSent(deps: SentMailDeps, record: SentRecord, send: Send): boolean {
  const { providerMessageId, threadId, sentAt } = record
  deps.log.info('a mail that this database did not know as sent was found in the mailbox', { sendId: send.id })
  const fact = { type: 'proved_sent', now: Math.min(sentAt, deps.clock.now()), providerMessageId } as const
  return deps.queue.move(send, fact, { sentAs: { threadId, messageId: null } }) !== null
}

function count(deps: SentMailDeps, { mailbox }: ReadingOf, { providerMessageId, sentAt, to }: SentRecord): boolean {
  return write(deps.db, (tx) => {
    const isNew = insertOutsideMail(tx, { mailboxId: mailbox.id, providerMessageId, sentAt })
    const own = ownIdentitiesOf(mailbox)
    const people = to.map((address) => identityOfText(address) ?? address).filter((identity) => !own.has(identity))
    for (const identity of isNew ? people : []) touchByHand(tx, identity, sentAt)
    return isNew
  })
}
