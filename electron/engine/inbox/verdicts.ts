/** What a verdict on an incoming mail changes, and the way back. */
import type { Writer } from '#db/open'
import { insertEvent } from '#db/queries/events'
import {
  type BounceSeverity,
  findAwayUntil,
  findLaterStop,
  type IncomingRow,
  insertIncoming,
  isAskedFor,
  isJudged,
  markUndone,
  type Postponed,
  postponeLead,
  type Restatus,
  setBefore,
  setContact,
  setOutcome,
  standing,
  unpostpone,
  getCompanyName,
} from '#db/queries/incoming'
import { findDelay, reopenCampaign } from '#db/queries/campaigns'
import { getCampaignStatus } from '#db/queries/queue'
import { findEnrolment, finishEnrolment, listEnrolmentsOf, listPendingOf, setEnrolment } from '#db/queries/enrolments'
import { deleteSuppression, findSuppressionId, insertSuppression } from '#db/queries/suppressions'
import { findSend, type Send } from '#db/queries/sends'
import { postponeSend } from '#db/queries/waiting-sends'
import { identityOfText } from '#shared/domain/incoming/incoming-mail'
import { companyOf } from '#shared/domain/company'
import { companyKey } from '#shared/domain/company-key'
import type {
  EnrolmentStatus,
  LeadContact,
  SendOutcome,
  SuppressionKind,
  SuppressionReason,
} from '#shared/domain/taxonomy'
import { judgeList } from './list-canary.ts'
import type { Queue } from '../sending/queue.ts'
import type { Judged } from './reading.ts'

/** Effects beside the rows that were written. */
export interface Consequences {
  /** Waiting sends may be forbidden now. */
  readonly forbids: boolean
  /** Null where nothing concerns our own account. */
  readonly accountProblem: 'day_limit' | 'tenant_limit' | 'restricted' | null
}

export interface VerdictOn {
  readonly mailboxId: number
  readonly judged: Judged
  /** An answer stops the mail to the whole company. */
  readonly stopsCompany: boolean
  /** Epoch ms. */
  readonly now: number
  /** Moves sends inside the transaction. */
  readonly moveAllIn: Queue['moveAllIn']
}

/** Null when this mail was judged before: nothing was written. */
export function applyVerdict(tx: Writer, on: VerdictOn): Consequences | null {
  const { judged, now } = on
  const send = given(findSend(tx, judged.match.candidate.sendId))
  const stood = standing(tx, send.id)
  if (isJudged(tx, on.mailboxId, judged.head.providerMessageId)) return null
  const { head, verdict, match } = judged
  // Before all that follows from it.
  insertEvent(tx, {
    at: now,
    kind: 'mail_received',
    ...idsOf(send),
    data: { verdict: verdict.kind, severity: severityOf(judged), rule: verdict.evidence.rule },
  })
  const suppressionIds = suppress(tx, on, send)
  const postponed = postpone(tx, on, send)
  const contact = contactAfter(stood.contact, judged)
  if (contact !== stood.contact) setContact(tx, send.leadId, contact)
  const enrolments = stopEnrolments(tx, on, { send, contact })
  const skipped = contact === 'none' ? [] : skipWaiting(tx, on, { send, contact })
  insertIncoming(tx, {
    mailboxId: on.mailboxId,
    providerMessageId: head.providerMessageId,
    receivedAt: head.receivedAt,
    fromAddress: head.from,
    subject: head.subject,
    verdict: verdict.kind,
    severity: severityOf(judged),
    sendId: send.id,
    leadId: send.leadId,
    matchedBy: match.how,
    evidence: { ...verdict.evidence, ...doubtsOf(judged) },
    returnsAt: verdict.kind === 'auto_replied' ? verdict.returnsAt : null,
    before: { contact: stood.contact, outcome: stood.outcome, suppressionIds, postponed, enrolments, skipped },
    now,
  })
  const outcome = strongestOutcome(stood.outcome, verdict.kind)
  if (outcome !== stood.outcome) setOutcome(tx, send.id, outcome)
  if (severityOf(judged) === 'hard') judgeList(tx, send.leadId, now)
  return { forbids: contact !== stood.contact || suppressionIds.length > 0, accountProblem: accountProblemOf(judged) }
}

/** Takes a verdict back: what it changed is as before, unless a later verdict has changed it since, or wants the same. */
export function takeVerdictBack(
  tx: Writer,
  row: IncomingRow,
  { now, moveAllIn }: Pick<VerdictOn, 'now' | 'moveAllIn'>,
): void {
  const send = given(findSend(tx, row.sendId))
  if (standing(tx, row.sendId).outcome === row.verdict) setOutcome(tx, row.sendId, row.before.outcome)
  const heir = stopOf(row) === null ? null : findLaterStop(tx, row)
  if (heir) handOver(tx, row, heir)
  else giveBack(tx, row, moveAllIn)
  for (const each of row.before.postponed) unpostpone(tx, each, row.returnsAt ?? 0)
  markUndone(tx, row.id, now)
  if (row.severity === 'hard') judgeList(tx, row.leadId, now)
  insertEvent(tx, { at: now, kind: 'verdict_undone', ...idsOf(send), data: { verdict: row.verdict } })
}

