/**
 * One mail from claimed to an outcome. The provider is asked to send once; whatever it answers is recorded before anything
 * else happens, and only a clear refusal means "not sent".
 */
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, getSendBody, type Send } from '#db/queries/sends'
import { AppError } from '#shared/errors'
import { MOST_ATTEMPTS, nextAttemptAt } from '#shared/domain/retry'
import type { Failure, SendFact } from '#shared/domain/send-transitions'
import type { MailProvider, OutgoingMail } from '../mailbox/mail-provider.ts'
import type { EngineContext } from './context.ts'
import type { Queue } from './queue.ts'

export interface DeliveryDeps extends Pick<EngineContext, 'db' | 'clock' | 'log'> {
  readonly queue: Queue
  /** Writes what happened, again and again until the disk takes it; `record` may run more than once. */
  readonly persist: <T>(record: () => T) => Promise<T>
}

/** What a delivery tells about the mailbox rather than about the mail. */
export type MailboxTrouble = 'none' | 'unreachable' | 'signed_out'

interface Delivery {
  readonly send: Send
  readonly mailbox: MailboxRecord
  readonly provider: MailProvider
  /** Aborts what has not reached the provider yet. */
  readonly signal: AbortSignal
  /** Called when the mail begins to leave: from here on an abort would only make its outcome unknown. */
  readonly leaving: () => void
}

export async function deliver(deps: DeliveryDeps, delivery: Delivery): Promise<MailboxTrouble> {
  const { provider, signal } = delivery
  const mail = toMail(deps, delivery)
  let draftId: string
  try {
    ;({ draftId } = await provider.createDraft(mail, signal))
  } catch (error) {
    return afterFailure(deps, { ...delivery, error, phase: 'drafting' })
  }
  const drafted = deps.queue.move(delivery.send, { type: 'drafted', draftId })
  const started = drafted && deps.queue.start(drafted)
  if (started) return ask(deps, { ...delivery, send: started, mail, draftId })
  await discardDraft(deps, { ...delivery, draftId })
  return 'none'
}

async function ask(
  deps: DeliveryDeps,
  delivery: Delivery & { mail: OutgoingMail; draftId: string },
): Promise<MailboxTrouble> {
  const { send, provider, signal, mail, draftId } = delivery
  let phase: Phase = 'asking'
  const mayLeave = (): boolean => {
    const may = deps.queue.mayLeave(send)
    phase = may ? 'leaving' : 'stopped'
    if (may) delivery.leaving()
    return may
  }
  let providerMessageId: string
  try {
    ;({ providerMessageId } = await provider.sendDraft(draftId, mail, mayLeave, signal))
  } catch (error) {
    return afterFailure(deps, { ...delivery, error, phase })
  }
  await deps.persist(() => deps.queue.move(send, { type: 'accepted', now: deps.clock.now(), providerMessageId }))
  return 'none'
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

async function afterFailure(deps: DeliveryDeps, failed: Failed): Promise<MailboxTrouble> {
  const { error, send } = failed
  if (!(error instanceof AppError) && !failed.signal.aborted) {
    deps.log.error('delivery failed', error, { sendId: send.id })
  }
  const { fact, attempts, trouble } = judge(deps, failed)
  await deps.persist(() => deps.queue.move(send, fact, attempts === undefined ? {} : { attempts }))
  return trouble
}

interface Judgement {
  readonly fact: SendFact
  /** Set back where the attempt did not count. */
  readonly attempts?: number
  readonly trouble: MailboxTrouble
}

function judge(deps: DeliveryDeps, { error, send, mailbox, phase, signal }: Failed): Judgement {
  const now = deps.clock.now()
  const code = error instanceof AppError ? error.code : 'internal'
  const failure = failureOf(error, code)
  const uncounted = phase === 'drafting' ? send.attempts : send.attempts - 1
  const back: SendFact = { type: 'refused', now, retryAt: send.notBefore, failure }
  if (phase === 'stopped' || (signal.aborted && phase !== 'leaving')) {
    return { fact: back, attempts: uncounted, trouble: 'none' }
  }
  switch (code) {
    case 'mail.signed_out':
      return { fact: back, attempts: uncounted, trouble: 'signed_out' }
    case 'mail.unreachable':
      return { fact: back, attempts: uncounted, trouble: 'unreachable' }
    case 'mail.invalid':
      return { fact: { ...back, retryAt: null }, trouble: 'none' }
    case 'mail.refused':
      if (detail(error, 'scope') === 'mailbox') return { fact: back, attempts: uncounted, trouble: 'unreachable' }
      return refusal({
        attempts: uncounted + 1,
        send,
        mailbox,
        now,
        failure,
        isFinal: detail(error, 'isFinal') === true,
      })
    default:
      if (phase === 'leaving') return { fact: { type: 'unanswered', failure }, trouble: 'none' }
      return refusal({ attempts: uncounted + 1, send, mailbox, now, failure, isFinal: false })
  }
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
  return { fact: { type: 'refused', now, retryAt, failure }, attempts, trouble: 'none' }
}

function failureOf(error: unknown, code: string): Failure {
  const providerCode = detail(error, 'providerCode')
  return { code, providerCode: typeof providerCode === 'string' ? providerCode : null }
}

function detail(error: unknown, name: string): unknown {
  return error instanceof AppError ? error.details[name] : undefined
}

function toMail(deps: DeliveryDeps, { send, mailbox }: Delivery): OutgoingMail {
  return {
    key: send.key,
    from: { name: mailbox.senderName, address: mailbox.address },
    to: { name: send.toName, address: send.toAddress },
    ...getSendBody(deps.db, send.id),
    date: deps.clock.now(),
  }
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
