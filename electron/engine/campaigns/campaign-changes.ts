/** A change of a running campaign, carried out on the mail that is not sent yet. */
import type { Reader, Writer } from '#db/open'
import { type CampaignRecord, type CampaignStep, moveCampaign } from '#db/queries/campaigns'
import {
  listChanging,
  listCounting,
  listUnended,
  oweTexts,
  setDelay,
  setMailPriority,
} from '#db/queries/campaign-sends'
import { setEnrolment } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { listHandEdits } from '#db/queries/hand-edits'
import { leadsByIds } from '#db/queries/lead-rows'
import type { Lead } from '#shared/contract/leads'
import { dueBy } from '#shared/domain/delay-clock'
import { carryHandEdits } from './draft-mails.ts'
import { type MissingDeps, queueMissing } from './missing-mails.ts'
import type { Queue } from '../sending/queue.ts'
import { createStepTexts, rewriteSend, type StepTexts } from './step-texts.ts'

/** Numbers of mails. */
export interface Changes {
  /** Waiting ones with a new text. */
  readonly rewritten: number
  /** Of a draft those that were written by hand, else waiting ones that keep their text: the new one lacks a field of theirs. */
  readonly kept: number
  /** Of a draft: written by hand for a step that is gone. */
  readonly dropped: number
  /** On their way or in doubt: they take the new text if they turn out not to have left. */
  readonly undecided: number
  readonly cancelled: number
  readonly added: number
}

export interface ChangesDeps extends MissingDeps {
  readonly moveAllIn: Queue['moveAllIn']
}

export interface Changing {
  /** As it is from now on. */
  readonly record: CampaignRecord
  readonly before: readonly CampaignStep[]
  readonly after: readonly CampaignStep[]
  /** Of each step the place that it had, null for a new one; null: nothing has moved. */
  readonly cameFrom: readonly (number | null)[] | null
  /** Of the campaign; mail that the rep moved up alone keeps its own otherwise. */
  readonly hasNewPriority: boolean
  /** Only looked at: no mail is written anew, for no plan asks what is in it. */
  readonly isTriedOut: boolean
}

/** In the transaction that has stored the new steps. A draft has no mail yet but what was written by hand. */
export function changeSteps(tx: Writer, deps: ChangesDeps & { readonly now: number }, changing: Changing): Changes {
  const { record, before, after } = changing
  if (record.status === 'draft') return { ...NOTHING, ...changeDraft(tx, changing) }
  const hasFewer = after.length < before.length
  const gone = hasFewer ? listChanging(tx, record.id).filter(({ step }) => step >= after.length) : []
  const cancelled = deps.moveAllIn(
    tx,
    gone.map(({ id }) => id),
    () => ({ type: 'cancel_requested', now: deps.now, because: 'step_dropped' }),
  ).length
  const texts = createStepTexts(tx, (id) => deps.mailboxes.find(id))
  const counts = rewrite(tx, { changing, texts, now: deps.now })
  recount(tx, deps, changing)
  return { ...NOTHING, ...counts, cancelled, added: addSteps(tx, deps, { changing, texts }) }
}

const NOTHING: Changes = { rewritten: 0, kept: 0, dropped: 0, undecided: 0, cancelled: 0, added: 0 }

/** What was written by hand goes with its step, and keeps its words where that gets other ones. */
function changeDraft(tx: Writer, changing: Changing): Pick<Changes, 'kept' | 'dropped'> {
  const { record, before, after, cameFrom } = changing
  const dropped = carryHandEdits(tx, record.id, { cameFrom, steps: after.length })
  const hasChanged = (step: CampaignStep): boolean =>
    !hasSameTexts(step, before[cameFrom === null ? step.step : (cameFrom[step.step] ?? -1)])
  const changed = new Set(after.filter(hasChanged).map(({ step }) => step))
  return { kept: listHandEdits(tx, record.id).filter(({ step }) => changed.has(step)).length, dropped }
}

/**
 * New texts for what waits and was not written over by hand, where the text of its step is another one. What is on its way,
 * in doubt or has ended without being sent takes it when it waits again.
 */