/** How a lead that it stopped stands; null: it stopped nobody. */
function stopOf({ verdict, severity, matchedBy, evidence }: IncomingRow): Exclude<LeadContact, 'none'> | null {
  if (verdict === 'auto_replied' || (verdict === 'bounced' && severity !== 'hard')) return null
  return verdict === 'opted_out' && (evidence['isSure'] === false || matchedBy === 'company') ? 'replied' : verdict
}

/** Another verdict stops the same person: it keeps them stopped, and what this one stopped comes back with that one. */
function handOver(tx: Writer, row: IncomingRow, heir: IncomingRow): void {
  const from = stopOf(row)
  const to = stopOf(heir)
  if (to === null) return
  if (standing(tx, row.sendId).contact === from) setContact(tx, row.leadId, to)
  for (const { id, status } of listEnrolmentsOf(tx, row.leadId)) {
    if (status === from) setEnrolment(tx, id, { status: to })
  }
  withdraw(tx, row)
  const { before } = row
  const known = new Set(before.enrolments.map(({ enrolmentId }) => enrolmentId))
  setBefore(tx, heir.id, {
    ...heir.before,
    contact: before.contact,
    enrolments: [...before.enrolments, ...heir.before.enrolments.filter(({ enrolmentId }) => !known.has(enrolmentId))],
    skipped: [...new Set([...before.skipped, ...heir.before.skipped])].toSorted((one, other) => one - other),
  })
}

/** Enrolments that somebody has moved since stay where they are; mail that nobody wants any more does not come back. */
function giveBack(tx: Writer, { leadId, sendId, before, ...row }: IncomingRow, moveAllIn: Queue['moveAllIn']): void {
  const stop = stopOf({ leadId, sendId, before, ...row })
  if (stop !== null && standing(tx, sendId).contact === stop) setContact(tx, leadId, before.contact)
  const enrolments = new Map(listEnrolmentsOf(tx, leadId).map((enrolment) => [enrolment.id, enrolment]))
  for (const { enrolmentId, ...was } of before.enrolments) {
    if (enrolments.get(enrolmentId)?.status === (stop ?? 'on_hold')) putBack(tx, { enrolmentId, before: was })
  }
  withdraw(tx, { id: row.id, before })
  const revived = moveAllIn(tx, before.skipped, (send) =>
    isStillWanted(tx, send) ? { type: 'revived', notBefore: send.notBefore } : null,
  )
  for (const { id } of revived) holdUntilBack(tx, given(findSend(tx, id)))
  for (const { campaignId } of revived) reopenCampaign(tx, campaignId, ['completed'])
  for (const { campaignId } of enrolments.values()) finishEnrolment(tx, campaignId, leadId)
}

/** What this verdict alone has asked for is taken off the list; what another one asks for as well, of whomever, stays. */
function withdraw(tx: Writer, { id, before }: Pick<IncomingRow, 'id' | 'before'>): void {
  for (const suppressionId of before.suppressionIds) {
    if (!isAskedFor(tx, suppressionId, id)) deleteSuppression(tx, suppressionId)
  }
}

/** They may have said that they are away while it was stopped. */
function holdUntilBack(tx: Writer, { id, leadId, notBefore }: Send): void {
  const until = findAwayUntil(tx, leadId, notBefore)
  if (until !== null) postponeSend(tx, id, { until, because: 'out_of_office' })
}

/** Neither its campaign was cancelled nor its step dropped, nor its person taken out. */
function isStillWanted(tx: Writer, { campaignId, step, leadId }: Send): boolean {
  return (
    getCampaignStatus(tx, campaignId) !== 'cancelled' &&
    findEnrolment(tx, campaignId, leadId)?.status !== 'removed' &&
    findDelay(tx, campaignId, step) !== null
  )
}

/** Whom it stops everywhere, and whom it holds until they are back. Answers how they stood. */
function stopEnrolments(
  tx: Writer,
  { judged: { verdict } }: VerdictOn,
  { send, contact }: { send: Send; contact: LeadContact },
): Restatus[] {
  const isHeld = verdict.kind === 'auto_replied' && verdict.returnsAt !== null
  if (contact === 'none' && !isHeld) return []
  const concerned = listEnrolmentsOf(tx, send.leadId).filter(({ status, campaignId }) =>
    isHeld ? status === 'active' || status === 'on_hold' : isRunning(status) || campaignId === send.campaignId,
  )
  for (const { id } of concerned) {
    if (verdict.kind === 'auto_replied') setEnrolment(tx, id, { status: 'on_hold', heldUntil: verdict.returnsAt ?? 0 })
    else if (contact !== 'none') setEnrolment(tx, id, { status: contact })
  }
  return concerned.map(({ id, status, pausedAt, heldUntil }) => ({ enrolmentId: id, status, pausedAt, heldUntil }))
}

function isRunning(status: EnrolmentStatus): boolean {
  return status === 'active' || status === 'paused' || status === 'on_hold'
}

