/**
 * Mails of a campaign that somebody in it has not got: never queued for them, or cancelled with their step or with
 * themselves. Whatever they have got, wait for, or were spared by the rep or a rule stays as it is.
 */
import type { Writer } from '#db/open'
import type { CampaignRecord, CampaignStep } from '#db/queries/campaigns'
import { findPlanned, mayFollow, setBody, takeOwedText } from '#db/queries/campaign-sends'
import { hasUnsentBefore, isFirstContact, releaseStep } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { findAwayUntil } from '#db/queries/incoming'
import { findSend, type Send } from '#db/queries/sends'
import { postponeSend, setPriority } from '#db/queries/waiting-sends'
import type { Lead } from '#shared/contract/leads'
import { parseAddress } from '#shared/domain/address'
import type { Calendars } from '../planning/calendars.ts'
import { type Enrolling, queueMail } from './enrolling.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import type { ReadyMail } from './order-mails.ts'
import type { Queue } from '../sending/queue.ts'
import { recountedDue } from './recount.ts'
import { nextGeneration } from '../sending/send-key.ts'
import { inThread, type StepTexts } from './step-texts.ts'

export interface MissingDeps {
  readonly mailboxes: Mailboxes
  readonly calendars: Calendars
  readonly moveOneIn: Queue['moveOneIn']
  readonly installSecret: () => string
}

/** Somebody in a campaign. */
export interface Member {
  readonly leadId: number
  readonly mailboxId: number
  /** The subject of the thread that they are in; null: none has begun. */
  readonly threadSubject: string | null
}

export interface Missing {
  readonly record: CampaignRecord
  /** In their order. */
  readonly steps: readonly CampaignStep[]
  readonly member: Member
  readonly lead: Lead
  /** How many come before them: the texts of a step go on in turn from there. */
  readonly place: number
  readonly texts: StepTexts
}

/** Answers how many were queued. One whose text lacks a field of the lead is not, nor is what would follow a mail that does not go. */
export function queueMissing(tx: Writer, deps: MissingDeps & { readonly now: number }, missing: Missing): number {
  const { record, steps, member, lead } = missing
  const parsed = parseAddress(lead.email)
  if (!parsed.ok) return 0
  const { ascii, identity } = parsed.address
  const who = {
    lead,
    mailboxId: member.mailboxId,
    toAddress: ascii,
    identity,
    zone: record.useLeadZone ? lead.zone : '',
  }
  let queued = 0
  for (const step of steps) {
    const known = findPlanned(tx, { campaignId: record.id, leadId: lead.id, step: step.step })
    if (known !== null && known.isToComeBack === 0) continue
    if (!mayFollow(tx, { campaignId: record.id, leadId: lead.id, step: step.step })) break
    const isByHand = known?.isByHand === 1
    const filled = isByHand ? null : fillFor(tx, missing, { step, variant: known?.variant ?? missing.place })
    if (!filled && !isByHand) break
    if (known) queueAnew(tx, deps, { sendId: known.id, record, filled })
    else if (filled) queueMail(tx, { ...who, step: step.step, filled }, into(deps, record))
    goOnFrom(tx, deps, { ...member, campaignId: record.id, step: step.step })
    queued += 1
  }
  return queued
}

function into(deps: MissingDeps & { readonly now: number }, record: CampaignRecord): Enrolling {
  return {
    campaignId: record.id,
    campaignKey: record.requestKey,
    priority: record.priority,
    scheduledAt: null,
    installSecret: deps.installSecret(),
    now: deps.now,
  }
}

/** Null where the text lacks a field of the lead, or the mailbox is gone. */
function fillFor(
  tx: Writer,
  { record, member, lead, texts }: Missing,
  { step, variant: turn }: { step: CampaignStep; variant: number },
): ReadyMail | null {
  const variant = turn % step.variants.length
  const versionId = step.variants[variant]?.templateVersionId
  if (versionId === undefined) return null
  const isFirst = isFirstContact(tx, { campaignId: record.id, leadId: lead.id, step: step.step })
  const mail = texts.of(member.mailboxId, { versionId, isFirst })?.(lead)
  return mail && mail.missing.length === 0
    ? { variant, versionId, isByHand: false, mail: inThread(mail, step, member) }
    : null
}

/** A new mail under a new key, with the text of now; `filled` null: as the rep wrote it. */
function queueAnew(
  tx: Writer,
  deps: MissingDeps & { readonly now: number },
  { sendId, record, filled }: { sendId: number; record: CampaignRecord; filled: ReadyMail | null },
): void {
  takeOwedText(tx, sendId)
  if (filled) setBody(tx, sendId, filled)
  const send = found(tx, sendId)
  const generation = nextGeneration(deps.installSecret(), send)
  deps.moveOneIn(tx, send, {
    fact: { type: 'queued_anew', notBefore: sureFrom(send, deps.now) },
    extras: { generation, attempts: 0 },
  })
  setPriority(tx, [sendId], record.priority)
  const awayUntil = findAwayUntil(tx, send.leadId, deps.now)
  if (awayUntil !== null) postponeSend(tx, sendId, { until: awayUntil, because: 'out_of_office' })
}

/** What was taken back from its provider and cancelled may have left all the same: Sent tells, a while after its time. */
function sureFrom({ dueCode, notBefore }: Send, now: number): number {
  return dueCode === 'taken_back' ? Math.max(now, notBefore) : now
}

/** Where nothing is to go before it any more, its days count from the mail that went last, as if it had waited all along. */
function goOnFrom(
  tx: Writer,
  deps: MissingDeps & { readonly now: number },
  at: Member & { readonly campaignId: number; readonly step: number },
): void {
  const { campaignId, leadId, step } = at
  const planned = findPlanned(tx, { campaignId, leadId, step })
  const send = planned && found(tx, planned.id)
  if (!send || send.parked !== 'step_before' || hasUnsentBefore(tx, send)) return
  const mailboxOf = (id: number) => deps.mailboxes.find(id)
  const notBefore = recountedDue(tx, { ...deps, mailboxOf }, send) ?? deps.now
  if (!releaseStep(tx, send.id, notBefore)) return
  const of = { sendId: send.id, leadId, campaignId, mailboxId: send.mailboxId }
  insertEvent(tx, { at: deps.now, kind: 'send_released', ...of, data: { notBefore } })
}

function found(tx: Writer, sendId: number): Send {
  const send = findSend(tx, sendId)
  if (!send) throw new Error(`send ${sendId} is gone inside its own transaction`)
  return send
}
