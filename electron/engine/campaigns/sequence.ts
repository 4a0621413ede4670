/**
 * What the end of one mail means for those that were to follow it. All of it happens in the transaction that ends the mail,
 * so that no crash leaves a follow-up waiting for something that is over.
 */
import type { Writer } from '#db/open'
import { findDelay, hasUnfinished, isAnswer, moveCampaign, reopenCampaign } from '#db/queries/campaigns'
import {
  findEnrolment,
  finishEnrolment,
  hasUnsentBefore,
  isFirstContact,
  listLater,
  releaseStep,
  setEnrolment,
  type Sibling,
} from '#db/queries/enrolments'
import { amendBody } from '#db/queries/dated-bodies'
import { insertEvent } from '#db/queries/events'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, type Send } from '#db/queries/sends'
import { getSubject, setSubject } from '#db/queries/threads'
import { parkSend, postponeSend } from '#db/queries/waiting-sends'
import { answerSubject } from '#shared/domain/answer-subject'
import type { Decision, LaneHead } from '#shared/domain/decide'
import { DAY_MS } from '#shared/domain/pacing'
import type { SendFact } from '#shared/domain/send-transitions'
import type { StepDelay } from '#shared/domain/step-delay'
import type { NeverCode } from '#shared/domain/taxonomy'
import type { Calendars } from '../planning/calendars.ts'
import { approvedMail } from '../sending/leaving-mail.ts'
import { partsBelow } from '../texts/mail-parts.ts'
import { recountedDue } from './recount.ts'
import { asFirstMail, type Footer } from '../texts/render.ts'

/** Moves that follow from a move: these sends, each by the same fact. */
interface FollowOn {
  readonly ids: readonly number[]
  readonly fact: SendFact
}

export interface Ended {
  readonly send: Send
  readonly fact: SendFact
  /** Epoch ms. */
  readonly now: number
  /** When a follow-up is due, epoch ms, in the calendar of its mailbox. */
  readonly dueAfter: (from: number, delay: StepDelay) => number
  /** When a mail that comes back is due, epoch ms; null: it counts no days. */
  readonly recounted: (send: Send) => number | null
  /** Of its mailbox; null where that was removed. */
  readonly footer: Footer | null
}

export interface GoOnDeps {
  readonly calendars: Calendars
  readonly mailboxOf: (mailboxId: number) => MailboxRecord | null
  /** Moves another send in the same transaction. */
  readonly move: (send: Send, fact: SendFact) => unknown
}

/** What a move means for the mails after it, for the person and for the campaign. */
export function goOn(
  tx: Writer,
  deps: GoOnDeps,
  { send, fact, now }: Omit<Ended, 'dueAfter' | 'recounted' | 'footer'>,
): void {
  const mailbox = deps.mailboxOf(send.mailboxId)
  const dueAfter = (from: number, { days, unit }: StepDelay): number => {
    return mailbox ? deps.calendars.of(mailbox.policy, send.zone, true).after(from, days, unit) : from + days * DAY_MS
  }
  const footer = mailbox && partsBelow(mailbox).footer
  const recounted = (later: Send): number | null => recountedDue(tx, deps, later)
  const next = followOn(tx, { send, fact, now, dueAfter, recounted, footer })
  for (const id of next?.ids ?? []) {
    const later = findSend(tx, id)
    if (later && next) deps.move(later, next.fact)
  }
  if (fact.type === 'retry_requested' || fact.type === 'revived') reopenEnrolment(tx, send)
  // A campaign that had ended goes on when the rep has something of it sent anew.
  if (fact.type === 'retry_requested' || fact.type === 'settled_unsent') {
    reopenCampaign(tx, send.campaignId, ['completed', 'cancelled'])
  }
  if (!hasEnded(send)) return
  settleEnrolment(tx, { send, now })
  completeCampaign(tx, { campaignId: send.campaignId, now })
}

function hasEnded(send: Send): boolean {
  const { status } = send.state
  return status === 'sent' || status === 'failed' || status === 'cancelled' || status === 'skipped'
}

function completeCampaign(tx: Writer, { campaignId, now }: { campaignId: number; now: number }): void {
  if (hasUnfinished(tx, campaignId)) return
  const completed = moveCampaign(tx, campaignId, { from: ['active', 'paused'], to: 'completed', now })
  if (completed) insertEvent(tx, { at: now, kind: 'campaign_completed', campaignId })
}