function rewrite(
  tx: Writer,
  { changing, texts, now }: { changing: Changing; texts: StepTexts; now: number },
): Pick<Changes, 'rewritten' | 'kept' | 'undecided'> {
  const { record, before, after, isTriedOut } = changing
  const counts = { rewritten: 0, kept: 0, undecided: 0 }
  if (isTriedOut) return counts
  const changed = new Set(after.flatMap((step) => (hasSameTexts(step, before[step.step]) ? [] : [step.step])))
  if (changed.size === 0) return counts
  const campaignId = record.id
  const sends = listChanging(tx, campaignId).filter(({ step }) => changed.has(step))
  const leads = leadsOf(tx, sends)
  for (const send of sends) {
    const isDone = rewriteSend(tx, texts, {
      campaignId,
      send,
      step: after[send.step],
      lead: leads.get(send.leadId),
    })
    if (isDone) counts.rewritten += 1
    else counts.kept += 1
  }
  for (const { sendId, leadId, mailboxId } of oweTexts(tx, campaignId, [...changed])) {
    const data = { text: 'owed' }
    insertEvent(tx, { at: now, kind: 'send_rewritten', sendId, leadId, campaignId, mailboxId, data })
    counts.undecided += 1
  }
  return counts
}

function hasSameTexts(after: CampaignStep, before: CampaignStep | undefined): boolean {
  const texts = ({ variants, threading }: CampaignStep): string =>
    JSON.stringify([threading, variants.map(({ templateVersionId }) => templateVersionId)])
  return before !== undefined && texts(after) === texts(before)
}

/** Delays that run already count anew, and everything waiting takes the new priority. */
function recount(tx: Writer, deps: ChangesDeps, changing: Changing): void {
  const { record, hasNewPriority } = changing
  if (hasNewPriority) setMailPriority(tx, record.id, record.priority)
  for (const [id, due] of dueAfterChange(tx, deps, changing)) setDelay(tx, id, due)
}

/**
 * When delays that run already are due, epoch ms, by send: counted anew from the mail before, with the pauses that have stopped
 * them since. What stays as it is is left out.
 */
export function dueAfterChange(
  db: Reader,
  { calendars, mailboxes }: Pick<ChangesDeps, 'calendars' | 'mailboxes'>,
  { record, before, after }: Changing,
): ReadonlyMap<number, number> {
  const moved = new Map<number, number>()
  if (after.every((step) => hasSameDelay(step, before[step.step] ?? step))) return moved
  const policies = new Map(mailboxes.list().map(({ id, policy }) => [id, policy]))
  for (const send of listCounting(db, record.id)) {
    const step = after[send.step]
    const was = before[send.step]
    const policy = policies.get(send.mailboxId)
    if (!step || !was || !policy || hasSameDelay(step, was)) continue
    const calendar = calendars.of(policy, send.zone, true)
    const { days, unit } = was.delay
    const from = send.beforeSentAt
    const clock = { from, due: send.isAway === 1 ? calendar.after(from, days, unit) : send.notBefore }
    const due = dueBy({ calendar, delay: step.delay }, { calendar, delay: was.delay }, clock)
    // Whoever is away waits until they are back all the same.
    if (send.isAway === 0 || due > send.notBefore) moved.set(send.id, due)
  }
  return moved
}

export function hasSameDelay({ delay }: Pick<CampaignStep, 'delay'>, was: Pick<CampaignStep, 'delay'>): boolean {
  return was.delay.days === delay.days && was.delay.unit === delay.unit
}

/** Steps that are new, for everybody who is still in it, and for whom it ended only because such a step was dropped. */
function addSteps(
  tx: Writer,
  deps: ChangesDeps & { readonly now: number },
  { changing: { record, before, after }, texts }: { changing: Changing; texts: StepTexts },
): number {
  const steps = after.slice(before.length)
  const [first] = steps
  if (!first) return 0
  const people = listUnended(tx, record.id, first.step)
  const leads = leadsOf(tx, people)
  let added = 0
  for (const [place, member] of people.entries()) {
    const lead = leads.get(member.leadId)
    if (!lead) continue
    const queued = queueMissing(tx, deps, { record, steps, member, lead, place, texts })
    if (queued > 0 && member.isFinished === 1) setEnrolment(tx, member.enrolmentId, { status: 'active' })
    added += queued
  }
  if (added > 0) moveCampaign(tx, record.id, { from: ['completed'], to: 'active', now: deps.now })
  return added
}

function leadsOf(tx: Writer, rows: readonly { readonly leadId: number }[]): ReadonlyMap<number, Lead> {
  const ids = [...new Set(rows.map(({ leadId }) => leadId))]
  return new Map(leadsByIds(tx, ids).map((lead) => [lead.id, lead]))
}
