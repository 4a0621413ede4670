/** Puts leads into a campaign: every mail of every step is queued at once, so that all of it is visible from the start. */
import type { Reader, Writer } from '#db/open'
import { insertEnrolment } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { findAwayUntil } from '#db/queries/incoming'
import { listProspectFacts } from '#db/queries/lead-facts'
import { insertSend } from '#db/queries/sends'
import { postponeSend } from '#db/queries/waiting-sends'
import type { LeadFacts } from '#shared/domain/gates'
import type { PlannedSend } from '#shared/domain/plan'
import type { SendPriority } from '#shared/domain/taxonomy'
import type { ReadyMail } from './order-mails.ts'
import type { OrderedStep, Ready } from './orders.ts'
import { sendKey } from '../sending/send-key.ts'

export interface Enrolling {
  readonly campaignId: number
  /** The random key of the campaign. */
  readonly campaignKey: string
  readonly priority: SendPriority
  /** Epoch ms; null for "now". */
  readonly scheduledAt: number | null
  readonly installSecret: string
  /** Epoch ms. */
  readonly now: number
}

/** Answers how many leads were queued. */
export function enrol(tx: Writer, leads: readonly Ready[], into: Enrolling): number {
  let queued = 0
  for (const ready of leads) if (enrolOne(tx, ready, into)) queued += 1
  return queued
}

/** False when the lead was queued before: nothing was written then. */
function enrolOne(tx: Writer, ready: Ready, into: Enrolling): boolean {
  const { campaignId, now } = into
  const enrolment = { campaignId, leadId: ready.lead.id, mailboxId: ready.mailbox.id, now }
  // Whoever is in it stays as they are: a mail that was added since is not theirs.
  if (!insertEnrolment(tx, enrolment)) return false
  let isNew = false
  const { lead, mailbox, toAddress, identity, zone } = ready
  for (const [step, filled] of ready.mails.entries()) {
    const mail = { step, lead, mailboxId: mailbox.id, toAddress, identity, zone, filled }
    isNew = queueMail(tx, mail, into) || isNew
  }
  return isNew
}

/** The mail of one step to one lead. */
export interface MailToQueue extends Pick<Ready, 'lead' | 'toAddress' | 'identity' | 'zone'> {
  readonly step: number
  readonly mailboxId: number
  readonly filled: ReadyMail
}

/** All but the first wait beside the lane for the mail before them. False when it was queued before. */
export function queueMail(tx: Writer, mail: MailToQueue, into: Enrolling): boolean {
  const { step, lead, mailboxId, identity, filled } = mail
  const { campaignId } = into
  const subject = { campaignKey: into.campaignKey, step, identity, generation: 0 }
  const sendId = insertSend(tx, {
    campaignId,
    step,
    variant: filled.variant,
    templateVersionId: filled.versionId,
    leadId: lead.id,
    mailboxId,
    key: sendKey(into.installSecret, subject),
    toAddress: mail.toAddress,
    toIdentity: identity,
    toName: `${lead.firstName} ${lead.lastName}`.trim(),
    priority: into.priority,
    zone: mail.zone,
    notBefore: into.scheduledAt ?? into.now,
    scheduledAt: step === 0 ? into.scheduledAt : null,
    createdAt: into.now,
    parked: step === 0 ? null : 'step_before',
    body: filled.mail,
  })
  if (sendId === null) return false
  const about = { at: into.now, sendId, leadId: lead.id, campaignId, mailboxId }
  insertEvent(tx, { ...about, kind: 'send_queued' })
  if (filled.isByHand) insertEvent(tx, { ...about, kind: 'send_edited' })
  const awayUntil = findAwayUntil(tx, lead.id, into.now)
  if (awayUntil !== null && awayUntil > (into.scheduledAt ?? 0)) {
    postponeSend(tx, sendId, { until: awayUntil, because: 'out_of_office' })
  }
  return true
}

/** How the mail of new people would stand in the queue. */
export interface Standing {
  readonly steps: readonly OrderedStep[]
  /** Of the campaign that runs; 0: it would start with them. */
  readonly campaignId: number
  /** The number that its first mail would get: the gaps are drawn by them. */
  readonly firstId: number
  readonly priority: SendPriority
  /** Epoch ms; null for "now". */
  readonly scheduledAt: number | null
  /** Epoch ms. */
  readonly now: number
}

/** What the planner is told of people before they are put in; in their order. */
export function toPlanned(db: Reader, people: readonly Ready[], as: Standing): PlannedSend[] {
  const facts = listProspectFacts(
    db,
    as.campaignId,
    people.map(({ lead }) => lead.id),
  )
  return people.flatMap((ready, index) => {
    const lead = facts.get(ready.lead.id)
    return lead
      ? mailsOf(ready, { lead, firstId: as.firstId + index * as.steps.length }, { ...as, ...startOf(db, ready, as) })
      : []
  })
}

/** Whoever is away gets nothing before they are back. */
function startOf(
  db: Reader,
  { lead }: Ready,
  { scheduledAt, now }: Standing,
): Pick<PlannedSend, 'notBefore' | 'dueCode'> {
  const awayUntil = findAwayUntil(db, lead.id, now)
  return awayUntil !== null && awayUntil > (scheduledAt ?? 0)
    ? { notBefore: awayUntil, dueCode: 'out_of_office' }
    : { notBefore: scheduledAt ?? now, dueCode: 'scheduled' }
}
function mailsOf(
  ready: Ready,
  { lead, firstId }: { readonly lead: LeadFacts; readonly firstId: number },
  as: Standing & Pick<PlannedSend, 'notBefore' | 'dueCode'>,
): PlannedSend[] {
  return as.steps.map(({ delay }, step) => ({
    sendId: firstId + step,
    campaignId: as.campaignId,
    isFollowUp: step > 0,
    leadId: ready.lead.id,
    zone: ready.zone,
    priority: as.priority,
    notBefore: as.notBefore,
    dueCode: as.dueCode,
    identity: ready.identity,
    lead,
    parked: step === 0 ? null : 'step_before',
    follows: step === 0 ? null : { sendId: firstId + step - 1, delay },
  }))
}
