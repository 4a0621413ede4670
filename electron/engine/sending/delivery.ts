/**
 * One mail from claimed to an outcome. The provider is asked to send once; whatever it answers is recorded before anything
 * else happens, and only a clear refusal means "not sent".
 */
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { readFilesOfSend } from '#db/queries/attachments'
import { isAnswer } from '#db/queries/campaigns'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, type Send } from '#db/queries/sends'
import { listThread } from '#db/queries/threads'
import { AppError } from '#shared/errors'
import { threadSubject } from '#shared/domain/answer-subject'
import { MOST_ATTEMPTS, nextAttemptAt } from '#shared/domain/retry'
import type { Failure, SendFact } from '#shared/domain/send-transitions'
import type { AcceptedMail, Followed, MailProvider, OutgoingMail } from '../../mailbox/mail-provider.ts'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import { dispatchPlace } from './dispatch-place.ts'
import { leavingMail } from './leaving-mail.ts'
import { type MailboxTrouble, troubleOf } from '../mailboxes/mailbox-trouble.ts'
import type { Queue } from './queue.ts'

export interface DeliveryDeps extends Pick<EngineContext, 'db' | 'clock' | 'log'> {
  readonly queue: Queue
  readonly calendars: Calendars
  /** Writes what happened, again and again until the disk takes it; `record` may run more than once. */
  readonly persist: <T>(record: () => T) => Promise<T>
  /** Called for a mail that was refused for good. */
  readonly refused: (send: Send) => void
}

interface Delivery {
  readonly send: Send
  /** The draft of an earlier attempt; null: there is none. */
  readonly knownDraftId: string | null
  readonly mailbox: MailboxRecord
  readonly provider: MailProvider
  /** When the provider is to send it by itself, epoch ms; null: at once. */
  readonly leavesAt: number | null
  /** Aborts what has not reached the provider yet. */
  readonly signal: AbortSignal
  /** Called when the mail begins to leave: from here on an abort would only make its outcome unknown. */
  readonly leaving: () => void
}

/** Answers what it tells of the mailbox; null: nothing. */
export async function deliver(
  deps: DeliveryDeps,
  claimed: Omit<Delivery, 'knownDraftId'>,
): Promise<MailboxTrouble | null> {
  const delivery: Delivery = { ...claimed, knownDraftId: draftOf(claimed.send) }
  const { provider, signal } = delivery
  const mail = toMail(deps, delivery)
  let draftId: string
  try {
    draftId = delivery.knownDraftId ?? (await provider.createDraft(mail, signal)).draftId
  } catch (error) {
    return afterFailure(deps, { ...delivery, error, phase: 'drafting' })
  }
  const drafted = deps.queue.move(delivery.send, { type: 'drafted', draftId })
  const started = drafted && deps.queue.start(drafted, delivery.leavesAt)
  if (started) return ask(deps, { ...delivery, send: started, mail, draftId })
  await discardDraft(deps, { ...delivery, draftId })
  return null
}

/**
 * The draft of an earlier attempt. It is used again: a second one beside it could be sent while a doubt about the first is
 * still open (DESIGN §4). The adapter brings its text up to date.
 */
function draftOf({ state }: Send): string | null {
  return 'draftId' in state ? state.draftId : null
}

async function ask(
  deps: DeliveryDeps,
  delivery: Delivery & { mail: OutgoingMail; draftId: string },
): Promise<MailboxTrouble | null> {
  const { send } = delivery
  let phase: Phase = 'asking'
  const mayLeave = (): boolean => {
    const may = deps.queue.mayLeave(send)
    // Where that cannot be noted it does not leave.
    if (may) delivery.leaving()
    phase = may ? 'leaving' : 'stopped'
    return may
  }
  let answer: Answer
  try {
    answer = await askProvider(delivery, mayLeave)
  } catch (error) {
    return afterFailure(deps, { ...delivery, error, phase })
  }
  if (answer.accepted === null) return answer.restMs === null ? null : { type: 'unreachable', restMs: answer.restMs }
  const { providerMessageId, restMs, ...sentAs } = answer.accepted
  const record = () => deps.queue.move(send, { type: 'accepted', now: deps.clock.now(), providerMessageId }, { sentAs })
  await deps.persist(record)
  if (beganThread(deps, delivery, sentAs.threadId)) await deps.persist(() => tellNewThread(deps, delivery))
  return restMs === undefined || restMs === null ? null : { type: 'unreachable', restMs }
}