/** Lets the next mail of the enrolment go on its way, or answers what becomes of those that can not; null: nothing. */
function followOn(tx: Writer, ended: Ended): FollowOn | null {
  const { send, fact, now } = ended
  switch (send.state.status) {
    case 'sent':
      releaseNext(tx, ended, send.state.finishedAt)
      return null
    case 'failed':
      return { ids: laterIds(tx, send), fact: { type: 'forbidden', now, because: 'step_before' } }
    case 'cancelled':
      return {
        ids: laterIds(tx, send),
        fact: fact.type === 'cancel_requested' ? fact : { type: 'cancel_requested', now },
      }
    case 'skipped':
      if (!isLeftOut(send.step, send.state.because)) {
        return { ids: laterIds(tx, send), fact: { type: 'forbidden', now, because: send.state.because } }
      }
      // What was left out before its turn came lets nothing overtake: the next one waits for the mail before both.
      if (!hasUnsentBefore(tx, send)) releaseNext(tx, ended, now)
      return null
    case 'pending':
      if (fact.type === 'revived') keepDays(tx, ended)
      return fact.type === 'retry_requested' ? revived(tx, send) : null
    default:
      return null
  }
}

/** The rest of the sequence goes on without it. Without a first mail there is nothing to follow up. */
function isLeftOut(step: number, because: NeverCode): boolean {
  return because === 'left_out' || (because === 'expired' && step > 0)
}

/** What was left out was the first mail: the one that goes now is, and says who writes and how to opt out. */
function addFooter(tx: Writer, sendId: number, footer: Footer | null): void {
  if (footer !== null) amendBody(tx, sendId, asFirstMail(approvedMail(tx, sendId), footer))
}

function releaseNext(tx: Writer, { send, now, dueAfter, footer }: Ended, from: number): void {
  const [next] = listLater(tx, send, 'pending')
  if (!next) return
  const delay = findDelay(tx, send.campaignId, next.step) ?? { days: 0, unit: 'days' }
  const notBefore = dueAfter(from, delay)
  if (!releaseStep(tx, next.id, notBefore)) return
  if (isFirstContact(tx, { ...send, step: next.step })) addFooter(tx, next.id, footer)
  // As it really left: the rep may have written it over, or it was dated on the day.
  if (send.state.status === 'sent' && isAnswer(tx, send.campaignId, next.step)) {
    setSubject(tx, next.id, answerSubject(getSubject(tx, send.id)))
  }
  insertEvent(tx, { at: now, kind: 'send_released', ...idsOf(send), sendId: next.id, data: { notBefore } })
}

/** Nobody counted its days while it was skipped: it is due when it would have been. */
function keepDays(tx: Writer, { send, recounted }: Ended): void {
  const due = send.step === 0 || send.parked !== null ? null : recounted(send)
  if (due !== null && due !== send.notBefore) postponeSend(tx, send.id, { until: due, because: 'step_delay' })
}

function laterIds(tx: Writer, send: Send): number[] {
  return listLater(tx, send, 'pending').map((later) => later.id)
}

/** The failed mail is tried again: what went with it waits for it once more. */
function revived(tx: Writer, send: Send): FollowOn {
  const isOfThis = ({ skippedCode }: Sibling): boolean => skippedCode === 'step_before'
  const ids = listLater(tx, send, 'skipped').filter(isOfThis)
  return { ids: ids.map(({ id }) => id), fact: { type: 'revived', notBefore: send.notBefore } }
}

/** Nothing more is to come for this person: the enrolment is finished. One that was on hold goes on with the next mail. */
function settleEnrolment(tx: Writer, { send, now }: Pick<Ended, 'send' | 'now'>): void {
  const { campaignId, leadId } = send
  if (finishEnrolment(tx, campaignId, leadId)) {
    // That somebody has had one mail of one is told by that mail.
    if (send.step > 0) insertEvent(tx, { at: now, kind: 'enrolment_ended', leadId, campaignId })
    return
  }
  const enrolment = findEnrolment(tx, campaignId, leadId)
  if (enrolment?.status === 'on_hold' && send.state.status === 'sent') {
    setEnrolment(tx, enrolment.id, { status: 'active' })
  }
}

/** A finished person is active again once something is to be sent to them anew. */
function reopenEnrolment(tx: Writer, { campaignId, leadId }: Send): void {
  const enrolment = findEnrolment(tx, campaignId, leadId)
  if (enrolment?.status === 'finished') setEnrolment(tx, enrolment.id, { status: 'active' })
}

/** Carries out what was decided about one send that does not end it. */
export function setAside<H extends LaneHead>(
  tx: Writer,
  decision: Extract<Decision<H>, { do: 'postpone' | 'park' }>,
  now: number,
): void {
  const { sendId, campaignId } = decision.head
  const data =
    decision.do === 'park' ? { because: decision.because } : { because: decision.because, until: decision.until }
  const isDone =
    decision.do === 'park'
      ? parkSend(tx, sendId, decision.because)
      : postponeSend(tx, sendId, { until: decision.until, because: decision.because })
  if (!isDone) throw new Error(`send ${sendId} moved inside its own transaction`)
  const kind = decision.do === 'park' ? 'send_parked' : 'send_postponed'
  insertEvent(tx, { at: now, kind, sendId, campaignId, data })
}

function idsOf({ id, leadId, campaignId, mailboxId }: Send) {
  return { sendId: id, leadId, campaignId, mailboxId }
}
