/**
 * The forecast: the decisions of the mailboxes, taken ahead of time by the same rules. Mailboxes that are planned together
 * see each other's mail, as they do when they send: a person and a company are one to all of them.
 */
import type { Calendar } from './calendar.ts'
import { decide, type Decision, type LaneHead } from './decide.ts'
import { companyOf, type JoinedDomains, personOf } from './company.ts'
import { askGates, type GateFacts, type LeadFacts, type MailboxFacts } from './gates.ts'
import { addToLanes, type Lanes, lanesOf, leaveLane } from './lanes.ts'
import { IDLE_MS } from './pacing.ts'
import type { StepDelay } from './step-delay.ts'
import type { CampaignStatus, NeverCode, ParkCode, WaitCode } from './taxonomy.ts'

export interface PlannedSend extends LaneHead {
  readonly leadId: number
  /** The person it goes to, so that two sends to one person in one plan see each other. */
  readonly identity: string
  /** Who the lead is by now, where its address was changed since: contacts with either count. */
  readonly newIdentity?: string
  readonly lead: LeadFacts
  /** When its provider was asked before, epoch ms: it counts once, so asked again it leaves this moment for the new one. */
  readonly pacedAt?: number
  /** It stands beside its lane; null: it is in it. */
  readonly parked: ParkCode | null
  /** The send it follows, by id, and how long after it; null: none that is still to go. */
  readonly follows: { readonly sendId: number; readonly delay: StepDelay } | null
}

export interface PlanInput {
  /** Epoch ms. */
  readonly now: number
  readonly isAppPaused: boolean
  readonly mailbox: MailboxFacts
  readonly campaignStatus: (campaignId: number) => CampaignStatus
  /** First mails stop before an absence, follow-ups do not. */
  readonly calendarOf: (zone: string, isFollowUp: boolean) => Calendar
  /** When any mailbox wrote to a company in the last 24 hours, epoch ms, by company. Empty where no limit asks for it. */
  readonly companyTimes: ReadonlyMap<string, readonly number[]>
  readonly joined: JoinedDomains
  /** Everything pending in this mailbox, in any order. */
  readonly sends: readonly PlannedSend[]
}

/** `at` epoch ms, null while it depends on the rep; `skip` when a rule will forbid it then. */
export type Forecast =
  | { readonly at: number | null; readonly because: WaitCode; readonly ahead: number; readonly skip: null }
  | { readonly at: null; readonly because: 'turn'; readonly ahead: number; readonly skip: NeverCode }

/** What the mailboxes of a plan have in common. */
interface Shared {
  /** Contacts made by the plan itself, by person. */
  readonly touched: Map<string, { campaignId: number; leadId: number; at: number }[]>
  /** Moments of the last day and of the plan itself, by company; null: no limit asks for them. */
  readonly companies: Map<string, number[]> | null
  readonly joined: JoinedDomains
}

interface Walk extends Shared {
  now: number
  /** Of the mailbox, growing. */
  readonly times: number[]
  /** The mailbox as it is after its last mail. */
  mailbox: MailboxFacts
  because: WaitCode
  ahead: number
}

interface Going {
  readonly input: PlanInput
  readonly lanes: Lanes<PlannedSend>
  readonly walk: Walk
  readonly forecasts: Map<number, Forecast>
  /** What waits for the mail before it, by that mail's id. */
  readonly followers: ReadonlyMap<number, readonly PlannedSend[]>
}

/** When each pending send goes, by id. 10,000 sends in well under 200 ms: one decision a slot, days worked out once. */
export function plan(input: PlanInput): Map<number, Forecast> {
  return planTogether([input])[0] ?? new Map()
}

/**
 * The same for several mailboxes that send side by side, in their order. What is outside of them (`now`, the companies and
 * their domains) is the same in each. The earliest of them decides next: whatever it then looks at has happened.
 */
export function planTogether(inputs: readonly PlanInput[]): Map<number, Forecast>[] {
  const shared = sharedBy(inputs)
  const all = inputs.map((input) => begin(input, shared))
  const open = [...all]
  for (let going = earliest(open); going !== undefined; going = earliest(open)) {
    const decision = decideAt(going.input, going)
    if (decision.do === 'nothing' || (decision.do === 'wait' && decision.until === null)) {
      if (decision.do === 'wait') forecastHeld(going.input, going)
      open.splice(open.indexOf(going), 1)
    } else take(going.input, decision, going)
  }
  return all.map((going) => withRest(going.input, going))
}