/** `accepted` null: the provider holds it. */
interface Answer {
  readonly accepted: AcceptedMail | null
  readonly restMs: number | null
}

async function askProvider(
  { provider, leavesAt, signal, mail, draftId }: Delivery & { mail: OutgoingMail; draftId: string },
  mayLeave: () => boolean,
): Promise<Answer> {
  if (leavesAt === null) return { accepted: await provider.sendDraft(draftId, mail, mayLeave, signal), restMs: null }
  if (provider.holding === null) throw new Error('this provider holds no mail')
  const when = { leavesAt, beforeFirstByte: mayLeave }
  const { left, restMs } = await provider.holding.handOver(draftId, mail, when, signal)
  return { accepted: left, restMs }
}

/** Was it to answer the mail before, and could not: that one's thread is gone, or nobody knows it? */
function beganThread(
  { db }: DeliveryDeps,
  { send, mail }: Delivery & { mail: OutgoingMail },
  threadId: string | null,
): boolean {
  if (!isAnswer(db, send.campaignId, send.step)) return false
  if (mail.follows === null) return true
  return mail.follows.threadId !== null && threadId !== null && mail.follows.threadId !== threadId
}

function tellNewThread({ db, clock }: DeliveryDeps, { send, mailbox, mail }: Delivery & { mail: OutgoingMail }): void {
  const { id, leadId, campaignId, mailboxId } = send
  // Gmail says under which Message-ID a mail left only to who may read it.
  const isUnread = !mailbox.mayRead && mail.follows === null && listThread(db, send).length > 0
  const of = { sendId: id, leadId, campaignId, mailboxId, data: { why: isUnread ? 'unread' : 'gone' } }
  write(db, (tx) => insertEvent(tx, { at: clock.now(), kind: 'send_new_thread', ...of }))
}

/**
 * How far a delivery came. Before `leaving` nothing of the mail has been handed over, so nothing was sent; in `leaving`
 * only the provider's clear refusal means that.
 */
type Phase = 'drafting' | 'asking' | 'stopped' | 'leaving'

interface Failed extends Delivery {
  readonly error: unknown
  readonly phase: Phase
}

async function afterFailure(deps: DeliveryDeps, failed: Failed): Promise<MailboxTrouble | null> {
  const { error, send } = failed
  if (!failed.signal.aborted) logFailure(deps, error, send.id)
  const { fact, attempts, trouble } = judge(deps, failed)
  // Perhaps it is held: its time tells.
  if (failed.leavesAt !== null && fact.type === 'unanswered') return trouble
  const moved = await deps.persist(() => deps.queue.move(send, fact, attempts === undefined ? {} : { attempts }))
  if (moved?.state.status === 'failed' && isForGood(error)) await deps.persist(() => deps.refused(moved))
  return trouble
}

/** What a provider says is no fault of ours, but its number of the request is what its support asks for (providers.md §4.2). */
function logFailure({ log }: DeliveryDeps, error: unknown, sendId: number): void {
  if (!(error instanceof AppError)) return log.error('delivery failed', error, { sendId })
  log.warn('a delivery did not work', { sendId, code: error.code, said: error.message })
}

interface Judgement {
  readonly fact: SendFact
  /** Set back where the attempt did not count. */
  readonly attempts?: number
  readonly trouble: MailboxTrouble | null
}

/**
 * A draft of an earlier attempt may have been sent by hand since: whatever ends its send for good leaves a doubt first, and
 * only a look that finds it unsent lets the send fail.
 */
function judge(deps: DeliveryDeps, failed: Failed): Judgement {
  const judgement = judgeAnswer(deps, failed)
  const { fact, trouble } = judgement
  const mayBeOut = failed.provider.hasVisibleDrafts && failed.knownDraftId !== null
  const isOver = fact.type === 'refused' && fact.retryAt === null
  if (!isOver || !mayBeOut || detail(failed.error, 'isUnsent') === true) return judgement
  return { fact: { type: 'unanswered', failure: fact.failure }, trouble }
}

