/** Puts leads into a campaign: every mail of every step is queued at once, so that all of it is visible from the start. */
import type { Writer } from '#db/open'
import { insertEnrolment } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { insertSend } from '#db/queries/sends'
import type { PlannedSend } from '#shared/domain/plan'
import type { SendPriority } from '#shared/domain/taxonomy'
import type { OrderedStep, Ready } from './orders.ts'
import { sendKey } from './send-key.ts'

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
  for (const step of ready.mails.keys()) isNew = queueStep(tx, ready, { step, into }) || isNew
  return isNew
}

function queueStep(tx: Writer, ready: Ready, { step, into }: { step: number; into: Enrolling }): boolean {
  const { lead, mailbox, mails, identity } = ready
  const chosen = mails[step]
  if (!chosen) throw new Error(`step ${step} has no mail`)
  const subject = { campaignKey: into.campaignKey, step, identity, generation: 0 }
  const sendId = insertSend(tx, {
    campaignId: into.campaignId,
    step,
    variant: chosen.variant,
    templateVersionId: chosen.versionId,
    leadId: lead.id,
    mailboxId: mailbox.id,
    key: sendKey(into.installSecret, subject),
    toAddress: ready.toAddress,
    toIdentity: identity,
    toName: `${lead.firstName} ${lead.lastName}`.trim(),
    priority: into.priority,
    zone: ready.zone,
    notBefore: into.scheduledAt ?? into.now,
    scheduledAt: step === 0 ? into.scheduledAt : null,
    createdAt: into.now,
    parked: step === 0 ? null : 'step_before',
    body: chosen.mail,
  })
  if (sendId === null) return false
  const ids = { sendId, leadId: lead.id, campaignId: into.campaignId, mailboxId: mailbox.id }
  insertEvent(tx, { at: into.now, kind: 'send_queued', ...ids })
  return true
}

/** The same as it would stand in the queue, under the numbers that it would get: the gaps are drawn by them. */
export function toPlanned(
  ready: Ready,
  at: {
    readonly steps: readonly OrderedStep[]
    readonly firstId: number
    readonly priority: SendPriority
    /** Epoch ms. */
    readonly notBefore: number
  },
): PlannedSend[] {
  return at.steps.map(({ delay }, step) => ({
    sendId: at.firstId + step,
    campaignId: 0,
    isFollowUp: step > 0,
    leadId: ready.lead.id,
    zone: ready.zone,
    priority: at.priority,
    notBefore: at.notBefore,
    dueCode: 'scheduled',
    identity: ready.identity,
    lead: {
      isRemoved: false,
      review: 'approved',
      contact: 'none',
      isSuppressed: false,
      isCompanyStopped: false,
      isPaused: false,
      isListHeld: false,
      // Whoever is ready has one.
      basisUntil: null,
      lastTouchAt: ready.lead.lastTouchAt,
      allowedAgain: ready.lead.allowedAgain,
    },
    parked: step === 0 ? null : 'step_before',
    follows: step === 0 ? null : { sendId: at.firstId + step - 1, delay },
  }))
}