function sharedBy(inputs: readonly PlanInput[]): Shared {
  const isLimited = inputs.some(({ mailbox }) => mailbox.policy.domainCap !== null)
  const [first] = inputs
  return {
    touched: new Map(),
    companies: isLimited ? new Map([...(first?.companyTimes ?? [])].map(([name, times]) => [name, [...times]])) : null,
    joined: first?.joined ?? new Map(),
  }
}

function begin(input: PlanInput, shared: Shared): Going {
  const times = [...input.mailbox.history.times]
  const going: Going = {
    input,
    lanes: lanesOf(input.sends.filter((send) => send.parked === null)),
    walk: {
      ...shared,
      now: input.now,
      times,
      mailbox: { ...input.mailbox, history: { ...input.mailbox.history, times } },
      because: 'turn',
      ahead: 0,
    },
    forecasts: new Map(),
    followers: followersOf(input.sends),
  }
  for (const send of input.sends) {
    if (send.parked !== null && (send.parked !== 'step_before' || send.follows === null)) hold(send, send.parked, going)
  }
  return going
}

/** Of several at the same moment the first, as the sender looks at them. */
function earliest(open: readonly Going[]): Going | undefined {
  let first = open[0]
  for (const going of open) if (first && going.walk.now < first.walk.now) first = going
  return first
}

function followersOf(sends: readonly PlannedSend[]): ReadonlyMap<number, readonly PlannedSend[]> {
  const waiting = sends.filter((send) => send.parked === 'step_before' && send.follows !== null)
  return Map.groupBy(waiting, (send) => send.follows?.sendId ?? 0)
}

/** What follows a send that is in another state than pending: its time is not known yet. */
function withRest({ sends }: PlanInput, { forecasts, walk }: Going): Map<number, Forecast> {
  for (const send of sends) {
    if (forecasts.has(send.sendId)) continue
    forecasts.set(send.sendId, { at: null, because: 'step_before', ahead: walk.ahead, skip: null })
  }
  return forecasts
}

function take(input: PlanInput, decision: Decision<PlannedSend>, going: Going): void {
  const { lanes, walk } = going
  switch (decision.do) {
    case 'nothing':
      return
    case 'wait':
      walk.now = decision.until ?? walk.now
      walk.because = decision.because
      return
    case 'postpone':
      leaveLane(lanes, decision.head)
      addToLanes(lanes, { ...decision.head, notBefore: decision.until, dueCode: decision.because })
      return
    case 'park':
      leaveLane(lanes, decision.head)
      hold(decision.head, decision.because, going)
      return
    case 'skip':
      leaveLane(lanes, decision.head)
      skip(decision.head, decision.because, going)
      return
    case 'send':
      leaveLane(lanes, decision.head)
      goes(input, decision.head, going)
  }
}

function goes(input: PlanInput, head: PlannedSend, going: Going): void {
  const { lanes, walk, forecasts, followers } = going
  forecasts.set(head.sendId, { at: walk.now, because: reasonOf(input, head, walk), ahead: walk.ahead, skip: null })
  leaveMoment(walk.times, head)
  walk.mailbox = mailboxAfter(head, walk)
  touch(walk, head)
  noteCompany(walk, head)
  walk.ahead += 1
  for (const next of followers.get(head.sendId) ?? []) {
    const { days, unit } = next.follows?.delay ?? { days: 0, unit: 'days' }
    const notBefore = input.calendarOf(next.zone, true).after(walk.now, days, unit)
    addToLanes(lanes, {
      ...next,
      lead: next.lead.hasBegun ? next.lead : { ...next.lead, hasBegun: true },
      parked: null,
      notBefore: Math.max(notBefore, next.notBefore),
      dueCode: 'step_delay',
    })
  }
}

/** Asked again, it counts where it is asked again, and no more where it was. */
function leaveMoment(times: number[], { pacedAt }: PlannedSend): void {
  const before = pacedAt === undefined ? -1 : times.indexOf(pacedAt)
  if (before >= 0) times.splice(before, 1)
}