function putBack(
  tx: Writer,
  { enrolmentId, before }: { enrolmentId: number; before: Omit<Restatus, 'enrolmentId'> },
): void {
  setEnrolment(tx, enrolmentId, {
    status: before.status,
    ...(before.pausedAt !== null && { pausedAt: before.pausedAt }),
    ...(before.heldUntil !== null && { heldUntil: before.heldUntil }),
  })
}

/** What still waits for them is let go at once, and visibly. Its ids are kept for the way back. */
function skipWaiting(
  tx: Writer,
  { now, moveAllIn }: VerdictOn,
  { send, contact }: { send: Send; contact: Exclude<LeadContact, 'none'> },
): number[] {
  const ids = listPendingOf(tx, send.leadId)
  moveAllIn(tx, ids, ({ state }) =>
    state.status === 'pending' ? { type: 'forbidden', now, because: `lead_${contact}` } : null,
  )
  return ids
}

/** The later word counts, except that an automatic answer says nothing against a real one. */
const STRENGTH: Readonly<Record<SendOutcome, number>> = {
  none: 0,
  auto_replied: 1,
  bounced: 2,
  replied: 3,
  opted_out: 4,
}

function strongestOutcome(before: SendOutcome, after: SendOutcome): SendOutcome {
  return STRENGTH[after] >= STRENGTH[before] ? after : before
}

const CONTACTS: Readonly<Record<Judged['verdict']['kind'], LeadContact>> = {
  auto_replied: 'none',
  bounced: 'bounced',
  replied: 'replied',
  opted_out: 'opted_out',
}

function contactAfter(before: LeadContact, { verdict, match }: Judged): LeadContact {
  if (before === 'opted_out') return before
  // A colleague's words stop the mail to this lead; only the person's own may opt them out.
  if (verdict.kind === 'bounced') return verdict.severity === 'hard' && before === 'none' ? 'bounced' : before
  if (verdict.kind === 'opted_out' && !(verdict.isSure && match.how !== 'company')) return 'replied'
  return verdict.kind === 'auto_replied' ? before : CONTACTS[verdict.kind]
}

/** The entries of the do-not-contact list that it asks for, by id: new ones, and those that another answer had asked for. */
function suppress(tx: Writer, { judged, stopsCompany, now }: VerdictOn, send: Send): number[] {
  const { verdict } = judged
  const to = identityOfText(send.toAddress) ?? send.toAddress
  const add = (kind: SuppressionKind, value: string, reason: SuppressionReason): number[] => {
    const isNew = insertSuppression(tx, {
      kind,
      value,
      typed: kind === 'address' ? send.toAddress : value,
      reason,
      now,
    })
    const id = given(findSuppressionId(tx, kind, value))
    return isNew || isAskedFor(tx, id) ? [id] : []
  }
  if (verdict.kind === 'opted_out' && verdict.isSure) return add('address', to, 'opted_out')
  if (verdict.kind === 'bounced' && verdict.severity === 'hard') return add('address', to, 'bounced')
  const isAnswer = verdict.kind === 'replied' || verdict.kind === 'opted_out'
  if (!isAnswer || !stopsCompany) return []
  const domain = companyOf(to)
  // Colleagues may have another domain, or write from a provider of free mail.
  const name = companyKey(getCompanyName(tx, send.leadId))
  return [
    ...(domain === null ? [] : add('domain', domain, 'company_stop')),
    ...(name === '' ? [] : add('company', name, 'company_stop')),
  ]
}

/** Nothing goes to somebody who is away before they are back. */
function postpone(tx: Writer, { judged, now }: VerdictOn, send: Send): Postponed[] {
  const { verdict } = judged
  if (verdict.kind !== 'auto_replied' || verdict.returnsAt === null) return []
  const postponed = postponeLead(tx, send.leadId, verdict.returnsAt)
  for (const { sendId } of postponed) {
    insertEvent(tx, {
      at: now,
      kind: 'send_postponed',
      sendId,
      leadId: send.leadId,
      data: { until: verdict.returnsAt },
    })
  }
  return postponed
}

function severityOf({ verdict }: Judged): BounceSeverity | null {
  return verdict.kind === 'bounced' ? verdict.severity : null
}

function accountProblemOf({ verdict }: Judged): Consequences['accountProblem'] {
  if (verdict.kind !== 'bounced' || verdict.accountProblem === 'authentication') return null
  return verdict.accountProblem
}

/** What the rep should look at. */
function doubtsOf({ verdict }: Judged): Record<string, unknown> {
  switch (verdict.kind) {
    case 'replied':
      return verdict.maybeOptOut ? { maybeOptOut: true } : {}
    case 'opted_out':
      return verdict.isSure ? {} : { isSure: false }
    case 'auto_replied':
      return verdict.hasLeft ? { hasLeft: true } : {}
    case 'bounced':
      return verdict.accountProblem === null ? {} : { accountProblem: verdict.accountProblem }
  }
}

function idsOf({ id, leadId, campaignId, mailboxId }: Send) {
  return { sendId: id, leadId, campaignId, mailboxId }
}

function given<T>(value: T | null): T {
  if (value === null) throw new Error('a verdict is about something that is not there')
  return value
}
