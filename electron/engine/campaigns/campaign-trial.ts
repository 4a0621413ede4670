/**
 * A change of a running campaign as the planner would see it, without writing a mail. For thousands of people writing and
 * taking back takes longer than all the rest.
 */
import type { Reader } from '#db/open'
import { type Joining, listJoining, listWaitingSteps } from '#db/queries/campaign-sends'
import type { CampaignStep } from '#db/queries/campaigns'
import { listAwayUntil } from '#db/queries/incoming'
import { listProspectFacts } from '#db/queries/lead-facts'
import { type FillLead, fillLeadsByIds } from '#db/queries/lead-rows'
import { nextSendId } from '#db/queries/sends'
import { parseAddress } from '#shared/domain/address'
import type { LeadFacts } from '#shared/domain/gates'
import type { PlannedSend } from '#shared/domain/plan'
import { type Changing, type ChangesDeps, dueAfterChange, hasSameDelay } from './campaign-changes.ts'
import type { QueueChange } from '../planning/forecast.ts'
import { createStepTexts } from './step-texts.ts'

export interface TrialDeps extends Pick<ChangesDeps, 'calendars' | 'mailboxes'> {
  /** What waits in a mailbox, as the planner knows it. */
  readonly waitingIn: (mailboxId: number) => readonly PlannedSend[]
  /** Epoch ms. */
  readonly now: number
}

/** In the transaction that has stored the new steps; null: only carrying it out can tell. */
export function tryChange(tx: Reader, deps: TrialDeps, changing: Changing): QueueChange | null {
  const { record, before, after, hasNewPriority } = changing
  if (record.status === 'draft') return {}
  const joining = after.length > before.length ? listJoining(tx, record.id, before.length) : []
  if (joining === null || joining.some(hasEnded)) return null
  const steps = listWaitingSteps(tx, record.id)
  const dueAt = dueAfterChange(tx, deps, changing)

  function changed(send: PlannedSend): PlannedSend | null {
    const number = steps.get(send.sendId)
    if (number === undefined) return send
    const step = after[number]
    if (!step) return null
    const due = dueAt.get(send.sendId)
    const isSame = due === undefined && !hasNewPriority
    if (isSame && (!send.follows || hasSameDelay(step, { delay: send.follows.delay }))) return send
    return {
      ...send,
      ...(due === undefined ? {} : { notBefore: due, dueCode: 'step_delay' }),
      ...(hasNewPriority ? { priority: record.priority } : {}),
      follows: send.follows && { ...send.follows, delay: step.delay },
    }
  }

  return { changed, more: addedMails(tx, deps, { changing, joining }) }
}

/** The days of what would follow run already, or begin at once. */
function hasEnded({ beforeStatus: status, beforeSkipped: because }: Joining): boolean {
  return status === 'sent' || because === 'left_out' || because === 'expired'
}

/** Does the mail before it still go, or may it have gone? Else nothing follows it. */
function isToGo({ beforeStatus: status }: Joining): boolean {
  return status === 'pending' || status === 'processing' || status === 'uncertain'
}

interface Adding {
  readonly changing: Changing
  readonly joining: readonly Joining[]
}

/** The mails of new steps, by mailbox, numbered as queueing them would. */
function addedMails(tx: Reader, deps: TrialDeps, adding: Adding): ReadonlyMap<number, PlannedSend[]> {
  const { changing, joining } = adding
  const added = new Map<number, PlannedSend[]>()
  if (joining.length === 0) return added
  const personOf = createPeople(tx, deps, adding)
  const stepsFor = createStepsFor(tx, deps, changing)
  const awayUntil = listAwayUntil(tx, deps.now)
  let nextId = nextSendId(tx)
  for (const [place, member] of joining.entries()) {
    const person = isToGo(member) ? personOf(member) : null
    if (!person) continue
    const standing = standingOf(changing, person, { at: deps.now, awayUntil: awayUntil.get(member.leadId) ?? null })
    const own = added.get(member.mailboxId) ?? []
    added.set(member.mailboxId, own)
    let before = member.beforeStatus === 'pending' ? member.beforeId : null
    for (const { delay } of stepsFor(member, person.lead, place)) {
      const follows = before === null ? null : { sendId: before, delay }
      own.push({ ...standing, sendId: nextId, follows })
      before = nextId
      nextId += 1
    }
  }
  return added
}

interface Person {
  readonly lead: FillLead
  readonly identity: string
  readonly facts: LeadFacts
}

/** As in the mail before; where that leaves just now, or their address was changed since, as of now. */
function createPeople(
  tx: Reader,
  { waitingIn }: TrialDeps,
  { changing: { record }, joining }: Adding,
): (member: Joining) => Person | null {
  const mailboxIds = [...new Set(joining.map(({ mailboxId }) => mailboxId))]
  const waiting = new Map(mailboxIds.flatMap((id) => waitingIn(id).map((send) => [send.sendId, send] as const)))
  const sameAs = ({ beforeId }: Joining): PlannedSend | null => {
    const send = waiting.get(beforeId ?? 0)
    return send === undefined || send.newIdentity !== undefined ? null : send
  }
  const idOf = ({ leadId }: Joining): number => leadId
  const leads = fillLeadsByIds(tx, joining.map(idOf))
  const others = joining.filter((member) => sameAs(member) === null)
  const facts = listProspectFacts(tx, record.id, others.map(idOf))
  return (member) => {
    const lead = leads.get(member.leadId)
    if (!lead) return null
    const same = sameAs(member)
    if (same) return { lead, identity: same.identity, facts: same.lead }
    const parsed = parseAddress(lead.email)
    const known = facts.get(lead.id)
    if (!parsed.ok || !known) return null
    const hasBegun = waiting.get(member.beforeId ?? 0)?.lead.hasBegun ?? false
    return { lead, identity: parsed.address.identity, facts: { ...known, hasBegun } }
  }
}

/** What somebody would get of the new steps: all up to the first whose text lacks a field of theirs. */
function createStepsFor(
  tx: Reader,
  { mailboxes }: TrialDeps,
  { before, after }: Changing,
): (member: Joining, lead: FillLead, place: number) => readonly CampaignStep[] {
  const steps = after.slice(before.length)
  const texts = createStepTexts(tx, (id) => mailboxes.find(id))
  return ({ mailboxId }, lead, place) => {
    const unfit = steps.findIndex(({ variants }) => {
      const versionId = variants[place % variants.length]?.templateVersionId
      return versionId === undefined || !texts.suits(mailboxId, versionId, lead)
    })
    return unfit === -1 ? steps : steps.slice(0, unfit)
  }
}

/** How mail of theirs would stand in the queue (epoch ms). */
function standingOf(
  { record }: Changing,
  { lead, identity, facts }: Person,
  { at, awayUntil }: { readonly at: number; readonly awayUntil: number | null },
): Omit<PlannedSend, 'sendId' | 'follows'> {
  return {
    campaignId: record.id,
    isFollowUp: true,
    zone: record.useLeadZone ? lead.zone : '',
    priority: record.priority,
    notBefore: awayUntil ?? at,
    dueCode: awayUntil === null ? 'scheduled' : 'out_of_office',
    leadId: lead.id,
    identity,
    lead: facts,
    parked: 'step_before',
  }
}
