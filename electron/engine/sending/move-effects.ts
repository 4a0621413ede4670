/** What a move of a send writes beside its row: where it waits, its event, what the pace and the cool-down remember. */
import type { Reader, Writer } from '#db/open'
import { findDelay } from '#db/queries/campaigns'
import { findEnrolment, hasUnsentBefore } from '#db/queries/enrolments'
import { getCampaignStatus } from '#db/queries/queue'
import { type MoveExtras, paceFound, type Send, unpace } from '#db/queries/sends'
import { touchBySend, untouchBySend } from '#db/queries/touches'
import type { PacingHistory } from '#shared/domain/pacing'
import { isHandedOver, type SendFact, type SendState } from '#shared/domain/send-transitions'
import type { EventKind } from '#shared/domain/taxonomy'

/** The event of each fact. */
const EVENTS: Readonly<Record<SendFact['type'], EventKind>> = {
  claimed: 'send_claimed',
  drafted: 'send_drafted',
  started: 'send_started',
  handed_over: 'send_handed_over',
  found_held: 'send_handed_over',
  taken_back: 'send_taken_back',
  accepted: 'send_accepted',
  refused: 'send_refused',
  unanswered: 'send_unanswered',
  held: 'send_held',
  forbidden: 'send_skipped',
  cancel_requested: 'send_cancelled',
  proved_sent: 'send_proved_sent',
  proved_unsent: 'send_proved_unsent',
  settled_sent: 'send_settled',
  settled_unsent: 'send_settled',
  revived: 'send_revived',
  queued_anew: 'send_requeued',
  retry_requested: 'send_requeued',
}

/** The pace was asked when the send was started; its own start must not hold it now. */
export const NO_HISTORY: PacingHistory = { times: [], byHand: [], last: null, restartedAt: null }

/** One move, already written. */
interface Moved {
  readonly from: Send
  readonly to: Send
  readonly fact: SendFact
}

/** What the pace and the cool-down count from now on. */
export function rememberMove(tx: Writer, { from, to, fact }: Moved): void {
  rememberTouch(tx, to, fact)
  const { status } = to.state
  if (isHandedOver(from.state) && (status === 'pending' || status === 'failed')) unpace(tx, to.id)
  if (fact.type === 'proved_sent' && from.state.status !== 'uncertain') rememberFound(tx, to.id, fact.now)
}

/** A touch is remembered before the provider is asked, and forgotten when the mail surely did not leave. */
function rememberTouch(tx: Writer, send: Send, fact: SendFact): void {
  switch (fact.type) {
    case 'started':
    case 'handed_over':
    case 'found_held':
      return touchBySend(tx, send.id, fact.now)
    case 'refused':
    case 'taken_back':
    case 'proved_unsent':
    case 'settled_unsent':
      return untouchBySend(tx, send.id)
    default:
      return undefined
  }
}

/** It left without this database knowing: the pace and the cool-down count it all the same. */
function rememberFound(tx: Writer, sendId: number, at: number): void {
  paceFound(tx, sendId, at)
  touchBySend(tx, sendId, at)
}

/** A refusal that may be asked again is told as such. */
export function eventKind(fact: SendFact): EventKind {
  return fact.type === 'refused' && fact.retryAt !== null ? 'send_retried' : EVENTS[fact.type]
}

/** Where a fact sends it back to wait: why until then, and whether the mail before it has still to go. */
export function placeOf(tx: Writer, send: Send, fact: SendFact): Pick<MoveExtras, 'dueCode' | 'parked' | 'attempts'> {
  if (fact.type === 'taken_back') return { dueCode: 'taken_back', attempts: send.attempts - 1 }
  if (fact.type === 'found_held') return { attempts: send.attempts + 1 }
  if (fact.type === 'refused' && fact.retryAt !== null) return { dueCode: 'retry' }
  // It is released at once where nothing is to go before it.
  if (fact.type === 'queued_anew') return { dueCode: 'scheduled', ...(send.step > 0 && { parked: 'step_before' }) }
  return fact.type === 'revived' && hasUnsentBefore(tx, send) ? { parked: 'step_before' } : {}
}

/** Codes and numbers only. */
export function eventData(fact: SendFact, to: SendState): Record<string, unknown> | null {
  switch (fact.type) {
    case 'proved_sent':
      return fact.answered === undefined ? null : { answered: fact.answered }
    case 'proved_unsent':
      return to.status === 'failed' ? { hasFailed: true } : null
    case 'forbidden':
      return { because: fact.because }
    case 'handed_over':
      return { leavesAt: fact.leavesAt }
    case 'found_held':
      return { leavesAt: fact.leavesAt, wasFound: true }
    case 'taken_back':
      return { notBefore: fact.notBefore }
    case 'refused':
      return { code: fact.failure.code, providerCode: fact.failure.providerCode, retryAt: fact.retryAt }
    case 'unanswered':
      return { code: fact.failure.code, providerCode: fact.failure.providerCode }
    case 'cancel_requested':
      return fact.because === undefined ? null : { because: fact.because }
    case 'settled_sent':
      return { wasSent: true }
    case 'settled_unsent':
      return { wasSent: false }
    default:
      return null
  }
}

/**
 * Back from the provider, but the rep has cancelled its campaign or dropped its step in the meantime: it is cancelled as well.
 * What the rep asks for anew is wanted. Null: it is.
 */
export function unwantedFact(tx: Writer, send: Send, { fact, now }: { fact: SendFact; now: number }): SendFact | null {
  return send.state.status !== 'pending' || isAskedAnew(fact) ? null : droppedFact(tx, send, now)
}

/** Its campaign was cancelled, or the person or the step taken out of it. Null: none of these. */
export function droppedFact(reader: Reader, send: Send, now: number): SendFact | null {
  if (getCampaignStatus(reader, send.campaignId) === 'cancelled') return { type: 'cancel_requested', now }
  if (send.step > 0 && findDelay(reader, send.campaignId, send.step) === null) {
    return { type: 'cancel_requested', now, because: 'step_dropped' }
  }
  const isOut = findEnrolment(reader, send.campaignId, send.leadId)?.status === 'removed'
  return isOut ? { type: 'cancel_requested', now, because: 'taken_out' } : null
}

function isAskedAnew({ type }: SendFact): boolean {
  return type === 'settled_unsent' || type === 'retry_requested' || type === 'revived' || type === 'queued_anew'
}
