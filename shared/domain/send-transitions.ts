import type { MatchHow } from './incoming/incoming-mail.ts'
import type { NeverCode, SendStage } from './taxonomy.ts'

/** Why an attempt did not succeed: our code, and the provider's own number if it gave one. */
export interface Failure {
  readonly code: string
  readonly providerCode: string | null
}

/** Why a mail was cancelled that the rep did not cancel by itself: it comes back with what it went down with. */
export type CancelCause = 'step_dropped' | 'taken_out'

export type SendState =
  /** `notBefore` epoch ms; a draft that exists already is used again. */
  | {
      readonly status: 'pending'
      readonly notBefore: number
      readonly draftId: string | null
      readonly failure: Failure | null
    }
  | { readonly status: 'processing'; readonly stage: 'drafting'; readonly draftId: string | null }
  | { readonly status: 'processing'; readonly stage: 'drafted'; readonly draftId: string }
  /** `startedAt` epoch ms: on disk before the provider hears of it. */
  | { readonly status: 'processing'; readonly stage: 'sending'; readonly draftId: string; readonly startedAt: number }
  /** On disk before the provider hears of it too: it holds the mail, and sends it by itself at `leavesAt` (epoch ms). */
  | {
      readonly status: 'processing'
      readonly stage: 'handed_over'
      readonly draftId: string
      readonly leavesAt: number
    }
  | { readonly status: 'sent'; readonly providerMessageId: string | null; readonly finishedAt: number }
  | { readonly status: 'failed'; readonly failure: Failure; readonly finishedAt: number }
  | { readonly status: 'cancelled'; readonly finishedAt: number }
  | { readonly status: 'skipped'; readonly because: NeverCode; readonly finishedAt: number }
  | { readonly status: 'uncertain'; readonly draftId: string | null; readonly failure: Failure }

/** Past facts; `now` epoch ms. */
export type SendFact =
  | { readonly type: 'claimed' }
  | { readonly type: 'drafted'; readonly draftId: string }
  | { readonly type: 'started'; readonly now: number }
  /** The provider is about to be asked to hold it until `leavesAt` (epoch ms). */
  | { readonly type: 'handed_over'; readonly now: number; readonly leavesAt: number }
  /** The provider holds a mail that this database does not know as handed over: it is older than that. */
  | { readonly type: 'found_held'; readonly now: number; readonly leavesAt: number; readonly draftId: string }
  /** Thrown away at the provider before its time: not sent, and not to be asked for again before `notBefore` (epoch ms). */
  | { readonly type: 'taken_back'; readonly now: number; readonly notBefore: number }
  | { readonly type: 'accepted'; readonly now: number; readonly providerMessageId: string }
  /** A clear "no", or never asked: surely not sent. `retryAt` null: for good. */
  | { readonly type: 'refused'; readonly now: number; readonly retryAt: number | null; readonly failure: Failure }
  /** Asked, no clear answer; or refused for good (`failure.code` tells) while its draft may have been sent by hand. */
  | { readonly type: 'unanswered'; readonly failure: Failure }
  /** Stopped by a rule or a pause before the provider was asked. */
  | { readonly type: 'held'; readonly notBefore: number }
  | { readonly type: 'forbidden'; readonly now: number; readonly because: NeverCode }
  /** `because` left out: the rep wanted just that. */
  | { readonly type: 'cancel_requested'; readonly now: number; readonly because?: CancelCause }
  /** `answered`: something that names it came back, and how; left out: it was seen among the sent mail. */
  | {
      readonly type: 'proved_sent'
      readonly now: number
      readonly providerMessageId: string | null
      readonly answered?: MatchHow
    }
  | { readonly type: 'proved_unsent'; readonly now: number; readonly draftId: string | null }
  /** The rep's word on an uncertain send. */
  | { readonly type: 'settled_sent'; readonly now: number }
  | { readonly type: 'settled_unsent'; readonly now: number }
  /** What had skipped it is taken back: it waits again, not before `notBefore` (epoch ms). */
  | { readonly type: 'revived'; readonly notBefore: number }
  /** Its step, or its person, is in the campaign again. */
  | { readonly type: 'queued_anew'; readonly notBefore: number }
  /** The rep has a failed send tried again. */
  | { readonly type: 'retry_requested'; readonly now: number }

/**
 * The life of one mail:
 *
 *   pending ──▶ drafting ──▶ drafted ──▶ sending ──accepted──▶ sent
 *     ▲  │          │            │         ├───────refused────▶ pending (again later) | failed
 *     │  │          └── held ────┤         └──────unanswered──▶ uncertain ──proved sent / rep: sent──▶ sent
 *     │  └─ cancelled | skipped ◀┘                                  │
 *     └──────────────── proved unsent / rep: send again ◀───────────┘
 *
 * A drafted mail may be handed over instead (`handed_over`): the provider sends it at its time. From there it is found sent,
 * taken back to `pending` with proof, refused at once, or in doubt once its time has passed without a trace. Nobody asks for it a
 * second time meanwhile, also after a crash: the stage stays.
 *
 * A skipped send waits again when the verdict behind the rule is taken back; nobody was ever asked for it. So does a cancelled
 * one whose step or person comes back into the campaign, as a new mail under a new key.
 *
 * A pending or failed send that is found among the sent mail of its mailbox (a restored backup, a draft that was sent by hand)
 * is sent. A doubt that a refusal for good left behind ends as `failed` once it is proved unsent.
 *
 * A mail is asked for once per stay in `sending`; the way back to `pending` is a clear refusal, proof, or the rep's word.
 * Null means that the fact has no place in this state; nothing happens then.
 */