function judgeAnswer(deps: DeliveryDeps, { error, send, mailbox, phase, signal }: Failed): Judgement {
  const now = deps.clock.now()
  const code = error instanceof AppError ? error.code : 'internal'
  const failure = failureOf(error, code)
  const uncounted = phase === 'drafting' ? send.attempts : send.attempts - 1
  const back: SendFact = { type: 'refused', now, retryAt: send.notBefore, failure }
  if (phase === 'stopped' || (signal.aborted && phase !== 'leaving')) {
    return { fact: back, attempts: uncounted, trouble: null }
  }
  switch (code) {
    case 'mail.signed_out':
    case 'mail.unreachable':
      return { fact: back, attempts: uncounted, trouble: troubleOf(error) }
    case 'mail.invalid':
      return { fact: { ...back, retryAt: null }, trouble: null }
    case 'mail.refused':
      if (detail(error, 'scope') === 'mailbox') return { fact: back, attempts: uncounted, trouble: troubleOf(error) }
      return refusal({
        attempts: uncounted + 1,
        send,
        mailbox,
        now,
        failure,
        isFinal: detail(error, 'isFinal') === true,
      })
    default:
      if (phase === 'leaving' || (phase === 'asking' && code === 'mail.unanswered')) {
        return {
          fact: { type: 'unanswered', failure: { ...failure, code: 'mail.unanswered' } },
          trouble: restAfter(error),
        }
      }
      return refusal({ attempts: uncounted + 1, send, mailbox, now, failure, isFinal: false })
  }
}

/** How long the provider asked to be left alone, although its answer was none. */
function restAfter(error: unknown): MailboxTrouble | null {
  const restMs = detail(error, 'restMs')
  return typeof restMs === 'number' ? { type: 'unreachable', restMs } : null
}

/** A clear "no" to this mail: again later, or over. */
function refusal(options: {
  readonly attempts: number
  readonly send: Send
  readonly mailbox: MailboxRecord
  readonly now: number
  readonly failure: Failure
  readonly isFinal: boolean
}): Judgement {
  const { attempts, send, mailbox, now, failure } = options
  const isOver = options.isFinal || attempts >= MOST_ATTEMPTS
  const retryAt = isOver ? null : nextAttemptAt({ now, attempts, seed: mailbox.seed, key: send.id })
  return { fact: { type: 'refused', now, retryAt, failure }, attempts, trouble: null }
}

function failureOf(error: unknown, code: string): Failure {
  const providerCode = detail(error, 'providerCode')
  return { code, providerCode: typeof providerCode === 'string' ? providerCode : null }
}

/** Refused once and for all, and not given up after many attempts. */
function isForGood(error: unknown): boolean {
  return detail(error, 'isFinal') === true
}

function detail(error: unknown, name: string): unknown {
  return error instanceof AppError ? error.details[name] : undefined
}

function toMail(deps: DeliveryDeps, { send, mailbox, leavesAt }: Delivery): OutgoingMail {
  const moment = leavesAt ?? deps.clock.now()
  const body = leavingMail(deps.db, send.id, { moment, place: dispatchPlace(deps, mailbox.policy, send.zone) })
  const follows = followedBy(deps, send)
  return {
    key: send.key,
    from: { name: mailbox.senderName, address: mailbox.address },
    to: { name: send.toName, address: send.toAddress },
    ...body,
    // Where the mail that it was to answer was left out, it is a mail of its own.
    subject:
      follows === null && isAnswer(deps.db, send.campaignId, send.step) ? threadSubject(body.subject) : body.subject,
    attachments: readFilesOfSend(deps.db, send.id),
    date: moment,
    follows,
    // Whoever presses that button is heard only where answers are read.
    hasUnsubscribe: mailbox.mayRead,
  }
}

/** The thread that this mail goes on; null: it begins one. */
function followedBy({ db }: DeliveryDeps, send: Send): Followed | null {
  if (send.step === 0) return null
  const thread = listThread(db, send)
  const last = thread.at(-1)
  const messageIds = thread.flatMap(({ messageId }) => messageId ?? [])
  if (!last || messageIds.length === 0) return null
  return { providerMessageId: last.providerMessageId, threadId: last.threadId, messageIds }
}

/** A draft is thrown away where its send has ended; of a send that waits again it is kept for later. */
async function discardDraft(
  deps: DeliveryDeps,
  { provider, draftId, signal, send }: Delivery & { draftId: string },
): Promise<void> {
  const status = findSend(deps.db, send.id)?.state.status
  if (status !== 'cancelled' && status !== 'skipped') return
  try {
    await provider.deleteDraft(draftId, signal)
  } catch (error) {
    deps.log.error('a draft could not be thrown away', error, { sendId: send.id })
  }
}