/** What was waited for last; where that is only the morning after its own day began, it is that day. */
function reasonOf(input: PlanInput, head: PlannedSend, walk: Walk): WaitCode {
  if (walk.because !== 'hours' || head.notBefore <= input.now) return walk.because
  const opening = input.calendarOf(head.zone, head.isFollowUp).at(head.notBefore)
  return !opening.isOpen && opening.opensAt === walk.now ? head.dueCode : walk.because
}

/** What would follow it does not go either. */
function skip(head: PlannedSend, because: NeverCode, going: Going): void {
  going.forecasts.set(head.sendId, { at: null, because: 'turn', ahead: going.walk.ahead, skip: because })
  for (const next of going.followers.get(head.sendId) ?? []) skip(next, because, going)
}

/** Nobody knows until when; what follows it waits for it. */
function hold(head: PlannedSend, because: WaitCode, going: Going): void {
  going.forecasts.set(head.sendId, { at: null, because, ahead: going.walk.ahead, skip: null })
  for (const next of going.followers.get(head.sendId) ?? []) hold(next, 'step_before', going)
}

function touch({ touched, joined, now }: Walk, { identity, campaignId, leadId }: PlannedSend): void {
  const contact = { campaignId, leadId, at: now }
  const person = personOf(identity, joined)
  const known = touched.get(person)
  if (known) known.push(contact)
  else touched.set(person, [contact])
}

function noteCompany({ companies, joined, now }: Walk, head: PlannedSend): void {
  const company = companies === null ? null : companyOf(head.identity, joined)
  if (companies === null || company === null) return
  const known = companies.get(company)
  if (known) {
    leaveMoment(known, head)
    known.push(now)
  } else companies.set(company, [now])
}

function decideAt(input: PlanInput, { lanes, walk }: Going): Decision<PlannedSend> {
  return decide(lanes.heads, walk, (head) => factsOf(input, head, walk))
}

/** Its provider is asked for this mail at `now`. */
function mailboxAfter({ sendId }: PlannedSend, { now, times, mailbox }: Walk): MailboxFacts {
  const { byHand, last, restartedAt } = mailbox.history
  times.push(now)
  const hasRestarted = last !== null && now - last.at >= IDLE_MS
  const history = { times, byHand, last: { at: now, sendId }, restartedAt: hasRestarted ? now : restartedAt }
  return { ...mailbox, history }
}

function factsOf(input: PlanInput, head: PlannedSend, walk: Walk): GateFacts {
  return {
    now: walk.now,
    app: { isPaused: input.isAppPaused },
    campaign: { status: input.campaignStatus(head.campaignId) },
    mailbox: walk.mailbox,
    lead: leadAt(head, walk),
    calendar: input.calendarOf(head.zone, head.isFollowUp),
    companyTimes: () => walk.companies?.get(companyOf(head.identity, walk.joined) ?? '') ?? [],
    hasTextAged: null,
  }
}

/** Mail of the same enrolment is no reason to leave somebody alone, and whoever has had some is not asked about other mail. */
function leadAt({ lead, identity, newIdentity, campaignId, leadId }: PlannedSend, walk: Walk): LeadFacts {
  if (lead.hasBegun) return lead
  const otherAt = (whose: string): number =>
    walk.touched
      .get(personOf(whose, walk.joined))
      ?.findLast((each) => each.campaignId !== campaignId || each.leadId !== leadId)?.at ?? 0
  const at = Math.max(otherAt(identity), newIdentity === undefined ? 0 : otherAt(newIdentity))
  return at > (lead.lastTouchAt ?? 0) ? { ...lead, lastTouchAt: at } : lead
}

/** Nothing more happens without the rep: each lane says what holds it. */
function forecastHeld(input: PlanInput, going: Going): void {
  const { lanes, walk } = going
  for (const lane of lanes.byKey.values()) {
    for (const head of lane.sends.slice(lane.next)) {
      const verdict = askGates(factsOf(input, head, walk))
      if (verdict.say === 'never') skip(head, verdict.because, going)
      else hold(head, verdict.say === 'pass' ? 'turn' : verdict.because, going)
    }
  }
}