export function nextSendState(state: SendState, fact: SendFact): SendState | null {
  switch (fact.type) {
    case 'claimed':
      return state.status === 'pending' ? { status: 'processing', stage: 'drafting', draftId: state.draftId } : null
    case 'drafted':
      return isAt(state, 'drafting') ? { status: 'processing', stage: 'drafted', draftId: fact.draftId } : null
    case 'started':
      return state.status === 'processing' && state.stage === 'drafted'
        ? { status: 'processing', stage: 'sending', draftId: state.draftId, startedAt: fact.now }
        : null
    case 'handed_over':
      return state.status === 'processing' && state.stage === 'drafted'
        ? { status: 'processing', stage: 'handed_over', draftId: state.draftId, leavesAt: fact.leavesAt }
        : null
    case 'found_held':
      return state.status === 'pending'
        ? { status: 'processing', stage: 'handed_over', draftId: fact.draftId, leavesAt: fact.leavesAt }
        : null
    case 'taken_back':
      return isAt(state, 'handed_over')
        ? { status: 'pending', notBefore: fact.notBefore, draftId: null, failure: null }
        : null
    case 'accepted':
      return isAsked(state) ? { status: 'sent', providerMessageId: fact.providerMessageId, finishedAt: fact.now } : null
    case 'refused':
      return state.status === 'processing' ? afterRefusal(state, fact) : null
    case 'unanswered':
      return isAsked(state) ? { status: 'uncertain', draftId: draftOf(state), failure: fact.failure } : null
    case 'held':
      return isBeforeSending(state)
        ? { status: 'pending', notBefore: fact.notBefore, draftId: draftOf(state), failure: null }
        : null
    case 'forbidden':
      return state.status === 'pending' || isBeforeSending(state)
        ? { status: 'skipped', because: fact.because, finishedAt: fact.now }
        : null
    case 'cancel_requested':
      return state.status === 'pending' || isBeforeSending(state) ? { status: 'cancelled', finishedAt: fact.now } : null
    default:
      return nextAfterDoubt(state, fact)
  }
}

type LateFact = Extract<
  SendFact,
  {
    type:
      | 'proved_sent'
      | 'proved_unsent'
      | 'settled_sent'
      | 'settled_unsent'
      | 'retry_requested'
      | 'revived'
      | 'queued_anew'
  }
>

/** What happens once nobody is asking any more: proof, or the rep's word. */
function nextAfterDoubt(state: SendState, fact: LateFact): SendState | null {
  switch (fact.type) {
    case 'proved_sent':
      return isInDoubt(state) || isHandedOver(state) || state.status === 'pending' || state.status === 'failed'
        ? { status: 'sent', providerMessageId: fact.providerMessageId, finishedAt: fact.now }
        : null
    case 'proved_unsent':
      if (wasRefused(state)) return { status: 'failed', failure: state.failure, finishedAt: fact.now }
      return isInDoubt(state) ? { status: 'pending', notBefore: fact.now, draftId: fact.draftId, failure: null } : null
    case 'settled_sent':
      return state.status === 'uncertain' ? { status: 'sent', providerMessageId: null, finishedAt: fact.now } : null
    case 'settled_unsent':
      return state.status === 'uncertain'
        ? { status: 'pending', notBefore: fact.now, draftId: null, failure: null }
        : null
    case 'revived':
      return state.status === 'skipped'
        ? { status: 'pending', notBefore: fact.notBefore, draftId: null, failure: null }
        : null
    case 'queued_anew':
      return state.status === 'cancelled'
        ? { status: 'pending', notBefore: fact.notBefore, draftId: null, failure: null }
        : null
    case 'retry_requested':
      return state.status === 'failed'
        ? { status: 'pending', notBefore: fact.now, draftId: null, failure: state.failure }
        : null
  }
}

function afterRefusal(state: SendState, fact: Extract<SendFact, { type: 'refused' }>): SendState {
  if (fact.retryAt === null) return { status: 'failed', failure: fact.failure, finishedAt: fact.now }
  return { status: 'pending', notBefore: fact.retryAt, draftId: draftOf(state), failure: fact.failure }
}

function isAt(state: SendState, stage: SendStage): boolean {
  return state.status === 'processing' && state.stage === stage
}

/** The provider may have it. */
function isAsked(state: SendState): boolean {
  return isAt(state, 'sending') || isHandedOver(state)
}

export function isHandedOver(state: SendState): state is Extract<SendState, { stage: 'handed_over' }> {
  return state.status === 'processing' && state.stage === 'handed_over'
}

function isBeforeSending(state: SendState): boolean {
  return isAt(state, 'drafting') || isAt(state, 'drafted')
}

/** In doubt although the provider said no: only whether the draft was sent by hand is not known. */
export function wasRefused(state: SendState): state is Extract<SendState, { status: 'uncertain' }> {
  return state.status === 'uncertain' && state.failure.code !== 'mail.unanswered'
}

/** Left in `sending` by a crash, or unanswered. */
function isInDoubt(state: SendState): boolean {
  return state.status === 'uncertain' || isAt(state, 'sending')
}

function draftOf(state: SendState): string | null {
  return 'draftId' in state ? state.draftId : null
}
